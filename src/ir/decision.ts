import type { Json } from "./json.js";

export type {
  Assessments,
  CheckReport,
  Decision,
  Remedy,
  Report,
  ReportRule,
  RuleReport,
  Truth,
  UnknownReport,
} from "./schemas/decision.js";

/** The four validators, always in this order. */
export const validatorNames = ["scope", "grounding", "reversibility", "discernment"] as const;
export type ValidatorName = (typeof validatorNames)[number];

/** From the lowest clearance to the highest. */
export const decisionWords = ["return", "clarify", "confirm", "authorize"] as const;
export type DecisionWord = (typeof decisionWords)[number];

export const findings = {
  scope: ["within", "outside", "unknown"],
  grounding: ["grounded", "contradicted", "unclaimed", "overconfident", "contested", "unverified"],
  reversibility: ["recoverable", "held", "indeterminate"],
  discernment: ["clear", "ambiguous", "refused"],
} as const;
export type Finding<V extends ValidatorName = ValidatorName> = (typeof findings)[V][number];

export const remedyKinds = [
  "narrow-action",
  "wait",
  "respecify-intent",
  "provide-evidence",
  "lower-confidence",
  "answer-question",
  "obtain-confirmation",
] as const;

export interface Question {
  /** What a ruling names: `given:NAME` or a statement's id. */
  key: string;
  /** A given is answered with a value, a condition and a gray line with yes or no. */
  kind: "given" | "condition" | "gray";
  ask: string[];
  text: string;
  /** What is left of a statement's condition, in the language: what a yes says holds. */
  condition?: string | undefined;
  /** The answers considered, each with what follows; a leaf is a decision and, to be obtained along, confirmations. */
  choices: { answer: Json; then: Leaf | Question }[];
}
export interface Leaf {
  decision: DecisionWord;
  confirmBy?: string[] | undefined;
}
