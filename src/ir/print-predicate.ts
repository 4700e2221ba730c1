import type { Predicate } from "./predicate.js";
import { literalText, nameText, stringText, toolText } from "./print-names.js";
import {
  commonType,
  elementOf,
  type NamesOfTypes,
  readingsOf,
  toKind,
  toType,
  typeOfRule,
  withLocal,
} from "./print-types.js";
import { operationOf } from "./sub-rules.js";
import type { TypeIr } from "./type.js";
import { formatDuration } from "./value.js";

/** How tightly an expression holds together (grammar.ebnf, *expr*), the loosest first. */
const levels = { open: 0, or: 1, and: 2, not: 3, compare: 4, add: 5, mul: 6, unary: 7, primary: 8 } as const;
type Level = keyof typeof levels;

/** Thrown inside for what the language has no text of. */
class Unwritable extends Error {}

/**
 * A predicate in the language's syntax, on one line: compiled in its place it gives the same predicate, but for `and` within `and` (and
 * `or` within `or`), which is written as one chain. Undefined for what no policy can say: variables that the compiler made, and values
 * without a literal. `names` are those that its statement can read.
 */
export function printPredicate(predicate: Predicate, names: NamesOfTypes): string | undefined {
  try {
    return print(predicate, names, "open", "bool");
  } catch (error) {
    if (error instanceof Unwritable) return undefined;
    throw error;
  }
}

/** The text for a place that wants at least a level, and a type where it asks for one. */
function print(rule: Predicate, names: NamesOfTypes, wanted: Level, expected?: TypeIr): string {
  const [level, text] = written(rule, names, expected);
  return levels[level] >= levels[wanted] ? text : `(${text})`;
}

type Text = readonly [Level, string];

function written(rule: Predicate, names: NamesOfTypes, expected: TypeIr | undefined): Text {
  if (typeof rule !== "object") {
    const text = or(literalText(rule, expected));
    return [text.startsWith("-") ? "unary" : "primary", text];
  }
  const [operator, operands] = operationOf(rule);
  return operation(operator, operands as readonly Predicate[], names, expected);
}

function or(text: string | undefined): string {
  if (text === undefined) throw new Unwritable();
  return text;
}

const symbols: Readonly<Record<string, string>> = {
  "===": "==",
  "!==": "!=",
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
};

function operation(
  operator: string,
  operands: readonly Predicate[],
  names: NamesOfTypes,
  expected: TypeIr | undefined,
): Text {
  const [first, second, third] = operands as readonly [Predicate, Predicate, Predicate];
  const symbol = symbols[operator];
  if (symbol !== undefined) return compared(symbol, first, second, names);
  switch (operator) {
    case "list":
      return [
        "primary",
        `[${operands.map((one) => print(one, names, "open", elementOf(expected))).join(", ")}]`,
      ];
    case "val":
      return ["primary", pathText(operands as readonly string[])];
    case "and":
    case "or":
      return chain(operator, operands, names);
    case "!":
      return negated(first, names);
    case "if":
      return [
        "open",
        `if ${print(first, names, "open", "bool")} then ${branch(second, operands, names, expected)} else ${branch(third, operands, names, expected)}`,
      ];
    case "in":
      return membership("in", first, second, names);
    case "within":
      return ["compare", sides("within", first, second, names, (third as unknown as TypeIr) ?? "path")];
    case "like":
    case "matches":
      return ["compare", `${print(first, names, "add")} ${operator} ${stringText(second as string)}`];
    case "traced":
      return ["compare", tracedText(first, second as unknown as readonly string[], names)];
    case "has":
      return ["unary", `has ${print(first, names, "primary")}`];
    case "every":
    case "some":
      return ["open", overText(operator, operands, names)];
    case "tally":
    case "total":
      return ["open", overText(operator === "tally" ? "count" : "sum", operands, names, expected)];
    case "fact":
      return ["primary", factText(first as string, operands.slice(1), names)];
    case "calls":
      return ["primary", callsText(operands, names)];
    case "+":
    case "-":
    case "*":
    case "/":
      return arithmetic(operator, operands, names, expected);
    default:
      return ["primary", callText(operator, operands, names, expected)];
  }
}

/** `a.b.c`, each name as it has to be written. */
function pathText([root, ...path]: readonly string[]): string {
  if (root === "now") return "now";
  const names = path.map((name) => or(nameText(name)));
  return (
    root === "arg" || root === "local" ? names : [root === "result" ? "result" : (root as string), ...names]
  ).join(".");
}

function chain(operator: "and" | "or", operands: readonly Predicate[], names: NamesOfTypes): Text {
  const parts = flattened(operator, operands);
  if (parts.length === 1) return written(parts[0] as Predicate, names, "bool");
  // A chain of the other kind stands in parentheses, which need not be there: it is easier to read.
  return [operator, parts.map((part) => print(part, names, "not", "bool")).join(` ${operator} `)];
}

/** What is joined by one operator, however it is nested. */
export function flattened(operator: "and" | "or", operands: readonly Predicate[]): Predicate[] {
  return operands.flatMap((one) => {
    const [inner, parts] = typeof one === "object" ? operationOf(one) : ["literal", []];
    return inner === operator ? flattened(operator, parts as Predicate[]) : [one];
  });
}

function negated(rule: Predicate, names: NamesOfTypes): Text {
  const [operator, operands] = operationOf(rule);
  if (operator === "in")
    return membership("not in", operands[0] as Predicate, operands[1] as Predicate, names);
  if (operator === "some") return ["open", overText("no", operands as readonly Predicate[], names)];
  return ["not", `not ${print(rule, names, "not", "bool")}`];
}

/** Both branches are of one type, which either may tell. */
function branch(
  rule: Predicate,
  [, then, otherwise]: readonly Predicate[],
  names: NamesOfTypes,
  expected: TypeIr | undefined,
): string {
  const type = commonType([then as Predicate, otherwise as Predicate], names, expected);
  return print(rule, names, "open", type);
}

/** What is compared is of one type, which either side may tell. */
const compared = (symbol: string, left: Predicate, right: Predicate, names: NamesOfTypes): Text => {
  const type = commonType([left, right], names);
  return ["compare", sides(symbol, left, right, names, type)];
};

const sides = (
  symbol: string,
  left: Predicate,
  right: Predicate,
  names: NamesOfTypes,
  type: TypeIr | undefined,
): string => `${print(left, names, "add", type)} ${symbol} ${print(right, names, "add", type)}`;

function membership(symbol: "in" | "not in", element: Predicate, list: Predicate, names: NamesOfTypes): Text {
  const type = commonType([element], names, elementOf(typeOfRule(list, names)));
  const looked = print(list, names, "add", type && { list: type });
  return ["compare", `${print(element, names, "add", type)} ${symbol} ${looked}`];
}

function tracedText(operand: Predicate, sources: readonly string[], names: NamesOfTypes): string {
  const texts = sources.map((source) => or(nameText(source)));
  return `${print(operand, names, "add")} traced to ${texts.length === 1 ? texts[0] : `[${texts.join(", ")}]`}`;
}

function overText(
  word: string,
  operands: readonly unknown[],
  names: NamesOfTypes,
  expected?: TypeIr,
): string {
  const [variable, lists, body] = operands as readonly [string, readonly Predicate[], Predicate];
  const inside = withLocal(names, variable, lists);
  const texts = lists.map((list) => print(list, names, "primary"));
  const wanted = word === "sum" ? expected : "bool";
  return `${word} ${or(nameText(variable))} in ${texts.join(", ")}: ${print(body, inside, "open", wanted)}`;
}

function factText(name: string, args: readonly Predicate[], names: NamesOfTypes): string {
  const params = names.fact(name)?.params ?? [];
  return `${or(nameText(name))}(${args.map((arg, i) => print(arg, names, "open", params[i]?.type)).join(", ")})`;
}

function callsText(operands: readonly unknown[], names: NamesOfTypes): string {
  const [tools, window, ...pairs] = operands as [string[], number | null, ...[string, Predicate][]];
  const params = pairs.map(
    ([name, value]) => `${or(nameText(name))}: ${print(value, names, "open", names.paramOf(tools, name))}`,
  );
  const time = window === null ? [] : [formatDuration(window)];
  return `calls(${[...tools.map((tool) => or(toolText(tool))), ...time, ...params].join(", ")})`;
}

const operandTypes: Readonly<Record<string, TypeIr>> = {
  host: "url",
  scheme: "url",
  extension: "path",
  hour: "time",
  weekday: "time",
};

/** A function of the language; of `hour` and `weekday` the zone is the policy's, and not written. */
function callText(
  name: string,
  operands: readonly Predicate[],
  names: NamesOfTypes,
  expected: TypeIr | undefined,
): string {
  const shown = name === "hour" || name === "weekday" ? operands.slice(0, 1) : operands;
  const common = commonType(shown, names, measures.has(name) ? expected : undefined);
  // Of times there is no size: what is measured is the time between two.
  const own = name === "abs" && common === "time" ? "duration" : common;
  const type = operandTypes[name] ?? own;
  const wanted = name === "sum" && elementOf(type) === undefined ? type && { list: type } : type;
  return `${name}(${shown.map((one) => print(one, names, "open", wanted)).join(", ")})`;
}

/** What these give is of the type of what they take. */
const measures: ReadonlySet<string> = new Set(["abs", "min", "max", "sum"]);

function arithmetic(
  operator: "+" | "-" | "*" | "/",
  operands: readonly Predicate[],
  names: NamesOfTypes,
  expected: TypeIr | undefined,
): Text {
  const [left, right] = operands as readonly [Predicate, Predicate | undefined];
  if (right === undefined) return ["unary", `-${print(left, names, "unary", expected)}`];
  const [reading] = readingsOf(operator, [left, right], names, toKind(expected));
  if (reading === undefined) throw new Unwritable();
  const [a, b] = [toType(reading[0]), toType(reading[1])];
  const level = operator === "+" || operator === "-" ? "add" : "mul";
  const above = level === "add" ? "mul" : "unary";
  return [level, `${print(left, names, level, a)} ${operator} ${print(right, names, above, b)}`];
}
