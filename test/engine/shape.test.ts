import { describe, expect, test } from "vitest";
import { shapeProblems } from "../../src/engine/shape.js";
import type { Json } from "../../src/ir/json.js";

const act = { tool: "act", args: {} };

describe("what is wrong with the shape of a proposal", () => {
  test.each<[sent: Json, problems: string[]]>([
    [act, []],
    [
      {
        ...act,
        session: "s",
        tier: "t",
        actor: "a",
        confidence: 0,
        claims: { x: { value: null } },
        message: "m",
      },
      [],
    ],
    [{ ...act, confidence: 1, claims: { x: { value: [], confidence: 0.5 } } }, []],
    [null, ["the proposal is null, not an object"]],
    [[act], ["the proposal is a list, not an object"]],
    ["act", ["the proposal is a string, not an object"]],
    [{}, ["the proposal lacks `tool`", "the proposal lacks `args`"]],
    [{ ...act, tool: {} }, ["the proposal's `tool` is an object, not a string"]],
    [{ ...act, tool: 5 }, ["the proposal's `tool` is a number, not a string"]],
    [{ ...act, session: null }, ["the proposal's `session` is null, not a string"]],
    [{ ...act, tier: "a".repeat(1_000) }, []],
    [{ ...act, tier: "a".repeat(1_001) }, ["the proposal's `tier` has more than 1000 characters"]],
    [{ ...act, actor: true }, ["the proposal's `actor` is a boolean, not a string"]],
    [{ ...act, args: [] }, ["the proposal's `args` is a list, not an object"]],
    [{ ...act, message: [] }, ["the proposal's `message` is a list, not a string"]],
    [{ ...act, message: "m".repeat(5_000) }, []],
    [{ ...act, confidence: "1" }, ["the proposal's `confidence` is a string, not a number"]],
    [{ ...act, confidence: 1.1 }, ["the proposal's `confidence` is not between 0 and 1"]],
    [{ ...act, confidence: -0.1 }, ["the proposal's `confidence` is not between 0 and 1"]],
    [{ ...act, more: 1 }, ["the proposal's `more` is no part of a proposal"]],
    [{ ...act, claims: null }, ["the proposal's `claims` is null, not an object"]],
    [{ ...act, claims: { x: 1 } }, ["the proposal's `claims.x` is a number, not an object"]],
    [{ ...act, claims: { x: {} } }, ["the proposal lacks `claims.x.value`"]],
    [
      { ...act, claims: { x: { value: 1, confidence: 2 } } },
      ["the proposal's `claims.x.confidence` is not between 0 and 1"],
    ],
    [
      { ...act, claims: { x: { value: 1, more: 2 } } },
      ["the proposal's `claims.x.more` is no part of a proposal"],
    ],
    [
      { tool: 5, args: {}, claims: { x: 1 } },
      [
        "the proposal's `tool` is a number, not a string",
        "the proposal's `claims.x` is a number, not an object",
      ],
    ],
  ])("%j", (sent, problems) => {
    expect(shapeProblems(sent)).toEqual(problems);
  });

  test("is told five times at most, of names as long as can be read", () => {
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`x${i}`, 1]));
    expect(shapeProblems({ ...act, ...many })).toHaveLength(5);
    expect(shapeProblems({ ...act, claims: many })).toHaveLength(5);
    expect(shapeProblems({ ...act, ["n".repeat(101)]: 1 })).toEqual([
      `the proposal's \`${"n".repeat(100)}\` is no part of a proposal`,
    ]);
    expect(shapeProblems({ ...act, claims: { ["n".repeat(101)]: 1 } })).toEqual([
      `the proposal's \`claims.${"n".repeat(93)}\` is a number, not an object`,
    ]);
  });
});
