export type {
  ExplainedCondition,
  ExplainedPart,
  ExplainedStatement,
  Explanation,
} from "./schemas/explanation.js";
