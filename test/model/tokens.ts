import { normalPath } from "./values.js";

/**
 * Words of a text (semantics.md, *Tracing*): NFKC, case-folded, split at white space and `,;"()[]{}<>|`; edge punctuation,
 * `'s`, a leading `http(s)://` and a trailing `/` are stripped.
 */
export function tokensOf(text: string): string[] {
  return chunksOf(text)
    .map(token)
    .filter((one) => one !== "");
}

/** Between white space and brackets, as written. */
export const chunksOf = (text: string): string[] =>
  text
    .normalize("NFKC")
    .split(/[\s,;"()[\]{}<>|]+/u)
    .filter((chunk) => chunk !== "");

/** What no edge of a word is: all marks but those that begin a path. */
const leading = /^[^\p{L}\p{N}\p{M}/]+/u;
const trailing = /[^\p{L}\p{N}\p{M}/]+$/u;

function token(chunk: string): string {
  const bare = (one: string): string => one.replace(leading, "").replace(trailing, "");
  const word = bare(chunk.toLowerCase()).replace(/['’]s$/u, "");
  return bare(word.replace(/^https?:\/\//u, "").replace(/(?<=.)\/+$/u, ""));
}

/** Words, of which those that are paths stand in normal form. */
export const pathTokensOf = (text: string): string[] =>
  tokensOf(text).map((one) => (one.includes("/") ? (normalPath(one) ?? one) : one));

/** Whether one list of words stands within another, unbroken. */
export function holdsRun(words: readonly string[], run: readonly string[]): boolean {
  return words.some((_, start) => run.every((word, at) => words[start + at] === word));
}

/** A number without currency signs and separators; undefined where it is none. */
export function numberOf(text: string): number | undefined {
  const bare = text
    .normalize("NFKC")
    .trim()
    .replace(/\p{Sc}/gu, "")
    .replace(/(?<=\d)[,_' ](?=\d{3}(?!\d))/gu, "")
    .trim();
  return /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/iu.test(bare) ? Number(bare) + 0 : undefined;
}

/** What could be a number among the words of a text: a word with the separators in it, and without. */
export const numbersIn = (text: string): string[] =>
  text
    .normalize("NFKC")
    .split(/[\s;"()[\]{}<>|]+/u)
    .flatMap((chunk) => [chunk, ...chunk.split(",")])
    .map((chunk) => chunk.replace(/^[^\p{Sc}\p{N}+-]+/u, "").replace(/[^\p{Sc}\p{N}]+$/u, ""));
