import {
  type Assessments,
  type DecisionWord,
  decisionWords,
  type Finding,
  type ValidatorName,
  validatorNames,
} from "../ir/decision.js";

/** What each of the four finds. */
export type Findings = { readonly [V in ValidatorName]: Finding<V> };

/** What each finding allows at most (semantics.md, *The decision*). Closed: a finding without a row does not compile. */
const table: { readonly [V in ValidatorName]: (finding: Finding<V>) => DecisionWord } = {
  scope: (finding) => {
    switch (finding) {
      case "within":
        return "authorize";
      case "outside":
        return "return";
      case "unknown":
        return "clarify";
    }
  },
  grounding: (finding) => {
    switch (finding) {
      case "grounded":
        return "authorize";
      case "contradicted":
      case "unclaimed":
      case "overconfident":
        return "return";
      case "contested":
      case "unverified":
        return "clarify";
    }
  },
  reversibility: (finding) => {
    switch (finding) {
      case "recoverable":
        return "authorize";
      case "held":
        return "confirm";
      case "indeterminate":
        return "clarify";
    }
  },
  discernment: (finding) => {
    switch (finding) {
      case "clear":
        return "authorize";
      case "ambiguous":
        return "clarify";
      case "refused":
        return "return";
    }
  },
};

const allowed = (validator: ValidatorName, finding: Finding): DecisionWord =>
  (table[validator] as (finding: Finding) => DecisionWord)(finding);

/** What one validator's finding allows. */
export const allows = (assessments: Assessments, validator: ValidatorName): DecisionWord =>
  allowed(validator, assessments[validator].finding);

/** The lowest that any finding gives. */
export const decide = (
  scope: Finding<"scope">,
  grounding: Finding<"grounding">,
  reversibility: Finding<"reversibility">,
  discernment: Finding<"discernment">,
): DecisionWord =>
  lower(
    lower(table.scope(scope), table.grounding(grounding)),
    lower(table.reversibility(reversibility), table.discernment(discernment)),
  );

const ranks: { readonly [W in DecisionWord]: number } = { return: 0, clarify: 1, confirm: 2, authorize: 3 };

const lower = (one: DecisionWord, other: DecisionWord): DecisionWord =>
  one === other || ranks[one] < ranks[other] ? one : other;

/** The validators that give the decision; none of one that all allow. */
export const stoppedBy = (findings: Findings, decision: DecisionWord): ValidatorName[] =>
  decision === decisionWords.at(-1)
    ? []
    : validatorNames.filter((validator) => allowed(validator, findings[validator]) === decision);
