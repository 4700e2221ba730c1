import type { TypeIr } from "../../../ir/type.js";
import type { Expression } from "../../../syntax/ast.js";
import { operandsOf } from "../../chains.js";
import { parameterDefinition, variableDefinition } from "../../names.js";
import { aType, fits, isList, isNumber, isScalar, join, sameType } from "../../types.js";
import {
  type Env,
  type Found,
  intersection,
  knowing,
  nothing,
  plain,
  report,
  type Typer,
  union,
  unknownFound,
  type Work,
} from "./env.js";
import { stringType, takesItsType } from "./literals.js";
import { unknownName } from "./names.js";
import { inferBinary, inferMatch, inferTraced } from "./operators.js";
import { inferReference } from "./references.js";
import { coveredTools } from "./tools.js";

type Of<K extends Expression["kind"]> = Extract<Expression, { kind: K }>;

/** Beyond this an expression is refused; the IR allows more, and each level of it is one or two there. */
export const deepestExpression = 400;

/** Types expressions by their place (language.md, *Types and values*, *Expressions*). */
export function makeTyper(work: Work): Typer {
  let depth = 0;
  const typer: Typer = {
    ...work,
    infer(expression, env, expected) {
      if (depth > deepestExpression) return tooDeep(expression, typer);
      depth += 1;
      const found = inferKind(expression, env, typer, expected);
      depth -= 1;
      if (found.type !== undefined) work.types.set(expression, found.type);
      return found;
    },
  };
  return typer;
}

/** Once a file: whoever nests so deep does it at many places. */
function tooDeep(expression: Expression, typer: Typer): Found {
  const { file } = expression.span;
  if (!typer.problems.some(({ code, span }) => code === "check/too-deep" && span.file === file))
    report(
      typer,
      "check/too-deep",
      expression.span,
      `an expression is nested more than ${deepestExpression} deep`,
      { help: "say it in several lines" },
    );
  return unknownFound;
}

function inferKind(expression: Expression, env: Env, typer: Typer, expected: TypeIr | undefined): Found {
  switch (expression.kind) {
    case "Invalid":
      return unknownFound;
    case "Number":
      return plain(expression.decimal ? "decimal" : "int");
    case "Duration":
      return plain("duration");
    case "String":
      return plain(stringType(expression, expected, env, typer));
    case "Bool":
      return plain("bool");
    case "Now":
      return plain("time");
    case "List":
      return plain(listType(expression, env, typer, expected));
    case "Reference":
      return inferReference(expression, env, typer);
    case "Has":
      return inferReference(expression.of, env, typer, "has");
    case "Calls":
      return plain(callsType(expression, env, typer));
    case "Not":
      return inferNot(expression, env, typer);
    case "Negate":
      return plain(negateType(expression, env, typer));
    case "Binary":
      return expression.operator === "and" || expression.operator === "or"
        ? inferChain(expression, env, typer)
        : inferBinary(expression, env, typer);
    case "Match":
      return inferMatch(expression, env, typer);
    case "TracedTo":
      return inferTraced(expression, env, typer);
    case "If":
      return inferIf(expression, env, typer, expected);
    case "Quantified":
      return inferQuantified(expression, env, typer);
    case "Tally":
      return plain(tallyType(expression, env, typer));
  }
}

/** Types a condition, or a part of one; whatever else it is, is reported. */
export function inferCondition(expression: Expression, env: Env, typer: Typer): Found {
  const found = typer.infer(expression, env, "bool");
  if (found.type === undefined || found.type === "bool") return found;
  report(
    typer,
    "check/type-mismatch",
    expression.span,
    `a condition is wanted here, and this is ${aType(found.type)}`,
  );
  return { ...found, type: undefined };
}

function inferNot(not: Of<"Not">, env: Env, typer: Typer): Found {
  const { type, ifTrue, ifFalse } = inferCondition(not.operand, env, typer);
  return { type, ifTrue: ifFalse, ifFalse: ifTrue };
}

function negateType(negate: Of<"Negate">, env: Env, typer: Typer): TypeIr | undefined {
  const { type } = typer.infer(negate.operand, env);
  if (type === undefined || isNumber(type) || type === "duration") return type;
  return report(
    typer,
    "check/type-mismatch",
    negate.span,
    `\`-\` takes a number or a duration, not ${aType(type)}`,
  );
}

/**
 * A chain of `and` or of `or`. What each operand shows to be there is known to those after it. This mirrors strong Kleene:
 * where something known by `ifTrue` is absent the operand is false and not unknown, so that nothing absent is ever read.
 */
function inferChain(chain: Of<"Binary">, env: Env, typer: Typer): Found {
  const isAnd = chain.operator === "and";
  let gathered = nothing;
  let shared: Found["ifTrue"] | undefined;
  let whole = true;
  for (const operand of operandsOf(chain)) {
    const found = inferCondition(operand, knowing(env, gathered), typer);
    if (found.type === undefined) whole = false;
    gathered = union(gathered, isAnd ? found.ifTrue : found.ifFalse);
    const other = isAnd ? found.ifFalse : found.ifTrue;
    shared = shared === undefined ? other : intersection(shared, other);
  }
  const [ifTrue, ifFalse] = isAnd ? [gathered, shared ?? nothing] : [shared ?? nothing, gathered];
  return { type: whole ? "bool" : undefined, ifTrue, ifFalse };
}

function inferIf(choice: Of<"If">, env: Env, typer: Typer, expected: TypeIr | undefined): Found {
  const condition = inferCondition(choice.condition, env, typer);
  const inThen = knowing(env, condition.ifTrue);
  const inElse = knowing(env, condition.ifFalse);
  const elseFirst = expected === undefined && takesItsType(choice.then) && !takesItsType(choice.else);
  const early = elseFirst ? typer.infer(choice.else, inElse, expected) : undefined;
  const then = typer.infer(choice.then, inThen, expected ?? early?.type);
  const otherwise = early ?? typer.infer(choice.else, inElse, expected ?? then.type);
  const presence = {
    ifTrue: intersection(union(condition.ifTrue, then.ifTrue), union(condition.ifFalse, otherwise.ifTrue)),
    ifFalse: intersection(union(condition.ifTrue, then.ifFalse), union(condition.ifFalse, otherwise.ifFalse)),
  };
  if (condition.type === undefined || then.type === undefined || otherwise.type === undefined)
    return { type: undefined, ...presence };
  const type = join(then.type, otherwise.type);
  if (type === undefined)
    report(
      typer,
      "check/type-mismatch",
      choice.span,
      `\`then\` gives ${aType(then.type)}, and \`else\` ${aType(otherwise.type)}`,
    );
  return { type, ...presence };
}

function listType(
  list: Of<"List">,
  env: Env,
  typer: Typer,
  expected: TypeIr | undefined,
): TypeIr | undefined {
  const wanted = expected !== undefined && isList(expected) ? expected.list : undefined;
  // What an empty list holds is told by its place alone.
  if (list.elements.length === 0) return wanted && { list: wanted };
  const types = agreeing(list.elements, wanted, env, typer);
  if (types === undefined) return undefined;
  const element = joinAll(list.elements, types, typer, "a list holds");
  return element && { list: element };
}

/** Types expressions that are to be of one type; those that take theirs from others come last. Nothing if one is broken. */
function agreeing(
  all: readonly Expression[],
  wanted: TypeIr | undefined,
  env: Env,
  typer: Typer,
  infer = typer.infer,
): TypeIr[] | undefined {
  const types = new Map<Expression, TypeIr | undefined>();
  for (const expression of all)
    if (!takesItsType(expression)) types.set(expression, infer(expression, env, wanted).type);
  const taken = wanted ?? [...types.values()].find((type) => type !== undefined);
  for (const expression of all)
    if (takesItsType(expression)) types.set(expression, infer(expression, env, taken).type);
  const found = all.map((expression) => types.get(expression)).filter((type) => type !== undefined);
  return found.length === all.length ? found : undefined;
}

function joinAll(
  all: readonly Expression[],
  types: readonly TypeIr[],
  typer: Typer,
  what: string,
): TypeIr | undefined {
  let joined = types[0];
  for (const [index, type] of types.entries()) {
    if (joined === undefined) return undefined;
    const next = join(joined, type);
    const expression = all[index];
    if (next === undefined && expression !== undefined)
      return report(
        typer,
        "check/type-mismatch",
        expression.span,
        `${what} ${aType(joined)} and ${aType(type)}`,
        {
          help: "all must be of one type",
        },
      );
    joined = next;
  }
  return joined;
}

function inferQuantified(quantified: Of<"Quantified">, env: Env, typer: Typer): Found {
  const inside = binding(quantified, env, typer);
  const body = inferCondition(quantified.body, inside, typer);
  // What the body shows is not passed on: over an unknown list nothing of it need be true.
  return plain(inside.locals.get(quantified.variable.text)?.type && body.type);
}

function tallyType(tally: Of<"Tally">, env: Env, typer: Typer): TypeIr | undefined {
  const inside = binding(tally, env, typer);
  const bound = inside.locals.get(tally.variable.text)?.type;
  if (tally.tally === "count") {
    const body = inferCondition(tally.body, inside, typer);
    return body.type && bound && "int";
  }
  const { type } = typer.infer(tally.body, inside);
  if (type === undefined || isNumber(type) || type === "duration") return bound && type;
  return report(
    typer,
    "check/type-mismatch",
    tally.body.span,
    `\`sum\` adds numbers or durations, not ${aType(type)}`,
  );
}

/** The place of a body, where the variable is bound to the elements of the lists. */
function binding(over: Of<"Quantified"> | Of<"Tally">, env: Env, typer: Typer): Env {
  const type = elementType(over.lists, env, typer);
  const definition = variableDefinition(over.variable, type);
  typer.mention(over.variable.span, () => [definition]);
  const locals = new Map(env.locals).set(over.variable.text, { id: typer.nextLocal(), definition, type });
  return { ...env, locals };
}

function elementType(lists: readonly Expression[], env: Env, typer: Typer): TypeIr | undefined {
  const types = agreeing(lists, undefined, env, typer, (list, place, expected) =>
    listOf(list, place, typer, expected),
  );
  if (types === undefined) return undefined;
  const joined = joinAll(lists, types, typer, "these lists are");
  return joined !== undefined && isList(joined) ? joined.list : undefined;
}

/** An absent optional list is empty here (language.md, *Expressions*), so that it needs no guard. */
function listOf(list: Expression, env: Env, typer: Typer, expected: TypeIr | undefined): Found {
  const found =
    list.kind === "Reference" ? inferReference(list, env, typer, "list") : typer.infer(list, env, expected);
  if (found.type === undefined) return found;
  typer.types.set(list, found.type);
  if (isList(found.type)) return found;
  report(typer, "check/type-mismatch", list.span, `a list is wanted here, and this is ${aType(found.type)}`);
  return unknownFound;
}

/** `calls(…)`: a parameter's value picks the earlier actions that are counted. */
function callsType(calls: Of<"Calls">, env: Env, typer: Typer): TypeIr | undefined {
  const tools = coveredTools(calls.tools, typer);
  let whole = tools.known;
  for (const { name, value } of calls.args) {
    const param = callsParam(name.text, name.span, tools, typer);
    const { type } = typer.infer(value, env, param);
    if (param === undefined || type === undefined) whole = false;
    else if (!isScalar(param)) {
      whole = false;
      report(
        typer,
        "check/not-comparable",
        name.span,
        `\`calls\` compares scalars, and \`${name.text}\` is ${aType(param)}`,
      );
    } else if (!fits(type, param)) {
      whole = false;
      report(
        typer,
        "check/type-mismatch",
        value.span,
        `\`${name.text}\` is ${aType(param)}, not ${aType(type)}`,
      );
    }
  }
  return whole ? "int" : undefined;
}

type Covered = ReturnType<typeof coveredTools>;

function callsParam(
  name: string,
  span: Expression["span"],
  { tools, known }: Covered,
  typer: Typer,
): TypeIr | undefined {
  typer.mention(span, () => tools.flatMap((tool) => parameterDefinition(tool, name) ?? []));
  const types = tools.map((tool) => tool.params.find((param) => param.name === name)?.type);
  const lacking = tools[types.indexOf(undefined)];
  if (lacking !== undefined) {
    const names = lacking.params.map((param) => param.name);
    return unknownName(
      typer,
      `parameter of \`${lacking.name}\``.replaceAll("`", ""),
      name,
      span,
      names,
      "`calls` names parameters of the tools it counts",
    );
  }
  const [first, ...others] = types;
  if (first === undefined) return known ? unknownName(typer, "parameter", name, span, []) : undefined;
  const other = others.find((type) => type !== undefined && !sameType(type, first));
  if (other === undefined) return first;
  return report(
    typer,
    "check/type-mismatch",
    span,
    `\`${name}\` is ${aType(first)} of one tool, and ${aType(other)} of another`,
  );
}
