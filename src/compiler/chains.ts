import type { Expression } from "../syntax/ast.js";

type Binary = Extract<Expression, { kind: "Binary" }>;

/**
 * The operands of a chain of one associative operator, from left to right. The tree leans to the left and a chain may be
 * thousands long, so that this walks the spine and does not recur on it.
 */
export function operandsOf(chain: Binary): Expression[] {
  const reversed: Expression[] = [];
  const waiting: Expression[] = [chain];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind === "Binary" && next.operator === chain.operator) waiting.push(next.left, next.right);
    else reversed.push(next);
  }
  return reversed.reverse();
}
