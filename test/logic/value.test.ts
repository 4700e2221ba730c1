import { describe, expect, test } from "vitest";
import { degree, same, truthName, truthOf, UNKNOWN, type Value } from "../../src/logic/value.js";

describe("two values are the same", () => {
  const rows: readonly (readonly [Value, Value, boolean])[] = [
    [1, 1, true],
    [1, "1", false],
    [true, true, true],
    [undefined, undefined, true],
    [undefined, 0, false],
    [UNKNOWN, UNKNOWN, true],
    [[1, [2]], [1, [2]], true],
    [[1, 2], [2, 1], false],
    [[1], [1, 2], false],
    [[], {}, false],
    [{}, [], false],
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [{ a: 1 }, { b: 1 }, false],
    [{ toString: 1 }, { b: 1 }, false],
    [{}, 5, false],
    [5, {}, false],
    [{ a: 1, b: 2 }, { a: 1, b: 3 }, false],
    [{ a: 1 }, { a: 2 }, false],
    [null, {}, false],
    [{}, null, false],
    [{ a: { b: [1] } }, { a: { b: [1] } }, true],
  ];
  test.each(
    rows.map(([a, b, is]) => [String(JSON.stringify(a)), String(JSON.stringify(b)), is, a, b] as const),
  )("%s and %s: %s", (_a, _b, is, a, b) => {
    expect(same(a, b)).toBe(is);
  });
});

test("a truth is true, false, or not known", () => {
  const values: readonly Value[] = [true, false, UNKNOWN, undefined, 1, "true"];
  expect(values.map(truthOf)).toEqual([true, false, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN]);
  expect(values.slice(0, 4).map(truthName)).toEqual(["true", "false", "unknown", "unknown"]);
});

test("a degree has six places", () => {
  expect([0.1 + 0.2, 1 / 3, 0.9999999, 1, 0].map(degree)).toEqual([0.3, 0.333333, 1, 1, 0]);
});
