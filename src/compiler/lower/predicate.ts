import { compareText } from "../../ir/order.js";
import type { Predicate, TracedForm } from "../../ir/predicate.js";
import type { TypeIr } from "../../ir/type.js";
import { normalise } from "../../ir/value.js";
import type { Expression, Reference } from "../../syntax/ast.js";
import { operandsOf } from "../chains.js";
import { functions } from "../check/typing/functions.js";
import type { Typing } from "../program.js";
import { isEnum, isList, isRecord } from "../types.js";
import { sortedNames } from "./order.js";

/** Where an expression stands, as far as its predicate depends on it. */
export interface Place {
  readonly types: Typing["types"];
  readonly zone: string;
  /** Whether `result` is what the action returned. */
  readonly undo: boolean;
  /** Bound variables; true where they are elements of what a fact says. */
  readonly locals: ReadonlyMap<string, boolean>;
  /** What each rule that is no literal was written as; filled while lowering. */
  readonly origins: Map<object, Expression>;
}

type Of<K extends Expression["kind"]> = Extract<Expression, { kind: K }>;

/** An expression as a predicate of the IR's closed set of operators (`ir/predicate.ts`). */
export function lowerExpression(expression: Expression, place: Place): Predicate {
  const rule = lowered(expression, place);
  if (typeof rule === "object") place.origins.set(rule, expression);
  return rule;
}

function lowered(expression: Expression, place: Place): Predicate {
  const lower = (one: Expression): Predicate => lowerExpression(one, place);
  switch (expression.kind) {
    case "Number":
    case "Bool":
      return expression.value;
    case "Duration":
      return expression.milliseconds;
    case "String":
      return stringValue(expression, place);
    case "Now":
      return { val: ["now"] };
    case "List":
      return expression.elements.map(lower);
    case "Reference":
      return lowerReference(expression, place);
    case "Has":
      return { has: [lowerReference(expression.of, place)] };
    case "Calls":
      return lowerCalls(expression, place);
    case "Not":
      return { "!": [lower(expression.operand)] };
    case "Negate":
      return negated(lower(expression.operand));
    case "Binary":
      return lowerBinary(expression, place);
    case "Match":
      return { [expression.operator]: [lower(expression.operand), expression.pattern.value] };
    case "TracedTo":
      return lowerTraced(expression, place);
    case "If":
      return { if: [lower(expression.condition), lower(expression.then), lower(expression.else)] };
    case "Quantified":
      return lowerQuantified(expression, place);
    case "Tally":
      return { [expression.tally === "count" ? "tally" : "total"]: over(expression, place) };
    case "Invalid":
      // A policy with a broken part has an error, and is not lowered.
      return false;
  }
}

/** A string in the normal form of the type its place gave it. */
function stringValue(expression: Of<"String">, { types, zone }: Place): Predicate {
  const result = normalise(types.get(expression) ?? "string", expression.value, zone);
  return result.ok && (typeof result.value === "string" || typeof result.value === "number")
    ? result.value
    : expression.value;
}

function negated(operand: Predicate): Predicate {
  if (typeof operand !== "number") return { "-": [operand] };
  return operand === 0 ? 0 : -operand;
}

function lowerReference(reference: Reference, place: Place): Predicate {
  const { root, name, args, fields } = reference;
  const path = fields.map((field) => field.text);
  if (args !== undefined) return lowerCall(name.text, args, place);
  if (root !== "name") return { val: [root, name.text, ...path] };
  if (place.locals.has(name.text)) return { val: ["local", name.text, ...path] };
  if (place.undo && name.text === "result" && path.length > 0) return { val: ["result", ...path] };
  return { val: ["arg", name.text, ...path] };
}

/** Functions win over facts, as they do when a call is typed. */
function lowerCall(name: string, args: readonly Expression[], place: Place): Predicate {
  const operands = args.map((arg) => lowerExpression(arg, place));
  if (!functions.has(name)) return { fact: [name, ...operands] };
  return { [name]: name === "hour" || name === "weekday" ? [...operands, place.zone] : operands };
}

const operators: { readonly [operator: string]: string } = { "==": "===", "!=": "!==" };

function lowerBinary(binary: Of<"Binary">, place: Place): Predicate {
  const { operator, left, right } = binary;
  if (operator === "and" || operator === "or")
    return { [operator]: operandsOf(binary).map((operand) => lowerExpression(operand, place)) };
  const operands = [lowerExpression(left, place), lowerExpression(right, place)];
  if (operator === "not in") return { "!": [{ in: operands }] };
  if (operator === "within")
    return { within: [...operands, place.types.get(left) === "url" ? "url" : "path"] };
  return { [operators[operator] ?? operator]: operands };
}

function lowerQuantified(quantified: Of<"Quantified">, place: Place): Predicate {
  const operands = over(quantified, place);
  if (quantified.quantifier === "no") return { "!": [{ some: operands }] };
  return { [quantified.quantifier]: operands };
}

function over({ variable, lists, body }: Of<"Quantified"> | Of<"Tally">, place: Place): Predicate[] {
  const ofFact = lists.some((list) => isFactValue(list, place));
  const inside = { ...place, locals: new Map(place.locals).set(variable.text, ofFact) };
  return [variable.text, lists.map((list) => lowerExpression(list, place)), lowerExpression(body, inside)];
}

function lowerCalls(calls: Of<"Calls">, place: Place): Predicate {
  const tools = sortedNames(calls.tools.map((tool) => tool.pattern));
  const args = calls.args
    .map(({ name, value }): [string, Predicate] => [name.text, lowerExpression(value, place)])
    .sort(([a], [b]) => compareText(a, b));
  return { calls: [tools, calls.window?.milliseconds ?? null, ...args] };
}

function lowerTraced(traced: Of<"TracedTo">, place: Place): Predicate {
  const { operand } = traced;
  const sources = sortedNames(traced.sources.map((source) => source.text));
  const of = isFactValue(operand, place) ? "fact" : "value";
  const value = lowerExpression(operand, place);
  const leaves = tracedLeaves(value, place.types.get(operand), { sources, of, depth: 0 });
  // One part of its condition, as it is one text.
  return "and" in leaves ? { and: [leaves] } : leaves;
}

interface Tracing {
  readonly sources: readonly string[];
  readonly of: "value" | "fact";
  /** How many variables are bound by it. */
  readonly depth: number;
}

/**
 * A record is traced field by field, so that each leaf is looked for as its type is (semantics.md, *Tracing*: paths as
 * normalised, urls as WHATWG does); what is left out is not traced.
 */
function tracedLeaves(
  value: Predicate,
  type: TypeIr | undefined,
  tracing: Tracing,
): { [operator: string]: Predicate } {
  const { sources, of, depth } = tracing;
  if (type !== undefined && isList(type) && holdsRecord(type.list)) {
    // No name of a policy has a backquote in it.
    const element = `\`${depth}`;
    const body = tracedLeaves({ val: ["local", element] }, type.list, { ...tracing, depth: depth + 1 });
    return { every: [element, [value], body] };
  }
  const path = pathOf(value);
  if (type === undefined || !isRecord(type) || type.record.length === 0 || path === undefined)
    return { traced: [value, [...sources], tracedForm(type), of] };
  return {
    and: type.record.map((field): Predicate => {
      const read = { val: [...path, field.name] };
      const said = tracedLeaves(read, field.type, tracing);
      return field.optional ? { or: [{ "!": [{ has: [read] }] }, said] } : said;
    }),
  };
}

const holdsRecord = (type: TypeIr): boolean => isRecord(type) || (isList(type) && holdsRecord(type.list));

/** The path that a predicate reads, if it is nothing else. */
function pathOf(value: Predicate): string[] | undefined {
  const path = typeof value === "object" && !Array.isArray(value) ? value.val : undefined;
  return Array.isArray(path) ? (path as string[]) : undefined;
}

/** Whether an expression is what a fact says: a fact, or an element of its list (semantics.md, *Tracing*). */
function isFactValue(expression: Expression, { locals }: Place): boolean {
  if (expression.kind !== "Reference" || expression.root !== "name") return false;
  if (expression.args !== undefined) return !functions.has(expression.name.text);
  return locals.get(expression.name.text) ?? false;
}

const forms: ReadonlyMap<TypeIr, TracedForm> = new Map<TypeIr, TracedForm>([
  ["string", "text"],
  ["int", "number"],
  ["decimal", "number"],
  ["path", "path"],
  ["url", "url"],
  ["email", "email"],
  ["time", "time"],
]);

function tracedForm(type: TypeIr | undefined): TracedForm {
  if (type === undefined) return "any";
  if (isList(type)) return tracedForm(type.list);
  return isEnum(type) ? "text" : (forms.get(type) ?? "any");
}
