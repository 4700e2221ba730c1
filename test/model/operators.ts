import jsonLogic from "json-logic-js";
import { RE2JS } from "re2js";
import type { Json } from "../../src/ir/json.js";
import { hourOf, weekdayOf } from "./time.js";
import { exact } from "./values.js";

/** Operators of JsonLogic; on known operands they mean what json-logic-js means (semantics.md, *Three values*). */
const jsonLogicOperators = new Set([
  "and",
  "or",
  "!",
  "if",
  "===",
  "!==",
  "<",
  "<=",
  ">",
  ">=",
  "in",
  "+",
  "-",
  "*",
  "min",
  "max",
]);

const giveNumbers = new Set(["+", "-", "*", "/", "min", "max", "sum", "totalled", "abs"]);

/** What an operator gives on known operands; undefined where it has no result (division by zero, an unsafe integer). */
export function apply(op: string, operands: readonly Json[], fixed: readonly Json[]): Json | undefined {
  const result = jsonLogicOperators.has(op) ? byJsonLogic(op, operands) : extensions[op]?.(operands, fixed);
  return result === undefined || (giveNumbers.has(op) && !exact(result)) ? undefined : result;
}

/** The operands go in as data, so that none of them is taken for a rule. */
function byJsonLogic(op: string, operands: readonly Json[]): Json {
  const rule = { [op]: operands.map((_, at) => ({ var: String(at) })) };
  return jsonLogic.apply(rule as unknown as jsonLogic.RulesLogic, operands) as Json;
}

type Extension = (operands: readonly Json[], fixed: readonly Json[]) => Json | undefined;

const text = (value: Json | undefined): string => value as string;
/** One addition after the other; none of them may lose a digit. */
const total = (numbers: readonly number[]): number | undefined =>
  numbers.reduce<number | undefined>((sum, one) => {
    const next = (sum ?? Number.NaN) + one;
    return exact(next) ? next : undefined;
  }, 0);

/** The named extensions (predicate.ts, `Predicate`), by plain code. */
const extensions: Readonly<Record<string, Extension>> = {
  "/": ([a, b]) => (b === 0 ? undefined : (a as number) / (b as number)),
  abs: ([a]) => Math.abs(a as number),
  count: ([list]) => (list as Json[]).length,
  sum: ([list]) => total(list as number[]),
  tallied: (bodies) => bodies.filter((one) => one === true).length,
  totalled: (bodies) => total(bodies as number[]),
  length: ([a]) => [...text(a)].length,
  lower: ([a]) => text(a).toLowerCase(),
  host: ([a]) => new URL(text(a)).hostname,
  scheme: ([a]) => text(a).slice(0, text(a).indexOf(":")),
  extension: ([a]) => extensionOf(text(a)),
  hour: ([at], [zone]) => hourOf(at as number, text(zone)),
  weekday: ([at], [zone]) => weekdayOf(at as number, text(zone)),
  extract: ([a], [pattern]) => extracts(text(a), text(pattern)),
  like: ([a], [glob]) => isLike(text(a), text(glob)),
  matches: ([a], [pattern]) => RE2JS.compile(text(pattern)).matcher(text(a)).matches(),
  within: ([a, prefix], [kind]) =>
    kind === "path" ? pathWithin(text(a), text(prefix)) : urlWithin(text(a), text(prefix)),
};

function extensionOf(path: string): string {
  const last = path.split("/").at(-1) as string;
  return last.lastIndexOf(".") > 0 ? last.slice(last.lastIndexOf(".") + 1) : "";
}

function extracts(from: string, pattern: string): string[] {
  const matcher = RE2JS.compile(pattern).matcher(from);
  const found: string[] = [];
  while (matcher.find()) {
    const one = matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
    found.push(one ?? "");
  }
  return found;
}

/** The whole string; `*` is any run without control characters, `\*` a star, `\\` a backslash. */
function isLike(whole: string, glob: string): boolean {
  const parts = glob.match(/\\[\\*]|\*|[^*\\]+|\\/gu) ?? [];
  const pattern = parts.map((part) =>
    part === "*"
      ? "\\P{Cc}*"
      : (/^\\./u.test(part) ? part.slice(1) : part).replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&"),
  );
  return new RegExp(`^${pattern.join("")}$`, "u").test(whole);
}

const below = (segments: readonly string[], prefix: readonly string[]): boolean =>
  segments.length > prefix.length && prefix.every((segment, at) => segments[at] === segment);

/** Strictly below, by whole segments. */
function pathWithin(path: string, prefix: string): boolean {
  const segments = (one: string): string[] => one.split("/").filter((part) => part !== "" && part !== ".");
  return path.startsWith("/") === prefix.startsWith("/") && below(segments(path), segments(prefix));
}

/** Below on the same scheme, host and port, with no other credentials. */
function urlWithin(url: string, prefix: string): boolean {
  const [a, b] = [new URL(url), new URL(prefix)];
  const place = (one: URL): string => [one.protocol, one.host, one.username, one.password].join(" ");
  const segments = (one: URL): string[] => {
    const path = one.pathname.replace(/\/+$/u, "");
    return path === "" ? [] : path.slice(1).split("/");
  };
  const havePaths = a.pathname.startsWith("/") && b.pathname.startsWith("/");
  return havePaths && place(a) === place(b) && below(segments(a), segments(b));
}
