import type { Knowledge, SourceAnswer } from "../../../src/ir/knowledge.js";
import type { PolicyIr } from "../../../src/ir/policy.js";
import { oracleOf } from "../generate/oracle.js";
import { answered, judge } from "../support/judge.js";
import { holdsOfEach, must } from "../support/run.js";

const silent = ({ source }: SourceAnswer): SourceAnswer => ({ source, silent: "timed out" });

/** Knowledge in which some of what was known is not. */
function* less(knowledge: Knowledge, policy: PolicyIr): Generator<Knowledge> {
  yield { ...knowledge, answers: [] };
  for (const [index, one] of knowledge.answers.entries())
    yield {
      ...knowledge,
      answers: knowledge.answers.with(index, { ...one, answers: one.answers.map(silent) }),
    };
  for (const given of policy.intent?.givens ?? []) {
    if (given.value !== undefined || knowledge.givens[given.name] === undefined) continue;
    const { [given.name]: _, ...givens } = knowledge.givens;
    yield { ...knowledge, givens };
  }
}

holdsOfEach(
  "T7 monotone knowledge: what is decided stays decided as unknowns become known",
  ({ engine, story }, proposal) => {
    // A ruling makes a condition known that a source may later settle otherwise: K ⊑ K′ is told without any.
    const judged = judge(engine, { ...story, rulings: [] }, proposal);
    for (const knowledge of less(judged.knowledge, engine.policy)) {
      const before = engine.evaluate(proposal, knowledge).decision;
      if (before.decision === "clarify") continue;
      const after = answered(
        engine,
        proposal,
        judged.knowledge,
        oracleOf(engine.policy, story.oracle, story.now),
      );
      must(
        after.evaluation.decision.decision === before.decision,
        `decided as ${before.decision}, then otherwise`,
        after,
        { before, less: knowledge },
      );
    }
  },
);
