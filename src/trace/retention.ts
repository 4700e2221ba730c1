import { longestWindow } from "../ir/window.js";
import { keptPolicy } from "./kept-policy.js";
import type { TraceStore } from "./store.js";

/** How far a trace can be removed, and why no further. */
export interface Cut {
  /** The last record to be removed; 0: none. */
  readonly seq: number;
  /** How many that are, of those that are kept. */
  readonly records: number;
  /** A session that goes on after the time, and keeps its records from its beginning. */
  readonly heldBy?: string;
  /** Limits that look further back than the time: what they count must stay. */
  readonly countedBy?: { readonly policy: string; readonly since: number };
}

/**
 * The records of sessions that ended before a time (milliseconds), for `TraceStore.prune`. What the policies of the trace still count
 * stays, and no session that went on later loses its beginning: it would know nothing of its limits any more.
 */
export async function cutBefore(store: TraceStore, before: number, now: number): Promise<Cut> {
  const counted = await countedSince(store, now);
  const isCounted = counted !== undefined && counted.since < before;
  const time = isCounted ? counted.since : before;
  const first = (await store.base())?.seq ?? 0;
  const last = await lastBefore(store, time);
  const held = await heldFrom(store, last);
  const seq = Math.max(first, held === undefined ? last : held.seq - 1);
  return {
    seq: seq === first ? 0 : seq,
    records: seq - first,
    ...(held === undefined ? {} : { heldBy: held.root }),
    ...(isCounted ? { countedBy: counted } : {}),
  };
}

/** Time never runs backwards along the chain: all before the first record at or after the time is older. */
async function lastBefore(store: TraceStore, time: number): Promise<number> {
  for await (const { seq } of store.records({ since: time, limit: 1 })) return seq - 1;
  return (await store.head())?.seq ?? 0;
}

/** The earliest session tree that began at or before a place and goes on behind it. */
async function heldFrom(
  store: TraceStore,
  place: number,
): Promise<{ readonly seq: number; readonly root: string } | undefined> {
  for await (const { seq, root } of store.records({ kinds: ["opened"], upTo: place }))
    for await (const _ of store.records({ root, after: place, limit: 1 })) return { seq, root };
  return undefined;
}

/** Since when the limits of the policies in use count over sessions. */
async function countedSince(store: TraceStore, now: number): Promise<Cut["countedBy"]> {
  const seen = new Set<string>();
  let earliest: Cut["countedBy"];
  for await (const { policy } of store.records({ kinds: ["opened", "delegated"] })) {
    if (seen.has(policy.digest)) continue;
    seen.add(policy.digest);
    const kept = await keptPolicy(store, policy.digest);
    const window = kept === undefined ? undefined : longestWindow(kept);
    if (window !== undefined && now - window < (earliest?.since ?? Number.POSITIVE_INFINITY))
      earliest = { policy: policy.name, since: now - window };
  }
  return earliest;
}
