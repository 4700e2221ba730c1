import { describe, expect, test } from "vitest";
import { createEngine } from "../../src/engine/engine.js";
import { commission, compiled, engineOf, evaluated, knowing } from "../support/policy.js";

describe("an open condition", () => {
  const asked = (givens: string, when: string, grounding = "") => {
    const engine = engineOf({
      givens,
      scope: `permit act when ${when}`,
      grounding: `unsupported at most 1\n${grounding}`,
    });
    const { report } = engine.decide({ tool: "act", args: { n: 1 }, confidence: 1 }, knowing()).decision;
    return report?.questions && "ask" in report.questions ? report.questions.ask : undefined;
  };

  test("is asked of whom its given names", () => {
    expect(asked('given k: int asks board "How many?"', "given.k > 1")).toEqual(["board"]);
  });

  test("is not asked of whom a given names that only has the name of its fact", () => {
    const source = 'source a is json "a.json" trust 0.9\n fact k(): int from a "/k"';
    expect(asked('given k: int asks board "How many?"', "k() > 1", source)).toEqual(["owner"]);
  });
});

describe("a policy that was loaded", () => {
  const policy = compiled(
    commission({ givens: 'given k: int asks board "How many?"', scope: "permit act when given.k > 1" }),
  );

  test("without its intent is asked about of the first of `escalate`", () => {
    const engine = createEngine({ ...policy, intent: null });
    const { decision } = engine.decide({ tool: "act", args: { n: 1 }, confidence: 1 }, knowing());
    expect([decision.decision, decision.report?.questions]).toMatchObject(["clarify", { ask: ["owner"] }]);
  });

  test("without classes has none for what does not fit", () => {
    const misfit = { tool: "other" };
    expect(evaluated(createEngine(policy), misfit).classes).toEqual(["free"]);
    expect(evaluated(createEngine({ ...policy, classes: [] }), misfit).classes).toEqual([null]);
  });
});

describe("what an evaluation asks", () => {
  const engine = engineOf({
    scope: "permit act when k() > 1",
    grounding:
      'unsupported at most 1\nsource a is json "a.json" trust 0.9\nfact k(): int from a "/k"\nfact j?(): int from a "/j"\nsource t is tool act fields x when has j() trust 0.9',
  });
  const proposal = { tool: "act", args: { n: 1 }, confidence: 1 };
  const names = (asks: readonly { readonly fact: string }[]) => asks.map(({ fact }) => fact);

  test("is what decides, in whatever order it is read", () => {
    const atOnce = engine.evaluate(proposal, knowing());
    expect(names(atOnce.asks)).toEqual(["k"]);
    const late = engine.evaluate(proposal, knowing());
    expect([late.trust, late.classes, late.decision.decision]).toEqual([0, ["free"], "clarify"]);
    expect(names(late.asks)).toEqual(["k"]);
  });
});
