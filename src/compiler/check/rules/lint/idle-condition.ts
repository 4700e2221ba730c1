import type { Edit } from "../../../../diagnostics/diagnostic.js";
import type * as Ast from "../../../../syntax/ast.js";
import type { CheckContext, Rule, Unit } from "../../../program.js";
import { commission } from "../snippets.js";
import { certainOf, partsOf } from "../support/conditions.js";
import type { Found } from "../support/found.js";
import { statementsOf } from "../support/walk.js";

const policy = (condition: string): string =>
  commission({
    scope: `
      permit notes.read serving read
        when path within "/archive" and ${condition}`,
  });

export const idleCondition: Rule = {
  code: "lint/idle-condition",
  severity: "warning",
  summary: "each part of a condition can be false",
  why:
    "A part that is true of everything bounds nothing, and a reader takes it for a bound. A length or a count is never below zero; " +
    "where at least one was meant, the bound is `> 0`.",
  avoid: policy("length(path) >= 0"),
  prefer: policy("length(path) > 20"),
  *check(context: CheckContext): Iterable<Found> {
    for (const kind of ["Permit", "Treat", "Gray"] as const)
      for (const { unit, node } of statementsOf(context.program, kind)) {
        if (node.when === undefined) continue;
        const fix = certainOf(node.when, context) === "true" ? withoutWhen(unit, node, node.when) : undefined;
        yield* idle(context, node.when, fix);
      }
    for (const { node } of statementsOf(context.program, "Ground")) yield* idle(context, node.condition);
  },
};

function* idle(context: CheckContext, condition: Ast.Expression, edit?: Edit): Generator<Found> {
  if (certainOf(condition, context) === "true") {
    yield {
      message: "this condition is true of everything",
      span: condition.span,
      label: "says nothing",
      help: "write the bound that was meant, or leave the condition out",
      ...(edit === undefined ? {} : { fix: { title: "leave the condition out", edits: [edit] } }),
    };
    return;
  }
  for (const part of partsOf(condition, "and")) {
    if (part === condition || certainOf(part, context) !== "true") continue;
    yield {
      message: "this part of the condition is true of everything",
      span: part.span,
      label: "says nothing",
      help: "write the bound that was meant, or leave this part out",
    };
  }
}

/** Where a condition is `true` in so many words, nothing else can have been meant. */
function withoutWhen({ source }: Unit, node: Ast.Node, when: Ast.Expression): Edit | undefined {
  if (when.kind !== "Bool") return undefined;
  const before = source.text.slice(node.span.start, when.span.start);
  const clause = /\s*\bwhen\s*$/.exec(before);
  if (clause === null) return undefined;
  return { span: { ...when.span, start: when.span.start - clause[0].length }, text: "" };
}
