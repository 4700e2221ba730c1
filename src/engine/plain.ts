import type { Json } from "../ir/json.js";
import { defaultJsonBytes, defaultJsonDepth } from "../ir/read-json.js";

/** What was sent, as plain data: keys sorted, objects without a prototype. Or why it is none: a sentence. */
export type Plain =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly problem: string };

/** Ends the walk. */
class NotPlain extends Error {}

/**
 * Copies what a caller sent, whatever it is, so that all of a decision is about the same thing (semantics.md: lone
 * surrogates and over 1 MiB are ill-typed). Never throws; numbers are judged by whoever knows their type.
 */
export function plain(given: unknown): Plain {
  const size: Size = { left: defaultJsonBytes };
  try {
    const value = copied(given, size, 0);
    // A character is at most three bytes of UTF-8: only what comes near the bound is measured.
    const used = defaultJsonBytes - size.left;
    if (
      used * 3 > defaultJsonBytes &&
      new TextEncoder().encode(JSON.stringify(value)).length > defaultJsonBytes
    )
      throw new NotPlain(tooLong);
    return { ok: true, value };
  } catch (error) {
    return { ok: false, problem: error instanceof NotPlain ? error.message : "cannot be read" };
  }
}

/** How much more may come, in characters and things that are no strings. */
export interface Size {
  left: number;
}

/** Of a thing by itself: something also of an empty text, of which a list could have no end. */
export const costOf = (value: unknown): number => (typeof value === "string" ? value.length + 1 : 1);

/** The same of a part that stands so deep in it; throws where it is none, or is longer than `size` lets it be. */
export const copied = (value: unknown, size: Size, depth: number): Json => copy(value, depth, size);

const tooLong = `is longer than ${defaultJsonBytes} bytes`;

function copy(value: unknown, depth: number, size: Size): Json {
  if (depth > defaultJsonDepth) throw new NotPlain(`is nested more than ${defaultJsonDepth} deep`);
  size.left -= costOf(value);
  if (size.left < 0) throw new NotPlain(tooLong);
  if (value === null || typeof value === "boolean" || typeof value === "number") return value;
  if (typeof value === "string") return text(value);
  if (Array.isArray(value)) {
    const list: Json[] = [];
    for (let place = 0; place < value.length; place += 1) list.push(copy(value[place], depth + 1, size));
    return list;
  }
  if (!isPlainObject(value)) throw new NotPlain("holds something that JSON cannot tell");
  const out = Object.create(null) as { [key: string]: Json };
  for (const key of Object.keys(value).sort()) {
    size.left -= text(key).length;
    const item = value[key];
    if (item !== undefined) out[key] = copy(item, depth + 1, size);
  }
  return out;
}

function text(value: string): string {
  if (!value.isWellFormed()) throw new NotPlain("holds half of a surrogate pair");
  return value;
}

/** Of whatever realm: no class, no Date, no Map. */
export function isPlainObject(value: unknown): value is { readonly [key: string]: unknown } {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}
