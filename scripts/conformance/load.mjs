// What an engine loads, and what it refuses: another format or version, operators it does not know, names without an owner.
import {
  asks,
  discernment,
  gray,
  limit,
  permit,
  policy,
  reversibility,
  scope,
  threshold,
  treat,
} from "./policy.mjs";
import { file, numbered } from "./terms.mjs";

const good = (name, ir) => ({ name, policy: ir, load: "accepted" });
const bad = (name, ir) => ({ name, policy: ir, load: "refused" });
const text = (name, told, load = "refused") => ({ name, text: told, load });
const when = (condition) => policy({}, { scope: scope([permit(1, condition)]) });
const nest = (depth) => Array.from({ length: depth }).reduce((rule) => ({ "!": [rule] }), true);

const base = policy();
const without = (key) => Object.fromEntries(Object.entries(base).filter(([name]) => name !== key));
const forms = [
  good("a small policy", base),
  good("a base without an intent", { ...base, intent: null }),
  bad("another format", { ...base, format: "policy" }),
  bad("without a format", without("format")),
  bad("a later version", { ...base, version: 2 }),
  bad("an earlier version", { ...base, version: 0 }),
  bad("a version in quotes", { ...base, version: "1" }),
  ...Object.keys(base)
    .filter((key) => !["format", "version"].includes(key))
    .map((key) => bad(`without \`${key}\``, without(key))),
  bad("a key that policies do not have", { ...base, extra: 1 }),
  bad("no layer at all", { ...base, layers: [] }),
  bad("two bullets instead of three", {
    ...base,
    intent: { ...base.intent, bullets: base.intent.bullets.slice(1) },
  }),
  bad("four bullets", {
    ...base,
    intent: { ...base.intent, bullets: [...base.intent.bullets, base.intent.bullets[0]] },
  }),
  bad("a threshold of 1", policy({}, { discernment: discernment([threshold(1, 1)]) })),
  good("a threshold of 0", policy({}, { discernment: discernment([threshold(1, 0)]) })),
  bad("a weight above 1", policy({}, { discernment: discernment([threshold(1, 0)], [gray(1, 1.5)]) })),
  good("a weight of 1", policy({}, { discernment: discernment([threshold(1, 0)], [gray(1, 1)]) })),
  bad("a trust below 0", { ...base, sources: [{ name: "a", kind: "json", locator: "a", trust: -0.1 }] }),
  bad("a source of a kind that is not known", {
    ...base,
    sources: [{ name: "a", kind: "ftp", locator: "a", trust: 1 }],
  }),
  bad("a type that is not known", {
    ...base,
    tools: [{ name: "act", params: [{ name: "n", type: "float" }] }],
  }),
  bad("an enum without members", {
    ...base,
    tools: [{ name: "act", params: [{ name: "n", type: { enum: [] } }] }],
  }),
  bad("a tool that is marked as nothing", policy({ tools: [{ name: "act", params: [], annotated: [] }] })),
  bad(
    "a tool with a mark that is none",
    policy({ tools: [{ name: "act", params: [], annotated: ["reading"] }] }),
  ),
  bad("a statement without tools", policy({}, { scope: scope([{ ...permit(1), tools: [] }]) })),
  bad("an id that is none", policy({}, { scope: scope([{ ...permit(1), id: "permit/1" }]) })),
  bad("a duration below 0", { ...base, escalate: [{ principal: "owner", within: -1 }] }),
  bad(
    "a duration that is no whole number",
    policy({}, { scope: scope([permit(1)], [], [limit(1, 1, { per: 0.5 })]) }),
  ),
  bad("a layer without a block: null, or nothing", {
    ...base,
    layers: [{ name: "a", commission: true, scope: null }],
  }),
  text("no JSON", "policy test"),
  text("an empty text", ""),
  text("a list", "[]"),
  text("null", "null"),
  text("a key twice", JSON.stringify(base).replace('"version":1', '"version":1,"version":1')),
  text("white space around", ` ${JSON.stringify(base)}\n`, "accepted"),
  text("a byte order mark before it", `\ufeff${JSON.stringify(base)}`),
  text("a comment", `// policy\n${JSON.stringify(base)}`),
];

const names = [
  bad(
    "a line treats as a class that is not there",
    policy({}, { reversibility: reversibility([treat(1, "grave")]) }),
  ),
  bad("otherwise a class that is not there", policy({}, { reversibility: reversibility([], "grave") })),
  bad(
    "a threshold for a class that is not there",
    policy({}, { discernment: discernment([threshold(1, 0.1, { for: "grave" })]) }),
  ),
  bad("a class confirmed by nobody who is there", {
    ...base,
    classes: [{ name: "free", confirm: "nobody" }],
  }),
  bad("escalated to nobody who is there", { ...base, escalate: [{ principal: "nobody", within: 1 }] }),
  bad(
    "a given asked of nobody who is there",
    policy({ givens: [{ name: "g", type: "int", ...asks("nobody") }] }),
  ),
  bad(
    "a gray line asked of nobody who is there",
    policy({}, { discernment: discernment([threshold(1, 0.1)], [gray(1, 0.1, true, asks("nobody"))]) }),
  ),
];

/** Operators with operands of the right and of the wrong number and form. */
const predicates = [
  ["a literal", true, true],
  ["a number", 5, true],
  ["a text", "a", true],
  ["a list", [1, "a"], true],
  ["null", null, false],
  ["an empty object", {}, false],
  ["two operators in one", { and: [true], or: [true] }, false],
  ["an operator without a list", { "!": true }, false],
  ["null inside a list", [null], false],
  ["annotated with a kind", { annotated: ["open world"] }, true],
  ["annotated with another kind", { annotated: ["reading"] }, false],
  ["annotated with none", { annotated: [] }, false],
  ["annotated with two", { annotated: ["writing", "destructive"] }, false],
  ["annotated with a rule", { annotated: [{ val: ["arg", "who"] }] }, false],
  ["an object as operand that is no rule", { and: [{}] }, false],
  ["and of nothing", { and: [] }, false],
  ["and of one", { and: [true] }, true],
  ["or of nothing", { or: [] }, false],
  ["not of two", { "!": [true, false] }, false],
  ["if of two", { if: [true, 1] }, false],
  ["if of three", { if: [true, 1, 2] }, true],
  ["if of four", { if: [true, 1, false, 2] }, false],
  ...["===", "!==", "<", "<=", ">", ">=", "in", "+", "*", "/"].flatMap((operator) => [
    [`${operator} of two`, { [operator]: [1, operator === "in" ? [1] : 2] }, true],
    [`${operator} of one`, { [operator]: [1] }, false],
    [`${operator} of three`, { [operator]: [1, 2, 3] }, false],
  ]),
  ["- of one", { "-": [1] }, true],
  ["- of three", { "-": [1, 2, 3] }, false],
  ["min of nothing", { min: [] }, false],
  ["max of five", { max: [1, 2, 3, 4, 5] }, true],
  ...[
    "==",
    "!=",
    "!!",
    "%",
    "?:",
    "var",
    "missing",
    "missing_some",
    "merge",
    "cat",
    "substr",
    "filter",
    "map",
    "reduce",
    "all",
    "none",
    "log",
    "xor",
    "throw",
    "constructor",
    "__proto_",
  ].map((operator) => [`\`${operator}\` is not an operator`, { [operator]: [1, 2] }, false]),
  ["val of an argument", { val: ["arg", "n"] }, true],
  ["val of nothing", { val: [] }, false],
  ["val of a root that is not known", { val: ["env", "HOME"] }, false],
  ["val of `constructor`", { val: ["constructor", "n"] }, false],
  ["val of an argument without a name", { val: ["arg"] }, false],
  ["val with a number", { val: ["arg", 1] }, false],
  ["val of now", { val: ["now"] }, true],
  ["val of now and more", { val: ["now", "x"] }, false],
  ["val of actor.id", { val: ["actor", "id"] }, true],
  ["val of a member that actors do not have", { val: ["actor", "name"] }, false],
  ["val of session.trust", { val: ["session", "trust"] }, true],
  ["val of a member that sessions do not have", { val: ["session", "key"] }, false],
  ["has of an argument", { has: [{ val: ["arg", "n"] }] }, true],
  ["has of a fact", { has: [{ fact: ["f"] }] }, true],
  ["has of a literal", { has: [1] }, false],
  ["has of two", { has: [{ val: ["arg", "n"] }, { val: ["arg", "m"] }] }, false],
  ["fact without a name", { fact: [] }, false],
  ["fact with a computed name", { fact: [{ val: ["arg", "n"] }] }, false],
  ["fact with arguments", { fact: ["f", 1, { val: ["arg", "n"] }] }, true],
  ["every over a list", { every: ["v", [{ val: ["arg", "l"] }], true] }, true],
  ["every over no list", { every: ["v", [], true] }, false],
  ["every without a body", { every: ["v", [[1]]] }, false],
  ["every without a variable", { every: [[[1]], true] }, false],
  ["some with more than a body", { some: ["v", [[1]], true, true] }, false],
  ["tally over two lists", { tally: ["v", [[1], [2]], true] }, true],
  ["total over a list", { total: ["v", [[1]], 1] }, true],
  ["like with a pattern", { like: ["a", "*"] }, true],
  ["like with a computed pattern", { like: ["a", { val: ["arg", "n"] }] }, false],
  ["like without a pattern", { like: ["a"] }, false],
  ["matches with a pattern", { matches: ["a", "a+"] }, true],
  ["hour with a zone", { hour: [0, "UTC"] }, true],
  ["hour without a zone", { hour: [0] }, false],
  ["within with its kind", { within: ["/a", "/", "path"] }, true],
  ["within without its kind", { within: ["/a", "/"] }, false],
  ["within of a kind that is not known", { within: ["/a", "/", "file"] }, false],
  ["traced to a source", { traced: ["a", ["crm"], "text", "value"] }, true],
  ["traced to no source", { traced: ["a", [], "text", "value"] }, false],
  ["traced in a form that is not known", { traced: ["a", ["crm"], "words", "value"] }, false],
  ["traced of what is not known", { traced: ["a", ["crm"], "text", "guess"] }, false],
  ["calls of a tool", { calls: [["act"], null] }, true],
  ["calls in a window, with a parameter", { calls: [["act"], 1000, ["n", 1]] }, true],
  ["calls of no tool", { calls: [[], null] }, false],
  ["calls in a window below 0", { calls: [["act"], -1] }, false],
  ["calls with a parameter that is no pair", { calls: [["act"], null, ["n"]] }, false],
  ["a nesting of ninety", nest(90), true],
].map(([name, condition, fits]) => (fits ? good : bad)(name, when(condition)));

const deep = text(
  "a nesting that is too deep",
  JSON.stringify(when("DEEP")).replace('"DEEP"', `${'{"!":['.repeat(1100)}true${"]}".repeat(1100)}`),
);

export const loading = () => [
  file("load/form.json", "load", "the form of a built policy", numbered([...forms, deep])),
  file("load/names.json", "load", "names that the engine looks up must be there", numbered(names)),
  file(
    "load/predicates.json",
    "load",
    "the closed table of operators and their operands",
    numbered(predicates),
  ),
];
