/**
 * Texts as tokens (semantics.md, *Tracing*): NFKC, case-folded, split at white space and brackets, quotes and separators;
 * edge punctuation, a possessive `'s`, a leading `http(s)://` and a trailing `/` are stripped.
 */
export function tokensOf(text: string): string[] {
  return rawTokens(fold(text))
    .map(strip)
    .filter((token) => token !== "");
}

/** One form for letters that differ only in width, composition or case. */
export function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase().normalize("NFKC");
}

/** Pieces between separators, as written. */
export function rawTokens(text: string): string[] {
  return text.split(/[\s,;"()[\]{}<>|]+/u).filter((piece) => piece !== "");
}

/** Punctuation at both ends, taken off in linear time. */
export function trimEdges(token: string): string {
  const characters = [...token];
  let start = 0;
  let end = characters.length;
  while (start < end && punctuation.test(characters[start] as string)) start += 1;
  while (end > start && punctuation.test(characters[end - 1] as string)) end -= 1;
  return characters.slice(start, end).join("");
}
const punctuation = /^\p{P}$/u;

function strip(token: string): string {
  const bare = trimEdges(token).replace(/['’]s$/u, "");
  return trimEdges(bare.replace(/^https?:\/\//u, ""));
}

/** Whether `run` stands in `tokens`, whole and in one piece. */
export function containsRun(tokens: readonly string[], run: readonly string[]): boolean {
  const [first] = run;
  if (first === undefined || run.length > tokens.length) return false;
  for (let at = tokens.indexOf(first); at !== -1; at = tokens.indexOf(first, at + 1))
    if (run.every((token, i) => tokens[at + i] === token)) return true;
  return false;
}

export function sameTokens(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((token, i) => token === b[i]);
}

/** A number as people write it: currency signs, thousands separators and spaces around it do not count. */
export function numberOf(text: string): number | undefined {
  const bare = text.normalize("NFKC").replace(/[\p{Sc}_,\s']/gu, "");
  return /^[-+]?(\d+(\.\d+)?|\.\d+)(e[-+]?\d{1,3})?$/iu.test(bare) ? Number(bare) : undefined;
}

/** The numbers that stand in a text by themselves. */
export function numbersIn(text: string): number[] {
  const found = text
    .normalize("NFKC")
    .matchAll(/(?<![\p{L}\p{N}_.,-])-?\p{Sc}?\d[\d_,]*(?:\.\d+)?(?![\p{L}\p{N}_]|[.,]\d)/gu);
  return [...found].flatMap(([written]) => numberOf(written) ?? []);
}
