import fc from "fast-check";
import { type Decision, runTests } from "../../../src/index.js";
import { drawn } from "../generate/choices.js";
import { type Scenario, scenarioOf, scenarios, type Telling } from "../generate/scenario.js";
import { allowances, lowest } from "../support/clearance.js";
import { answered, judge, type Judged } from "../support/judge.js";
import { compared, mustBeSame } from "../support/must.js";
import { ofDecisions, property } from "../support/property.js";
import { decisionSchema } from "../../../src/schemas.js";

function isWhole(decision: Decision): void {
  mustBeSame("a decision is data of the declared shape", decisionSchema.parse(decision), decision);
  mustBeSame("a decision outlives JSON", JSON.parse(JSON.stringify(decision)), decision);
  mustBeSame(
    "the decision is the lowest that any finding gives",
    decision.decision,
    lowest(allowances(decision)),
  );
}

const generated = ofDecisions(
  {
    id: "T1.generated",
    says: "totality: one decision and four assessments of every generated proposal",
    share: 0.5,
  },
  ({ evaluation }) => isWhole(evaluation.decision),
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

const policies = drawn((draw) => scenarioOf(draw, { extensions: 1, stories: 1, proposals: 1 }));

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

/** What is known as an odd proposal comes: where sources are asked, they have nothing. */
function oddlyJudged({ engine, tellings }: Scenario, proposal: unknown): Judged {
  const [{ story, proposals }] = tellings as [Telling];
  const { knowledge } = judge(engine, story, proposals[0]);
  return answered(engine, proposal, knowledge, (question) => ({ ...question, answers: [] }));
}

/** Places and odd things: many for one policy. */
const oddly = <T>(of: fc.Arbitrary<T>) =>
  fc.record({
    scenario: policies,
    odds: fc.array(fc.tuple(fc.nat({ max: 200 }), of), { minLength: 1, maxLength: 30, size: "max" }),
  });

const anyValue = property({
  id: "T1.anything",
  says: "totality: any JavaScript value gets one decision",
  of: oddly(anything),
  check: ({ scenario, odds }) => {
    for (const [place, value] of odds) {
      const { engine, proposal, knowledge } = oddlyJudged(scenario, spoilt(scenario, place, value));
      compared();
      isWhole(engine.decide(proposal, knowledge).decision);
    }
  },
});

const ring: Record<string, unknown> = {};
ring.ring = ring;
let deep: unknown = 0;
for (let level = 0; level < 20_000; level += 1) deep = [deep];

const rings = property({
  id: "T1.rings",
  says: "totality: values that lead back to themselves, or are deep, get one decision",
  of: oddly(fc.constantFrom(ring, [ring], deep)),
  check: ({ scenario, odds }) => {
    for (const [place, value] of odds) {
      compared();
      decisionSchema.parse(oddlyJudged(scenario, spoilt(scenario, place, value)).evaluation.decision);
    }
  },
});

const tests = property({
  id: "T1.tests",
  says: "totality: every test of a policy runs to its end, or says why not",
  of: scenarios({ extensions: 0, stories: 1, proposals: 1 }),
  check: async ({ engine }) => {
    for (const { expectations } of await runTests(engine.policy))
      for (const { actual } of expectations) {
        compared();
        isWhole(actual);
      }
  },
});

export const t01 = [generated, anyValue, rings, tests];
