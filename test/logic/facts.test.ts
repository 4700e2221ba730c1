import { describe, expect, test } from "vitest";
import type { SourceAnswer } from "../../src/ir/knowledge.js";
import type { FactIr, ToolSourceIr, WorldSourceIr } from "../../src/ir/policy.js";
import { factKey, settle } from "../../src/logic/facts.js";

const now = 1_000_000;
const source = (name: string, trust: number, more: Partial<WorldSourceIr> = {}): WorldSourceIr => ({
  name,
  kind: "json",
  locator: "x.json",
  trust,
  ...more,
});
const sources = [source("a", 0.9), source("b", 0.8), source("c", 0.9), source("fresh", 0.5, { fresh: 100 })];
const fact = (from: readonly string[], more: Partial<FactIr> = {}): FactIr => ({
  name: "f",
  optional: false,
  params: [],
  type: "int",
  from: from.map((name) => ({ source: name })),
  ...more,
});
const settled = (one: FactIr, ...answers: SourceAnswer[]) =>
  settle(one, sources, { fact: "f", args: [], answers }, { now, zone: "UTC" });

describe("a fact is", () => {
  test("pending until its sources were asked", () => {
    expect(settle(fact(["a"]), sources, undefined, { now, zone: "UTC" })).toMatchObject({ state: "pending" });
  });

  test("known once its only source answers, with that source's trust", () => {
    expect(settled(fact(["a"]), { source: "a", value: 7 })).toEqual({
      state: "known",
      value: 7,
      support: 0.9,
    });
  });

  test("silent where a source failed, was not asked, or is no source of facts", () => {
    expect(settled(fact(["a"]), { source: "a", silent: "timed out" })).toEqual({
      state: "silent",
      reason: "`a` timed out",
    });
    expect(settled(fact(["a"]))).toEqual({ state: "silent", reason: "`a` was not asked" });
    const tool: ToolSourceIr = {
      name: "t",
      kind: "tool",
      tools: ["*"],
      fields: [],
      asText: false,
      when: true,
      trust: 1,
    };
    const from = settle(fact(["t"]), [tool], { fact: "f", args: [], answers: [] }, { now, zone: "UTC" });
    expect(from).toEqual({ state: "silent", reason: "`t` is not a source of facts" });
    expect(settled(fact(["nobody"]))).toEqual({
      state: "silent",
      reason: "`nobody` is not a source of facts",
    });
  });

  test("silent where one of two sources is, even though the other answers", () => {
    expect(
      settled(fact(["a", "b"]), { source: "a", value: 7 }, { source: "b", silent: "is down" }),
    ).toMatchObject({ state: "silent" });
  });

  test("silent for reasons in the order of its sources' names", () => {
    expect(
      settled(
        fact(["c", "fresh", "a", "b"]),
        { source: "fresh", value: 7, at: 0 },
        { source: "b", value: null },
        { source: "c", value: "7" },
      ),
    ).toEqual({
      state: "silent",
      reason:
        "`a` was not asked; `b` has no value for it; `c` gave a value that is a string, not an int; `fresh` gave an answer older than is accepted",
    });
  });

  test("known where two agree: support is one minus the product of what is missing in each trust", () => {
    expect(settled(fact(["a", "b"]), { source: "a", value: 7 }, { source: "b", value: 7 })).toEqual({
      state: "known",
      value: 7,
      support: 0.98,
    });
  });

  test("contested where two disagree, also if a third is silent", () => {
    const answers: SourceAnswer[] = [
      { source: "a", value: 7 },
      { source: "b", value: 8 },
    ];
    expect(settled(fact(["a", "b"]), ...answers)).toEqual({
      state: "contested",
      reason: "`a` and `b` disagree",
    });
    expect(settled(fact(["a", "b", "c"]), ...answers, { source: "c", silent: "is down" })).toMatchObject({
      state: "contested",
    });
  });

  test("as its most trusted source says, of equals the first by name, whatever their order", () => {
    const near = (from: readonly string[]) =>
      settled(
        fact(from, { agree: 0.5 }),
        { source: "c", value: 9 },
        { source: "b", value: 10 },
        { source: "a", value: 8 },
      );
    const two = [
      { source: "b", value: 10 },
      { source: "c", value: 9 },
    ];
    expect(settled(fact(["b", "c"], { agree: 0.5 }), ...two)).toMatchObject({ value: 9 });
    expect(near(["a", "b", "c"])).toEqual({ state: "known", value: 8, support: 0.998 });
    expect(near(["c", "b", "a"])).toEqual(near(["a", "b", "c"]));
  });

  test("rounded in its support, to six places", () => {
    const third = [source("x", 1 / 3), source("y", 1 / 3)];
    const answers = [
      { source: "x", value: 1 },
      { source: "y", value: 1 },
    ];
    expect(
      settle(fact(["x", "y"]), third, { fact: "f", args: [], answers }, { now, zone: "UTC" }),
    ).toMatchObject({
      support: 0.555556,
    });
  });
});

describe("agree within R is a relative difference, of the larger", () => {
  const rows: readonly (readonly [number, number, number | undefined, boolean])[] = [
    [100, 101, 0.01, true],
    [100, 101.02, 0.01, false],
    [-100, -101, 0.01, true],
    [100, -100, 1.9, false],
    [100, -100, 2, true],
    [0, 0, 0, true],
    [0, 1e-9, 0.5, false],
    [1, 1, undefined, true],
    [1, 1.0000001, undefined, false],
  ];
  test.each(rows)("%d and %d within %s: %s", (a, b, agree, same) => {
    const one = fact(["a", "b"], { type: "decimal", ...(agree === undefined ? {} : { agree }) });
    expect(settled(one, { source: "a", value: a }, { source: "b", value: b }).state).toBe(
      same ? "known" : "contested",
    );
  });

  test("lists agree by their elements, in order", () => {
    const one = fact(["a", "b"], { type: { list: "string" } });
    expect(settled(one, { source: "a", value: ["x", "y"] }, { source: "b", value: ["x", "y"] }).state).toBe(
      "known",
    );
    expect(settled(one, { source: "a", value: ["x", "y"] }, { source: "b", value: ["y", "x"] }).state).toBe(
      "contested",
    );
  });
});

describe("an answer counts", () => {
  test("as old as `fresh` allows, no older; one that tells no age is of now", () => {
    expect(settled(fact(["fresh"]), { source: "fresh", value: 1, at: now - 100 }).state).toBe("known");
    expect(settled(fact(["fresh"]), { source: "fresh", value: 1, at: now - 101 }).state).toBe("silent");
    expect(settled(fact(["fresh"]), { source: "fresh", value: 1, at: Number.NaN }).state).toBe("silent");
    expect(settled(fact(["fresh"]), { source: "fresh", value: 1 }).state).toBe("known");
    expect(settled(fact(["a"]), { source: "a", value: 1, at: 0 }).state).toBe("known");
  });

  test.each([["7"], [7.5], [null], [2 ** 53], [[7]], [true]])(
    "only if it is of the fact's type: not %j",
    (value) => {
      expect(settled(fact(["a"]), { source: "a", value }).state).toBe("silent");
    },
  );

  test("as absent where it is null and the fact has a question mark; absent and a value disagree", () => {
    const optional = fact(["a", "b"], { optional: true });
    expect(settled(optional, { source: "a", value: null }, { source: "b", value: null })).toEqual({
      state: "known",
      value: undefined,
      support: 0.98,
    });
    expect(settled(optional, { source: "a", value: null }, { source: "b", value: 1 }).state).toBe(
      "contested",
    );
  });
});

test("a fact is kept under its name and arguments", () => {
  expect(factKey({ fact: "f", args: [1, "x", [true]] })).toBe('f(1,"x",[true])');
  expect(factKey({ fact: "f", args: [] })).toBe("f()");
});
