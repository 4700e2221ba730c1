import type { Json } from "../../../ir/json.js";
import type { TypeIr } from "../../../ir/type.js";
import { formatDuration, type Normalised, normalise } from "../../../ir/value.js";
import { didYouMean } from "../../../diagnostics/did-you-mean.js";
import type { ColumnLiteral, Expression, Literal } from "../../../syntax/ast.js";
import { showType } from "../../../ir/type.js";
import { aType, broken, isEnum, isList, isRecord } from "../../types.js";
import { type Details, type Env, report, type Work } from "./env.js";

/** Types that a string literal can take (language.md, *Types and values*). */
const takenByStrings: readonly TypeIr[] = ["string", "path", "url", "email", "time"];

export const stringTakes = (type: TypeIr): boolean => takenByStrings.includes(type) || isEnum(type);

/** Types a string literal: it takes the type its place asks for, and is checked there. */
export function stringType(
  literal: Extract<Expression, { kind: "String" }>,
  expected: TypeIr | undefined,
  env: Env,
  work: Work,
): TypeIr | undefined {
  if (expected === undefined || expected === broken || !stringTakes(expected)) return "string";
  const result = normalise(expected, literal.value, env.zone);
  if (result.ok) return expected;
  return report(
    work,
    "check/bad-literal",
    literal.span,
    messageOf(literal.value, expected, result),
    helpOf(literal.value, expected),
  );
}

/** Whether a string literal decides the type of an expression, so that the other side must be typed first. */
export function takesItsType(expression: Expression): boolean {
  switch (expression.kind) {
    case "String":
      return true;
    case "List":
      return expression.elements.every(takesItsType);
    case "If":
      return takesItsType(expression.then) && takesItsType(expression.else);
    default:
      return false;
  }
}

/** A literal as the JSON it stands for: durations as they are written. */
export function literalJson(literal: Literal): Json {
  switch (literal.kind) {
    case "DurationLiteral":
      return literal.milliseconds < 0
        ? `-${formatDuration(-literal.milliseconds)}`
        : formatDuration(literal.milliseconds);
    case "ListLiteral":
      return literal.elements.map(literalJson);
    case "RecordLiteral": {
      const record = Object.create(null) as { [name: string]: Json };
      for (const { name, value } of literal.fields) record[name.text] = literalJson(value);
      return record;
    }
    // Told where it stands, and never lowered.
    case "ColumnLiteral":
      return null;
    default:
      return literal.value;
  }
}

/** The names that stand in it in the place of values; in an expanded test, those for which there was no cell. */
export function columnsIn(literal: Literal): ColumnLiteral[] {
  switch (literal.kind) {
    case "ColumnLiteral":
      return [literal];
    case "ListLiteral":
      return literal.elements.flatMap(columnsIn);
    case "RecordLiteral":
      return literal.fields.flatMap(({ value }) => columnsIn(value));
    default:
      return [];
  }
}

/** A literal in the internal form of a type; a problem where it is of another. */
export function literalValue(literal: Literal, type: TypeIr, zone: string): Normalised {
  const mismatch = kindProblem(literal, type);
  return mismatch === undefined
    ? normalise(type, literalJson(literal), zone)
    : { ok: false, problem: mismatch };
}

/** A duration is written `4h` and nothing else is; only JSON could not tell it from a string. */
function kindProblem(literal: Literal, type: TypeIr): string | undefined {
  const isDuration = literal.kind === "DurationLiteral";
  if (isDuration && type !== "duration" && type !== "json") return "is a duration";
  if (!isDuration && type === "duration")
    return "is not a duration such as `90d`, `4h`, `30m`, `10s` or `250ms`";
  if (literal.kind === "NumberLiteral" && literal.decimal && type === "int")
    return "is a decimal, not an int";
  return undefined;
}

/** Reports a literal that is no value of the type its place asks for, at the innermost part that is not. */
export function checkLiteral(literal: Literal, type: TypeIr, zone: string, work: Work): void {
  if (type === broken || columnsIn(literal).length > 0) return;
  if (literal.kind === "ListLiteral" && isList(type)) {
    for (const element of literal.elements) checkLiteral(element, type.list, zone, work);
    return;
  }
  if (literal.kind === "RecordLiteral" && isRecord(type) && sameNames(literal, type)) {
    for (const { name, value } of literal.fields) {
      const field = type.record.find((candidate) => candidate.name === name.text);
      if (field !== undefined) checkLiteral(value, field.type, zone, work);
    }
    return;
  }
  const result = literalValue(literal, type, zone);
  if (result.ok) return;
  const shown =
    literal.kind === "ListLiteral" || literal.kind === "RecordLiteral" ? undefined : literalJson(literal);
  report(work, "check/bad-literal", literal.span, messageOf(shown, type, result), helpOf(shown, type));
}

function sameNames(
  literal: Extract<Literal, { kind: "RecordLiteral" }>,
  type: Extract<TypeIr, { record: unknown }>,
): boolean {
  const written = new Set(literal.fields.map(({ name }) => name.text));
  const known = new Set(type.record.map(({ name }) => name));
  return (
    [...written].every((name) => known.has(name)) &&
    type.record.every((f) => f.optional || written.has(f.name))
  );
}

function messageOf(value: unknown, type: TypeIr, result: { readonly problem: string }): string {
  if (value === undefined) return `this value ${result.problem}, so it is no ${showType(type)}`;
  if (isEnum(type)) return `\`${String(value)}\` is not a member of ${showType(type)}`;
  return `\`${String(value)}\` ${result.problem}`;
}

function helpOf(value: unknown, type: TypeIr): Details {
  if (!isEnum(type) || typeof value !== "string") return { help: `write ${aType(type)} here` };
  const meant = didYouMean(value, type.enum);
  return meant === undefined ? { help: "write one of its members" } : { help: `did you mean \`${meant}\`?` };
}
