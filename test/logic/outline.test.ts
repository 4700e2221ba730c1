import { describe, expect, test } from "vitest";
import type { Json } from "../../src/ir/json.js";
import type { Predicate } from "../../src/ir/predicate.js";
import type { Settled } from "../../src/logic/facts.js";
import { type Outline, outlineOf, type Valued, valuesOf, visitAll } from "../../src/logic/outline.js";
import { UNKNOWN, type Value } from "../../src/logic/value.js";
import { frameOf, type Known, prepared } from "../support/frame.js";

const params = new Map([
  ["a", 0],
  ["b", 1],
  ["list", 2],
]);
const a: Predicate = { val: ["arg", "a"] };
const list: Predicate = { val: ["arg", "list"] };
const x: Predicate = { val: ["local", "x"] };
const y: Predicate = { val: ["local", "y"] };
const given: Predicate = { val: ["given", "g"] };

const short = (value: Value): unknown => (value === UNKNOWN ? "?" : value === undefined ? "-" : value);

/** Every sub-expression as `PATH OPERATOR` with its values in the order of visits. */
function visited(rule: Predicate, known: Known): Record<string, unknown[]> {
  const found: Record<string, unknown[]> = {};
  visitAll(outlineOf(rule, params), frameOf(known), ({ at, operator }: Outline, value) => {
    const key = `${at.join(".")} ${operator}`.trim();
    found[key] = [...(found[key] ?? []), short(value)];
  });
  return found;
}

describe("an outline", () => {
  test("evaluates what a decisive operand would have hidden", () => {
    const rule: Predicate = { and: [{ ">": [a, 5] }, { or: [true, { "<": [given, 1] }] }] };
    expect(visited(rule, { args: { a: 1 }, given: { g: 0 } })).toEqual({
      and: [false],
      "0 >": [false],
      "0.0 val": [1],
      "1 or": [true],
      "1.1 <": [true],
      "1.1.0 val": [0],
    });
  });

  test("evaluates both branches, and tells the unknown and the absent from the false", () => {
    const rule: Predicate = { if: [given, { has: [{ val: ["arg", "b"] }] }, { "===": [a, 1] }] };
    expect(visited(rule, { args: { a: 1 } })).toEqual({
      if: ["?"],
      "0 val": ["?"],
      "1 has": [false],
      "1.0 val": ["-"],
      "2 ===": [true],
      "2.0 val": [1],
    });
  });

  test("evaluates what is said of elements for each of them, also within one another", () => {
    const inner: Predicate = { some: ["y", [list], { "===": [x, y] }] };
    const found = visited({ every: ["x", [list], inner] }, { args: { list: [1, 2] } });
    expect(found["2 some"]).toEqual([true, true]);
    expect(found["2.2 ==="]).toEqual([true, false, false, true]);
    expect(visited({ every: ["x", [list], inner] }, { args: { list: [] } })["2 some"]).toBeUndefined();
  });

  test("keeps the variables of loops apart, also where a loop stands within something else", () => {
    const inner: Predicate = { some: ["y", [list], { "<": [x, y] }] };
    const found = visited({ and: [{ every: ["x", [list], inner] }] }, { args: { list: [1, 2, 3] } });
    expect(found["0.2 some"]).toEqual([true, true, false]);
    expect(found["0.2.2 <"]).toEqual([false, true, true, false, false, true, false, false, false]);
    const alone = visited({ and: [{ every: ["x", [list], { ">": [x, 1] }] }] }, { args: { list: [1, 2] } });
    expect(alone["0.2 >"]).toEqual([false, true]);
  });

  test("goes over a thousand elements of all lists together", () => {
    const rule: Predicate = { every: ["x", [list, given], { ">=": [x, 0] }] };
    const visits = (one: number, other: number) =>
      visited(rule, { args: { list: Array(one).fill(1) }, given: { g: Array(other).fill(1) } })["2 >="]
        ?.length;
    expect([visits(1_500, 0), visits(700, 700), visits(400, 500)]).toEqual([1_000, 1_000, 900]);
  });

  test("is visited a hundred thousand times at most", () => {
    const rule: Predicate = { every: ["x", [list], { every: ["y", [list], { "<=": [x, y] }] }] };
    let visits = 0;
    visitAll(outlineOf(rule, params), frameOf({ args: { list: Array(400).fill(1) } }), () => visits++);
    expect(visits).toBe(100_000);
  });

  test("goes over no elements where a list is not known, and passes over one that is absent", () => {
    const rule: Predicate = { every: ["x", [list, given], { ">": [x, 1] }] };
    expect(visited(rule, { args: { list: [1] } })["2 >"]).toBeUndefined();
    expect(visited(rule, { given: { g: [1, 2] } })["2 >"]).toEqual([false, true]);
  });

  test("goes over the elements of a literal, and over nothing where the literal is no list", () => {
    expect(visited({ some: ["x", [[1, 2]], { ">": [x, 1] }] }, {})["2 >"]).toEqual([false, true]);
    expect(visited({ some: ["x", [3], { ">": [x, 1] }] }, {})["2 >"]).toBeUndefined();
  });

  test("is visited no further than a budget goes", () => {
    const rule: Predicate = { every: ["x", [list], { ">": [x, 1] }] };
    let visits = 0;
    visitAll(outlineOf(rule, params), frameOf({ args: { list: [1, 2, 3] } }), () => visits++, { left: 4 });
    // The whole, the list, and the first element with what it is compared by.
    expect(visits).toBe(4);
  });

  test("comes to what the predicate comes to", () => {
    const rule: Predicate = {
      or: [{ in: [a, [1, given]] }, { "<": [{ tally: ["x", [list], { ">": [x, given] }] }, 2] }],
    };
    for (const known of [
      {},
      { args: { a: 1, list: [1, 2] } },
      { args: { a: 3, list: [9] }, given: { g: 3 } },
    ]) {
      const frame = frameOf(known);
      expect(valuesOf(outlineOf(rule, params), frame).value).toBe(prepared(rule).value(frame));
    }
  });
});

describe("the element that is shown", () => {
  const shown = (operator: string, values: number[]): unknown => {
    const outline = outlineOf({ [operator]: ["x", [list], { ">": [x, given] }] }, params);
    const { element } = valuesOf(outline, frameOf({ args: { list: values }, given: { g: 5 } })) as Valued;
    return element && [element.place, element.count, element.body.parts[0]?.value];
  };

  test.each([
    ["every", [6, 7, 1, 2], [3, 4, 1]],
    ["some", [1, 9, 8], [2, 3, 9]],
    ["some", [1, 2], [1, 2, 1]],
    ["tally", [3, 7], [1, 2, 3]],
    ["tally", [7, 3], [1, 2, 7]],
    ["total", [3, 7], [1, 2, 3]],
    ["every", [], undefined],
  ] as const)("of `%s` over %j is the one that decides", (operator, values, expected) => {
    expect(shown(operator, [...values])).toEqual(expected);
  });

  /** The first element is `known`, of the second nobody says anything. */
  const elementWhere = (operator: string, known: Json) => {
    const fact = (_: string, [one]: readonly Json[]): Settled =>
      one === 2
        ? { state: "silent", reason: "nobody answered" }
        : { state: "known", value: known, support: 1 };
    const frame = { ...frameOf({ args: { list: [1, 2, 3] } }), fact };
    return valuesOf(outlineOf({ [operator]: ["x", [list], { fact: ["f", x] }] }, params), frame).element;
  };

  test("of a sum is the one that is not known", () => {
    expect(elementWhere("total", 1)).toMatchObject({ place: 2, count: 3, value: 2 });
  });

  test("is the one that decides before one that is not known", () => {
    expect(elementWhere("every", false)).toMatchObject({ place: 1, count: 3, value: 1 });
    expect(elementWhere("every", true)).toMatchObject({ place: 2, count: 3, value: 2 });
  });

  test("is none where what is said of elements is a literal", () => {
    const outline = outlineOf({ every: ["x", [list], true] }, params);
    expect(valuesOf(outline, frameOf({ args: { list: [1] } }))).toMatchObject({
      value: true,
      element: undefined,
    });
  });

  test("is still the one where its unknown is asked about later", () => {
    const rule: Predicate = { every: ["x", [list], { fact: ["f", x] }] };
    const { element } = valuesOf(outlineOf(rule, params), frameOf({ args: { list: [1, 2, 3] } }));
    const leaves: unknown[] = [];
    element?.body.open((leaf) => leaves.push(leaf));
    expect(leaves).toEqual([{ kind: "fact", name: "f", args: [1] }]);
  });
});
