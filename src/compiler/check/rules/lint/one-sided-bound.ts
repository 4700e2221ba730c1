import type * as Ast from "../../../../syntax/ast.js";
import type { CheckContext, Rule } from "../../../program.js";
import { commission } from "../snippets.js";
import { isArgument, partsOf, shapeOf } from "../support/conditions.js";
import { type Found, quote } from "../support/found.js";
import { namesOf } from "../support/tools.js";
import { nodesOfKind, statementsIn } from "../support/walk.js";

const policy = (condition: string): string =>
  commission({
    tools: "tool index.list(limit: int)",
    scope: `
      permit index.list serving read
        when ${condition}`,
  });

export const oneSidedBound: Rule = {
  code: "lint/one-sided-bound",
  severity: "hint",
  summary: "a permit that bounds a number from above bounds it from below",
  why:
    "`limit <= 100` lets -1 through, which many a tool takes for `all`, and `amount <= 50` a negative amount, which pays the other " +
    "way round. Where a number below zero does no harm, a comment can say so.",
  avoid: policy("limit <= 100"),
  prefer: policy("limit > 0 and limit <= 100"),
  *check(context: CheckContext): Iterable<Found> {
    const { intentUnit } = context.program;
    // What extends the commission narrows what that has bounded, and its bases leave bounding to it.
    if (intentUnit === undefined) return;
    const all = [...statementsIn(intentUnit, "Permit")];
    const isForbidden = forbidden(all, context);
    for (const node of all) {
      if (node.effect !== "permit" || node.when === undefined) continue;
      const bounds = partsOf(node.when, "and").flatMap((part) => upperBound(part, context) ?? []);
      for (const { argument, part } of bounds) {
        const others = partsOf(node.when, "and").filter((other) => other !== part);
        if (others.some((other) => speaksOf(other, argument))) continue;
        if ([...namesOf(node.tools, context)].some((tool) => isForbidden(tool, argument))) continue;
        yield {
          message: `${quote(argument.name.text)} is bounded from above only`,
          span: part.span,
          label: "lets every number below through",
          help: `write \`${argument.name.text} > 0 and …\`, or the least that makes sense`,
        };
      }
    }
  },
};

/** A part that bounds an argument, a number, from above; below zero it bounds it well enough. */
function upperBound(
  part: Ast.Expression,
  { typing }: CheckContext,
): { readonly argument: Ast.Reference; readonly part: Ast.Expression } | undefined {
  if (part.kind !== "Binary") return undefined;
  const isBelow = part.operator === "<" || part.operator === "<=";
  const isAbove = part.operator === ">" || part.operator === ">=";
  if (!isBelow && !isAbove) return undefined;
  const [argument, bound] = isBelow ? [part.left, part.right] : [part.right, part.left];
  const type = typing.types.get(argument);
  if (!isArgument(argument) || argument.kind !== "Reference" || (type !== "int" && type !== "decimal"))
    return undefined;
  // A bound that is another argument is a relation of the two.
  return bound.kind === "Number" || (bound.kind === "Reference" && bound.root === "given")
    ? { argument, part }
    : undefined;
}

const speaksOf = (condition: Ast.Expression, argument: Ast.Reference): boolean =>
  spokenOf(condition).has(shapeOf(argument));

const spokenOf = (condition: Ast.Expression): ReadonlySet<string> =>
  new Set([...nodesOfKind<Ast.Reference>(condition, "Reference")].map(shapeOf));

/** Tells whether a forbid for a tool speaks of an argument at all. Each forbid is read once, however many permits ask. */
function forbidden(
  rules: readonly Ast.PermitStatement[],
  context: CheckContext,
): (tool: string, argument: Ast.Reference) => boolean {
  const byTool = new Map<string, ReadonlySet<string>[]>();
  for (const { effect, when, tools } of rules) {
    if (effect !== "forbid" || when === undefined) continue;
    const spoken = spokenOf(when);
    for (const tool of namesOf(tools, context)) {
      const known = byTool.get(tool);
      if (known === undefined) byTool.set(tool, [spoken]);
      else known.push(spoken);
    }
  }
  return (tool, argument) => byTool.get(tool)?.some((spoken) => spoken.has(shapeOf(argument))) ?? false;
}
