import type { Decision, DecisionWord } from "../ir/decision.js";
import type { Json } from "../ir/json.js";
import type { FactQuestion, Knowledge } from "../ir/knowledge.js";
import type { Findings } from "./decide.js";

/**
 * What came of one evaluation. What it comes to is settled at once; all that tells why is made when it is first read, from the
 * knowledge that was given: that must not have been changed by then.
 */
export interface Evaluation {
  /** What the action may do: the word of the decision. */
  readonly clearance: DecisionWord;
  /** What each validator found. */
  readonly findings: Findings;
  /** The decision whole; with its report only where `decide` made it. */
  readonly decision: Decision;
  /** Facts it would still ask for; while there are any, the session asks the sources and evaluates again. */
  readonly asks: readonly FactQuestion[];
  /** The arguments as the engine reads them (times as milliseconds), for the history; null where they do not fit. */
  readonly values: { readonly [name: string]: Json } | null;
  /** Kept with an authorized action: its classes by layer, and the trust of what it will read. */
  readonly classes: readonly (string | null)[];
  readonly trust: number;
}

/** Evaluates the same proposal on other knowledge: for the questions of a report. */
export type Again = (knowledge: Knowledge) => Evaluation;

/** An evaluation as JSON. */
export type EvaluationJson = Pick<Evaluation, "decision" | "asks" | "values" | "classes" | "trust">;

/** What an evaluation is as JSON. */
export const evaluationJson = ({ decision, asks, values, classes, trust }: Evaluation): EvaluationJson => ({
  decision,
  asks,
  values,
  classes,
  trust,
});
