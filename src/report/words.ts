import { visible } from "../diagnostics/visible.js";
import type { PolicyIr } from "../ir/policy.js";

/** In characters: so much of what an agent wrote is quoted. */
const longestQuote = 500;

/** Half of a surrogate pair may stand at the cut. */
const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most).replace(/[\ud800-\udbff]$/u, "")}…`;

/** What an agent wrote, as JSON on one line, cut, and with nothing in it that a terminal obeys. */
export const quoted = (value: unknown): string =>
  visible(cut(JSON.stringify(value) ?? "nothing", longestQuote));

/** A principal as people know them: `owner (Head of Accounts)`. */
export function principalName({ principals }: PolicyIr, name: string): string {
  const found = principals.find((one) => one.name === name);
  return visible(found === undefined ? name : `${name} (${found.display})`);
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
