import { expect, test } from "vitest";
import { createEngine } from "../../src/engine/engine.js";
import { commission, compiled, knowing } from "../support/policy.js";

const tier = (name: string, uses: readonly string[], passes: readonly string[]) => ({
  name,
  bullets: [],
  givens: [],
  uses: [...uses],
  passes: [...passes],
});
const policy = {
  ...compiled(commission()),
  tiers: [
    tier("top", ["idle"], ["act", "idle"]),
    tier("second", ["act"], ["act"]),
    tier("third", [], ["act"]),
    tier("fourth", [], []),
    tier("last", [], []),
  ],
};
const problems = (named: string | undefined, tool = "act"): readonly string[] => {
  const { assessments } = createEngine({ ...policy, tools: [{ name: tool, params: [] }] }).evaluate(
    { tool, args: {} },
    knowing(named === undefined ? {} : { tier: named }),
  ).decision;
  return assessments.scope.problems;
};

test("a tier may do what it uses; what it may not, it is told where it was withheld", () => {
  expect(problems("second")).toEqual([]);
  expect(problems("top")).toEqual(["the tier `top` may not use `act`"]);
  expect(problems("third")).toEqual(["the tier `third` may not use `act`"]);
  expect(problems("fourth")).toEqual([
    "the tier `fourth` may not use `act`; it was withheld at `third -> fourth`",
  ]);
  expect(problems("last")).toEqual([
    "the tier `last` may not use `act`; it was withheld at `third -> fourth`",
  ]);
  expect(problems("third", "idle")).toEqual([
    "the tier `third` may not use `idle`; it was withheld at `top -> second`",
  ]);
  expect(problems("third", "other")).toEqual([
    "the tier `third` may not use `other`; it was withheld at `top -> second`",
  ]);
  expect(problems("nowhere")).toEqual(["no tier is called `nowhere`"]);
});

test("who names no tier acts in the last", () => {
  expect(problems(undefined)).toEqual(problems("last"));
});
