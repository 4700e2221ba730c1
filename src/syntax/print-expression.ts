import type { BinaryOperator, CallsExpression, Expression, NamedArgument, Reference } from "./ast.js";
import { duration, name, number, string, toolPattern } from "./print-literal.js";

/** How tightly an expression binds, loosest first. */
const level = { open: 0, or: 1, and: 2, not: 3, compare: 4, add: 5, mul: 6, unary: 7, primary: 8 } as const;

const operatorLevels: Readonly<Record<BinaryOperator, number>> = {
  or: level.or,
  and: level.and,
  "==": level.compare,
  "!=": level.compare,
  "<": level.compare,
  "<=": level.compare,
  ">": level.compare,
  ">=": level.compare,
  in: level.compare,
  "not in": level.compare,
  within: level.compare,
  "+": level.add,
  "-": level.add,
  "*": level.mul,
  "/": level.mul,
};

/** An expression as text, with the parentheses it needs and no others. */
export function printExpression(expression: Expression): string {
  return print(expression, level.open, true);
}

/**
 * Prints at a place that asks for at least `least`. At the `tail` of an expression an open one (`if`, `every`, …) stands
 * without parentheses: nothing follows that it could take in.
 */
function print(expression: Expression, least: number, tail: boolean): string {
  const binds = levelOf(expression) >= least;
  // Printed once only: twice at every level would be without end where parentheses nest.
  if (binds || (tail && isOpen(expression) && least <= level.not)) return bare(expression, tail && binds);
  return `(${bare(expression, true)})`;
}

function isOpen(expression: Expression): boolean {
  return expression.kind === "If" || expression.kind === "Quantified";
}

function levelOf(expression: Expression): number {
  switch (expression.kind) {
    case "If":
    case "Quantified":
    case "Tally":
      return level.open;
    case "Binary":
      return operatorLevels[expression.operator];
    case "Not":
      return level.not;
    case "Match":
    case "TracedTo":
      return level.compare;
    case "Negate":
    case "Has":
      return level.unary;
    default:
      return level.primary;
  }
}

function bare(expression: Expression, tail: boolean): string {
  switch (expression.kind) {
    case "Number":
      return number(expression.value, expression.decimal);
    case "Duration":
      return duration(expression.milliseconds);
    case "String":
      return string(expression.value);
    case "Bool":
      return String(expression.value);
    case "Now":
      return "now";
    case "List":
      return `[${expression.elements.map(printExpression).join(", ")}]`;
    case "Reference":
      return reference(expression);
    case "Calls":
      return calls(expression);
    case "Invalid":
      return "false";
    default:
      return compound(expression, tail);
  }
}

type Compound = Extract<
  Expression,
  { kind: "Has" | "Not" | "Negate" | "Binary" | "Match" | "TracedTo" | "If" | "Quantified" | "Tally" }
>;

function compound(expression: Compound, tail: boolean): string {
  switch (expression.kind) {
    case "Has":
      return `has ${reference(expression.of)}`;
    case "Not":
      return `not ${print(expression.operand, level.not, false)}`;
    case "Negate":
      return negate(print(expression.operand, level.unary, false));
    case "Binary":
      return binary(expression, tail);
    case "Match":
      return `${print(expression.operand, level.add, false)} ${expression.operator} ${string(expression.pattern.value)}`;
    case "TracedTo":
      return `${print(expression.operand, level.add, false)} traced to ${sources(expression.sources.map((source) => source.text))}`;
    case "If":
      return `if ${printExpression(expression.condition)} then ${printExpression(expression.then)} else ${printExpression(expression.else)}`;
    case "Quantified":
      return `${expression.quantifier} ${over(expression)}`;
    case "Tally":
      return `${expression.tally} ${over(expression)}`;
  }
}

// `--x` would be read well, and looked at twice.
function negate(operand: string): string {
  return operand.startsWith("-") ? `- ${operand}` : `-${operand}`;
}

function binary(expression: Extract<Expression, { kind: "Binary" }>, tail: boolean): string {
  const { operator, left, right } = expression;
  const own = operatorLevels[operator];
  const logic = own === level.and || own === level.or;
  // Chains are read from the left; comparisons are no chains at all.
  const leftLeast = own === level.compare ? level.add : own;
  const rightLeast = own === level.compare ? level.add : own + 1;
  return `${print(left, leftLeast, false)} ${operator} ${print(right, rightLeast, logic && tail)}`;
}

function sources(names: readonly string[]): string {
  const [only] = names;
  return names.length === 1 && only !== undefined
    ? name(only)
    : `[${names.map((each) => name(each)).join(", ")}]`;
}

function over(expression: Extract<Expression, { kind: "Quantified" | "Tally" }>): string {
  const lists = expression.lists.map((list) => print(list, level.primary, false)).join(", ");
  return `${name(expression.variable.text)} in ${lists}: ${printExpression(expression.body)}`;
}

function reference(expression: Reference): string {
  const written = name(expression.name.text, expression.root === "name" && isNullish(expression));
  const root = expression.root === "name" ? written : `${expression.root}.${written}`;
  const args = expression.args === undefined ? "" : `(${expression.args.map(printExpression).join(", ")})`;
  return `${root}${args}${expression.fields.map((field) => `.${name(field.text)}`).join("")}`;
}

function isNullish({ name: written, args }: Reference): boolean {
  return written.text === "null" && args === undefined;
}

function calls(expression: CallsExpression): string {
  const window = expression.window === undefined ? [] : [duration(expression.window.milliseconds)];
  const tools = expression.tools.map((tool) => toolPattern(tool.pattern));
  return `calls(${[...tools, ...window, ...expression.args.map(printNamed)].join(", ")})`;
}

export function printNamed(argument: NamedArgument): string {
  return `${name(argument.name.text)}: ${printExpression(argument.value)}`;
}
