import type { TraceRecord } from "../ir/trace.js";
import { hashOf, problemOf } from "./chain.js";
import { isCheckpoint } from "./checkpoint.js";
import type { Checkpoint, Head } from "./store.js";
import { type PolicyOf, WordCheck } from "./word-check.js";

/** The first thing that is wrong with a trace. */
export interface Flaw {
  readonly kind: /** A record is no record. */
    | "malformed"
    /** A record is not what its hash says: it was changed. */
    | "changed"
    /** A record does not follow the one before it: something between was removed, put in or moved. */
    | "broken"
    /** A record follows from one that is not there. */
    | "lineage"
    /** A checkpoint is not signed by the key that it must be signed by; or a word is not, of a principal who has one. */
    | "unsigned"
    /** The store finds a record by something else than it says: questions about it would be answered wrongly. */
    | "misfiled"
    /** A checkpoint names another record at its place: what was there has been replaced. */
    | "replaced"
    /** A checkpoint lies beyond the end: the tail was removed. */
    | "truncated";
  /** The place of the record, or of the checkpoint. */
  readonly seq: number;
  readonly message: string;
}

export interface Verified {
  /** Absent: the trace is whole. */
  readonly flaw?: Flaw;
  /** How many records hold, from the first on. */
  readonly records: number;
  /** The last of them. */
  readonly head: Head | null;
}

export interface VerifyOptions {
  /** The last record that was removed for its age; the chain starts behind it. */
  readonly base?: Head | null;
  readonly checkpoints?: readonly Checkpoint[];
  /** Ends of the chain that are known from where its writer cannot reach: they count as they are, without a signature. */
  readonly anchors?: readonly Head[];
  /** Only checkpoints by this key count; without it any that is signed by the key it names, which shows less. */
  readonly key?: string;
  /**
   * The policies by their digests (`TraceStore.policy`, or what the reader compiled): with it every word of a principal with a key
   * must be signed by that key. A policy that is not there, or is not of its digest, can vouch for no word. Without it words are not checked.
   */
  readonly policy?: PolicyOf;
}

/**
 * Checks a trace from its first record on, without the store (T14): every change, removal, insertion and move is found; a tail
 * that was removed is found where a checkpoint lies in it.
 */
export async function verifyTrace(
  records: AsyncIterable<unknown> | Iterable<unknown>,
  { base = null, checkpoints = [], anchors = [], key, policy }: VerifyOptions = {},
): Promise<Verified> {
  const forged = checkpoints.find((one) => !isCheckpoint(one) || (key !== undefined && one.key !== key));
  if (forged !== undefined) {
    const message = `the checkpoint at ${forged.seq} is not signed by ${key === undefined ? "the key it names" : "the key it must be signed by"}`;
    return { flaw: { kind: "unsigned", seq: forged.seq, message }, records: 0, head: null };
  }
  const known = [...checkpoints, ...anchors].sort((a, b) => a.seq - b.seq);
  const hashes = new Map<number, string>();
  for (const { seq, hash } of known) {
    const other = hashes.get(seq);
    if (other !== undefined && other !== hash) return { flaw: twice(seq), records: 0, head: null };
    hashes.set(seq, hash);
  }
  const seen = new Set<string>();
  const words = policy === undefined ? undefined : new WordCheck(policy);
  let head: Head | null = base;
  let count = 0;
  for await (const found of records) {
    const flaw = flawOf(found, head, { base, seen, hashes });
    if (flaw !== undefined) return { flaw, records: count, head };
    const { seq, hash, at } = found as TraceRecord;
    const message = await words?.problemOf(found as TraceRecord);
    if (message !== undefined) return { flaw: { kind: "unsigned", seq, message }, records: count, head };
    seen.add(hash);
    head = { seq, hash, at };
    count += 1;
  }
  const beyond = known.find((one) => one.seq > (head?.seq ?? 0));
  if (beyond === undefined) return { records: count, head };
  const message = `a checkpoint says that record ${beyond.seq} was there; the trace ends at ${head?.seq ?? 0}`;
  return { flaw: { kind: "truncated", seq: beyond.seq, message }, records: count, head };
}

const twice = (seq: number): Flaw => ({
  kind: "replaced",
  seq,
  message: `two checkpoints name different records at ${seq}: one of them is of another trace`,
});

interface Known {
  readonly base: Head | null;
  readonly seen: ReadonlySet<string>;
  readonly hashes: ReadonlyMap<number, string>;
}

function flawOf(found: unknown, head: Head | null, { base, seen, hashes }: Known): Flaw | undefined {
  const place = (head?.seq ?? 0) + 1;
  const problem = problemOf(found);
  if (problem !== undefined)
    return { kind: "malformed", seq: place, message: `this is no record: ${problem}` };
  // Not what the schema gives: it drops own keys called `__proto__`, and the hash is over all that is there.
  const record = found as TraceRecord;
  if (hashOf(record) !== record.hash)
    return { kind: "changed", seq: place, message: `record ${record.seq} is not what its hash says` };
  const prev = head?.hash ?? null;
  if (record.prev !== prev || record.seq !== place || record.at < (head?.at ?? record.at))
    return {
      kind: "broken",
      seq: place,
      message: `record ${record.seq} does not follow ${head === null ? "the beginning" : `record ${head.seq}`}`,
    };
  // What caused a record may have been removed for its age; nothing else may be missing.
  if (record.cause !== null && !seen.has(record.cause) && base === null)
    return {
      kind: "lineage",
      seq: place,
      message: `record ${record.seq} follows from one that is not there`,
    };
  const stood = hashes.get(record.seq);
  if (stood !== undefined && stood !== record.hash)
    return {
      kind: "replaced",
      seq: place,
      message: `a checkpoint names another record at ${record.seq}`,
    };
  return undefined;
}
