import { type Decision, type DecisionWord, decisionWords, validatorNames } from "../../../src/index.js";

/** The decision table as the page has it (semantics.md, *The decision*). */
const gives: Readonly<Record<string, DecisionWord>> = {
  outside: "return",
  contradicted: "return",
  unclaimed: "return",
  overconfident: "return",
  refused: "return",
  unknown: "clarify",
  contested: "clarify",
  unverified: "clarify",
  indeterminate: "clarify",
  ambiguous: "clarify",
  held: "confirm",
  within: "authorize",
  grounded: "authorize",
  recoverable: "authorize",
  clear: "authorize",
};

export const clearance = (word: DecisionWord): number => decisionWords.indexOf(word);

/** What a finding allows at most. */
export const allowed = (finding: string): DecisionWord => gives[finding] as DecisionWord;

/** What each validator's finding allows, in their order. */
export const allowances = ({ assessments }: Decision): DecisionWord[] =>
  validatorNames.map((validator) => allowed(assessments[validator].finding));

export const lowest = (words: readonly DecisionWord[]): DecisionWord =>
  words.reduce((a, b) => (clearance(a) <= clearance(b) ? a : b), "authorize");
