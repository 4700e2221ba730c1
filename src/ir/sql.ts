/** What a look-up in SQL is made of, as far as the checker and the sources ask. */
export interface Sql {
  /** The text with quoted parts and comments put out by spaces: what is left is code. */
  readonly code: string;
  /** The names bound by `:name`, each once, in the order in which they come first. */
  readonly bound: readonly string[];
}

/**
 * Strings (`E'…'` with backslashes), quoted names (`"…"`, `` `…` ``), comments and dollar-quoted strings. A quote that is
 * never closed takes the rest.
 */
const NOT_CODE =
  /\b[Ee]'(?:[^'\\]|''|\\[\s\S])*(?:'|$)|'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|`[^`]*(?:`|$)|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|(\$(?:[A-Za-z_]\w*)?\$)[\s\S]*?(?:\1|$)/g;

/** `::text` is a cast and `:=` an assignment; neither binds a name. Behind a letter or digit it is a slice. */
const BOUND = /(?<![:\p{L}\p{N}_]):([\p{L}_][\p{L}\p{N}_]*)/gu;

/** Reads the SQL of a look-up (language.md, *grounding*). Whether it is SQL at all is for the database to say. */
export function readSql(text: string): Sql {
  const code = text.replace(NOT_CODE, (part) => " ".repeat(part.length));
  const bound = new Set([...code.matchAll(BOUND)].map((match) => match[1] ?? ""));
  return { code, bound: [...bound] };
}

/** The text with `$1` for the first of its bound names, `$2` for the second, and so on, wherever they stand. */
export function numberedSql(text: string, { code, bound }: Sql): string {
  let out = "";
  let end = 0;
  for (const match of code.matchAll(BOUND)) {
    out += `${text.slice(end, match.index)}$${bound.indexOf(match[1] ?? "") + 1}`;
    end = match.index + match[0].length;
  }
  return out + text.slice(end);
}
