import { describe, expect, test } from "vitest";
import type { Predicate } from "../../src/ir/predicate.js";
import { namesOfTypes } from "../../src/ir/print-types.js";
import { residualOf } from "../../src/logic/residual.js";
import { frameOf } from "../support/frame.js";
import { compiled, commission, engineOf, knowing } from "../support/policy.js";
import { predicateSchema } from "../../src/ir/schemas/predicate.js";

const givens = `
  given open: int asks owner "How many?"
  given those: list<int> asks owner "Which?"
  given sure: int = 2`;

/** What the report says is left of a permit's condition. */
function left(condition: string, args: object = { n: 1 }): string | undefined {
  const engine = engineOf({
    givens,
    tools:
      'tool act(n: int, at?: time, who?: { name: string, age?: int }, kind?: enum("a", "b"))\n tool idle(id?: string)',
    scope: `permit act when ${condition}`,
    grounding: `
      unsupported at most 1
      source a is http "http://127.0.0.1:9/{fact}" trust 0.9
      fact size(who: { name: string, age?: int }): int from a`,
  });
  const { decision } = engine.decide({ tool: "act", args, confidence: 1 }, knowing());
  return decision.report?.source.for[0]?.residual;
}

describe("what is left of a condition", () => {
  test.each<readonly [string, string, string]>([
    ["parts that hold are gone", "n == 1 and given.open > 2", "given.open > 2"],
    ["parts that do not decide are gone", "n == 2 or given.open > 2", "given.open > 2"],
    ["what is known is its value", "given.open > n + given.sure", "given.open > 3"],
    [
      "a choice that is made is its branch",
      "if n == 1 then given.open > 2 else given.open > 3",
      "given.open > 2",
    ],
    ["and the other one", "if n == 2 then given.open > 2 else given.open > 3", "given.open > 3"],
    [
      "a choice that is open keeps both, each put in",
      "if given.open > 2 then n == given.open else n == 2",
      "if given.open > 2 then 1 == given.open else false",
    ],
    [
      "a loop keeps its list, and its body what it reads",
      "every v in given.those: v > n",
      "every v in given.those: v > 1",
    ],
    [
      "a part of a loop's body decides it",
      "every v in given.those: v > 1 and n == 2",
      "every v in given.those: false",
    ],
    [
      "and all parts of it may be gone",
      "some v in given.those: (v > 1 or n == 1) and n == 1",
      "some v in given.those: true",
    ],
    [
      "a choice in a loop's body is made where it can be",
      "some v in given.those: if v > 1 or n == 1 then v == 3 else v == 4",
      "some v in given.those: v == 3",
    ],
    ["what `calls` asks is put in", "calls(act, n: n) + given.open > 2", "0 + given.open > 2"],
    [
      "also where it is in a loop",
      "some v in given.those: calls(act, 1h, n: v + n) > 0",
      "some v in given.those: calls(act, 1h, n: v + 1) > 0",
    ],
  ])("%s", (_, condition, residual) => {
    expect(left(condition)).toBe(residual);
  });
  test("what has no literal keeps its name", () => {
    const who = { name: "Ann" };
    expect(left('has who and (some v in given.those: who.name == "Ann" and v > 1)', { n: 1, who })).toBe(
      "some v in given.those: v > 1",
    );
    expect(left("has who and size(who) > given.open", { n: 1, who })).toBe("size(who) > given.open");
    expect(left("given.open in given.those", { n: 1 })).toBe("given.open in given.those");
  });
});

test("of more than fifty rules nobody reads what is left of each", () => {
  const permits = (count: number) =>
    Array.from({ length: count }, (_, i) => `permit act when given.open > ${i}`).join("\n");
  const told = (count: number) => {
    const engine = engineOf({ givens, scope: permits(count) });
    const { decision } = engine.decide({ tool: "act", args: { n: 1 }, confidence: 1 }, knowing());
    return decision.report?.source.for.filter(({ residual }) => residual !== undefined).length;
  };
  expect([told(50), told(60)]).toEqual([50, 50]);
});

const rich = `
  given open: int asks owner "How many?"
  given ratio: decimal asks owner "How much?"
  given those: list<int> asks owner "Which?"
  given sure: int = 2
  given wait: duration asks owner "How long?"
  given day: time asks owner "When?"
  given base: path asks owner "Where?"
  given text: string asks owner "What?"
  given people: list<{ name: string, age?: int, marks?: list<int> }> asks owner "Who?"`;

/** As `left`, of a tool with a parameter of every kind. */
function leftOf(condition: string, more: object = {}): string | undefined {
  const engine = engineOf({
    givens: rich,
    tools:
      "tool act(n: int, small: decimal, at: time, path: path, text: string, all: list<int>)\ntool idle(id?: string)",
    scope: `permit act when ${condition}`,
    grounding: `
      unsupported at most 1
      source a is http "http://127.0.0.1:9/{fact}" trust 0.9
      source web is tool idle as text trust 0.2
      fact may?(n: int): int from a
      fact size(n: int): int from a`,
  });
  const known = {
    n: 1,
    small: 1e-9,
    at: "2026-01-31T12:00:00Z",
    path: "/a/b",
    text: "Ann Lee",
    all: [1, 2],
    ...more,
  };
  const { decision } = engine.decide({ tool: "act", args: known, confidence: 1 }, knowing());
  expect(decision.decision).toBe("clarify");
  return decision.report?.source.for[0]?.residual;
}

describe("what is known is put in", () => {
  test.each<readonly [string, string]>([
    ["given.open in all", "given.open in [1, 2]"],
    ["given.open in [n, given.open + n]", "given.open in [1, given.open + 1]"],
    ["(count v in given.those: v > n) > 2", "(count v in given.those: v > 1) > 2"],
    ["(sum v in given.those: v + n) > 2", "(sum v in given.those: v + 1) > 2"],
    ["size(n) > n", "size(1) > 1"],
    ['given.text like "a*" or n == 2', 'given.text like "a*"'],
    ['given.text matches "a.*" or n == 2', 'given.text matches "a.*"'],
    ["path within given.base", '"/a/b" within given.base'],
    ["given.base within path", 'given.base within "/a/b"'],
    ['count(extract(given.text, "a")) > n', 'count(extract(given.text, "a")) > 1'],
    ["hour(given.day) > n", "hour(given.day) > 1"],
    ["weekday(given.day) > n", "weekday(given.day) > 1"],
    ["length(given.text) > n", "length(given.text) > 1"],
    ["min(given.open, 5, n) > n", "min(given.open, 5, 1) > 1"],
    ["max(given.open, n) > n", "max(given.open, 1) > 1"],
    ["abs(given.open - n) > n", "abs(given.open - 1) > 1"],
    ["given.open * n > given.open / (n + 1)", "given.open * 1 > given.open / 2"],
    ["-given.open > n", "-given.open > 1"],
    ["not (n == 1 and given.open in given.those)", "given.open not in given.those"],
  ])("%s: %s", (condition, residual) => {
    expect(leftOf(condition)).toBe(residual);
  });

  test.each<readonly [string, string]>([
    ["at > given.day", '"2026-01-31T12:00:00.000Z" > given.day'],
    ["at + 1h > given.day", '"2026-01-31T13:00:00.000Z" > given.day'],
    ["at - given.day > 1h", "at - given.day > 1h"],
    ["at - given.wait > given.day", "at - given.wait > given.day"],
    ["at + given.wait > given.day", "at + given.wait > given.day"],
    ["min(at, given.day) > given.day", "min(at, given.day) > given.day"],
    ["max(at, given.day) > given.day", "max(at, given.day) > given.day"],
    ["now - at + given.wait > 1h", "0ms + given.wait > 1h"],
  ])("a time, but beside what it is reckoned with: %s: %s", (condition, residual) => {
    expect(leftOf(condition)).toBe(residual);
  });

  test.each<readonly [string, string]>([
    ["has may(n)", "has may(n)"],
    ["some v in given.those: has may(v + n)", "some v in given.those: has may(v + n)"],
    ["given.text traced to web", "given.text traced to web"],
    ["text traced to web or given.open > n", "text traced to web or given.open > 1"],
    ["given.ratio > small", "given.ratio > small"],
  ])("but for what keeps its words: %s: %s", (condition, residual) => {
    expect(leftOf(condition)).toBe(residual);
  });

  test("a literal of up to 120 characters", () => {
    const text = (length: number) => leftOf("given.text == text", { text: "x".repeat(length) });
    expect(text(118)).toBe(`given.text == "${"x".repeat(118)}"`);
    expect(text(119)).toBe("given.text == text");
  });

  test("in loops, but for what reads their variables", () => {
    expect(leftOf("some p in given.people: has p.age and p.age > n")).toBe(
      "some p in given.people: has p.age and p.age > 1",
    );
    expect(leftOf("some p in given.people: some m in p.marks: m > n")).toBe(
      "some p in given.people: some m in p.marks: m > 1",
    );
    expect(leftOf("some sure in given.those: sure > given.sure")).toBe("some sure in given.those: sure > 2");
    expect(leftOf("some v in given.those: v > calls(act, n: n)")).toBe("some v in given.those: v > 0");
  });
});

describe("what is left is a predicate", () => {
  const setting = {
    params: new Map([["a", 0]]),
    annotated: [],
    frame: frameOf({ args: { a: 1 } }),
    names: namesOfTypes(compiled(commission()), ["act"]),
  };
  const open = { val: ["given", "open"] };
  const a = { val: ["arg", "a"] };
  test.each<readonly [string, Predicate, Predicate]>([
    ["with a list", { in: [open, [a, open]] }, { in: [open, [1, open]] }],
    ["with a list of truths", { in: [open, [false, open]] }, { in: [open, [false, open]] }],
    ["with a call", { "===": [{ fact: ["f", a] }, a] }, { "===": [{ fact: ["f", 1] }, 1] }],
    ["with a pattern", { or: [{ like: [open, "x*"] }, false] }, { like: [open, "x*"] }],
    ["with a prefix", { and: [{ within: [open, "/x", "path"] }] }, { within: [open, "/x", "path"] }],
  ])("%s", (_, predicate, residual) => {
    const rest = residualOf(predicateSchema.parse(predicate), setting);
    expect(rest).toEqual(residual);
    expect(predicateSchema.parse(rest)).toEqual(residual);
  });
});

test("what is left is told in up to a thousand characters", () => {
  const parts = (length: number) => {
    const rest = Array.from({ length: 40 }, (_, i) => `given.open > ${i + 10}`).join(" and ");
    const last = ' and given.text != "';
    return `${rest}${last}${"x".repeat(length - rest.length - last.length - 1)}"`;
  };
  expect(parts(1_000)).toHaveLength(1_000);
  expect(leftOf(parts(1_000))).toBe(parts(1_000));
  expect(leftOf(parts(1_001))).toBeUndefined();
});
