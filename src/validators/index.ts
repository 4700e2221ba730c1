import type { Assessments, ValidatorName } from "../ir/decision.js";
import type { GrayIr } from "../ir/policy.js";
import type { Case, OpenStatement } from "./case.js";
import {
  confirmationsOf,
  discernment,
  type DiscernmentResult,
  type DiscernmentSignals,
} from "./discernment.js";
import { grounding, type GroundingResult } from "./grounding.js";
import { reversibility, type ReversibilityResult, type ReversibilitySignals } from "./reversibility.js";
import { scope, type ScopeResult } from "./scope.js";

/** What each validator is told by the others: these channels and no others (semantics.md, *The four assessments*). */
interface SignalsTo {
  readonly scope: { readonly problems: readonly string[] };
  readonly grounding: Record<never, never>;
  readonly reversibility: ReversibilitySignals;
  readonly discernment: DiscernmentSignals;
}

interface Results {
  readonly scope: ScopeResult;
  readonly grounding: GroundingResult;
  readonly reversibility: ReversibilityResult;
  readonly discernment: DiscernmentResult;
}

type Validator<V extends ValidatorName> = (c: Case, signals: SignalsTo[V]) => Results[V];

/** The four, a closed set: one that is missing does not compile. */
export const validators: { readonly [V in ValidatorName]: Validator<V> } = {
  scope,
  grounding,
  reversibility,
  discernment,
};

/** What the four find, with what decisions and reports need beside the assessments. */
export interface Assessed {
  readonly assessments: Assessments;
  readonly open: readonly OpenStatement[];
  readonly grays: readonly GrayIr[];
  /** Per layer the gravest class it may have; for the history. */
  readonly classes: readonly (string | null)[];
}

/** Runs the four in the order of their channels. */
export function assess(c: Case, problems: readonly string[]): Assessed {
  const within = validators.scope(c, { problems });
  const grounded = validators.grounding(c, {});
  const confirmations = confirmationsOf(c);
  const reversible = validators.reversibility(c, { calibrated: grounded.calibrated, confirmations });
  const open = [...within.open, ...grounded.open, ...reversible.open];
  const { gravest, mildest } = reversible;
  const clear = validators.discernment(c, { open, gravest, mildest, confirmations });
  return {
    assessments: {
      scope: within.assessment,
      grounding: grounded.assessment,
      reversibility: reversible.assessment,
      discernment: clear.assessment,
    },
    open,
    grays: clear.grays,
    classes: reversible.classes,
  };
}
