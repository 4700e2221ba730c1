/** What a look-up in SQL is made of, as far as the rules ask. */
export interface Sql {
  /** The text with quoted parts and comments put out by spaces: what is left is code. */
  readonly code: string;
  /** The names bound by `:name`, each once. */
  readonly bound: readonly string[];
}

/**
 * Strings, quoted names (`"…"`, `` `…` ``, `[…]` where it cannot be an index), comments and dollar-quoted strings.
 * A quote that is never closed takes the rest.
 */
const NOT_CODE =
  /'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|`[^`]*(?:`|$)|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|(\$(?:[A-Za-z_]\w*)?\$)[\s\S]*?(?:\1|$)/g;

/** `::text` is a cast and `:=` an assignment; neither binds a name. */
const BOUND = /(?<![:\w]):([A-Za-z_]\w*)/g;

export function readSql(text: string): Sql {
  const code = text.replace(NOT_CODE, (part) => " ".repeat(part.length));
  const bound = new Set([...code.matchAll(BOUND)].map((match) => match[1] ?? ""));
  return { code, bound: [...bound] };
}

/** Whether it begins as a query does. */
export const isQuery = ({ code }: Sql): boolean => /^\s*(?:select|with)\b/i.test(code);

/** Words that only a statement that writes puts together, also behind a `with`. */
const WRITES = /\b(?:insert\s+into|delete\s+from|merge\s+into|update\s+\S+\s+set)\b/i;

export const writes = ({ code }: Sql): boolean => WRITES.test(code);

/** A parameter without a name (`?`, `$1`), which nobody could fill in. */
export function unnamedParameter({ code }: Sql, kind: "sqlite" | "postgres"): string | undefined {
  const pattern = kind === "sqlite" ? /\?\d*|[$@][A-Za-z_]\w*/ : /\$\d+/;
  return code.match(pattern)?.[0];
}
