import type { Evaluation } from "../../src/index.js";
import type { Verdict } from "./decide.js";

/** What the model and the engine are compared by. */
export type Compared = Omit<Verdict, "asks">;

/** What the engine says, in the words of the model. */
export function saidBy({ decision }: Evaluation): Compared {
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
