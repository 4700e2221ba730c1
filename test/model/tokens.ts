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

/** Up to so many neighbouring words, as written: what a value with spaces in it can stand as. */
export const neighbours = (chunks: readonly string[], most: number): string[] =>
  chunks.flatMap((_, start) =>
    Array.from({ length: most }, (__, more) => chunks.slice(start, start + more + 1).join(" ")),
  );

const leading = /^[^\p{L}\p{N}\p{M}]+/u;
const trailing = /[^\p{L}\p{N}\p{M}]+$/u;

/** Upper case first: so are `ß` and `SS` the same. */
const folded = (text: string): string => text.toUpperCase().toLowerCase();

function token(chunk: string): string {
  const bare = (one: string): string => one.replace(leading, "").replace(trailing, "");
  const word = bare(folded(chunk)).replace(/['’]s$/u, "");
  return bare(word.replace(/^https?:\/\//u, ""));
}

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
  return /^[+-]?(\d+(\.\d+)?|\.\d+)(e[+-]?\d+)?$/iu.test(bare) ? Number(bare) + 0 : undefined;
}

/** What could be a number among the words of a text: words with the separators in them, and without. */
export function numbersIn(text: string): string[] {
  const words = text.normalize("NFKC").split(/[\s;"()[\]{}<>|]+/u);
  return [...neighbours(words, 3), ...words.flatMap((word) => word.split(","))].map((word) =>
    word.replace(/^[^\p{L}\p{Sc}\p{N}.+-]+/u, "").replace(/[^\p{L}\p{Sc}\p{N}]+$/u, ""),
  );
}

/** Digits wherever they stand, without separators: an action may have put them in as part of something longer. */
export const digitsIn = (text: string): string[] =>
  (text.normalize("NFKC").match(/\d[\d_,]*(\.\d+)?/gu) ?? []).map((one) => one.replace(/[_,]/g, ""));
