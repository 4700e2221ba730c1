import type { Json } from "../ir/json.js";
import { SessionError } from "./opening.js";

/**
 * A value as the JSON that is kept of it, whatever the host or a source hands over: what JSON has no form for is null, and half of a
 * surrogate pair, which no canonical text has, is the replacement character. Throws a SessionError where there is no JSON of it.
 */
export function kept<T extends Json>(what: string, value: T): T {
  try {
    const text = JSON.stringify(value) ?? "null";
    return JSON.parse(text.includes("\\ud") ? text.replace(loneHalf, "$1\ufffd") : text) as T;
  } catch {
    throw new SessionError(`the ${what} cannot be kept: it is no JSON`);
  }
}

/** As `JSON.stringify` writes it, which writes whole pairs as they are; behind no backslash, or an even number of them. */
const loneHalf = /(?<!\\)((?:\\\\)*)\\ud[0-9a-f]{3}/gu;
