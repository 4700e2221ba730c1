// RFC 8785 canonical JSON and its SHA-256, written apart from the engine's: what the cases expect comes from here.
import { createHash } from "node:crypto";

/** Keys in the order of their UTF-16 units; numbers and texts as ECMAScript writes them. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const keys = Object.keys(value).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

export const digest = (value) =>
  `sha256:${createHash("sha256").update(canonical(value), "utf8").digest("hex")}`;

/** The digest of a policy: spans are outside it. */
export function policyDigest({ spans: _, ...meaning }) {
  return digest(meaning);
}
