import fc from "fast-check";
import { test } from "vitest";
import { decisionSchema } from "../../../src/index.js";
import { drawn } from "../generate/choices.js";
import { type Scenario, scenarioOf } from "../generate/scenario.js";
import { allowances, lowest } from "../support/clearance.js";
import { answered, judge, type Judged } from "../support/judge.js";
import { holdsOfEach, mustBeSame, parameters, timeout } from "../support/run.js";

function isWholeDecision(judged: Judged): void {
  const { engine, proposal, knowledge } = judged;
  for (const { decision } of [judged.evaluation, engine.decide(proposal, knowledge)]) {
    mustBeSame("a decision is data of the declared shape", decisionSchema.parse(decision), decision);
    mustBeSame("a decision outlives JSON", JSON.parse(JSON.stringify(decision)), decision);
    mustBeSame(
      "the decision is the lowest that any finding gives",
      decision.decision,
      lowest(allowances(decision)),
    );
  }
}

holdsOfEach(
  "T1 totality: one decision and four assessments of every generated proposal",
  ({ engine, story }, proposal) => isWholeDecision(judge(engine, story, proposal)),
);

const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
  withUnicodeString: true,
} as fc.ObjectConstraints);

const policies = drawn((draw) => scenarioOf(draw, 1, 1));

/** A proposal of a declared tool with something odd in one of its places. */
function spoilt({ engine }: Scenario, place: number, odd: unknown): unknown {
  const tool = engine.policy.tools[place % engine.policy.tools.length];
  const name = tool?.params[place % (tool.params.length || 1)]?.name ?? "n";
  const whole = { tool: tool?.name, args: {}, confidence: 0.5 };
  const spoils = [
    odd,
    { ...whole, args: odd },
    { ...whole, args: { [name]: odd } },
    { ...whole, claims: odd },
    { ...whole, claims: { c1: odd } },
    { ...whole, claims: { c1: { value: odd } } },
    { ...whole, confidence: odd },
    { ...whole, message: odd, session: odd },
    { ...whole, tool: odd },
    Object.assign(Object.create({ tool: whole.tool }), { args: odd }),
  ];
  return spoils[place % spoils.length];
}

test(
  "T1 totality: any JavaScript value gets one decision",
  () => {
    const property = fc.property(policies, fc.nat({ max: 200 }), anything, (scenario, place, odd) => {
      const proposal = spoilt(scenario, place, odd);
      const { knowledge } = judge(scenario.engine, scenario.story, scenario.proposals[0]);
      isWholeDecision(
        answered(scenario.engine, proposal, knowledge, (question) => ({ ...question, answers: [] })),
      );
    });
    fc.assert(property, parameters());
  },
  timeout,
);

test(
  "T1 totality: values that lead back to themselves, or are deep, get one decision",
  () => {
    const ring: Record<string, unknown> = {};
    ring.ring = ring;
    let deep: unknown = 0;
    for (let level = 0; level < 20_000; level += 1) deep = [deep];
    const property = fc.property(
      policies,
      fc.nat({ max: 200 }),
      fc.constantFrom(ring, [ring], deep),
      (scenario, place, odd) => {
        const { knowledge } = judge(scenario.engine, scenario.story, scenario.proposals[0]);
        const { decision } = scenario.engine.evaluate(spoilt(scenario, place, odd), knowledge);
        decisionSchema.parse(decision);
      },
    );
    fc.assert(property, { ...parameters<unknown>(), numRuns: 40 } as fc.Parameters<
      [Scenario, number, unknown]
    >);
  },
  timeout,
);
