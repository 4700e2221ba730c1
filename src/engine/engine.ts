import { policyDigest } from "../ir/digest.js";
import type { Json } from "../ir/json.js";
import type { Knowledge } from "../ir/knowledge.js";
import type { PolicyIr } from "../ir/policy.js";
import type { Again, Evaluation } from "./evaluation.js";
import { type Examination, examined } from "./examine.js";
import { type Fit, fitted } from "./fit.js";
import { JudgedEvaluation } from "./judged.js";
import { MisfitEvaluation } from "./misfit.js";
import { PreparedPolicy, ProposalCase } from "./proposal-case.js";
import { standing } from "./standing.js";

export type { Evaluation } from "./evaluation.js";

/** A policy ready to judge. Pure: no I/O, no clock; the same inputs give the same bytes. */
export interface Engine {
  readonly policy: PolicyIr;
  readonly digest: string;
  /** Judges one proposal on what is known. Total: any input gets a decision and four assessments. */
  evaluate(proposal: unknown, knowledge: Knowledge): Evaluation;
  /** As `evaluate`, with the report a clarify carries: the questions and what each answer leads to. */
  decide(proposal: unknown, knowledge: Knowledge): Evaluation;
  /** What every statement comes to that speaks of the proposal's tool; undefined where the proposal fits no tool. */
  examine(proposal: unknown, knowledge: Knowledge): Examination | undefined;
  /** The same of the tool sources that name a tool, as an output of it arrives. */
  examineOutput(
    tool: string,
    args: { readonly [name: string]: Json },
    knowledge: Knowledge,
  ): Examination | undefined;
  /** The names of the tool sources that an output of a tool belongs to: those whose `when` holds as it arrives. */
  sourcesOf(tool: string, args: { readonly [name: string]: Json }, knowledge: Knowledge): string[];
}

/** Prepares a policy (semantics.md, `evaluate`). Statements are prepared for a tool when it is first proposed. */
export function createEngine(policy: PolicyIr): Engine {
  const own = policyDigest(policy);
  const prepared = new PreparedPolicy(policy, own);
  const { planOf } = prepared;
  const { zone } = policy;

  const judged = (fit: Fit, knowledge: Knowledge, again?: Again): Evaluation =>
    fit.fits
      ? new JudgedEvaluation(
          new ProposalCase(prepared, fit, knowledge),
          standing(policy, fit, knowledge),
          again,
        )
      : new MisfitEvaluation(prepared, fit, knowledge);

  const outputCase = (
    tool: string,
    args: { readonly [name: string]: Json },
    knowledge: Knowledge,
  ): ProposalCase | undefined => {
    const plan = planOf(tool);
    return (
      plan && new ProposalCase(prepared, { fits: true, plan, args: plan.arguments.bySlot(args) }, knowledge)
    );
  };

  return {
    policy,
    digest: own,
    evaluate: (given, knowledge) => judged(fitted(planOf, zone, given), knowledge),
    decide(given, knowledge) {
      // Read once, also for what is asked later: a caller may change what it has sent.
      const fit = fitted(planOf, zone, given);
      return judged(fit, knowledge, (hypothesis) => judged(fit, hypothesis));
    },
    examine(given, knowledge) {
      const fit = fitted(planOf, zone, given);
      return fit.fits ? examined(new ProposalCase(prepared, fit, knowledge), "proposal") : undefined;
    },
    examineOutput(tool, args, knowledge) {
      const arrived = outputCase(tool, args, knowledge);
      return arrived && examined(arrived, "output");
    },
    sourcesOf(tool, args, knowledge) {
      const arrived = outputCase(tool, args, knowledge);
      return (arrived?.plan.sources ?? [])
        .filter((source) => source.when.value(arrived as ProposalCase) === true)
        .map((source) => source.ir.name);
    },
  };
}
