import { DateTime } from "luxon";
import type { Json } from "../../ir/json.js";
import { parseUrl } from "../../ir/url.js";
import type { Prepared } from "../frame.js";
import { extractor, globTest, regexTest } from "../patterns.js";
import { isScalar, UNKNOWN, type Value } from "../value.js";
import { strict } from "./node.js";

type Operator = (operands: readonly Prepared[]) => Prepared;

/** An operator on any numbers. */
const numbers = (operator: string, apply: (...values: number[]) => Value): readonly [string, Operator] => [
  operator,
  (operands) =>
    strict(operator, operands, (...values: Json[]) =>
      values.every((v) => typeof v === "number") ? apply(...(values as number[])) : UNKNOWN,
    ),
];

/** An operator on two numbers. */
const pair = (operator: string, apply: (a: number, b: number) => Value): readonly [string, Operator] => [
  operator,
  (operands) =>
    strict(operator, operands, (a: Json, b: Json) =>
      typeof a === "number" && typeof b === "number" ? apply(a, b) : UNKNOWN,
    ),
];

/** An operator on one string. */
const onText = (operator: string, apply: (text: string) => Value): readonly [string, Operator] => [
  operator,
  (operands) =>
    strict(operator, operands, (text: Json) => (typeof text === "string" ? apply(text) : UNKNOWN)),
];

/** A number as a result: none where it cannot be told exactly as a whole number, or is not finite. */
export function result(value: number): Value {
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) return UNKNOWN;
  return value === 0 ? 0 : value;
}

const equality = (operator: string, when: boolean): readonly [string, Operator] => [
  operator,
  (operands) =>
    strict(operator, operands, (a: Json, b: Json) =>
      isScalar(a) && typeof a === typeof b ? (a === b) === when : UNKNOWN,
    ),
];

/** Operators on scalars (ir/predicate.ts); the operands are rules. */
export const scalarOperators: ReadonlyMap<string, Operator> = new Map([
  equality("===", true),
  equality("!==", false),
  pair("<", (a, b) => a < b),
  pair("<=", (a, b) => a <= b),
  pair(">", (a, b) => a > b),
  pair(">=", (a, b) => a >= b),
  pair("+", (a, b) => result(a + b)),
  numbers("-", (a = 0, b) => result(b === undefined ? -a : a - b)),
  pair("*", (a, b) => result(a * b)),
  pair("/", (a, b) => result(a / b)),
  numbers("min", (...values) => Math.min(...values)),
  numbers("max", (...values) => Math.max(...values)),
  numbers("abs", (a = 0) => Math.abs(a)),
  /** In Unicode code points. */
  onText("length", codePoints),
  onText("lower", (text) => text.toLowerCase()),
  onText("host", (text) => parseUrl(text)?.hostname ?? UNKNOWN),
  onText("scheme", (text) => parseUrl(text)?.protocol.slice(0, -1) ?? UNKNOWN),
  onText("extension", extension),
]);

const surrogate = /[\ud800-\udfff]/;

function codePoints(text: string): number {
  if (!surrogate.test(text)) return text.length;
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** What follows the last dot of the last segment, `""` where there is none or it is the first character. */
function extension(path: string): string {
  const file = path.slice(path.lastIndexOf("/") + 1);
  const dot = file.lastIndexOf(".");
  return dot <= 0 ? "" : file.slice(dot + 1);
}

type WithText = (operand: Prepared, text: string) => Prepared;

const pattern = (
  operator: string,
  prepare: (text: string) => ((value: string) => Value) | undefined,
): readonly [string, WithText] => [
  operator,
  (operand, text) => {
    const test = prepare(text);
    return strict(operator, [operand], (value: Json) =>
      test !== undefined && typeof value === "string" ? test(value) : UNKNOWN,
    );
  },
];

const ofTime = (operator: string, apply: (time: DateTime) => number): readonly [string, WithText] => [
  operator,
  (operand, zone) =>
    strict(operator, [operand], (value: Json) => {
      const time = typeof value === "number" ? DateTime.fromMillis(value, { zone }) : undefined;
      return time?.isValid ? apply(time) : UNKNOWN;
    }),
];

/** Operators of one rule and one fixed text. */
export const textOperators: ReadonlyMap<string, WithText> = new Map([
  pattern("like", globTest),
  pattern("matches", regexTest),
  pattern("extract", extractor),
  ofTime("hour", (time) => time.hour),
  ofTime("weekday", (time) => time.weekday),
]);

/** `within`: strictly below a prefix, by segments; of urls also the same origin and no credentials. */
export function within(operand: Prepared, base: Prepared, kind: "path" | "url"): Prepared {
  const testOf = kind === "path" ? belowPath : belowUrl;
  if (typeof base.literal !== "string")
    return strict("within", [operand, base], (value: Json, prefix: Json) =>
      typeof value === "string" && typeof prefix === "string" ? testOf(prefix)(value) : UNKNOWN,
    );
  // A prefix that is written down is looked at once.
  const isBelow = testOf(base.literal);
  return strict("within", [operand, base], (value: Json) =>
    typeof value === "string" ? isBelow(value) : UNKNOWN,
  );
}

type Below = (value: string) => boolean;

function belowPath(prefix: string): Below {
  if (prefix === "/") return (path) => path.startsWith("/") && path !== "/";
  if (prefix === ".") return (path) => !path.startsWith("/") && path !== ".";
  const start = `${prefix}/`;
  return (path) => beginsWith(path, start);
}

/** As `startsWith`, from the end of the prefix: paths begin alike, and the platform's own takes three times as long. */
function beginsWith(text: string, start: string): boolean {
  if (text.length < start.length) return false;
  for (let place = start.length - 1; place >= 0; place -= 1)
    if (text.charCodeAt(place) !== start.charCodeAt(place)) return false;
  return true;
}

function belowUrl(prefix: string): Below {
  const base = parseUrl(prefix);
  if (base === undefined) return () => false;
  const folder = base.pathname.endsWith("/") ? base.pathname : `${base.pathname}/`;
  return (value) => {
    const url = parseUrl(value);
    return (
      url !== undefined &&
      url.protocol === base.protocol &&
      url.host === base.host &&
      url.username === base.username &&
      url.password === base.password &&
      url.pathname.startsWith(folder) &&
      /[^/]/.test(url.pathname.slice(folder.length))
    );
  };
}
