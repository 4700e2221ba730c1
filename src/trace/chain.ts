import { canonicalJson, digestOfText } from "../ir/digest.js";
import { misfitOf } from "../ir/misfit.js";
import { type TraceKind, type TraceRecord, traceVersion } from "../ir/trace.js";
import type { Draft, Head } from "./store.js";

/** A record holds a proposal, its decision and the answers of sources: no more characters of canonical JSON. */
export const longestRecord = 16 * 1_048_576;

/** What was to be recorded is no record: verified later, the trace would not hold. The message is a sentence for a person. */
export class RecordError extends Error {
  override readonly name = "RecordError";
}

/** The hash of a record: over everything in it but the hash itself. */
export function hashOf(record: Omit<TraceRecord, "hash"> & { readonly hash?: string }): string {
  const { hash: _, ...rest } = record;
  return digestOfText(canonicalJson(rest));
}

/**
 * Links a draft to the end of the chain. Time never runs backwards along it. Throws a RecordError where that makes no record;
 * `checked` false: where nobody will ever read it back, its form is not looked at.
 */
export function link<K extends TraceKind>(
  draft: Draft<K>,
  head: Head | null,
  checked = true,
): TraceRecord<K> {
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
  const made = { ...record, hash: digestOfText(textOf(record)) };
  const problem = checked ? problemOf(made) : undefined;
  if (problem !== undefined)
    throw new RecordError(`this cannot be recorded as \`${draft.kind}\`: ${problem}`);
  return made as unknown as TraceRecord<K>;
}

function textOf(record: { readonly kind: TraceKind }): string {
  const text = orRecordError(record.kind, () => canonicalJson(record));
  if (text.length <= longestRecord) return text;
  throw new RecordError(
    `this cannot be recorded as \`${record.kind}\`: it has ${text.length} characters, and may have ${longestRecord}`,
  );
}

/** What JSON has no form for, or is nested beyond what can be read again. */
function orRecordError<T>(kind: TraceKind, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const reason = error instanceof RangeError ? "it is nested too deep" : (error as Error).message;
    throw new RecordError(`this cannot be recorded as \`${kind}\`: ${reason}`);
  }
}

/** Why something is no record, and where; undefined where it is one. */
export function problemOf(found: unknown): string | undefined {
  try {
    const misfit = misfitOf("traceRecord", found);
    return misfit && `${misfit.path.join(".")} ${misfit.message}`;
  } catch {
    return "it is nested too deep";
  }
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
