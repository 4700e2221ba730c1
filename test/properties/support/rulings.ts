import { canonicalJson, type Engine, type PolicyIr } from "../../../src/index.js";
import type { Knowledge, Ruling } from "../../../src/ir/knowledge.js";
import { covers } from "../../../src/logic/tools.js";
import type { Story } from "../generate/knowledge.js";
import { oracleOf } from "../generate/oracle.js";
import { answered, judge, type Judged } from "./judge.js";

interface Ruled {
  readonly question: string;
  /** What the condition comes to by itself; undefined where a principal accepts or refuses, whatever is known. */
  readonly truth?: string;
  readonly isLimit?: boolean;
}

/** What principals can rule on of a proposal, checks left out: see `wiselyRuled`. */
function questionsOn(policy: PolicyIr, tool: string, { evaluation }: Judged): Ruled[] {
  const { scope, reversibility } = evaluation.decision.assessments;
  const reported = new Map([...scope.rules, ...reversibility.rules].map((rule) => [rule.id, rule.value]));
  const about = <S extends { readonly id: string; readonly tools: readonly string[] }>(
    all: readonly S[],
  ): S[] => all.filter((one) => covers(one.tools, tool));
  const questions = policy.layers.flatMap((layer): Ruled[] => {
    const conditions = about([
      ...(layer.scope?.permits ?? []),
      ...(layer.scope?.forbids ?? []),
      ...(layer.reversibility?.treats ?? []),
    ]);
    // What is false is not reported.
    const truthOf = (id: string): string => reported.get(id) ?? "false";
    return [
      ...conditions.map(({ id }) => ({ question: id, truth: truthOf(id) })),
      ...about(layer.scope?.limits ?? []).map(({ id }) => ({
        question: id,
        truth: truthOf(id),
        isLimit: true,
      })),
      ...about(layer.discernment?.grays ?? []).map(({ id }) => ({ question: id })),
      ...(layer.discernment?.fidelity === undefined ? [] : [{ question: layer.discernment.fidelity.id }]),
    ];
  });
  return [...new Map(questions.map((one) => [one.question, one])).values()];
}

/**
 * A proposal judged where principals have ruled as wisely as can be: each answer is what the condition turns out to be, as far
 * as it ever is known, and every principal gives it, for whom a condition is asked of hangs on what is open in it. Only of such
 * rulings can it be told what faults and later knowledge do: a ruling stands in for knowledge, and a wrong one is wrong.
 *
 * Checks are not ruled on. A ruling on one supports nothing, so that the support which the same check has once it is known may
 * be what keeps the confidence below a bar, or what lifts the cap on unsupported actions: both ways by the page.
 */
export function wiselyRuled(engine: Engine, story: Story, proposal: unknown): Judged {
  const bare = judge(engine, { ...story, rulings: [] }, proposal);
  if (story.rulings.length === 0 || bare.evaluation.values === null) return bare;
  const { proposal: digest, action } = bare.evaluation.decision;
  const questions = questionsOn(engine.policy, action?.tool ?? "", bare);
  if (questions.length === 0) return bare;
  const rulings = story.rulings.flatMap(({ statement, answer, forSession }): Ruling[] => {
    const asked = questions[statement % questions.length] as Ruled;
    return engine.policy.principals.map(({ name }) => ({
      question: asked.question,
      answer: rightAnswer(asked) ?? answer,
      by: name,
      ...(forSession ? {} : { proposal: digest }),
    }));
  });
  return answered(
    engine,
    proposal,
    { ...bare.knowledge, rulings: agreed(rulings) },
    oracleOf(engine.policy, story.oracle, story.now),
  );
}

/** Undefined where any is. A limit is asked for as whether the action stays within it. */
function rightAnswer({ truth, isLimit }: Ruled): boolean | undefined {
  if (truth === undefined || truth === "unknown") return undefined;
  return (truth === "true") !== (isLimit === true);
}

/** One answer to each question: the latest. */
function agreed(rulings: readonly Ruling[]): Knowledge["rulings"] {
  return [...new Map(rulings.map((one) => [canonicalJson([one.question, one.by]), one])).values()];
}
