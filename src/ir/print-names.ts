/** How names, tools and literals are written in the language (language.md, *Expressions*). */

import type { Json } from "./json.js";
import type { TypeIr } from "./type.js";
import { formatDuration, formatTime } from "./value.js";

/** Words that are names only in backquotes; the lexer's own list, which may not be imported here (a test compares them). */
export const reservedNames: ReadonlySet<string> = new Set(
  (
    "and or not in within like matches traced if then else has every some no true false now " +
    "given claim actor session calls"
  ).split(" "),
);

/** A name as it is written; undefined for one that no policy can write. */
export function nameText(name: string): string | undefined {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !reservedNames.has(name)) return name;
  return /^[^`\n\r]+$/.test(name) ? `\`${name}\`` : undefined;
}

/** A tool, or a pattern of tools, as it is written; undefined as in `nameText`. */
export function toolText(pattern: string): string | undefined {
  if (pattern === "*") return "*";
  const star = pattern.endsWith("*") ? "*" : "";
  const stem = pattern.slice(0, pattern.length - star.length);
  const dot = star !== "" && stem.endsWith(".") ? "." : "";
  const parts = stem.slice(0, stem.length - dot.length).split(".");
  const texts = parts.includes("") ? [nameText(stem)] : parts.map(nameText);
  return texts.includes(undefined) ? undefined : `${texts.join(".")}${parts.includes("") ? "" : dot}${star}`;
}

/** A text as it is written, on one line. */
export const stringText = (text: string): string => JSON.stringify(text);

/**
 * A value in its inner form (times and durations are milliseconds) as a literal of a type; `undefined` as type: whatever its place
 * asks for. Undefined for what has no literal: records, json, numbers with an exponent, and times beyond what a date can hold.
 */
export function literalText(value: Json, type: TypeIr | undefined): string | undefined {
  if (Array.isArray(value)) {
    const inner = typeof type === "object" && "list" in type ? type.list : undefined;
    const texts = value.map((one) => literalText(one, inner));
    return texts.includes(undefined) ? undefined : `[${texts.join(", ")}]`;
  }
  if (typeof value === "boolean") return String(value);
  if (typeof value === "string") return stringText(value);
  return typeof value === "number" ? numberText(value, type) : undefined;
}

function numberText(value: number, type: TypeIr | undefined): string | undefined {
  if (type === "time") {
    const text = formatTime(value);
    // Years of more than four digits have a sign before them, which no literal has.
    return text === undefined || !/^\d{4}-/.test(text) || !Number.isInteger(value)
      ? undefined
      : stringText(text);
  }
  const size = Math.abs(value);
  const text = type === "duration" ? durationText(size) : String(size);
  if (text === undefined || /[^0-9.a-z]|e/.test(text)) return undefined;
  return value < 0 ? `-${text}` : text;
}

const durationText = (size: number): string | undefined =>
  Number.isSafeInteger(size) ? formatDuration(size) : undefined;
