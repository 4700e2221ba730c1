import type { TraceRecord } from "../ir/trace.js";
import type { Head, TraceStore } from "./store.js";
import { type Flaw, type Verified, type VerifyOptions, verifyTrace } from "./verify.js";

/**
 * Checks a store as it is kept (T14): its records as `verifyTrace` does, and that it finds each by what it says, and ends where it
 * says that it ends. Its own checkpoints count beside those that are given.
 */
export async function verifyStore(
  store: TraceStore,
  { checkpoints = [], ...options }: Omit<VerifyOptions, "base"> = {},
): Promise<Verified> {
  // Before the records: what is appended meanwhile lies behind this head.
  const head = await store.head();
  const known = [...(await store.checkpoints()), ...checkpoints];
  let misfiled: Flaw | undefined;
  async function* records(): AsyncIterable<unknown> {
    for await (const row of store.stored()) {
      if (row.misfiled !== undefined) misfiled = misfiledFlaw(row.found as TraceRecord, row.misfiled);
      if (misfiled !== undefined) return;
      yield row.found;
    }
  }
  const base = await store.base();
  const verified = await verifyTrace(records(), { ...options, base, checkpoints: known });
  if (misfiled !== undefined && isOfEnd(verified.flaw)) return { ...verified, flaw: misfiled };
  const flaw = verified.flaw ?? endFlaw(head, verified.head);
  return flaw === undefined ? verified : { ...verified, flaw };
}

/** A misfiled record ends the reading: that nothing follows is then no finding. */
const isOfEnd = (flaw: Flaw | undefined): boolean => flaw === undefined || flaw.kind === "truncated";

const misfiledFlaw = ({ seq }: TraceRecord, by: string): Flaw => ({
  kind: "misfiled",
  seq,
  message: `the store finds record ${seq} by another \`${by}\` than it says`,
});

/** The store keeps its end beside its records: who cuts off the tail forgets one of the two, unless he knows. */
function endFlaw(said: Head | null, found: Head | null): Flaw | undefined {
  if (said === null || (found !== null && found.seq > said.seq)) return undefined;
  if (found === null || found.seq < said.seq)
    return {
      kind: "truncated",
      seq: said.seq,
      message: `the store says that record ${said.seq} was its last; it ends at ${found?.seq ?? 0}`,
    };
  if (found.hash === said.hash) return undefined;
  return {
    kind: "replaced",
    seq: said.seq,
    message: `the store says that its last was another record ${said.seq}`,
  };
}
