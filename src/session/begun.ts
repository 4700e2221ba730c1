import type { TraceRecord } from "../ir/trace.js";
import type { Tail } from "../trace/store.js";

/** The record that began a session; undefined where there is none. */
export async function begunBy(tail: Tail, id: string): Promise<TraceRecord | undefined> {
  return (await tail.records({ session: id, kinds: ["opened", "delegated"] }))[0];
}
