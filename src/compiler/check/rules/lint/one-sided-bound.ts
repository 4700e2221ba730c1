import type * as Ast from "../../../../syntax/ast.js";
import type { CheckContext, Rule } from "../../../program.js";
import { commission } from "../snippets.js";
import { isArgument, partsOf, shapeOf } from "../support/conditions.js";
import { countsOf, type Found, quote } from "../support/found.js";
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
      const parts = partsOf(node.when, "and");
      const bounds = parts.flatMap((part) => upperBound(part, context) ?? []);
      if (bounds.length === 0) continue;
      const spoken = countsOf(parts.flatMap((part) => [...spokenOf(part)]));
      for (const { argument, part } of bounds) {
        // The bound itself speaks of it once.
        if ((spoken.get(shapeOf(argument)) ?? 0) > 1 || isForbidden(node.tools, argument)) continue;
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

const spokenOf = (condition: Ast.Expression): ReadonlySet<string> =>
  new Set(nodesOfKind<Ast.Reference>(condition, "Reference").map(shapeOf));

/** Tells whether a forbid for one of these tools speaks of an argument at all. Each forbid is read once, however many permits ask. */
function forbidden(
  rules: readonly Ast.PermitStatement[],
  { toolsOf }: CheckContext,
): (tools: readonly Ast.ToolRef[], argument: Ast.Reference) => boolean {
  const patterns = new Map<string, Map<string, Ast.ToolRef>>();
  for (const { effect, when, tools } of rules) {
    if (effect !== "forbid" || when === undefined) continue;
    for (const spoken of spokenOf(when)) {
      const known = patterns.get(spoken) ?? new Map<string, Ast.ToolRef>();
      patterns.set(spoken, known);
      for (const ref of tools) known.set(ref.pattern, ref);
    }
  }
  const names = new Map<string, ReadonlySet<string>>();
  const namesFor = (argument: string): ReadonlySet<string> => {
    const known = names.get(argument);
    if (known !== undefined) return known;
    const found = namesOf([...(patterns.get(argument)?.values() ?? [])], { toolsOf });
    names.set(argument, found);
    return found;
  };
  return (tools, argument) => {
    const forbiddenNames = namesFor(shapeOf(argument));
    return tools.some((ref) => toolsOf(ref).some(({ name }) => forbiddenNames.has(name)));
  };
}
