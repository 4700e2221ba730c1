import type { Engine, Evaluation } from "../../../src/index.js";
import { createEngine, decisionWords } from "../../../src/index.js";
import type { Assessments, Finding } from "../../../src/ir/decision.js";
import type { Knowledge } from "../../../src/ir/knowledge.js";
import type { LayerIr } from "../../../src/ir/policy.js";
import { covers } from "../../../src/logic/tools.js";
import { UNKNOWN, type Unknown } from "../../../src/logic/value.js";
import type { Scenario, Telling } from "../generate/scenario.js";
import { judge, type Judged } from "../support/judge.js";
import { compared, mustBeSame } from "../support/must.js";
import { ofProposals, ofScenarios, type Property } from "../support/property.js";

type Truth = boolean | Unknown;

/** What each statement comes to by itself, looked at one by one: without an index, and whatever the others are. */
function truthsOf(engine: Engine, proposal: unknown, knowledge: Knowledge): Map<string, Truth> | undefined {
  const examination = engine.examine(proposal, knowledge);
  return examination && new Map(examination.statements.map(({ key, truth }) => [key, truth]));
}

const lowest = <F extends Finding>(order: readonly F[], all: readonly F[], otherwise: F): F =>
  order.find((one) => all.includes(one)) ?? otherwise;

/** What scope finds in one layer, of the truths of all that speaks of the tool there. */
function scopeOf(
  { scope }: LayerIr,
  tool: string,
  truths: ReadonlyMap<string, Truth>,
): Finding<"scope"> | undefined {
  if (scope === null) return undefined;
  const of = (all: readonly { readonly id: string; readonly tools: readonly string[] }[]): Truth[] =>
    all.filter((one) => covers(one.tools, tool)).map(({ id }) => truths.get(id) as Truth);
  const permits = of(scope.permits);
  const against = [...of(scope.forbids), ...of(scope.limits)];
  if (permits.every((one) => one === false) || against.includes(true)) return "outside";
  return permits.includes(true) && !against.includes(UNKNOWN) ? "within" : "unknown";
}

function mustFollow({ engine, proposal, knowledge, evaluation }: Judged): void {
  const { decision } = evaluation;
  const judged = { engine, proposal, knowledge, evaluation };
  const { assessments } = decision;
  compared();
  mustBeSame("what it comes to is what is told", evaluation.clearance, decision.decision, judged);
  mustBeSame("what was found is what is told", evaluation.findings, findingsIn(assessments), judged);
  mustBeSame(
    "the decision is the lowest of what the findings give",
    decisionWords.indexOf(decision.decision) < decisionWords.length - 1,
    decision.stoppedBy.length > 0,
    judged,
  );
  // A ruling settles what a statement by itself does not, and a delegated session goes by what reached it.
  if (knowledge.rulings.length > 0 || knowledge.descent !== undefined || decision.action === null) return;
  const truths = truthsOf(engine, proposal, knowledge);
  if (truths === undefined) return;
  const { tool } = decision.action;
  const layers = engine.policy.layers.flatMap((layer) => scopeOf(layer, tool, truths) ?? []);
  mustBeSame(
    "the scope found is that of all rules",
    assessments.scope.finding,
    assessments.scope.problems.length > 0
      ? "outside"
      : lowest(["outside", "unknown", "within"], layers, layers[0] ?? "outside"),
    judged,
  );
  mustBeSame(
    "a check is false where it is told so",
    assessments.grounding.finding === "contradicted",
    engine.policy.layers.some(({ grounding }) =>
      grounding?.grounds.some((one) => covers(one.tools, tool) && truths.get(one.id) === false),
    ),
    judged,
  );
  mustBeSame(
    "a gray line weighs where it may apply",
    graysTold(assessments),
    graysOf(engine, tool, truths),
    judged,
  );
}

const findingsIn = (assessments: Assessments): unknown =>
  Object.fromEntries(Object.entries(assessments).map(([validator, { finding }]) => [validator, finding]));

const graysTold = ({ discernment }: Assessments): string[] =>
  discernment.components
    .flatMap(({ kind, rule }) => (kind === "gray" && rule !== undefined ? [rule] : []))
    .sort();

const graysOf = ({ policy }: Engine, tool: string, truths: ReadonlyMap<string, Truth>): string[] =>
  policy.layers
    .flatMap(({ discernment }) => discernment?.grays ?? [])
    .flatMap(({ id, tools }) => (covers(tools, tool) && truths.get(id) !== false ? [id] : []))
    .sort();

/** Read in an order of its own: the decision is made when something asks for it first. */
const orders: readonly ((evaluation: Evaluation) => unknown)[] = [
  () => undefined,
  ({ asks }) => asks,
  ({ trust, classes }) => [trust, classes],
  ({ values, findings, decision }) => [values, findings, decision],
];

/** Of evaluations that were made one upon the other, each tells what it would have told at once. */
function lateAsAtOnce({ engine, tellings }: Scenario): void {
  const known = tellings.flatMap(({ story, proposals }) =>
    proposals.map((proposal) => judge(engine, story, proposal)),
  );
  const all = known.flatMap(({ earlier, ...last }) => [...earlier.slice(0, 1), last]);
  const other = createEngine(structuredClone(engine.policy));
  const atOnce = all.map(({ proposal, knowledge }) => JSON.stringify(other.decide(proposal, knowledge)));
  const late = all.map(({ proposal, knowledge }) => engine.decide(proposal, knowledge));
  for (const [place, evaluation] of [...late.entries()].reverse()) {
    orders[place % orders.length]?.(evaluation);
    compared();
    mustBeSame("what is told late (one) is what is told at once", JSON.stringify(evaluation), atOnce[place]);
  }
}

const toldOf = ({ engine, story }: Scenario & Telling, proposal: unknown): void => {
  const { earlier, ...last } = judge(engine, story, proposal);
  for (const one of [...earlier, last]) mustFollow(one);
};

export const t10Told: readonly Property[] = [
  ofScenarios(
    { id: "T10.late", says: "what is read late is what would have been read at once", share: 0.3 },
    lateAsAtOnce,
  ),
  ofProposals(
    {
      id: "T10.told",
      says: "what is judged is what follows from all that is told, statement by statement",
      share: 0.5,
    },
    toldOf,
  ),
  ofProposals(
    {
      id: "T10.many",
      says: "the same where statements are thousands",
      share: 0.1,
      options: { extensions: 1, stories: 3, proposals: 6, many: true },
    },
    toldOf,
  ),
];
