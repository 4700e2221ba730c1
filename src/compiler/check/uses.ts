import type * as Ast from "../../syntax/ast.js";
import type { Program, Unit } from "../program.js";
import { declarationsOf, statementsOf, stepsOf } from "./rules/support/walk.js";

/** A name where it is used, and the file that uses it. */
export type Use = readonly [unit: Unit, name: Pick<Ast.Name, "text" | "span">];

/**
 * Where names stand outside of expressions, by what they name: the rules ask of each whether it is declared, the index of names
 * what it refers to.
 */
export function* principalUses(program: Program): Generator<Use> {
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

export function* bulletUses(program: Program): Generator<Use> {
  for (const { unit, node } of statementsOf(program, "Permit"))
    for (const name of node.serving) yield [unit, name];
  yield* heldUses(program, "HeldBullet");
}

/** The bullets by which a test tells which rule it means. */
export function* meantUses(program: Program): Generator<Use> {
  for (const { unit, node } of declarationsOf(program, "Test"))
    for (const step of node.steps) {
      const about = "about" in step ? step.about : undefined;
      const meant = about?.kind === "RuleSubject" ? about.rule : ruleOf(step);
      if (meant?.serving) yield [unit, meant.serving];
    }
}

const ruleOf = (step: Ast.TestDeclaration["steps"][number]): Ast.RuleRef | undefined =>
  step.kind === "ExpectStep" || step.kind === "ExpectRemedyStep" ? step.by : undefined;

/** The sources that a test lets speak. */
export function* spokenUses(program: Program): Generator<Use> {
  for (const { unit, node } of stepsOf(program, "FactStep")) if (node.from) yield [unit, node.from];
}

export function* givenUses(program: Program): Generator<Use> {
  yield* heldUses(program, "HeldGiven");
  for (const { unit, node } of stepsOf(program, "GivenStep")) yield [unit, node.name];
}

function* heldUses(program: Program, kind: "HeldBullet" | "HeldGiven"): Generator<Use> {
  for (const { unit, node } of statementsOf(program, "Hold"))
    for (const held of node.held)
      if (held.kind === kind && held.name !== "*") yield [unit, { text: held.name, span: held.span }];
}

export function* classUses(program: Program): Generator<Use> {
  for (const { unit, node } of statementsOf(program, "Class")) if (node.above) yield [unit, node.above];
  for (const { unit, node } of statementsOf(program, "Treat")) yield [unit, node.as];
  for (const { unit, node } of statementsOf(program, "Otherwise")) yield [unit, node.name];
  for (const { unit, node } of statementsOf(program, "Threshold")) if (node.for) yield [unit, node.for];
  for (const { unit, node } of stepsOf(program, "ExpectClassStep")) yield [unit, node.class];
}

export function* sourceUses(program: Program): Generator<Use> {
  for (const { unit, node } of statementsOf(program, "Fact"))
    for (const origin of node.from) yield [unit, origin.source];
}

export function* tierUses(program: Program): Generator<Use> {
  for (const { unit, node } of declarationsOf(program, "Boundary")) {
    yield [unit, node.from];
    yield [unit, node.to];
  }
  for (const { unit, node } of stepsOf(program, "TierStep")) yield [unit, node.tier];
}
