import { describe, expect, test } from "vitest";
import { plain } from "../../src/engine/plain.js";

const deep = (levels: number): unknown => {
  let one: unknown = 1;
  for (let i = 0; i < levels; i += 1) one = i % 2 === 0 ? [one] : { one };
  return one;
};

describe("what was sent is plain data", () => {
  test.each<readonly [string, unknown]>([
    ["a truth value", true],
    ["a list", [1, [false, "a"], null]],
    ["an object", { b: [1], a: { c: "d" } }],
    ["an object without a prototype", Object.assign(Object.create(null), { a: 1 })],
    ["200 levels", deep(200)],
    ["1 MiB", "x".repeat(1_048_574)],
  ])("%s", (_, given) => {
    const read = plain(given);
    expect(read.ok && JSON.stringify(read.value)).toBe(JSON.stringify(sorted(given)));
  });
});

/** Keys in their order. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe("what was sent is not plain data, and the reason is told:", () => {
  const throws = {
    get a(): never {
      throw new Error("boo");
    },
  };
  test.each<readonly [string, unknown, string]>([
    ["nothing", undefined, "holds something that JSON cannot tell"],
    ["a function", () => 1, "holds something that JSON cannot tell"],
    ["nothing in a list", [undefined], "holds something that JSON cannot tell"],
    ["a date", new Date(0), "holds something that JSON cannot tell"],
    ["201 levels", deep(201), "is nested more than 200 deep"],
    ["over 1 MiB", "x".repeat(1_048_575), "is longer than 1048576 bytes"],
    ["over 1 MiB of keys", { ["k".repeat(1_048_576)]: 1 }, "is longer than 1048576 bytes"],
    ["many keys", { ["k".repeat(600_000)]: 1, ["l".repeat(600_000)]: 1 }, "is longer than 1048576 bytes"],
    ["half of a surrogate pair", ["\ud800"], "holds half of a surrogate pair"],
    ["what throws when it is read", throws, "cannot be read"],
  ])("%s", (_, given, problem) => {
    expect(plain(given)).toEqual({ ok: false, problem });
  });
});
