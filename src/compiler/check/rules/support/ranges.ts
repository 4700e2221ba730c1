import type { Expression } from "../../../../syntax/ast.js";
import type { CheckContext } from "../../../program.js";

/** What a condition says of one thing: which values it may have, as far as that can be read off. */
export interface Range {
  readonly subject: Expression;
  readonly whole: boolean;
  readonly least?: Bound;
  readonly most?: Bound;
  /** The only values it may have. */
  readonly among?: readonly (string | number | boolean)[];
  readonly except?: string | number | boolean;
}

interface Bound {
  readonly value: number;
  readonly open: boolean;
}

const mirrored: Readonly<Record<string, string>> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" };

/** What a comparison with a written value says of its other side. */
export function rangeOf(condition: Expression, context: CheckContext): Range | undefined {
  if (condition.kind !== "Binary") return undefined;
  const { operator, left, right } = condition;
  const value = writtenValue(right);
  if (value !== undefined) return ranged(left, operator, value, context);
  const turned = writtenValue(left);
  if (turned !== undefined) return ranged(right, mirrored[operator] ?? operator, turned, context);
  if (operator !== "in" || right.kind !== "List") return undefined;
  const values = right.elements.map(writtenValue);
  return values.every((one) => one !== undefined)
    ? { subject: left, whole: false, among: values }
    : undefined;
}

function writtenValue(expression: Expression): string | number | boolean | undefined {
  if (expression.kind === "String" || expression.kind === "Bool") return expression.value;
  return numberOf(expression);
}

/** A number, duration or number below zero that is written out. */
export function numberOf(expression: Expression): number | undefined {
  if (expression.kind === "Number") return expression.value;
  if (expression.kind === "Duration") return expression.milliseconds;
  if (expression.kind !== "Negate") return undefined;
  const inner = numberOf(expression.operand);
  return inner === undefined ? undefined : -inner;
}

function ranged(
  subject: Expression,
  operator: string,
  value: string | number | boolean,
  { typing }: CheckContext,
): Range | undefined {
  const type = typing.types.get(subject);
  // The same time, path or address can be written in several ways.
  if (typeof value === "string" && type !== "string" && !(typeof type === "object" && "enum" in type))
    return undefined;
  const about = { subject, whole: type === "int" };
  if (operator === "==") return { ...about, among: [value] };
  if (operator === "!=") return { ...about, except: value };
  if (typeof value !== "number") return undefined;
  if (operator === "<" || operator === "<=") return { ...about, most: { value, open: operator === "<" } };
  if (operator === ">" || operator === ">=") return { ...about, least: { value, open: operator === ">" } };
  return undefined;
}

/** Whether no value is in all of these ranges of one thing. */
export function isEmpty(ranges: readonly Range[]): boolean {
  const lists = ranges.flatMap(({ among }) => (among === undefined ? [] : [among]));
  const [first, ...others] = lists;
  if (first !== undefined)
    return !first.some(
      (value) =>
        others.every((list) => list.includes(value)) && ranges.every((range) => admits(range, value)),
    );
  const least = Math.max(...ranges.map((range) => start(range)));
  const most = Math.min(...ranges.map((range) => end(range)));
  if (least > most) return true;
  const excluded = ({ least: low, most: high, whole }: Range): boolean =>
    !whole && ((low?.value === least && low.open) || (high?.value === most && high.open));
  return least === most && ranges.some(excluded);
}

/** The least whole number above an open bound is that of a whole thing. */
const start = ({ least, whole }: Range): number =>
  least === undefined ? -Infinity : whole && least.open ? Math.floor(least.value) + 1 : least.value;
const end = ({ most, whole }: Range): number =>
  most === undefined ? Infinity : whole && most.open ? Math.ceil(most.value) - 1 : most.value;

function admits({ least, most, except }: Range, value: string | number | boolean): boolean {
  if (except !== undefined && except === value) return false;
  if (typeof value !== "number") return true;
  if (least !== undefined && (least.open ? value <= least.value : value < least.value)) return false;
  return most === undefined || (most.open ? value < most.value : value <= most.value);
}
