import { describe, expect, test } from "vitest";
import { engineOf, knowing } from "../support/policy.js";

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
