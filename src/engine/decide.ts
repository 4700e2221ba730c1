import {
  type Assessments,
  type DecisionWord,
  decisionWords,
  type Finding,
  type ValidatorName,
  validatorNames,
} from "../ir/decision.js";

/** What each finding allows at most (semantics.md, *The decision*). A closed table: a finding without a row does not compile. */
const table: { readonly [V in ValidatorName]: { readonly [F in Finding<V>]: DecisionWord } } = {
  scope: { within: "authorize", outside: "return", unknown: "clarify" },
  grounding: {
    grounded: "authorize",
    contradicted: "return",
    unclaimed: "return",
    overconfident: "return",
    contested: "clarify",
    unverified: "clarify",
  },
  reversibility: { recoverable: "authorize", held: "confirm", indeterminate: "clarify" },
  discernment: { clear: "authorize", ambiguous: "clarify", refused: "return" },
};

/** What one validator's finding allows. */
export function allows(assessments: Assessments, validator: ValidatorName): DecisionWord {
  const row: Readonly<Record<string, DecisionWord>> = table[validator];
  return row[assessments[validator].finding] as DecisionWord;
}

/** The lowest that any finding gives, and the validators that give it. */
export function decide(assessments: Assessments): { decision: DecisionWord; stoppedBy: ValidatorName[] } {
  const rank = (validator: ValidatorName): number => decisionWords.indexOf(allows(assessments, validator));
  const lowest = Math.min(...validatorNames.map(rank));
  const decision = decisionWords[lowest] as DecisionWord;
  return {
    decision,
    stoppedBy:
      decision === "authorize" ? [] : validatorNames.filter((validator) => rank(validator) === lowest),
  };
}
