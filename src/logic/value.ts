import type { Json } from "../ir/json.js";

/** What is not known (semantics.md, *Three values*): never `false`, never null. */
export const UNKNOWN: unique symbol = Symbol("unknown");
export type Unknown = typeof UNKNOWN;

/** A value in evaluation: known, unknown, or (undefined) an optional one that is absent. */
export type Value = Json | Unknown | undefined;

/** What is compared by identity. */
export type Scalar = string | number | boolean;

export const isScalar = (value: unknown): value is Scalar =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";

/** Lists of a literal that hold something that is not known: lists all the same, of known length. */
const openLists = new WeakSet<object>();

/** A list of these values; one that is absent or not known is an unknown element. */
export function listWith(values: readonly Value[]): Value {
  const list = values.map((value) => (value === undefined ? UNKNOWN : value)) as Json[];
  if (list.some(isOpen)) openLists.add(list);
  return list;
}

const isOpenList = (value: Json): boolean => Array.isArray(value) && openLists.has(value);

/** Whether a value, or an element of it, is not known (or absent): an operator that needs all of it has no result. */
export function isOpen(value: Value): value is Unknown | undefined {
  return value === undefined || value === UNKNOWN || (typeof value === "object" && isOpenList(value));
}

/** Whether two values are the same: scalars by identity, lists and records by their parts. */
export function same(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => same(item, b[i]));
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null || Array.isArray(b))
    return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]))
  );
}

/** A truth value, or unknown where the value is no boolean: a condition of another type decides nothing. */
export function truthOf(value: Value): boolean | Unknown {
  return typeof value === "boolean" ? value : UNKNOWN;
}

/** Degrees are rounded to 6 places (semantics.md, *Three values*). */
export function degree(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

/** `true`, `false` or `unknown`, for reports. */
export function truthName(value: Value): "true" | "false" | "unknown" {
  return value === true ? "true" : value === false ? "false" : "unknown";
}
