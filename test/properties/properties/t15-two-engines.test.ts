import { canonicalJson } from "../../../src/ir/digest.js";
import { modelDecide, type Verdict } from "../../model/decide.js";
import { judge } from "../support/judge.js";
import type { Engine, Evaluation, Knowledge } from "../../../src/index.js";
import { holdsOfEach, mustBeSame } from "../support/run.js";

type Compared = Omit<Verdict, "asks">;

/** What the engine says, in the words of the model. */
function saidBy({ decision }: Evaluation): Compared {
  const { scope, grounding, reversibility, discernment } = decision.assessments;
  return {
    decision: decision.decision,
    findings: {
      scope: scope.finding,
      grounding: grounding.finding,
      reversibility: reversibility.finding,
      discernment: discernment.finding,
    },
    stoppedBy: decision.stoppedBy,
    class: reversibility.class,
    mildest: reversibility.mildest,
    awaiting: [...reversibility.awaiting].sort(),
    confidence: grounding.confidence,
    support: grounding.support,
    ambiguity: discernment.ambiguity,
    threshold: discernment.threshold,
    refusedBy: [...discernment.refusedBy].sort(),
  };
}

function mustAgree(engine: Engine, proposal: unknown, knowledge: Knowledge): void {
  const evaluation = engine.evaluate(proposal, knowledge);
  const digests = { proposal: evaluation.decision.proposal, policy: engine.digest };
  const { asks, ...model } = modelDecide(engine.policy, proposal, knowledge, digests);
  const judged = { engine, proposal, knowledge, evaluation };
  mustBeSame("the model (one) and the engine (other) agree", model, saidBy(evaluation), judged);
  const named = new Set(asks.map((one) => canonicalJson(one)));
  const others = evaluation.asks.filter((one) => !named.has(canonicalJson(one)));
  mustBeSame("the engine asks for no fact that the model does not know of", others, [], judged);
}

holdsOfEach("T15 two engines: with all answers, and with none", ({ engine, story }, proposal) => {
  const { knowledge } = judge(engine, story, proposal);
  mustAgree(engine, proposal, knowledge);
  mustAgree(engine, proposal, { ...knowledge, answers: [] });
});
