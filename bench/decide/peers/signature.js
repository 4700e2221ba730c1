/**
 * A proposal held against the signature of its tool, by hand: known names, types, the path in normal form. Gives the arguments in
 * normal form, or undefined. What a good engineer writes: checks in the order of the parameters, a quick way for a path that is
 * plain ASCII and in normal form already.
 */
import { normalPath } from "../paths.js";

const longest = 1_000_000;
const isText = (value) => typeof value === "string" && value.length <= longest && value.isWellFormed();
const isTexts = (value) => {
  if (!Array.isArray(value) || value.length > 100_000) return false;
  for (let i = 0; i < value.length; i += 1) if (!isText(value[i])) return false;
  return true;
};

const readers = {
  path: (value) => (typeof value === "string" && value.length <= longest ? pathOf(value) : undefined),
  int: (value) => (Number.isSafeInteger(value) ? value + 0 : undefined),
  string: (value) => (isText(value) ? value : undefined),
  bool: (value) => (typeof value === "boolean" ? value : undefined),
  "list<string>": (value) => (isTexts(value) ? value : undefined),
};

const slash = 47;
const dot = 46;

function pathOf(text) {
  if (text.charCodeAt(0) !== slash || text.length === 1) return normalPath(text);
  let before = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 32 || unit > 126 || (before === slash && (unit === slash || unit === dot)))
      return normalPath(text);
    before = unit;
  }
  return before === slash ? normalPath(text) : text;
}

const readersOfShapes = new Map();

/** Of one tool: reads its arguments. The code is what one types for these parameters; tools with the same ones share it. */
export function signatureOf({ params }) {
  const shape = JSON.stringify(params);
  if (!readersOfShapes.has(shape)) readersOfShapes.set(shape, readerOf(params));
  return readersOfShapes.get(shape);
}

function readerOf(params) {
  const body = [
    'if (typeof sent !== "object" || sent === null) return undefined;',
    "let count = 0;",
    `for (const key in sent) { count += 1; if (${params.map(([name]) => `key !== "${name}"`).join(" && ")}) return undefined; }`,
    `if (count !== ${params.length}) return undefined;`,
    ...params.map(
      ([name, type]) =>
        `const ${name} = ${readerName(type)}(sent.${name}); if (${name} === undefined) return undefined;`,
    ),
    `return { ${params.map(([name]) => name).join(", ")} };`,
  ];
  const declared = Object.keys(readers).map((type) => `const ${readerName(type)} = readers["${type}"];`);
  return new Function("readers", [...declared, "return (sent) => {", ...body, "};"].join("\n"))(readers);
}

const readerName = (type) => `read_${type.replace(/\W/gu, "_")}`;

const known = new Set(["session", "tier", "actor", "tool", "args", "confidence", "claims", "message"]);

/** Whether it is a proposal, by the one who is speaking. */
export function isProposal(proposal, { session, actor }) {
  if (typeof proposal !== "object" || proposal === null) return false;
  for (const key in proposal) if (!known.has(key)) return false;
  const { confidence } = proposal;
  if (confidence !== undefined && !(typeof confidence === "number" && confidence >= 0 && confidence <= 1))
    return false;
  return (
    typeof proposal.tool === "string" &&
    (proposal.session === undefined || proposal.session === session.id) &&
    (proposal.actor === undefined || proposal.actor === actor.id) &&
    proposal.tier === undefined &&
    proposal.claims === undefined
  );
}
