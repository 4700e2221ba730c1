import type { FactAnswer, Knowledge, SourceAnswer } from "../../../src/ir/knowledge.js";
import type { PolicyIr } from "../../../src/ir/policy.js";
import { judge, type Judged } from "../support/judge.js";
import { compared, must } from "../support/must.js";
import { ofProposals } from "../support/property.js";
import { wiselyRuled } from "../support/rulings.js";
import { t07Residual } from "./t07-residual.js";

const silenced = ({ source }: SourceAnswer): SourceAnswer => ({ source, silent: "timed out" });
const silent = (one: FactAnswer): FactAnswer => ({ ...one, answers: one.answers.map(silenced) });

/** Knowledge in which some of what was known is not. */
function* less(knowledge: Knowledge, policy: PolicyIr): Generator<Knowledge> {
  const { answers } = knowledge;
  if (answers.length > 0) yield { ...knowledge, answers: [] };
  if (answers.length > 2)
    yield { ...knowledge, answers: answers.map((one, at) => (at % 2 === 0 ? silent(one) : one)) };
  for (const [index, one] of answers.entries())
    yield { ...knowledge, answers: answers.with(index, silent(one)) };
  const givens = (policy.intent?.givens ?? []).filter(
    ({ name, value }) => value === undefined && knowledge.givens[name] !== undefined,
  );
  for (const { name } of givens) {
    const { [name]: _, ...others } = knowledge.givens;
    yield { ...knowledge, givens: others };
    if (answers.length > 0) yield { ...knowledge, givens: others, answers: [] };
  }
}

/** Holds what is decided on less against what is decided on all. */
function staysDecided({ engine, proposal, knowledge, evaluation }: Judged): void {
  for (const before of less(knowledge, engine.policy)) {
    const { decision } = engine.evaluate(proposal, before);
    compared();
    if (decision.decision === "clarify") continue;
    must(
      evaluation.decision.decision === decision.decision,
      `decided as ${decision.decision}, then otherwise`,
      { engine, proposal, knowledge, evaluation },
      { before: decision, less: before },
    );
  }
}

export const t07 = [
  t07Residual,
  ofProposals(
    {
      id: "T7.bare",
      says: "monotone knowledge: what is decided stays decided as unknowns become known",
    },
    ({ engine, story }, proposal) => staysDecided(judge(engine, { ...story, rulings: [] }, proposal)),
  ),
  ofProposals(
    {
      id: "T7.ruled",
      says: "monotone knowledge: also where principals have ruled, and rightly, on what was unknown",
    },
    ({ engine, story }, proposal) => {
      if (story.rulings.length > 0) staysDecided(wiselyRuled(engine, story, proposal));
    },
  ),
];
