import { describe, expect, test } from "vitest";
import { functions } from "../../src/compiler/check/typing/functions.js";
import { indexLines } from "../../src/diagnostics/lines.js";
import { bareFrame } from "../../src/engine/frame.js";
import { compilePolicy } from "../../src/index.js";
import type { Predicate } from "../../src/ir/predicate.js";
import { prepare } from "../../src/logic/prepare.js";
import { UNKNOWN } from "../../src/logic/value.js";
import { allTokens, writtenAs } from "../../src/syntax/tokens.js";
import { pageOf } from "./pages.js";

const language = pageOf("docs/language.md");

const words = (cell = ""): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, word = ""]) => word);

test("every keyword and every sign of the grammar is on the page", () => {
  const code = [
    ...language.text.matchAll(/```\w*\n([\s\S]*?)```/g),
    ...language.text.replace(/```[\s\S]*?```/g, "").matchAll(/`` (.+?) ``|`([^`\n]+)`/g),
  ].map(([, a, b]) => a ?? b);
  const seen = new Set(code.join("\n").match(/[A-Za-z_]+|->|[=!<>]=|[^\sA-Za-z_]/g));
  const spelt = allTokens.flatMap((type) => writtenAs(type) ?? []).filter((word) => word !== ";");
  expect(spelt.length).toBeGreaterThan(120);
  expect(spelt.filter((word) => !seen.has(word))).toEqual([]);
});

// ------------------------------------------------------------------ what operators take and give

const scalars: Readonly<Record<string, string>> = {
  bool: "bool",
  int: "int",
  decimal: "decimal",
  string: "string",
  time: "time",
  duration: "duration",
  path: "path",
  url: "url",
  email: "email",
  enumeration: 'enum("a", "b")',
};
const types: Readonly<Record<string, string>> = {
  ...scalars,
  ...Object.fromEntries(Object.entries(scalars).map(([name, type]) => [`${name}_list`, `list<${type}>`])),
  record: "{ f: int }",
  record_list: "list<{ f: int }>",
  json: "json",
  json_list: "list<json>",
};
const names = Object.keys(types);
/** Lists of each type are for what looks into them; elsewhere two of them stand for all. */
const isTried = (name: string): boolean =>
  !name.endsWith("_list") || name === "int_list" || name === "record_list";

const groups: Readonly<Record<string, readonly string[]>> = {
  number: ["int", "decimal"],
  text: ["string", "path", "url", "email", "enumeration"],
  scalar: Object.keys(scalars),
};

/** The types that a cell names: `number, time`, `list of these`. */
function typesOf(cell: string): string[] {
  const named = cell.split(", ").filter((name) => name !== "list of these");
  const all = named.flatMap((name) => groups[name] ?? [name]);
  if (named.length === cell.split(", ").length) return all;
  return [...all, ...all.filter((name) => name in scalars).map((name) => `${name}_list`)];
}

const isNumber = (type: string): boolean => type === "int" || type === "decimal";
const same = (a: string, b: string): boolean => a === b || (isNumber(a) && isNumber(b));

interface Row {
  readonly operators: readonly string[];
  readonly left: string;
  readonly right: string;
  readonly gives: string;
  readonly unknown: string;
}
const [, ...table] = language.tables.find(({ mark }) => mark === "operators")?.rows ?? [];
const rows: readonly Row[] = table.map(([operator, left = "", right = "", gives = "", unknown = ""]) => ({
  operators: words(operator),
  left,
  right,
  gives,
  unknown,
}));

/** What stands on the right where it is no expression. */
const fixed: Readonly<Record<string, string>> = { pattern: '"a"', sources: "intent" };

/** All expressions that could be, with what the page says that they give; `""` for nothing. */
function expressionsOf(operator: string): Map<string, string> {
  const all = new Map<string, string>();
  const written = (a: string, b: string): string =>
    `${a === "" ? "" : `given.${a} `}${operator} ${fixed[b] ?? `given.${b}`}`;
  const mine = rows.filter(({ operators }) => operators.includes(operator));
  for (const { left, right } of mine)
    for (const a of left === "" ? [""] : right in fixed ? names : names.filter(isTried))
      for (const b of right in fixed ? [right] : names)
        if (isTried(b) || right.startsWith("list")) all.set(written(a, b), "");
  for (const { left, right, gives } of mine)
    for (const a of typesOf(left))
      for (const b of rightOf(a, right)) all.set(written(a, b), given(gives, a, b));
  return all;
}

function rightOf(left: string, right: string): string[] {
  if (right === "the same") return names.filter((name) => same(left, name));
  if (right === "list of the same")
    return names.filter((name) => name.endsWith("_list") && same(left, name.slice(0, -"_list".length)));
  return typesOf(right);
}

function given(gives: string, left: string, right: string): string {
  if (gives === "the same") return right;
  if (gives !== "int of two ints, else decimal") return gives;
  return left === "int" && right === "int" ? "int" : "decimal";
}

const results = ["bool", "int", "decimal", "time", "duration"];

/** The calls that check, of facts that take a value of one type: `of_int(1 + 2)`. */
function accepted(calls: readonly string[]): string[] {
  const head = [
    "policy probe",
    'principal boss "Boss"',
    'intent { a "A" b "B" c "C"',
    ...names.map((name) => `given ${name}: ${types[name]} asks boss "What?"`),
    "}",
    "tool probe()",
    'grounding { source s is json "./s.json" trust 1',
    ...["json", ...results].map((type) => `fact of_${type}(x: ${type}): bool from s "/{x}"`),
    "}",
    "reversibility { class free otherwise free }",
    "discernment { threshold 0.5 escalate boss within 1h }",
    "scope {",
  ];
  const lines = calls.map((call) => `permit probe serving a, b, c when ${call}`);
  const text = `${[...head, ...lines, "}"].join("\n")}\n`;
  const { diagnostics } = compilePolicy("probe.reshimu", { read: () => ({ text }) });
  const places = indexLines(text);
  const broken = new Set<number>();
  for (const { severity, span, message } of diagnostics) {
    if (severity !== "error") continue;
    const line = places.positionAt(span.start).line - head.length - 1;
    expect(line, message).toBeGreaterThanOrEqual(0);
    broken.add(line);
  }
  return calls.filter((_, index) => !broken.has(index));
}

/** The expressions that check, with the types that they have. */
function typed(expressions: readonly string[]): [expression: string, type: string][] {
  const sound = accepted(expressions.map((one) => `of_json(${one})`));
  const calls = sound.flatMap((call) => results.map((type) => call.replace("json", type)));
  const found = new Map<string, string>();
  for (const call of accepted(calls)) {
    const [, type = "", expression = ""] = /^of_(\w+)\((.*)\)$/.exec(call) ?? [];
    // An int may stand where a decimal is wanted: the first of the types counts.
    if (!found.has(expression)) found.set(expression, type);
  }
  expect(found.size).toBe(sound.length);
  return [...found];
}

describe("the table of operators", () => {
  const operators = [...new Set(rows.flatMap((row) => row.operators))].filter((one) => one !== "has");

  test("names all there are", () => {
    const signs = allTokens
      .flatMap((type) => writtenAs(type) ?? [])
      .filter((one) => /^[=!<>]=$|^[<>+*/-]$/.test(one));
    expect(operators).toEqual(
      expect.arrayContaining([...signs, "and", "or", "not", "in", "not in", "within"]),
    );
    expect(operators).toEqual(expect.arrayContaining(["like", "matches", "traced to"]));
  });

  test.each(operators)("%s takes and gives what it says", (operator) => {
    const expressions = expressionsOf(operator);
    const told = [...expressions].filter(([, gives]) => gives !== "");
    expect(told.length).toBeGreaterThan(0);
    expect(typed([...expressions.keys()]).sort()).toEqual(told.sort());
  });
});

// ------------------------------------------------------------------ unknown

const notKnown: Predicate = { val: ["given", "x"] };
const evaluated = (predicate: Predicate) => prepare(predicate, new Map()).value(bareFrame([]));

/** Operators by their name in a built policy, with operands for which they have a result. */
const known: Readonly<
  Record<string, readonly [operator: string, operands: readonly Predicate[], ...rest: string[]]>
> = {
  not: ["!", [true]],
  "==": ["===", [1, 1]],
  "!=": ["!==", [1, 1]],
  "<": ["<", [1, 2]],
  "<=": ["<=", [1, 2]],
  ">": [">", [1, 2]],
  ">=": [">=", [1, 2]],
  within: ["within", ["/a/b", "/a"], "path"],
  like: ["like", ["a"], "a"],
  matches: ["matches", ["a"], "a"],
  "+": ["+", [1, 2]],
  "-": ["-", [1, 2]],
  "*": ["*", [1, 2]],
  "/": ["/", [1, 2]],
};

describe("what the table says of unknown", () => {
  const strict = rows.flatMap(({ operators, unknown: cell }) =>
    cell.startsWith("of unknown") ? operators.map((operator) => [operator, cell] as const) : [],
  );

  test.each(strict.filter(([operator]) => operator !== "has"))("%s (%s)", (operator, cell) => {
    const [name = "", operands = [], ...rest] = known[operator] ?? [];
    const of = (...values: readonly Predicate[]): unknown => evaluated({ [name]: [...values, ...rest] });
    expect(of(...operands)).not.toBe(UNKNOWN);
    for (const index of operands.keys()) expect(of(...operands.with(index, notKnown))).toBe(UNKNOWN);
    if (cell.includes("too large"))
      expect(of(2 ** 53 - 1, operator === "-" ? -5 : operator === "/" ? 0.25 : 5)).toBe(UNKNOWN);
    if (cell.includes("by zero")) expect(of(1, 0)).toBe(UNKNOWN);
  });

  test("in", () => {
    expect(evaluated({ in: [notKnown, []] })).toBe(false);
    expect(evaluated({ in: [notKnown, [1]] })).toBe(UNKNOWN);
    expect(evaluated({ in: [1, [1, notKnown]] })).toBe(true);
    expect(evaluated({ in: [1, [2, notKnown]] })).toBe(UNKNOWN);
    expect(evaluated({ in: [1, notKnown] })).toBe(UNKNOWN);
  });

  test.each([
    ["every", true, UNKNOWN, false],
    ["some", false, UNKNOWN, true],
    ["tally", 0, UNKNOWN, UNKNOWN],
    ["total", 0, UNKNOWN, UNKNOWN],
  ])("%s over lists", (form, ofNone, ofOne, withDecisive) => {
    const over = (...elements: readonly Predicate[]) =>
      evaluated({ [form]: ["v", [[...elements]], { val: ["local", "v"] }] });
    expect(over()).toBe(ofNone);
    expect(over(notKnown)).toBe(ofOne);
    expect(over(notKnown, form === "some")).toBe(withDecisive);
    expect(evaluated({ [form]: ["v", [notKnown], true] })).toBe(UNKNOWN);
  });

  test("if", () => {
    expect(evaluated({ if: [notKnown, 1, 1] })).toBe(1);
    expect(evaluated({ if: [notKnown, 1, 2] })).toBe(UNKNOWN);
  });

  test("annotated is known of every tool", () => {
    expect(evaluated({ annotated: ["writing"] })).toBe(false);
  });

  test.each([...functions.keys()].filter((name) => name !== "annotated"))("the function %s", (name) => {
    const operands = ["hour", "weekday", "extract"].includes(name) ? [notKnown, "UTC"] : [notKnown];
    expect(evaluated({ [name]: operands })).toBe(UNKNOWN);
    if (name === "count") expect(evaluated({ count: [[1, notKnown]] })).toBe(2);
  });

  test("has", () => {
    expect(evaluated({ has: [notKnown] })).toBe(UNKNOWN);
  });
});
