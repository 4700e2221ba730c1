import { expect, test } from "vitest";
import type { Predicate } from "../../src/ir/predicate.js";
import { bareFrame } from "../../src/engine/frame.js";
import { takes } from "../../src/logic/work.js";
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
