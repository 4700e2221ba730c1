import { describe, expect, test } from "vitest";
import type { Predicate } from "../../src/ir/predicate.js";
import { bareFrame } from "../../src/engine/frame.js";
import { loopingBoth, takes, takesElement } from "../../src/logic/work.js";
import { mentions, opens, worth } from "../support/frame.js";

const list: Predicate = { val: ["arg", "list"] };
const v: Predicate = { val: ["local", "v"] };
const of = (length: number) => ({ args: { list: Array.from({ length }, () => 1) } });

test("one quantifier goes through two hundred thousand elements, and has no result for one more", () => {
  const rule: Predicate = { tally: ["v", [list], true] };
  expect(worth(rule, of(200_000))).toBe(200_000);
  expect(worth(rule, of(200_001))).toBe("?");
  expect(opens(rule, of(200_001))).toEqual(["operation tally"]);
});

test("what keeps it open is looked for as far", () => {
  const rule: Predicate = { every: ["v", [list], { "===": [v, { val: ["given", "x"] }] }] };
  expect(opens(rule, of(3))).toEqual(["given x", "given x", "given x"]);
  const long = mentions(rule, of(200_001));
  expect(long).toHaveLength(200_001);
  expect(long.at(-1)).toBe("operation every");
});

test("within a loop the characters of what is looked at as a whole count, and outside nothing does", () => {
  const frame = bareFrame([]);
  expect(takes(frame, "x".repeat(10))).toBe(true);
  frame.work.left = 20;
  expect([takes(frame, "x".repeat(10)), takes(frame, 5), takes(frame, ["a", "b"])]).toEqual([
    true,
    true,
    true,
  ]);
  expect(frame.work.left).toBe(8);
  expect([takes(frame, "x".repeat(8)), takes(frame, "x")]).toEqual([true, false]);
});

test("an outermost loop has all its work before it, in both frames, and the loops in it share that", () => {
  const [one, other] = [bareFrame([]), bareFrame([])];
  const lefts: number[] = [];
  loopingBoth(one, other, 0, () => {
    lefts.push(one.work.left, other.work.left);
    takesElement(one);
    loopingBoth(one, other, 1, () => lefts.push(one.work.left, other.work.left));
  });
  expect(lefts).toEqual([2_000_000, 2_000_000, 1_999_990, 2_000_000]);
  expect([one.work.left, other.work.left]).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
});

test("there is work for an element as long as there is enough left for the whole of it", () => {
  const frame = bareFrame([]);
  frame.work.left = 20;
  expect([takesElement(frame), takesElement(frame), takesElement(frame)]).toEqual([true, true, false]);
});

describe("what is left after a long text in a list", () => {
  const rule: Predicate = { some: ["v", [list], { or: [v, { "===": [v, ""] }] }] };
  const longBefore = (length: number) => ({ args: { list: ["x".repeat(length), true] } });
  test("is enough for one more element, or there is no result", () => {
    expect([worth(rule, longBefore(1_999_980)), worth(rule, longBefore(1_999_981))]).toEqual([true, "?"]);
    expect(opens(rule, longBefore(1_999_981))).toEqual(["operation ===", "operation some"]);
  });
  test.each<readonly [string, Predicate]>([
    ["one operand", { length: [v] }],
    ["the first of two", { if: [{ "===": [v, ""] }, 1, 0] }],
    ["the second of two", { if: [{ "===": ["", v] }, 1, 0] }],
  ])("is enough for an operator to look at it: %s", (_, body) => {
    const total = (length: number) =>
      worth({ total: ["v", [list], body] }, { args: { list: ["x".repeat(length)] } });
    expect([typeof total(1_999_990), total(1_999_991)]).toEqual(["number", "?"]);
  });
});
