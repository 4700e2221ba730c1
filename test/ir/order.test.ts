import { expect, test } from "vitest";
import { compareText } from "../../src/ir/order.js";

test("texts are ordered by code unit, and equal ones are equal", () => {
  expect(compareText("a", "b")).toBe(-1);
  expect(compareText("b", "a")).toBe(1);
  expect(compareText("a", "a")).toBe(0);
  expect(["é", "z", "Z", "a"].sort(compareText)).toEqual(["Z", "a", "z", "é"]);
});
