import type * as Ast from "../../../syntax/ast.js";
import type { CheckContext, Rule } from "../../program.js";
import { commission } from "./snippets.js";
import { type Found, quote } from "./support/found.js";
import { type SensitiveReads, sensitiveReadsOf } from "./support/sensitive.js";
import { nodesOfKind, statementsOf } from "./support/walk.js";

export const sensitiveRead: Rule = {
  code: "check/sensitive-read",
  severity: "error",
  summary: "nothing reads a sensitive value that would have to be kept for it",
  why:
    "Of a parameter marked `sensitive` only a salted digest is kept. A limit and `calls` read the arguments of earlier actions, an undo is " +
    "made when the action is long past, and `traced to` tells what it looked for: none of them can do its work without the value. A " +
    "condition on the action itself may read it, and so may a fact.",
  avoid: commission({
    tools: "tool notes.share(path: path, pin: sensitive string)",
    scope: `
      permit notes.share serving summarise when path within "/notes" and length(pin) > 7
      limit notes.share to 3 per 1d each pin`,
  }),
  prefer: commission({
    tools: "tool notes.share(path: path, pin: sensitive string)",
    scope: `
      permit notes.share serving summarise when path within "/notes" and length(pin) > 7
      limit notes.share to 3 per 1d each path`,
  }),
  *check(context: CheckContext): Iterable<Found> {
    const readsOf = sensitiveReadsOf(context);
    if (readsOf === undefined) return;
    for (const [whole, where] of keptExpressions(context))
      for (const name of readsOf(whole).in(whole)) yield found(name, where);
    for (const whole of conditionsOf(context)) yield* within(whole, readsOf(whole));
  },
};

function* within(whole: Ast.Expression, reads: SensitiveReads): Generator<Found> {
  for (const traced of nodesOfKind<Extract<Ast.Expression, { kind: "TracedTo" }>>(whole, "TracedTo"))
    for (const name of reads.in(traced.operand)) yield found(name, "`traced to`");
  for (const calls of nodesOfKind<Ast.CallsExpression>(whole, "Calls"))
    for (const { name } of calls.args) if (reads.names(name)) yield found(name, "`calls`");
}

const found = (name: Ast.Name, where: string): Found => ({
  message: `${where} reads ${quote(name.text)}, which is sensitive and not kept`,
  span: name.span,
  label: "only a salted digest is kept",
  help: "leave it out, or read a parameter that is not marked `sensitive`",
});

/** Expressions that are evaluated with the arguments of an earlier action. */
function* keptExpressions({ program }: CheckContext): Generator<readonly [Ast.Expression, string]> {
  for (const { node } of statementsOf(program, "Limit"))
    for (const expression of [node.sum, node.each])
      if (expression !== undefined) yield [expression, "a limit"];
  for (const { node } of statementsOf(program, "Treat"))
    for (const { value } of node.undo?.call.args ?? []) yield [value, "an undo"];
}

function* conditionsOf({ program }: CheckContext): Generator<Ast.Expression> {
  for (const { node } of statementsOf(program, "Permit")) if (node.when !== undefined) yield node.when;
  for (const { node } of statementsOf(program, "Ground")) yield node.condition;
  for (const { node } of statementsOf(program, "Treat")) if (node.when !== undefined) yield node.when;
  for (const { node } of statementsOf(program, "Gray")) if (node.when !== undefined) yield node.when;
  for (const { node } of statementsOf(program, "Source")) {
    const { origin } = node;
    if (origin.kind === "ToolOrigin" && origin.when !== undefined) yield origin.when;
  }
}
