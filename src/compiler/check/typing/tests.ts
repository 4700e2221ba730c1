import type * as Ast from "../../../syntax/ast.js";
import type { Unit } from "../../program.js";
import { fieldsOf, typeOf } from "../../types.js";
import { report, type Typer } from "./env.js";
import { unknownTool } from "./expression.js";
import { counted } from "./functions.js";
import { checkLiteral } from "./literals.js";
import { lookup, resolve } from "./names.js";

/** Checks the names and values of a test's steps. What is proposed may be anything: an example can show what does not fit. */
export function typeTest(test: Ast.TestDeclaration, unit: Unit, typer: Typer): void {
  for (const step of test.steps) if (step.kind !== "Invalid") typeStep(step, unit, typer);
}

function typeStep(step: Ast.TestStep, unit: Unit, typer: Typer): void {
  const { givens, claims } = typer.program.symbols;
  const zone = typer.zoneOf(unit);
  switch (step.kind) {
    case "GivenStep": {
      const given = lookup(givens, step.name.text, unit, typer);
      if (given !== undefined && step.value !== "unknown")
        checkLiteral(step.value, typeOf(given.node.type), zone, typer);
      return;
    }
    case "NowStep":
      checkLiteral({ kind: "StringLiteral", ...step.time }, "time", zone, typer);
      return;
    case "FactStep":
      typeFactStep(step, unit, typer);
      return;
    case "ObserveStep": {
      const { tool } = step.call;
      if (!typer.program.symbols.tools.has(tool.text)) unknownTool(tool.text, tool.span, typer);
      return;
    }
    case "ClaimStep": {
      const claim = resolve(claims, step.name, "claim", unit, typer);
      if (claim !== undefined) checkLiteral(step.value, typeOf(claim.node.type), zone, typer);
      return;
    }
    default:
      return;
  }
}

function typeFactStep(step: Extract<Ast.TestStep, { kind: "FactStep" }>, unit: Unit, typer: Typer): void {
  const fact = resolve(typer.program.symbols.facts, step.name, "fact", unit, typer);
  if (fact === undefined) return;
  const zone = typer.zoneOf(unit);
  const params = fieldsOf(fact.node.params);
  const required = params.filter((param) => !param.optional).length;
  if (step.args.length < required || step.args.length > params.length) {
    const message = `fact \`${step.name.text}\` takes ${counted(params.length)}, not ${step.args.length}`;
    report(typer, "check/wrong-arguments", step.span, message, {
      related: [{ span: fact.span, text: "declared here" }],
    });
    return;
  }
  for (const [index, arg] of step.args.entries()) {
    const param = params[index];
    if (param !== undefined) checkLiteral(arg, param.type, zone, typer);
  }
  if (step.value !== "unknown") checkLiteral(step.value, typeOf(fact.node.type), zone, typer);
}
