// `===`, `!==` and the four orders, for each type that has them, with values known, unknown and absent.
import {
  absent,
  argument,
  file,
  isOpen,
  noResult,
  numbered,
  op,
  predicateCase,
  UNKNOWN,
  unknown,
  worldOf,
} from "./terms.mjs";

/** Of each type: how two values are proposed, and their normal forms; `order` where it is ordered. */
const types = [
  { name: "bool", type: "bool", a: [false, false], b: [true, true] },
  { name: "int", type: "int", a: [-3, -3], b: [7, 7], ordered: true },
  { name: "decimal", type: "decimal", a: [0.5, 0.5], b: [2.25, 2.25], ordered: true },
  { name: "string", type: "string", a: ["abc", "abc"], b: ["ABC", "ABC"] },
  {
    name: "time",
    type: "time",
    a: ["2026-01-31T09:00:00Z", Date.parse("2026-01-31T09:00:00Z")],
    b: ["2026-01-31T11:00:00+01:00", Date.parse("2026-01-31T10:00:00Z")],
    ordered: true,
  },
  { name: "duration", type: "duration", a: ["90m", 5400000], b: ["2h", 7200000], ordered: true },
  { name: "path", type: "path", a: ["/a/./b", "/a/b"], b: ["/a/c", "/a/c"] },
  {
    name: "url",
    type: "url",
    a: ["HTTPS://Acme.example", "https://acme.example/"],
    b: ["https://acme.example/x", "https://acme.example/x"],
  },
  {
    name: "email",
    type: "email",
    a: ["ann@ACME.example", "ann@acme.example"],
    b: ["bob@acme.example", "bob@acme.example"],
  },
  { name: "enum", type: { enum: ["low", "high"] }, a: ["low", "low"], b: ["high", "high"] },
];

const meanings = {
  "===": (a, b) => a === b,
  "!==": (a, b) => a !== b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

/** A strict operator: unknown as soon as an operand is unknown or absent. */
const strictly = (meaning, left, right) =>
  isOpen(left) || isOpen(right) ? UNKNOWN : meaning(left.value, right.value);

function grid(operator, { name, type, a, b, ordered }) {
  const one = (side, [input, value]) => argument(side, type, input, value);
  const open = (side) => [
    unknown(type, `u${side}`),
    absent(type, `x${side}`),
    ...(ordered ? [noResult] : []),
  ];
  const pairs = [
    [one("l", a), one("r", a)],
    [one("l", a), one("r", b)],
    [one("l", b), one("r", a)],
    ...open("l").map((left) => [left, one("r", b)]),
    ...open("r").map((right) => [one("l", a), right]),
    [unknown(type, "ul"), unknown(type, "ur")],
    [unknown(type, "u"), unknown(type, "u")],
  ];
  return pairs.map(([left, right]) =>
    predicateCase(
      `${name}: ${left.told} ${operator} ${right.told}${left.rule === right.rule ? ", the same one" : ""}`,
      op(operator, left.rule, right.rule),
      strictly(meanings[operator], left, right),
      worldOf(left, right),
    ),
  );
}

const edges = [0, 1, -1, 0.1, 0.2, 0.3, 1e-320, 9007199254740991, -9007199254740991, 1.7976931348623157e308];
function edgeCases(operator) {
  const pairs = [
    ...edges.map((value) => [value, value]),
    ...edges.slice(1).map((value, i) => [edges[i], value]),
  ];
  return pairs.map(([a, b]) =>
    predicateCase(`edge: ${a} ${operator} ${b}`, op(operator, a, b), meanings[operator](a, b)),
  );
}

/** Numbers are IEEE doubles: sums are compared as they come out. */
const doubles = (operator) => [
  predicateCase(
    `doubles: 0.1 + 0.2 ${operator} 0.3`,
    op(operator, op("+", 0.1, 0.2), 0.3),
    meanings[operator](0.1 + 0.2, 0.3),
  ),
  predicateCase(
    `doubles: an int is a decimal, 1 ${operator} 1.0`,
    op(operator, 1, 1.0),
    meanings[operator](1, 1),
  ),
  predicateCase(
    `doubles: minus zero is zero, 0 * -1 ${operator} 0`,
    op(operator, op("*", 0, -1), 0),
    meanings[operator](0, 0),
  ),
];

const texts = [
  ["a", "a", "the same letter"],
  ["é", "e\u0301", "composed and decomposed letters are two texts"],
  ["ß", "ss", "no folding of letters"],
  ["", " ", "empty and blank"],
  ["a\u0000", "a", "a text with a null character is longer"],
  ["__proto__", "__proto__", "a name that means something in JavaScript is a text like any other"],
  ["😀", "😀", "letters beyond the basic plane"],
  ["10", "9", "digits in a text are letters"],
];
const textCases = (operator) =>
  texts.map(([a, b, told]) =>
    predicateCase(`text: ${told} (${operator})`, op(operator, a, b), meanings[operator](a, b)),
  );

export function comparisons() {
  const equality = ["===", "!=="].map((operator) =>
    file(
      `predicates/${operator === "===" ? "equal" : "not-equal"}.json`,
      "predicate",
      `\`${operator}\` for each scalar type, its arguments normalised on arrival`,
      numbered([
        ...types.flatMap((type) => grid(operator, type)),
        ...edgeCases(operator),
        ...doubles(operator),
        ...textCases(operator),
      ]),
    ),
  );
  const names = { "<": "less", "<=": "at-most", ">": "more", ">=": "at-least" };
  const orders = Object.entries(names).map(([operator, name]) =>
    file(
      `predicates/${name}.json`,
      "predicate",
      `\`${operator}\` for each ordered type`,
      numbered([
        ...types.filter((type) => type.ordered).flatMap((type) => grid(operator, type)),
        ...edgeCases(operator),
        ...doubles(operator),
      ]),
    ),
  );
  return [...equality, ...orders];
}
