import type { Assessments, Finding, ValidatorName } from "../ir/decision.js";
import type { GrayIr } from "../ir/policy.js";
import type { Case, OpenStatement } from "./case.js";
import {
  type Confirmations,
  confirmationsOf,
  type DiscernmentSignals,
  type DiscernmentTold,
  judgeDiscernment,
  tellDiscernment,
} from "./discernment.js";
import { type GroundingJudged, type GroundingTold, judgeGrounding, tellGrounding } from "./grounding.js";
import {
  judgeReversibility,
  type ReversibilityJudged,
  type ReversibilitySignals,
  type ReversibilityTold,
  tellReversibility,
} from "./reversibility.js";
import { judgeScope, type ScopeJudged, type ScopeTold, tellScope } from "./scope.js";

/** What each validator is told by the others: these channels and no others (semantics.md, *The four assessments*). */
interface SignalsTo {
  readonly scope: readonly string[];
  readonly grounding: undefined;
  readonly reversibility: ReversibilitySignals;
  readonly discernment: DiscernmentSignals;
}

interface Judgements {
  readonly scope: ScopeJudged;
  readonly grounding: GroundingJudged;
  readonly reversibility: ReversibilityJudged;
  readonly discernment: Finding<"discernment">;
}

interface Tellings {
  readonly scope: ScopeTold;
  readonly grounding: GroundingTold;
  readonly reversibility: ReversibilityTold;
  readonly discernment: DiscernmentTold;
}

/** Judges at once, and tells what it judged when somebody reads it: most decisions are carried out, and few are read. */
interface Validator<V extends ValidatorName> {
  judge(c: Case, signals: SignalsTo[V]): Judgements[V];
  /** `undecided`: what those before it could not decide. */
  tell(
    c: Case,
    signals: SignalsTo[V],
    judged: Judgements[V],
    undecided: readonly OpenStatement[],
  ): Tellings[V];
}

/** The four, a closed set: one that is missing does not compile. */
export const validators: { readonly [V in ValidatorName]: Validator<V> } = {
  scope: { judge: judgeScope, tell: tellScope },
  grounding: { judge: judgeGrounding, tell: tellGrounding },
  reversibility: { judge: judgeReversibility, tell: tellReversibility },
  discernment: { judge: judgeDiscernment, tell: tellDiscernment },
};

/** What the four find, with what reports need beside the assessments. */
export interface Assessed {
  readonly assessments: Assessments;
  readonly open: readonly OpenStatement[];
  readonly grays: readonly GrayIr[];
}

/** What the four find of one case; and, as each has found it, what it signals to those after it. */
export class Judged implements ReversibilitySignals, DiscernmentSignals {
  readonly scope: ScopeJudged;
  readonly grounding: GroundingJudged;
  readonly reversibility: ReversibilityJudged;
  readonly discernment: Finding<"discernment">;
  readonly confirmations: Confirmations;
  readonly #problems: readonly string[];

  /** Runs the four in the order of their channels. */
  constructor(c: Case, problems: readonly string[]) {
    const { scope, grounding, reversibility, discernment } = validators;
    this.#problems = problems;
    this.scope = scope.judge(c, problems);
    this.grounding = grounding.judge(c, undefined);
    this.confirmations = confirmationsOf(c);
    this.reversibility = reversibility.judge(c, this);
    this.discernment = discernment.judge(c, this);
  }

  get calibrated(): number {
    return this.grounding.calibrated;
  }

  get gravest(): number {
    return this.reversibility.gravest;
  }

  get mildest(): number {
    return this.reversibility.mildest;
  }

  get open(): boolean {
    return this.scope.open || this.grounding.open || this.reversibility.open;
  }

  /** Tells it: rules, checks, reasons. `c` is the case that was judged. */
  tell(c: Case): Assessed {
    const { scope, grounding, reversibility, discernment } = validators;
    const within = scope.tell(c, this.#problems, this.scope, []);
    const grounded = grounding.tell(c, undefined, this.grounding, []);
    const reversible = reversibility.tell(c, this, this.reversibility, []);
    const open = [...within.open, ...grounded.open, ...reversible.open];
    const clear = discernment.tell(c, this, this.discernment, open);
    return {
      assessments: {
        scope: within.assessment,
        grounding: grounded.assessment,
        reversibility: reversible.assessment,
        discernment: clear.assessment,
      },
      open,
      grays: clear.grays,
    };
  }
}
