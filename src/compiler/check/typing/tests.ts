import type * as Ast from "../../../syntax/ast.js";
import type { TypeIr } from "../../../ir/type.js";
import type { Unit } from "../../program.js";
import { casesOf } from "../../rows.js";
import { fieldsOf, typeOf } from "../../types.js";
import { report, type Typer } from "./env.js";
import { mentionCall, unknownTool } from "./tools.js";
import { counted } from "./functions.js";
import { checkLiteral } from "./literals.js";
import { lookup, resolve, unknownName } from "./names.js";

/**
 * Checks the names and values of a test's steps, in each of its rows. What is proposed may be anything: an example can show what
 * does not fit.
 */
export function typeTest(test: Ast.TestDeclaration, unit: Unit, typer: Typer): void {
  const { cases, problems } = casesOf(test);
  typer.problems.push(...problems);
  for (const { steps } of cases)
    for (const step of steps) if (step.kind !== "Invalid") typeStep(step, unit, typer);
}

function typeStep(step: Ast.TestStep, unit: Unit, typer: Typer): void {
  const { givens, claims } = typer.program.symbols;
  const zone = typer.zoneOf(unit);
  switch (step.kind) {
    case "CircumstanceStep":
      typeCircumstance(step, unit, typer);
      return;
    case "GivenStep": {
      const given = lookup(givens, step.name.text, unit, typer);
      if (step.value === "absent")
        report(typer, "check/never-absent", step.span, `\`given.${step.name.text}\` is never absent`, {
          help: "write `unknown` for what nobody has said",
        });
      if (given !== undefined && typeof step.value !== "string")
        checkLiteral(step.value, typeOf(given.node.type), zone, typer);
      return;
    }
    case "NowStep":
      checkLiteral(step.time, "time", zone, typer);
      return;
    case "FactStep":
      typeFactStep(step, unit, typer);
      return;
    case "ObserveStep": {
      const { tool } = step.call;
      if (!typer.program.symbols.tools.has(tool.text)) unknownTool(tool.text, tool.span, typer);
      mentionCall(step.call, typer);
      return;
    }
    case "ProposeStep":
      mentionCall(step.call, typer);
      return;
    case "ClaimStep": {
      const claim = resolve(claims, step.name, "claim", unit, typer);
      if (claim !== undefined) checkLiteral(step.value, typeOf(claim.node.type), zone, typer);
      return;
    }
    case "AnsweredStep":
      typeAnswer(step, unit, typer);
      return;
    case "ExpectAsksStep":
      if (step.about?.kind === "GivenSubject") resolve(givens, step.about.name, "given", unit, typer);
      return;
    default:
      return;
  }
}

/** What a test can say of who acts; by the names that conditions read. */
const circumstances: { readonly [name: string]: TypeIr } = {
  "actor.id": "string",
  "actor.roles": { list: "string" },
  "session.instruction": "string",
};

function typeCircumstance(step: Ast.CircumstanceStep, unit: Unit, typer: Typer): void {
  const name = `${step.root}.${step.name.text}`;
  const type = Object.hasOwn(circumstances, name) ? circumstances[name] : undefined;
  if (type !== undefined) {
    checkLiteral(step.value, type, typer.zoneOf(unit), typer);
    return;
  }
  const help = "a test says `actor.id`, `actor.roles` and `session.instruction`; the tier by `tier NAME`";
  unknownName(typer, "circumstance", name, step.name.span, Object.keys(circumstances), help);
}

function typeAnswer(step: Extract<Ast.TestStep, { kind: "AnsweredStep" }>, unit: Unit, typer: Typer): void {
  const zone = typer.zoneOf(unit);
  if (step.about.kind === "RuleSubject") {
    checkLiteral(step.answer, "bool", zone, typer);
    return;
  }
  const given = resolve(typer.program.symbols.givens, step.about.name, "given", unit, typer);
  if (given !== undefined) checkLiteral(step.answer, typeOf(given.node.type), zone, typer);
}

function typeFactStep(step: Extract<Ast.TestStep, { kind: "FactStep" }>, unit: Unit, typer: Typer): void {
  const fact = resolve(typer.program.symbols.facts, step.name, "fact", unit, typer);
  if (fact === undefined) return;
  const zone = typer.zoneOf(unit);
  const params = fieldsOf(fact.node.params);
  const required = params.filter((param) => !param.optional).length;
  const related = [{ span: fact.span, text: "declared here" }];
  if (step.args.length < required || step.args.length > params.length) {
    const message = `fact \`${step.name.text}\` takes ${counted(params.length)}, not ${step.args.length}`;
    report(typer, "check/wrong-arguments", step.span, message, { related });
    return;
  }
  for (const [index, arg] of step.args.entries()) {
    const param = params[index];
    if (param !== undefined) checkLiteral(arg, param.type, zone, typer);
  }
  const { from } = step;
  const sources = fact.node.from.map(({ source }) => source.text);
  if (from !== undefined && !sources.includes(from.text))
    unknownName(typer, `source of \`${step.name.text}\``, from.text, from.span, sources);
  if (step.value === "absent" && !fact.node.optional)
    report(typer, "check/never-absent", step.span, `\`${step.name.text}\` is never absent`, {
      related,
      help: `write \`unknown\`, or declare it as \`fact ${step.name.text}?\``,
    });
  if (typeof step.value !== "string") checkLiteral(step.value, typeOf(fact.node.type), zone, typer);
}
