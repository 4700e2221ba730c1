import type { Decision, DecisionWord } from "../ir/decision.js";
import type { Json } from "../ir/json.js";
import type { FactQuestion } from "../ir/knowledge.js";
import { trustOf } from "../logic/tracing.js";
import { type Assessed, Judged } from "../validators/index.js";
import { classesOf } from "../validators/reversibility.js";
import { decide, type Findings, stoppedBy } from "./decide.js";
import { type Again, type Evaluation, type EvaluationJson, evaluationJson } from "./evaluation.js";
import type { ProposalCase } from "./proposal-case.js";
import { questionsOf } from "./questions.js";
import { remediesOf } from "./remedies.js";
import { reportOf } from "./report.js";

const none: readonly FactQuestion[] = [];

/** Of a proposal that fits its tool. */
export class JudgedEvaluation implements Evaluation {
  readonly clearance: DecisionWord;
  readonly #case: ProposalCase;
  readonly #judged: Judged;
  readonly #again: Again | undefined;
  #told: Assessed | undefined;
  #decision: Decision | undefined;
  #asks: readonly FactQuestion[] = none;

  /** `again` where a report is wanted. */
  constructor(c: ProposalCase, problems: readonly string[], again?: Again) {
    this.#case = c;
    this.#judged = new Judged(c, problems);
    this.#again = again;
    const { scope, grounding, reversibility, discernment } = this.#judged;
    this.clearance = decide(scope.finding, grounding.finding, reversibility.finding, discernment);
  }

  get findings(): Findings {
    const { scope, grounding, reversibility, discernment } = this.#judged;
    return {
      scope: scope.finding,
      grounding: grounding.finding,
      reversibility: reversibility.finding,
      discernment,
    };
  }

  get decision(): Decision {
    this.#decision ??= this.#tell();
    return this.#decision;
  }

  #tell(): Decision {
    const c = this.#case;
    const { clearance: decision, findings } = this;
    const assessed = this.#assessed();
    const questions =
      decision === "clarify" && this.#again !== undefined ? questionsOf(c, assessed, this.#again) : undefined;
    return {
      decision,
      proposal: c.digest,
      action: c.action(),
      policy: { name: c.policy.name, digest: c.policyDigest },
      assessments: assessed.assessments,
      stoppedBy: stoppedBy(findings, decision),
      remedies: remediesOf(c, assessed),
      report: questions === undefined ? null : reportOf(c, assessed, questions),
    };
  }

  /** All conditions that could have a say are looked at for it: whatever they ask is asked. */
  #assessed(): Assessed {
    if (this.#told !== undefined) return this.#told;
    this.#told = this.#judged.tell(this.#case);
    // What is looked at after that decides nothing.
    this.#asks = [...this.#case.world.pending.values()];
    return this.#told;
  }

  get asks(): readonly FactQuestion[] {
    if (this.#case.policy.facts.length > 0) this.#assessed();
    return this.#asks;
  }

  get values(): { readonly [name: string]: Json } {
    return this.#case.values();
  }

  get classes(): readonly (string | null)[] {
    return classesOf(this.#case);
  }

  get trust(): number {
    // By itself: which sources its output will belong to is no part of the decision, and asks nothing for it.
    const c = this.#case.afresh();
    const { policy, plan } = c;
    return trustOf(
      policy,
      plan.tool.name,
      (source) => plan.sources.find((one) => one.ir === source)?.when.value(c) === true,
    );
  }

  toJSON(): EvaluationJson {
    return evaluationJson(this);
  }
}
