import { reserved } from "./tokens.js";
/** What literals mean: from their text to their value. */

const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** A hundred years of 365.25 days, the longest duration that can be written. */
export const longestDuration = 36_525 * 86_400_000;

export function numberValue(text: string): number {
  return Number(text.replaceAll("_", ""));
}

/** Whether the number was written with a fraction. */
export function isDecimal(text: string): boolean {
  return text.includes(".");
}

export function durationValue(text: string): number {
  const unit = /[a-z]+$/.exec(text)?.[0] ?? "ms";
  return numberValue(text.slice(0, -unit.length)) * (units[unit] ?? 1);
}

/** The value of a string literal that `stringSlips` finds nothing wrong with; of any other, its raw text. */
export function stringValue(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.replace(/^["'“”„‘’]|["'“”‘’]$/g, "");
  }
}

/** The name that is meant: without its backquotes. */
export function nameValue(text: string): string {
  return text.startsWith("`") ? text.replaceAll("`", "") : text;
}

/** A name as it is written: in backquotes where it is no identifier, or a reserved word. */
export function writtenName(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !reserved.has(name) ? name : `\`${name}\``;
}
