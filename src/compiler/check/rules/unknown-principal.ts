import type { CheckContext, Rule, Unit } from "../../program.js";
import type { Name } from "../../../syntax/ast.js";
import type { Found } from "./support/found.js";
import { unknown } from "./support/unknown.js";
import { statementsOf, stepsOf } from "./support/walk.js";

const kind = { noun: "principal", help: 'declare who it is: `principal NAME "display name"`' };

export const unknownPrincipal: Rule = {
  code: "check/unknown-principal",
  severity: "error",
  summary: "whoever is asked, or has to confirm, is a declared principal",
  why:
    "A question or a confirmation goes to somebody who exists. A misspelt name would hold an action for ever, or let it be asked " +
    "of nobody.",
  avoid: `policy notes.rules

principal owner "Head of the team"

reversibility {
  class permanent confirm ownr
}
`,
  prefer: `policy notes.rules

principal owner "Head of the team"

reversibility {
  class permanent confirm owner
}
`,
  *check(context: CheckContext): Iterable<Found> {
    for (const [unit, name] of usesOf(context)) {
      yield* unknown(context, unit, name, context.program.symbols.principals, kind);
    }
  },
};

function* usesOf({ program }: CheckContext): Generator<readonly [Unit, Name]> {
  for (const { unit, node } of statementsOf(program, "Given"))
    if (node.asks) yield [unit, node.asks.principal];
  for (const { unit, node } of statementsOf(program, "Class")) if (node.confirm) yield [unit, node.confirm];
  for (const { unit, node } of statementsOf(program, "Gray"))
    if (node.asks) yield [unit, node.asks.principal];
  for (const { unit, node } of statementsOf(program, "Escalate")) {
    for (const step of node.steps) yield [unit, step.principal];
  }
  for (const { unit, node } of stepsOf(program, "SaidStep")) yield [unit, node.by];
  for (const { unit, node } of stepsOf(program, "ConfirmedStep")) yield [unit, node.by];
  for (const { unit, node } of stepsOf(program, "RefusedStep")) yield [unit, node.by];
  for (const { unit, node } of stepsOf(program, "AnsweredStep")) yield [unit, node.by];
  for (const { unit, node } of stepsOf(program, "ExpectAsksStep")) yield [unit, node.principal];
}
