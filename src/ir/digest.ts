import canonicalize from "canonicalize";
import type { Json } from "./json.js";
import type { PolicyIr } from "./policy.js";
import { sha256Hex } from "./sha256.js";

/** RFC 8785 canonical JSON; undefined keys are left out. */
export function canonicalJson(value: unknown): string {
  return canonicalize(value) as string;
}

/** `sha256:` and the hex digits of SHA-256 over RFC 8785 canonical JSON. */
export function digest(value: Json | object): string {
  return digestOfText(canonicalJson(value));
}

/** As `digest` gives it of what has this canonical JSON. */
export const digestOfText = (canonical: string): string => `sha256:${sha256Hex(canonical)}`;

/** Of policies that were read from their canonical text, whose digest was made on the way. */
const known = new WeakMap<PolicyIr, string>();

/** Keeps the digest of a policy, which from now on must not be changed. */
export function keepDigest(policy: PolicyIr, text: string): void {
  known.set(policy, digestOfText(text));
}

/** The digest of a policy's meaning: spans are outside it (semantics.md, T13). */
export function policyDigest(policy: PolicyIr): string {
  const told = known.get(policy);
  if (told !== undefined) return told;
  const { spans: _, ...meaning } = policy;
  return digest(meaning);
}

/** The id of a statement: its kind, and what it says. Equal statements have equal ids, wherever they stand. */
export function statementId(kind: string, content: Json | object): string {
  return `${kind}/${digest(content).slice("sha256:".length, "sha256:".length + 12)}`;
}
