import type { Sql } from "../../../../ir/sql.js";

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
