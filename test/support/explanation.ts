import type { Engine } from "../../src/engine/engine.js";
import { explanationOf } from "../../src/engine/explain.js";
import type {
  ExplainedCondition,
  ExplainedPart,
  ExplainedStatement,
  Explanation,
} from "../../src/ir/explanation.js";
import type { Knowledge } from "../../src/ir/knowledge.js";
import { knowing } from "./policy.js";

/** How the decision on `act`, if no other tool is named, is explained; `as` another engine than decides. */
export function explained(
  engine: Engine,
  proposal: object = {},
  more: Partial<Knowledge> = {},
  as: Engine = engine,
): Explanation {
  const given = { tool: "act", args: { n: 1 }, confidence: 1, ...proposal };
  const { decision } = engine.evaluate(given, knowing(more));
  return explanationOf(as.policy, decision, as.examine(given, knowing(more)));
}

/** The statements of one validator. */
export const statementsOf = (explanation: Explanation, validator: string): ExplainedStatement[] =>
  explanation.find((one) => one.validator === validator)?.statements ?? [];

/** `TEXT: VALUE` of every part, those within after what they are within. */
export const lines = ({ text, parts }: ExplainedCondition): string[] =>
  parts.flatMap(function line(part: ExplainedPart): string[] {
    const value = part.state === "known" ? (part.cut ?? JSON.stringify(part.value)) : part.state;
    const why = part.why === undefined ? "" : ` (${part.why.join("; ")})`;
    return [`${text.slice(part.from, part.to)}: ${value}${why}`, ...part.parts.flatMap(line)];
  });
