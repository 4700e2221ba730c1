import type { TraceRecord } from "../ir/trace.js";
import type { Filter, TraceStore } from "../trace/store.js";

/** A record, or why there is none: a sentence. */
export type Found =
  | { readonly ok: true; readonly record: TraceRecord }
  | { readonly ok: false; readonly problem: string };

const bad = (problem: string): Found => ({ ok: false, problem });

/** A shorter beginning of a hash is none that a person means. */
const leastPrefix = 6;

/** A record by its place, `#12` or `12`, or by its hash or the beginning of it, with or without `sha256:`. */
export async function findRecord(store: TraceStore, id: string): Promise<Found> {
  const place = /^#(\d{1,15})$|^(\d{1,5})$/u.exec(id);
  if (place !== null) {
    const seq = Number(place[1] ?? place[2]);
    const record = await first(store, { after: seq - 1, upTo: seq });
    return record === undefined ? bad(`no record has the place ${seq}`) : { ok: true, record };
  }
  const digits = /^(?:sha256:)?([0-9a-f]{1,64})$/u.exec(id)?.[1];
  if (digits === undefined)
    return bad(
      `\`${id.slice(0, 100)}\` names no record: write its place as #12, or its hash, or the beginning of that`,
    );
  if (digits.length < leastPrefix)
    return bad(`\`${id}\` is too short: write at least ${leastPrefix} digits of the hash`);
  const found: TraceRecord[] = [];
  for await (const record of store.records({ prefix: `sha256:${digits}`, limit: 2 })) found.push(record);
  const [record, other] = found;
  if (record === undefined) return bad(`no record has a hash that begins with \`${digits}\``);
  return other === undefined
    ? { ok: true, record }
    : bad(`the hashes of several records begin with \`${digits}\`: write more of it`);
}

/** The first record that fits; undefined where none does. */
export async function first(store: TraceStore, filter: Filter): Promise<TraceRecord | undefined> {
  for await (const record of store.records({ ...filter, limit: 1 })) return record;
  return undefined;
}

/** The record by this hash. */
export const byHash = (store: TraceStore, hash: string | null): Promise<TraceRecord | undefined> =>
  hash === null ? Promise.resolve(undefined) : first(store, { hash });
