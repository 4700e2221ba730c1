// The grammar as EBNF text (ISO/IEC 14977, with `? /…/ ?` for what is defined by a regular expression).
import { terminalText } from "./productions.mjs";

const widest = 110;

export function ebnf(rules, { writtenAs, lexical, reserved, contextual }) {
  const print = (production, inside) => printed(production, inside, writtenAs);
  const longest = Math.max(...rules.map(({ name }) => name.length));
  const lines = rules.map((rule) => {
    const body = alternatives(rule, print);
    return layOut(rule.name.padEnd(longest), body);
  });
  const tokens = lexical.map(
    ({ name, text }) => `${wrap(`${name.padEnd(longest)} = ${text}`, " ".repeat(longest + 3))} ;`,
  );
  return [
    "(* Generated from the parser by `npm run grammar`. Do not edit. *)",
    "(* Newlines are spaces; `//` starts a comment that ends with its line. LL(3). *)",
    "",
    ...lines,
    "",
    ...tokens,
    "",
    comment(`reserved, names only in backquotes: ${reserved.join(" ")}`),
    comment(`keywords that are names wherever a name is asked for: ${contextual.join(" ")}`),
    "",
  ].join("\n");
}

/** The alternatives of a rule that is nothing but a choice; else its one body. */
function alternatives(rule, print) {
  const [only] = rule.definition;
  if (rule.definition.length === 1 && only.type === "Alternation")
    return only.definition.map((one) => print(one, "choice"));
  return [print({ type: "Sequence", definition: rule.definition }, "top")];
}

function layOut(name, parts) {
  const whole = `${name} = ${parts.join(" | ")} ;`;
  if (whole.length <= widest) return whole;
  const indent = " ".repeat(name.length + 1);
  const wrapped = parts.map((part) => wrap(part, `${indent}  `));
  return `${name} = ${wrapped.join(`\n${indent}| `)} ;`;
}

function wrap(text, indent) {
  const lines = [""];
  // No line ends with an opening bracket or begins with a closing one.
  const words = text
    .replace(/(?<= )([[({]) /g, "$1\0")
    .replace(/ (?=[\])}](?: |$))/g, "\0")
    .split(" ");
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== "" && indent.length + last.length + word.length > widest - 2) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines.join(`\n${indent}`).replaceAll("\0", " ");
}

const comment = (text) => `(* ${wrap(text, "   ")} *)`;

function printed(production, inside, writtenAs) {
  const all = (of) => sequence(of.definition, writtenAs);
  switch (production.type) {
    case "Terminal": {
      const text = terminalText(production, writtenAs);
      return writtenAs.has(production.name) ? `"${text}"` : text;
    }
    case "NonTerminal":
      return production.name;
    case "Alternative":
    case "Sequence":
      return all(production);
    case "Alternation": {
      const choice = production.definition.map((one) => printed(one, "choice", writtenAs)).join(" | ");
      return inside === "choice" ? choice : `( ${choice} )`;
    }
    case "Option":
      return `[ ${bare(production, writtenAs)} ]`;
    case "Repetition":
      return `{ ${bare(production, writtenAs)} }`;
    case "RepetitionMandatory":
      return `${group(production, writtenAs)} { ${bare(production, writtenAs)} }`;
    case "RepetitionMandatoryWithSeparator":
      return separated(production, writtenAs);
    case "RepetitionWithSeparator":
      return `[ ${separated(production, writtenAs)} ]`;
    default:
      throw new Error(`no way to write ${production.type}`);
  }
}

const sequence = (definition, writtenAs) =>
  definition.map((one) => printed(one, "sequence", writtenAs)).join(" ");

/** What stands in brackets already: a choice needs none of its own. */
function bare({ definition }, writtenAs) {
  return definition.length === 1
    ? printed(definition[0], "choice", writtenAs)
    : sequence(definition, writtenAs);
}

function group({ definition }, writtenAs) {
  return sequence(definition, writtenAs);
}

function separated(production, writtenAs) {
  const each = group(production, writtenAs);
  return `${each} { ${printed(production.separator, "sequence", writtenAs)} ${each} }`;
}
