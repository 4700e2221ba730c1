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
  return text.normalize("NFKC").toUpperCase().toLowerCase().normalize("NFKC");
}

/** Pieces between separators, as written. */
export function rawTokens(text: string): string[] {
  return text.match(/[^\s,;"()[\]{}<>|]+/gu) ?? [];
}

/** Punctuation at both ends, taken off in linear time. */
export function trimEdges(token: string): string {
  const characters = [...token];
  const stays = (character: string): boolean => !punctuation.test(character);
  // Where nothing stays, both are -1, and what is cut out is empty.
  return characters.slice(characters.findIndex(stays), characters.findLastIndex(stays) + 1).join("");
}
const punctuation = /^\p{P}$/u;

function strip(token: string): string {
  const bare = trimEdges(token).replace(/['’]s$/u, "");
  return trimEdges(bare.replace(/^https?:\/\//u, ""));
}

/** Whether `run` stands in `tokens`, whole and in one piece; in linear time, as both may come from an adversary. */
export function containsRun(tokens: readonly string[], run: readonly string[]): boolean {
  if (run.length === 0) return false;
  const borders = bordersOf(run);
  let matched = 0;
  for (const token of tokens) {
    while (matched > 0 && token !== run[matched]) matched = borders[matched - 1] as number;
    if (token === run[matched]) matched += 1;
    if (matched === run.length) return true;
  }
  return false;
}

/** Of each beginning of a run, how long its longest other beginning is that is also its end. */
function bordersOf(run: readonly string[]): number[] {
  const borders = [0];
  let length = 0;
  for (const token of run.slice(1)) {
    while (length > 0 && token !== run[length]) length = borders[length - 1] as number;
    if (token === run[length]) length += 1;
    borders.push(length);
  }
  return borders;
}

export function sameTokens(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((token, i) => token === b[i]);
}

/** Digits, in groups of three if in groups at all: `1,5` and `1 2 3` are no whole numbers. */
const written =
  /^([-+]?)(?:\p{Sc} ?)?([-+]?)(\d{1,3}(?:([,_' ])\d{3})(?:\4\d{3})*|\d*)(\.\d+)?(e[-+]?\d{1,3})?(?: ?\p{Sc})?$/iu;

type Written = readonly [string, string, string, string, ...(string | undefined)[]];

/** A number as people write it: currency signs, thousands separators and spaces around it do not count. */
export function numberOf(text: string): number | undefined {
  const match = written.exec(text.normalize("NFKC").replace(/\s/gu, " ").replaceAll("’", "'").trim());
  if (match === null) return undefined;
  // Only the last two, and the separator, may have matched nothing.
  const [, sign, inner, whole, , fraction = "", exponent = ""] = match as unknown as Written;
  if (whole + fraction === "" || (sign !== "" && inner !== "")) return undefined;
  return Number(`${sign}${inner}${whole.replace(/[,_' ]/g, "")}${fraction}${exponent}`);
}

/** The numbers that stand in a text by themselves, as tokens do: not the `412` of `orders/412`, nor a year of a date. */
export function numbersIn(text: string): number[] {
  const pieces = text.normalize("NFKC").match(/[^\s;"()[\]{}<>|]+/gu) ?? [];
  return pieces.flatMap(
    (piece) => numberIn(piece) ?? piece.split(",").flatMap((part) => numberIn(part) ?? []),
  );
}

/** The number that a piece is without the punctuation at both its ends; the sign is not part of that. */
function numberIn(piece: string): number | undefined {
  const bare = trimEdges(piece);
  const before = piece.charAt(piece.indexOf(bare) - 1);
  // `.5` and `...5` look the same once it is cut off: it is neither.
  if (before === ".") return undefined;
  return numberOf(before === "-" ? `-${bare}` : bare);
}

/** Every run of digits, wherever it stands: what may have been put in. */
export function digitsIn(text: string): number[] {
  const found = text.normalize("NFKC").matchAll(/\d[\d_,]*(?:\.\d+)?/gu);
  return [...found].map(([digits]) => Number(digits.replace(/[_,]/g, "")));
}
