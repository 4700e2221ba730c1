import type { Knowledge, SourceAnswer } from "../../../src/ir/knowledge.js";
import { oracleOf } from "../generate/oracle.js";
import { answered, judge } from "../support/judge.js";
import { holdsOfEach, must } from "../support/run.js";

const silent = ({ source }: SourceAnswer): SourceAnswer => ({ source, silent: "timed out" });

/** Whether the policy traces to the intent, of which a given is a part: then a given does more than fill in an unknown. */
const tracesIntent = (policy: unknown): boolean => /"traced":\[.*?"intent"/.test(JSON.stringify(policy));

/** Knowledge in which some of what was known is not. */
function* less(
  knowledge: Knowledge,
  policy: { readonly intent: { readonly givens: readonly { name: string; value?: unknown }[] } | null },
): Generator<Knowledge> {
  yield { ...knowledge, answers: [] };
  for (const [index, one] of knowledge.answers.entries())
    yield {
      ...knowledge,
      answers: knowledge.answers.with(index, { ...one, answers: one.answers.map(silent) }),
    };
  if (tracesIntent(policy)) return;
  for (const given of policy.intent?.givens ?? []) {
    if (given.value !== undefined || knowledge.givens[given.name] === undefined) continue;
    const { [given.name]: _, ...givens } = knowledge.givens;
    yield { ...knowledge, givens };
  }
}

holdsOfEach(
  "T7 monotone knowledge: what is decided stays decided as unknowns become known",
  ({ engine, story }, proposal) => {
    const judged = judge(engine, story, proposal);
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
