import type { CheckContext, Rule } from "../../../program.js";
import type * as Ast from "../../../../syntax/ast.js";
import { commission } from "../snippets.js";
import { deniedOf, partsOf } from "../support/conditions.js";
import { type Found, quoteOf } from "../support/found.js";
import { nodesOfKind } from "../support/walk.js";

const policy = (condition: string): string =>
  commission({
    intent: `
      given urgent: bool asks owner "Is it urgent?"`,
    scope: `
      permit notes.read serving read
        when path within "/archive" and ${condition}`,
  });

export const excludedMiddle: Rule = {
  code: "lint/excluded-middle",
  severity: "warning",
  summary: "no condition says that something is so or is not so",
  why:
    "With three values, `p or not p` is unknown while `p` is: the line waits for an answer that cannot change it. If it should " +
    "hold in any case, nothing needs to be said; if it should hold once the answer is there, say what the answer has to be.",
  avoid: policy("(given.urgent or not given.urgent)"),
  prefer: policy("given.urgent"),
  *check({ program }: CheckContext): Iterable<Found> {
    for (const unit of program.units)
      for (const chain of outermost(unit.document)) {
        const negation = deniedOf(partsOf(chain, "or"));
        if (negation === undefined) continue;
        const shown = quoteOf(unit, negation.operand.span);
        yield {
          message: `this holds whether ${shown} is true or false, and not while it is unknown`,
          span: chain.span,
          label: "so or not so",
          help: "leave both out, or keep the one that is meant",
        };
      }
  },
};

/** The chains of `or`, each as a whole. */
function* outermost(document: Ast.Node): Generator<Ast.Expression> {
  const inside = new Set<Ast.Expression>();
  for (const node of nodesOfKind<Binary>(document, "Binary")) {
    if (node.operator !== "or") continue;
    for (const side of [node.left, node.right])
      if (side.kind === "Binary" && side.operator === "or") inside.add(side);
    if (!inside.has(node)) yield node;
  }
}

type Binary = Extract<Ast.Expression, { readonly kind: "Binary" }>;
