import type { Expression, Reference } from "../../../../syntax/ast.js";
import type { CheckContext } from "../../../program.js";
import { operandsOf } from "../../../chains.js";
import { isEmpty, numberOf, type Range, rangeOf } from "./ranges.js";

/** What a node says, without where: equal for two that say the same in the same words. */
export const shapeOf = (node: unknown): string =>
  isPath(node)
    ? [node.root, node.name.text, ...node.fields.map((field) => field.text)].join("\n")
    : JSON.stringify(node, (key, value: unknown) => (key === "span" ? undefined : value));

/** A name and its fields: most of what is asked for, and no name has a line in it. */
function isPath(node: unknown): node is Reference {
  const { kind, args } = (node ?? {}) as Partial<Reference>;
  return kind === "Reference" && args === undefined;
}

/** The operands of `and` (or of `or`) at the top of a condition; the condition itself where there is no such chain. */
export const partsOf = (condition: Expression, operator: "and" | "or"): readonly Expression[] =>
  condition.kind === "Binary" && condition.operator === operator ? operandsOf(condition) : [condition];

/**
 * What is certain of a condition from its text alone, whatever is proposed and whatever is known: that it is true, that it is
 * false, or that it is `never` true, though it may be unknown. Undefined where nothing is certain.
 */
export type Certain = "true" | "false" | "never" | undefined;

/** Several rules ask it of the same conditions. */
const certain = new WeakMap<CheckContext, Map<Expression, Certain>>();

export function certainOf(condition: Expression, context: CheckContext): Certain {
  const known = certain.get(context) ?? new Map<Expression, Certain>();
  certain.set(context, known);
  if (known.has(condition)) return known.get(condition);
  const found = findCertain(condition, context);
  known.set(condition, found);
  return found;
}

function findCertain(condition: Expression, context: CheckContext): Certain {
  if (condition.kind === "Bool") return condition.value ? "true" : "false";
  if (condition.kind === "Not") return negated(certainOf(condition.operand, context));
  if (condition.kind !== "Binary") return undefined;
  const { operator, left, right } = condition;
  if (operator === "and") {
    const parts = partsOf(condition, "and");
    const all = parts.map((part) => certainOf(part, context));
    if (all.includes("false")) return "false";
    if (all.includes("never") || contradict(parts, context)) return "never";
    return all.every((one) => one === "true") ? "true" : undefined;
  }
  if (operator === "or") {
    const all = partsOf(condition, "or").map((part) => certainOf(part, context));
    if (all.includes("true")) return "true";
    if (all.every((one) => one === "false")) return "false";
    return all.every((one) => one === "false" || one === "never") ? "never" : undefined;
  }
  if (operator === "in" && right.kind === "List" && right.elements.length === 0) return "false";
  return comparison(operator, left, right);
}

const negated = (value: Certain): Certain =>
  value === "true" ? "false" : value === "false" ? "true" : undefined;

/** A comparison of two numbers that are written out, of a size with a number below 0, or of a thing with itself. */
function comparison(operator: string, left: Expression, right: Expression): Certain {
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a !== undefined && b !== undefined) return truth(compare(operator, a, b));
  if (b !== undefined && isSize(left)) return sizeAgainst(operator, b);
  if (left.kind !== right.kind || shapeOf(left) !== shapeOf(right)) return undefined;
  if (["!=", "<", ">"].includes(operator)) return isArgument(left) ? "false" : "never";
  return ["==", "<=", ">="].includes(operator) && isArgument(left) ? "true" : undefined;
}

const truth = (value: boolean | undefined): Certain =>
  value === undefined ? undefined : value ? "true" : "false";

function compare(operator: string, a: number, b: number): boolean | undefined {
  switch (operator) {
    case "==":
      return a === b;
    case "!=":
      return a !== b;
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    case ">=":
      return a >= b;
    default:
      return undefined;
  }
}

/** `count(x)` and `length(x)` of an argument, which are known and never below zero. */
const isSize = (expression: Expression): boolean =>
  expression.kind === "Reference" &&
  expression.args !== undefined &&
  ["count", "length"].includes(expression.name.text) &&
  expression.args.every(isArgument);

function sizeAgainst(operator: string, bound: number): Certain {
  if (operator === ">=" && bound <= 0) return "true";
  if (operator === ">" && bound < 0) return "true";
  if (operator === "<" && bound <= 0) return "false";
  if ((operator === "<=" || operator === "==") && bound < 0) return "false";
  return undefined;
}

/** An argument of the tool, which is always known. */
export const isArgument = (expression: Expression): boolean =>
  expression.kind === "Reference" && expression.root === "name" && expression.args === undefined;

/** Whether parts that `and` joins cannot all be true. */
function contradict(parts: readonly Expression[], context: CheckContext): boolean {
  if (deniedOf(parts) !== undefined) return true;
  const ranges = new Map<string, Range[]>();
  for (const part of parts) {
    const range = rangeOf(part, context);
    if (range === undefined) continue;
    const key = shapeOf(range.subject);
    const others = ranges.get(key);
    if (others === undefined) ranges.set(key, [range]);
    else others.push(range);
  }
  return [...ranges.values()].some(isEmpty);
}

/** The first part that is the negation of another one. */
export function deniedOf(parts: readonly Expression[]): Extract<Expression, { kind: "Not" }> | undefined {
  const negations = parts.filter((part) => part.kind === "Not");
  if (negations.length === 0) return undefined;
  const said = new Set(parts.map(shapeOf));
  return negations.find(({ operand }) => said.has(shapeOf(operand)));
}

/** Whether the statement's condition, if it has one, is certainly true. */
export const isUnconditional = (when: Expression | undefined, context: CheckContext): boolean =>
  when === undefined || certainOf(when, context) === "true";

/** The parts of a condition that, being true, help to make it true; none beneath `not`. What stands under `or` is among them. */
export function* opening(condition: Expression): Generator<Expression> {
  if (condition.kind === "Binary" && (condition.operator === "and" || condition.operator === "or")) {
    for (const part of operandsOf(condition)) yield* opening(part);
  } else if (condition.kind === "Quantified" && condition.quantifier !== "no") {
    yield* opening(condition.body);
  } else yield condition;
}
