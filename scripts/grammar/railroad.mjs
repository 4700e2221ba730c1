// The grammar as railroad diagrams: one page that loads nothing.
import railroad from "railroad-diagrams";
import { referencesOf, terminalText } from "./productions.mjs";

const { Choice, Diagram, NonTerminal, OneOrMore, Optional, Sequence, Terminal, ZeroOrMore } = railroad;

// Wider sequences are broken into several tracks.
const widestChoice = 14;

export function railroadPage(rules, { writtenAs, lexical }) {
  const usedBy = new Map(rules.map(({ name }) => [name, []]));
  for (const rule of rules) for (const name of referencesOf(rule)) usedBy.get(name)?.push(rule.name);
  const link = (name) => `<a href="#${name}">${name}</a>`;
  const sections = rules.map((rule) => {
    const diagram = Diagram(track(rule.definition, writtenAs)).toString();
    const users = usedBy.get(rule.name) ?? [];
    const uses = referencesOf(rule);
    return [
      `<section id="${rule.name}">`,
      `<h2>${link(rule.name)}</h2>`,
      `<div class="track">${diagram}</div>`,
      "<p>",
      uses.length === 0 ? "" : `uses ${uses.map(link).join(" · ")}`,
      users.length === 0 ? "" : `${uses.length === 0 ? "" : "<br>"}in ${users.map(link).join(" · ")}`,
      "</p>",
      "</section>",
    ].join("\n");
  });
  return page(rules.map(({ name }) => link(name)).join("\n"), sections.join("\n"), lexical);
}

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function track(definition, writtenAs) {
  return Sequence(...definition.map((one) => item(one, writtenAs)));
}

function item(production, writtenAs) {
  const inner = () => track(production.definition, writtenAs);
  switch (production.type) {
    case "Terminal":
      return Terminal(terminalText(production, writtenAs));
    case "NonTerminal":
      return NonTerminal(production.name);
    case "Alternative":
    case "Sequence":
      return inner();
    case "Alternation":
      return choice(production.definition.map((one) => item(one, writtenAs)));
    case "Option":
      return Optional(inner());
    case "Repetition":
      return ZeroOrMore(inner());
    case "RepetitionMandatory":
      return OneOrMore(inner());
    case "RepetitionMandatoryWithSeparator":
      return OneOrMore(inner(), item(production.separator, writtenAs));
    case "RepetitionWithSeparator":
      return ZeroOrMore(inner(), item(production.separator, writtenAs));
    default:
      throw new Error(`no way to draw ${production.type}`);
  }
}

function choice(items) {
  return Choice(items.length > widestChoice ? 0 : Math.floor((items.length - 1) / 2), ...items);
}

function page(contents, sections, lexical) {
  const tokens = lexical
    .map(({ name, text }) => `<dt id="${name}">${name}</dt><dd><code>${escaped(text)}</code></dd>`)
    .join("\n");
  return `<!doctype html>
<!-- Generated from the parser by \`npm run grammar\`. Do not edit. -->
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The grammar of Reshimu</title>
<style>
:root { color-scheme: light dark; --ink: #1d2330; --soft: #5d6675; --paper: #fff; --line: #8b94a3; --word: #e3f0ff; --rule: #fdf3d8; --edge: #dfe3ea; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --soft: #9aa4b5; --paper: #14171d; --line: #6b7587; --word: #1d3350; --rule: #3d3418; --edge: #2a303b; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; display: grid; grid-template-columns: 13rem minmax(0, 1fr); }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.5rem 1rem; box-sizing: border-box; border-right: 1px solid var(--edge); font: 13px/1.7 ui-monospace, monospace; }
nav a { display: block; }
main { padding: 1.5rem 2rem 4rem; min-width: 0; }
a { color: inherit; text-decoration: none; } a:hover { text-decoration: underline; }
h1 { margin: 0 0 .25rem; font-size: 1.6rem; } h2 { margin: 0; font: 600 1rem ui-monospace, monospace; }
section { padding: 1.1rem 0 .6rem; border-top: 1px solid var(--edge); }
section:target h2 { text-decoration: underline; }
p { color: var(--soft); margin: .2rem 0; } section p { font: 12px/1.6 ui-monospace, monospace; }
.track { overflow-x: auto; }
svg.railroad-diagram path { stroke-width: 1.6; stroke: var(--line); fill: none; }
svg.railroad-diagram text { font: 13px ui-monospace, monospace; text-anchor: middle; fill: var(--ink); }
svg.railroad-diagram rect { stroke-width: 1.2; stroke: var(--line); fill: var(--rule); }
svg.railroad-diagram rect[rx] { fill: var(--word); }
dt { font: 600 1rem ui-monospace, monospace; margin-top: .8rem; } dd { margin: 0; } code { font: 13px ui-monospace, monospace; overflow-wrap: anywhere; }
@media (max-width: 50rem) { body { display: block; } nav { display: none; } }
</style>
</head>
<body>
<nav>
${contents}
</nav>
<main>
<h1>The grammar of Reshimu</h1>
<p>Round boxes are written as they stand, capitals are kinds of tokens, square boxes are other rules.</p>
${sections}
<section id="tokens">
<h2>Tokens</h2>
<dl>
${tokens}
</dl>
</section>
</main>
</body>
</html>
`;
}
