import { type Decision, type RuleReport, type ValidatorName, validatorNames } from "../ir/decision.js";

/** A statement of the policy as a decision cites it. */
export interface CitedRule {
  readonly id: string;
  readonly at?: string | undefined;
  readonly text?: string | undefined;
  readonly because?: string | undefined;
}

/** What one validator found, and what gave it. */
export interface FindingTold {
  readonly validator: ValidatorName;
  readonly finding: string;
  /** Whether it keeps the action from being carried out. */
  readonly stops: boolean;
  /** The statements that gave the finding. */
  readonly rules: readonly CitedRule[];
  /** What gave it beside statements: sentences. */
  readonly reasons: readonly string[];
}

/** The four findings of a decision, each with the statements that gave it. */
export function findingsOf(decision: Decision): FindingTold[] {
  return validatorNames.map((validator) => {
    const { rules, reasons } = givers[validator](decision.assessments);
    return {
      validator,
      finding: decision.assessments[validator].finding,
      stops: decision.stoppedBy.includes(validator),
      rules: rules.map(({ id, at, text, because }) => ({ id, at, text, because })),
      reasons,
    };
  });
}

interface Given {
  readonly rules: readonly CitedRule[];
  readonly reasons: readonly string[];
}

type Assessments = Decision["assessments"];

const givers: { readonly [V in ValidatorName]: (of: Assessments) => Given } = {
  scope: ({ scope }) => {
    const { rules, problems, unknowns } = scope;
    const among = {
      within: rules.filter(({ effect, value }) => effect === "permit" && value === "true"),
      outside: outsideBy(rules),
      unknown: rules.filter(({ value }) => value === "unknown"),
    }[scope.finding];
    return { rules: among, reasons: [...problems, ...unknowns.map(({ reason }) => reason)] };
  },
  grounding: ({ grounding }) => {
    const { finding, checks, unknowns, claims } = grounding;
    const rules = checks.filter(({ value, settled }) =>
      finding === "grounded" ? value === "true" : finding === "contradicted" ? value === "false" : !settled,
    );
    const reasons = [
      ...claims.map(({ name, problem }) => `the claim \`${name}\` is ${problem}`),
      ...(finding === "contested" || finding === "unverified" ? unknowns.map(({ reason }) => reason) : []),
    ];
    return { rules, reasons };
  },
  reversibility: ({ reversibility, grounding }) => {
    const { finding, awaiting, mildest, class: gravest } = reversibility;
    const rules = reversibility.rules.filter(({ value }) => value !== "false");
    const classes =
      gravest === null
        ? []
        : [
            mildest === gravest
              ? `it is of class \`${gravest}\``
              : `its class is between \`${mildest}\` and \`${gravest}\``,
          ];
    const held =
      finding === "recoverable"
        ? []
        : [
            ...awaiting.map((by) => `\`${by}\` has not confirmed it`),
            ...(awaiting.length === 0 ? [`a confidence of ${grounding.confidence} counts`] : []),
          ];
    return { rules, reasons: [...classes, ...held] };
  },
  discernment: ({ discernment }) => {
    const { ambiguity, threshold, components, refusedBy, finding } = discernment;
    const rules = components.flatMap(({ rule, at, text }) =>
      rule === undefined ? [] : [{ id: rule, at, text }],
    );
    const reasons =
      finding === "refused"
        ? refusedBy.map((by) => `\`${by}\` said no`)
        : [`an ambiguity of ${ambiguity}; no more than ${threshold} passes`];
    return { rules, reasons };
  },
};

/** A forbid that holds or a limit that is passed; else the permits that came nearest. */
function outsideBy(rules: readonly RuleReport[]): readonly RuleReport[] {
  const against = rules.filter(({ effect, value }) => effect !== "permit" && value === "true");
  return against.length > 0
    ? against
    : rules.filter(({ effect, value }) => effect === "permit" && value === "false");
}
