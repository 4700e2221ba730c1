import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import canonicalize from "canonicalize";
import type { Json } from "./json.js";
import type { PolicyIr } from "./policy.js";

/** RFC 8785 canonical JSON; undefined keys are left out. */
export function canonicalJson(value: unknown): string {
  return canonicalize(value) as string;
}

/** `sha256:` and the hex digits of SHA-256 over RFC 8785 canonical JSON. */
export function digest(value: Json | object): string {
  return `sha256:${bytesToHex(sha256(utf8ToBytes(canonicalJson(value))))}`;
}

/** The digest of a policy's meaning: spans are outside it (semantics.md, T13). */
export function policyDigest(policy: PolicyIr): string {
  const { spans: _, ...meaning } = policy;
  return digest(meaning);
}

/** The id of a statement: its kind, and what it says. Equal statements have equal ids, wherever they stand. */
export function statementId(kind: string, content: Json | object): string {
  return `${kind}/${digest(content).slice("sha256:".length, "sha256:".length + 12)}`;
}
