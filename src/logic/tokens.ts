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

/** Whether `run` stands in `tokens`, whole and in one piece; in linear time, as both may come from an adversary. */
export function containsRun(tokens: readonly string[], run: readonly string[]): boolean {
  if (run.length === 0 || run.length > tokens.length) return false;
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
  for (let at = 1; at < run.length; at += 1) {
    while (length > 0 && run[at] !== run[length]) length = borders[length - 1] as number;
    if (run[at] === run[length]) length += 1;
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

/** A number as people write it: currency signs, thousands separators and spaces around it do not count. */
export function numberOf(text: string): number | undefined {
  const match = written.exec(text.normalize("NFKC").replace(/\s/gu, " ").replaceAll("’", "'").trim());
  if (match === null) return undefined;
  const [, sign = "", inner = "", whole = "", , fraction = "", exponent = ""] = match;
  if (whole + fraction === "" || (sign !== "" && inner !== "")) return undefined;
  return Number(`${sign}${inner}${whole.replace(/[,_' ]/g, "")}${fraction}${exponent}`);
}

/** The numbers that stand in a text by themselves, as tokens do: not the `412` of `orders/412`, nor a year of a date. */
export function numbersIn(text: string): number[] {
  const pieces = text.normalize("NFKC").split(/[\s;"()[\]{}<>|]+/u);
  return pieces.flatMap((piece) => {
    const whole = numberOf(trimNumber(piece));
    if (whole !== undefined) return [whole];
    return piece.includes(",") ? piece.split(",").flatMap((part) => numberOf(trimNumber(part)) ?? []) : [];
  });
}

/** Takes off punctuation at both ends, but not the sign of a number. */
function trimNumber(piece: string): string {
  const bare = trimEdges(piece);
  const at = piece.indexOf(bare);
  const before = piece.charAt(at - 1);
  // `.5` and `...5` look the same once it is cut off: it is neither.
  if (before === ".") return "";
  return before === "-" && /^(?:\p{Sc}|\d)/u.test(bare) ? `-${bare}` : bare;
}

/** Every run of digits, wherever it stands: what may have been put in. */
export function digitsIn(text: string): number[] {
  const found = text.normalize("NFKC").matchAll(/\d[\d_,]*(?:\.\d+)?/gu);
  return [...found].map(([digits]) => Number(digits.replace(/[_,]/g, "")));
}
