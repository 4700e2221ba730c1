import type { Diagnostic, Span } from "../../../../diagnostics/diagnostic.js";
import type { Unit } from "../../../program.js";

/** What a rule finds: its code and severity are the rule's. */
export type Found = Omit<Diagnostic, "severity" | "code">;

/** The user's text, as messages set it. */
export const quote = (text: string): string => `\`${text}\``;

/** What a file says at a place, on one line and quoted; of what is long the beginning. */
export function quoteOf({ source }: Unit, { start, end }: Span, most = 60): string {
  const text = source.text.slice(start, end).replace(/\s+/g, " ");
  return quote(text.length > most ? `${text.slice(0, most - 1).toWellFormed()}…` : text);
}

/** Things in a sentence: `a`, `b` and `c`; those beyond the seventh are counted. */
export function listed(names: readonly string[], most = 7): string {
  const shown = names.length > most ? names.slice(0, most - 1) : names;
  const rest = names.length - shown.length;
  const parts = [...shown.map(quote), ...(rest > 0 ? [`${rest} more`] : [])];
  const last = parts.pop() ?? "";
  return parts.length === 0 ? last : `${parts.join(", ")} and ${last}`;
}

/** How often each of some texts is among them. */
export function countsOf(texts: Iterable<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
