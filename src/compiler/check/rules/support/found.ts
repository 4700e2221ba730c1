import type { Diagnostic } from "../../../../diagnostics/diagnostic.js";

/** What a rule finds: its code and severity are the rule's. */
export type Found = Omit<Diagnostic, "severity" | "code">;

/** The user's text, as messages set it. */
export const quote = (text: string): string => `\`${text}\``;

/** Things in a sentence: `a`, `b` and `c`; those beyond the seventh are counted. */
export function listed(names: readonly string[], most = 7): string {
  const shown = names.length > most ? names.slice(0, most - 1) : names;
  const rest = names.length - shown.length;
  const parts = [...shown.map(quote), ...(rest > 0 ? [`${rest} more`] : [])];
  const last = parts.pop() ?? "";
  return parts.length === 0 ? last : `${parts.join(", ")} and ${last}`;
}
