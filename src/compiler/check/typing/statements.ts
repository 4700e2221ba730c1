import type { TypeIr } from "../../../ir/type.js";
import type * as Ast from "../../../syntax/ast.js";
import type { DeclaredTool, Unit } from "../../program.js";
import { noValues } from "../../../syntax/build/literal.js";
import { aType, fits, isNumber, isScalar, typeNames, typeOf } from "../../types.js";
import { type Env, knowing, nothing, type Presence, report, type Typer } from "./env.js";
import { inferCondition } from "./expression.js";
import { checkLiteral, columnsIn } from "./literals.js";
import { unknownName } from "./names.js";
import { typeTest } from "./tests.js";
import { coveredTools, mentionCall, unknownTool } from "./tools.js";

/** Types every expression of a declaration, and resolves every name it writes. */
export function typeDeclaration(declaration: Ast.Declaration, unit: Unit, typer: Typer): void {
  switch (declaration.kind) {
    case "Intent":
      for (const statement of declaration.statements)
        if (statement.kind === "Given") typeGiven(statement, unit, typer);
      return;
    case "Tool":
      typeParams(declaration.params, typer);
      return;
    case "Scope":
      for (const statement of declaration.statements) typeScope(statement, unit, typer);
      return;
    case "Grounding":
      for (const statement of declaration.statements) typeGrounding(statement, unit, typer);
      return;
    case "Reversibility":
      for (const statement of declaration.statements)
        if (statement.kind === "Treat") typeTreat(statement, unit, typer);
      return;
    case "Discernment":
      for (const statement of declaration.statements)
        if (statement.kind === "Gray") typeWhen(statement.when, envOf(statement.tools, unit, typer), typer);
      return;
    case "Boundary":
      typeBoundary(declaration, typer);
      return;
    case "Assert": {
      const env = envOf(declaration.tools, unit, typer);
      if (declaration.never !== "without confirmation") inferCondition(declaration.never, env, typer);
      return;
    }
    case "Test":
      typeTest(declaration, unit, typer);
      return;
    default:
      return;
  }
}

/** The place of an expression in a statement about tools; reports those that are not declared. */
function envOf(
  refs: readonly Ast.ToolRef[],
  unit: Unit,
  typer: Typer,
  place: Env["place"] = "condition",
): Env {
  const { tools, known } = coveredTools(refs, typer);
  return {
    unit,
    zone: typer.zoneOf(unit),
    place,
    tools,
    toolsKnown: known,
    locals: new Map(),
    present: nothing,
    inFact: false,
  };
}

/** Types an optional condition; gives what it shows to be there. */
function typeWhen(when: Ast.Expression | undefined, env: Env, typer: Typer): Presence {
  return when === undefined ? nothing : inferCondition(when, env, typer).ifTrue;
}

function typeGiven(given: Ast.Given, unit: Unit, typer: Typer): void {
  typeNode(given.type, typer);
  if (given.value === undefined) return;
  checkLiteral(given.value, typeOf(given.type), typer.zoneOf(unit), typer);
  for (const { name, span } of columnsIn(given.value))
    if (!noValues.has(name.text))
      unknownName(typer, "value", name.text, span, ["true", "false"], "a string stands in quotes");
}

function typeParams(params: readonly Ast.Param[], typer: Typer): void {
  for (const param of params) typeNode(param.type, typer);
}

/** Reports the names in a type that are no types. */
function typeNode(node: Ast.TypeNode, typer: Typer): void {
  if (node.kind === "ListType") typeNode(node.element, typer);
  if (node.kind === "RecordType") typeParams(node.fields, typer);
  if (node.kind === "NamedType" && !typeNames.includes(node.name)) {
    const others = [...typeNames, "list", "enum"];
    unknownName(
      typer,
      "type",
      node.name,
      node.span,
      others,
      `the types are ${typeNames.join(", ")}, list<…>, enum(…) and { … }`,
    );
  }
}

function typeScope(statement: Ast.ScopeBlock["statements"][number], unit: Unit, typer: Typer): void {
  if (statement.kind === "Permit") typeWhen(statement.when, envOf(statement.tools, unit, typer), typer);
  if (statement.kind === "Limit") typeLimit(statement, envOf(statement.tools, unit, typer), typer);
}

function typeLimit(limit: Ast.LimitStatement, env: Env, typer: Typer): void {
  operand(limit.sum, "sum", isNumber, "a number", env, typer);
  operand(limit.each, "each", isScalar, "a scalar", env, typer);
}

function operand(
  expression: Ast.Expression | undefined,
  keyword: string,
  accepts: (type: TypeIr) => boolean,
  what: string,
  env: Env,
  typer: Typer,
): void {
  const type = expression && typer.infer(expression, env).type;
  if (expression === undefined || type === undefined || accepts(type)) return;
  report(typer, "check/type-mismatch", expression.span, `\`${keyword}\` takes ${what}, not ${aType(type)}`);
}

function typeGrounding(statement: Ast.GroundingBlock["statements"][number], unit: Unit, typer: Typer): void {
  switch (statement.kind) {
    case "Source":
      if (statement.origin.kind === "ToolOrigin")
        typeWhen(statement.origin.when, envOf(statement.origin.tools, unit, typer), typer);
      return;
    case "Fact":
      typeParams(statement.params, typer);
      typeNode(statement.type, typer);
      return;
    case "Claim":
      typeNode(statement.type, typer);
      return;
    case "Ground":
      inferCondition(statement.condition, envOf(statement.tools, unit, typer, "ground"), typer);
      return;
    default:
      return;
  }
}

function typeTreat(treat: Ast.TreatStatement, unit: Unit, typer: Typer): void {
  const env = envOf(treat.tools, unit, typer);
  const shown = typeWhen(treat.when, env, typer);
  if (treat.undo !== undefined) typeUndo(treat.undo.call, knowing({ ...env, place: "undo" }, shown), typer);
}

/** The undo is a call of a declared tool, made of what the action was given and of what it returned. */
function typeUndo(call: Ast.UndoCall, env: Env, typer: Typer): void {
  const tool = typer.program.symbols.tools.get(call.tool.text);
  if (tool === undefined) unknownTool(call.tool.text, call.tool.span, typer);
  mentionCall(call, typer);
  for (const { name, value } of call.args) {
    const param = tool?.params.find((candidate) => candidate.name === name.text);
    if (tool !== undefined && param === undefined) unknownParameter(name, tool, typer);
    const { type } = typer.infer(value, env, param?.type);
    if (param === undefined || type === undefined || fits(type, param.type)) continue;
    report(
      typer,
      "check/type-mismatch",
      value.span,
      `\`${name.text}\` of \`${call.tool.text}\` is ${aType(param.type)}, not ${aType(type)}`,
    );
  }
  const missing = tool?.params.filter(
    (param) => !param.optional && !call.args.some(({ name }) => name.text === param.name),
  );
  if (tool === undefined || missing === undefined || missing.length === 0) return;
  const names = missing.map((param) => `\`${param.name}\``).join(", ");
  report(typer, "check/undo-arguments", call.span, `the undo does not say ${names} of \`${tool.name}\``, {
    related: [{ span: tool.span, text: "declared here" }],
    help: "an undo must be a whole call, or it cannot be made when it is needed",
  });
}

function unknownParameter(name: Ast.Name, tool: DeclaredTool, typer: Typer): void {
  report(typer, "check/undo-arguments", name.span, `\`${tool.name}\` has no parameter \`${name.text}\``, {
    related: [{ span: tool.span, text: "declared here" }],
    help: `its parameters are ${tool.params.map((param) => `\`${param.name}\``).join(", ") || "none"}`,
  });
}

/** Tools are named in a boundary as anywhere else; the names of what is carried have rules of their own. */
function typeBoundary(boundary: Ast.BoundaryDeclaration, typer: Typer): void {
  for (const statement of boundary.statements) {
    if (statement.kind !== "Hold") continue;
    for (const held of statement.held) if (held.kind === "HeldTool") coveredTools([held], typer);
  }
}
