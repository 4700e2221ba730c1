import type { Json } from "../../ir/json.js";
import type { Predicate } from "../../ir/predicate.js";
import { operationOf } from "../../ir/sub-rules.js";
import { urlStem } from "./prefixes.js";
import { isScalar, type Scalar } from "../value.js";

/**
 * What must be so of one expression, its key, for a condition not to be false: known before the condition is evaluated, and the
 * same for many conditions. Where the key is not known, or of another type, nothing is said.
 */
export type Selector = {
  readonly key: Predicate;
  /** Those of one group, with the same key and kind, are looked up together. */
  readonly group: string;
  /** Of several parts that all must hold, the place of the one that it says, where it says all of it: what is found by it holds. */
  readonly part?: number;
} & (
  | { readonly kind: "equal"; readonly to: readonly Scalar[] }
  /** The key is a list that holds one of these. */
  | { readonly kind: "holds"; readonly to: readonly Scalar[] }
  /** The key begins with one of these and a slash; `/`: with a slash, `.`: with none. */
  | { readonly kind: "below"; readonly to: readonly string[] }
  /** Both ends belong to it. */
  | { readonly kind: "range"; readonly from: number; readonly to: number }
);

/** What may be a key. */
export interface Keys {
  /** Of which roots it may read: what is known of every proposal. */
  readonly roots: ReadonlySet<string>;
  /** Whether a path of an argument is a url in normal form. */
  isUrl(path: readonly string[]): boolean;
}

/** Of conditions that go by all that is known. */
export const knownRoots = new Set(["arg", "actor", "now"]);
/** Of checks, of which it counts what they mention once the arguments are put in. */
export const argumentRoots = new Set(["arg"]);

/** Whether the selector says all of a part: of `===` and `in` one that looks for values, of `within` one that looks below a path. */
function saysAll(part: Predicate, { kind, to }: Selector): boolean {
  const [operator, operands] = operationOf(part);
  if (operator === "within") return operands[2] === "path" && !isRoot((to as readonly string[])[0]);
  return (operator === "===" || operator === "in") && kind === "equal";
}

/** Everything stands below it but itself. */
const isRoot = (prefix: string | undefined): boolean => prefix === "/" || prefix === ".";

/** The selectors of a condition's parts, all of which must hold. */
export const selectorsOfParts = (parts: readonly Predicate[], keys: Keys): Selector[] =>
  parts.flatMap((part, place) =>
    selectorsOf(part, keys).map((selector) =>
      saysAll(part, selector) ? { ...selector, part: place } : selector,
    ),
  );

/** The selectors of a condition that must not be false; with `isFalse`, of one that must not be true. */
export function selectorsOf(condition: Predicate, keys: Keys, isFalse = false): Selector[] {
  const [operator, operands] = operationOf(condition) as [string, readonly Predicate[]];
  const [first, second] = operands as [Predicate, Predicate];
  switch (operator) {
    case "!":
      return selectorsOf(first, keys, !isFalse);
    case "and":
    case "or":
      // Of parts that all must be so each says something by itself; of parts one of which must be so, all together do.
      return (operator === "and") === isFalse
        ? eitherOf(operands.map((part) => selectorsOf(part, keys, isFalse)))
        : operands.flatMap((part) => selectorsOf(part, keys, isFalse));
    case "===":
      return isFalse ? [] : equality(first, second, keys);
    case "!==":
      return isFalse ? equality(first, second, keys) : [];
    case "in":
      return isFalse ? [] : membership(first, second, keys);
    case "some":
      return isFalse ? [] : someElement(operands, keys);
    case "within":
      return isFalse ? [] : below(first, second, operands[2] as "path" | "url", keys);
    case "<":
    case "<=":
    case ">":
    case ">=":
      return bound(operator, first, second, { keys, isFalse });
    default:
      return [];
  }
}

function equality(first: Predicate, second: Predicate, keys: Keys): Selector[] {
  if (isScalar(second)) return keyed(first, keys, { kind: "equal", to: [second] });
  return isScalar(first) ? keyed(second, keys, { kind: "equal", to: [first] }) : [];
}

function membership(element: Predicate, list: Predicate, keys: Keys): Selector[] {
  if (isScalar(element)) return keyed(list, keys, { kind: "holds", to: [element] });
  return Array.isArray(list) && list.every(isScalar) && alike(list)
    ? keyed(element, keys, { kind: "equal", to: [...new Set(list)] })
    : [];
}

/**
 * `some x in KEY: x == LITERAL`, or `x in LITERALS`: nothing else, which could have no result for an element, or take so much work
 * that the whole has none.
 */
function someElement(operands: readonly unknown[], keys: Keys): Selector[] {
  const [variable, lists, body] = operands as readonly [string, readonly Predicate[], Predicate];
  if (lists.length !== 1 || !comparing.has(operationOf(body)[0])) return [];
  const only = { ...keys, roots: new Set(["local"]) };
  return selectorsOf(body, only).flatMap((one): Selector[] => {
    const [, path] = operationOf(one.key);
    return path.length === 2 && path[1] === variable && one.kind === "equal" && isLittle(one.to)
      ? keyed(lists[0] as Predicate, keys, { kind: "holds", to: one.to })
      : [];
  });
}

const comparing = new Set(["===", "in"]);

/** What one element is compared to is little next to what a loop may do (work.ts). */
const mostCompared = 500;
const isLittle = (to: readonly Scalar[]): boolean =>
  to.length <= mostCompared && to.every((one) => typeof one !== "string" || one.length <= mostCompared);

/** Of one type: which values an index holds is known for a type at a time. */
const alike = (values: readonly Scalar[]): boolean =>
  values.every((value) => typeof value === typeof values[0]);

function below(value: Predicate, prefix: Predicate, of: "path" | "url", keys: Keys): Selector[] {
  if (typeof prefix !== "string") return [];
  if (of === "path") return keyed(value, keys, { kind: "below", to: [prefix] });
  const path = (value as { readonly val?: readonly string[] }).val;
  const stem = path !== undefined && keys.isUrl(path) ? urlStem(prefix) : undefined;
  return stem === undefined ? [] : keyed(value, keys, { kind: "below", to: [stem] });
}

type Comparison = "<" | "<=" | ">" | ">=";
const turned = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" } as const;
const denied = { "<": ">=", "<=": ">", ">": "<=", ">=": "<" } as const;

function bound(
  operator: Comparison,
  first: Predicate,
  second: Predicate,
  { keys, isFalse }: { readonly keys: Keys; readonly isFalse: boolean },
): Selector[] {
  const meant = isFalse ? denied[operator] : operator;
  if (typeof second === "number") return keyed(first, keys, range(meant, second));
  return typeof first === "number" ? keyed(second, keys, range(turned[meant], first)) : [];
}

const range = (operator: Comparison, limit: number): Told =>
  operator.startsWith("<")
    ? { kind: "range", from: Number.NEGATIVE_INFINITY, to: limit }
    : { kind: "range", from: limit, to: Number.POSITIVE_INFINITY };

type Told = Selector extends infer S
  ? S extends Selector
    ? Omit<S, "key" | "group" | "part">
    : never
  : never;

function keyed(key: Predicate, keys: Keys, told: Told): Selector[] {
  if (!isKey(key, keys)) return [];
  // INVARIANT: all values of a group are of one type: of another there is no result, and so no false.
  const type = told.kind === "range" ? "number" : typeof told.to[0];
  return [{ key, group: `${told.kind} ${type} ${nameOf(key)}`, ...told } as Selector];
}

/** A key in short: the names in it have no blank and no parenthesis. */
function nameOf(key: Predicate): string {
  const [operator, operands] = operationOf(key) as [string, readonly Json[]];
  return operator === "val" ? JSON.stringify(operands) : `${operator}(${nameOf(operands[0] as Predicate)})`;
}

/** Functions of one value that cost little next to what they tell apart. */
const cheap = new Set(["lower", "host", "scheme", "extension"]);

/** Reading it asks nobody anything, and it is the same in every frame in which the condition is judged. */
function isKey(rule: Predicate, keys: Keys): boolean {
  const [operator, operands] = operationOf(rule) as [string, readonly Json[]];
  if (operator === "val") return keys.roots.has(operands[0] as string);
  return cheap.has(operator) && isKey(operands[0] as Predicate, keys);
}

/** The one thing that all alternatives say of one key, if they do: `x == "a" or x == "b"`. */
function eitherOf(alternatives: readonly (readonly Selector[])[]): Selector[] {
  const [first = [], ...others] = alternatives;
  return first.flatMap((one) => {
    if (one.kind === "range") return [];
    const same = others.map((other) => other.find((it) => it.group === one.group));
    const to = same.map((it) => (it as typeof one | undefined)?.to);
    return to.every((values) => values !== undefined)
      ? [{ ...one, to: [...new Set([...one.to, ...to.flat()])] } as Selector]
      : [];
  });
}
