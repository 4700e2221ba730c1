import fc from "fast-check";
import { expect, test } from "vitest";
import { Found } from "../../src/logic/index/found.js";
import { type Interval, Intervals } from "../../src/logic/index/intervals.js";

const { NEGATIVE_INFINITY: least, POSITIVE_INFINITY: most } = Number;
const end = fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constantFrom(least, most, 0.5, -0));
const spans = fc
  .array(fc.tuple(end, end), { maxLength: 40, size: "max" })
  .map((all) => all.map(([from, to], of): Interval<number> => ({ from, to, of })));

function holding(all: readonly Interval<number>[], value: number): number[] {
  const found = new Found<number>();
  new Intervals(all).collect(value, found);
  return found.at.slice(0, found.count).sort((a, b) => a - b);
}

test("those are found, each once, that hold a number", () => {
  fc.assert(
    fc.property(
      spans,
      fc.oneof(fc.integer({ min: -10, max: 10 }), fc.constantFrom(0.5, -9.5)),
      (all, value) => {
        const expected = all.filter(({ from, to }) => from <= value && value <= to).map(({ of }) => of);
        expect(holding(all, value)).toEqual(expected);
      },
    ),
  );
});

test("both ends belong to it, and one that ends before it begins holds nothing", () => {
  const all = [
    { from: 1, to: 3, of: 0 },
    { from: 3, to: 3, of: 1 },
    { from: 4, to: 2, of: 2 },
    { from: least, to: 2, of: 3 },
    { from: least, to: 3, of: 4 },
    { from: 3, to: most, of: 5 },
    { from: least, to: most, of: 6 },
  ];
  expect(holding(all, 3)).toEqual([0, 1, 4, 5, 6]);
  expect(holding(all, 1)).toEqual([0, 3, 4, 6]);
  expect(holding(all, 0.9)).toEqual([3, 4, 6]);
  expect(holding([], 3)).toEqual([]);
});

test("what has ended is not looked at, nor what has not begun", () => {
  const seen = new Set<number>();
  const all = Array.from(
    { length: 1_000 },
    (_, of): Interval<number> => ({
      from: of * 10,
      get to() {
        seen.add(of);
        return of * 10 + 5;
      },
      of,
    }),
  );
  const index = new Intervals(all);
  for (const value of [5_003, 5_007, -1, 1e6]) {
    seen.clear();
    const found = new Found<number>();
    index.collect(value, found);
    expect(found.at.slice(0, found.count)).toEqual(value === 5_003 ? [500] : []);
    expect(seen.size).toBeLessThan(12);
  }
});
