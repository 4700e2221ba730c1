import type * as Ast from "../../../../syntax/ast.js";
import type { CheckContext, Rule } from "../../../program.js";
import { commission } from "../snippets.js";
import type { Found } from "../support/found.js";
import { nodesOfKind } from "../support/walk.js";

const policy = (condition: string): string =>
  commission({
    tools: "tool index.rate(good: int, all: int, share: decimal)",
    scope: `
      permit index.rate serving read
        when ${condition}`,
  });

export const quotientEquality: Rule = {
  code: "lint/quotient-equality",
  severity: "warning",
  summary: "a quotient is compared within a margin",
  why:
    "Decimals are doubles: 1 / 3 is no third, and a share that is right to the eye differs in its last digit. An equality with a " +
    "quotient is then false by accident, and an inequality true.",
  avoid: policy("share == good / all"),
  prefer: policy("abs(share - good / all) <= 0.005"),
  *check({ program }: CheckContext): Iterable<Found> {
    for (const { document } of program.units)
      for (const node of nodesOfKind<Binary>(document, "Binary")) {
        if (node.operator !== "==" && node.operator !== "!=") continue;
        const quotient = [node.left, node.right].find(isQuotient);
        if (quotient === undefined) continue;
        yield {
          message: `\`${node.operator}\` asks of a quotient that it be exact`,
          span: node.span,
          label: "right to the last digit",
          related: [{ span: quotient.span, text: "a double" }],
          help: "write `abs(a - b) <= 0.005` with the margin that is meant, or multiply instead of dividing",
        };
      }
  },
};

type Binary = Extract<Ast.Expression, { readonly kind: "Binary" }>;

/** Whether a division takes part in the value itself, and not only in what it is looked up by. */
function isQuotient(expression: Ast.Expression): boolean {
  const waiting = [expression];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind === "Negate") waiting.push(next.operand);
    if (next.kind !== "Binary") continue;
    if (next.operator === "/") return true;
    if (["+", "-", "*"].includes(next.operator)) waiting.push(next.left, next.right);
  }
  return false;
}
