// The productions of the parser as plain data, without what the recovery adds to them.

/** @typedef {{type: string, name?: string, label?: string, definition?: Production[], separator?: Production}} Production */

/** A production without `Broken`: that token is never read from a text. */
function withoutBroken(production) {
  if (production.definition === undefined) return production;
  const kept = production.definition.filter((one) => !isBroken(one)).map(withoutBroken);
  if (production.type === "Alternation" && kept.length === 1) return { ...kept[0], type: "Sequence" };
  return { ...production, definition: kept };
}

function isBroken(production) {
  if (production.type === "Terminal") return production.name === "Broken";
  const inner = production.definition;
  return production.type === "Alternative" && inner?.length === 1 && isBroken(inner[0]);
}

/** Where a reader begins, and then what each refers to, in that order. */
function inReadingOrder(rules) {
  const byName = new Map(rules.map((rule) => [rule.name, rule]));
  const seen = new Set();
  const waiting = ["file", "narrowing"];
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    if (seen.has(name) || !byName.has(name)) continue;
    seen.add(name);
    waiting.push(...referencesOf(byName.get(name)));
  }
  return [...seen].map((name) => byName.get(name));
}

/** The names of the rules that a production refers to, each once, in their order. */
export function referencesOf(production) {
  if (production.type === "NonTerminal") return [production.name];
  const inner = [...(production.definition ?? []), ...(production.separator ? [production.separator] : [])];
  return [...new Set(inner.flatMap(referencesOf))];
}

/** All rules that can be reached from a whole file. */
export function productionsOf(parser) {
  return inReadingOrder(parser.getSerializedGastProductions().map(withoutBroken));
}

/** How a terminal is written in a grammar: a keyword or sign as itself, a kind of token in capitals. */
export function terminalText({ name, label }, writtenAs) {
  return writtenAs.get(name) ?? (label ?? name).toUpperCase();
}
