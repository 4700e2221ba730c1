import type * as Ast from "../../../../syntax/ast.js";
import type { CheckContext, Rule } from "../../../program.js";
import { commission } from "../snippets.js";
import { certainOf } from "../support/conditions.js";
import type { Found } from "../support/found.js";
import { statementsOf } from "../support/walk.js";

export const neverApplies: Rule = {
  code: "lint/never-applies",
  severity: "warning",
  summary: "every condition can become true",
  why:
    "A rule whose condition contradicts itself stands there like a rule and does nothing. Mostly an `or` was meant where `and` is " +
    "written, or two bounds were taken for each other. Only what is certain from the text is reported.",
  avoid: commission({
    scope: `
      forbid notes.write serving restrain
        when length(body) < 10 and length(body) > 20_000`,
  }),
  prefer: commission({
    scope: `
      forbid notes.write serving restrain
        when length(body) < 10 or length(body) > 20_000`,
  }),
  *check(context: CheckContext): Iterable<Found> {
    for (const kind of ["Permit", "Treat", "Gray"] as const)
      for (const { node } of statementsOf(context.program, kind))
        if (node.when !== undefined) yield* found(context, node.when, `this ${nounOf(node)} can never apply`);
    for (const { node } of statementsOf(context.program, "Ground"))
      yield* found(context, node.condition, "this check can never hold: all it speaks of is returned");
    for (const { node } of statementsOf(context.program, "Source"))
      if (node.origin.kind === "ToolOrigin" && node.origin.when !== undefined)
        yield* found(context, node.origin.when, "this source can never say anything");
  },
};

function* found(context: CheckContext, condition: Ast.Expression, message: string): Generator<Found> {
  const certain = certainOf(condition, context);
  if (certain !== "false" && certain !== "never") return;
  yield {
    message,
    span: condition.span,
    label: "is never true",
    help: "correct the condition, or take the line away",
  };
}

const nounOf = (node: Ast.PermitStatement | Ast.TreatStatement | Ast.GrayStatement): string =>
  node.kind === "Permit" ? node.effect : `\`${node.kind.toLowerCase()}\` line`;
