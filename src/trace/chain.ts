import { createHash } from "node:crypto";
import { canonicalJson } from "../ir/digest.js";
import { type TraceKind, type TraceRecord, traceVersion } from "../ir/trace.js";
import type { Draft, Head } from "./store.js";

/** As `digest` in the IR gives it, by the platform's own SHA-256: a record is hashed at every step of every session. */
const digest = (value: object): string =>
  `sha256:${createHash("sha256").update(canonicalJson(value)).digest("hex")}`;

/** The hash of a record: over everything in it but the hash itself. */
export function hashOf(record: Omit<TraceRecord, "hash"> & { readonly hash?: string }): string {
  const { hash: _, ...rest } = record;
  return digest(rest);
}

/** Links a draft to the end of the chain. Time never runs backwards along it. */
export function link<K extends TraceKind>(draft: Draft<K>, head: Head | null): TraceRecord<K> {
  const record = {
    v: traceVersion,
    seq: (head?.seq ?? 0) + 1,
    at: Math.max(draft.at, head?.at ?? draft.at),
    root: draft.root,
    session: draft.session,
    policy: draft.policy,
    prev: head?.hash ?? null,
    cause: draft.cause,
    kind: draft.kind,
    body: draft.body,
  } as const;
  return { ...record, hash: digest(record) } as unknown as TraceRecord<K>;
}

/** Throws where a record does not follow this head; gives the base that it stands on where there is none. */
export function baseFor(record: TraceRecord, head: Head | null): Head | null {
  if (hashOf(record) !== record.hash) throw new Error(`record ${record.seq} is not what its hash says`);
  if (head === null && record.prev === null && record.seq === 1) return null;
  if (head === null && record.prev !== null && record.seq > 1)
    return { seq: record.seq - 1, hash: record.prev, at: record.at };
  if (head === null || record.prev !== head.hash || record.seq !== head.seq + 1)
    throw new Error(`record ${record.seq} does not follow what is there`);
  return null;
}

export const headOf = ({ seq, hash, at }: TraceRecord): Head => ({ seq, hash, at });

/** The tool that a record is about. */
export function toolOf(record: TraceRecord): string | undefined {
  switch (record.kind) {
    case "decided":
      return record.body.decision.action?.tool;
    case "observed":
      return record.body.tool;
    default:
      return undefined;
  }
}
