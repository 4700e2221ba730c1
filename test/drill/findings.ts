import type { TraceRecord } from "../../src/ir/trace.js";
import type { TraceStore } from "../../src/trace/store.js";
import type { Proposer } from "./proposers.js";

/** What the trace says of one session. */
export interface Seen {
  readonly authorized: number;
  readonly decided: number;
  /** Numbers `n` that were proposed and decided, with their decisions. */
  readonly decisions: ReadonlyMap<number, string>;
}

export async function seenIn(trace: TraceStore, session: string): Promise<Seen> {
  const numbers = new Map<string, number>();
  const decisions = new Map<number, string>();
  for await (const record of trace.records({ root: session })) {
    if (record.kind === "proposed") numbers.set(record.hash, numberOf(record));
    if (record.kind === "decided")
      decisions.set(numbers.get(record.cause ?? "") ?? Number.NaN, record.body.decision.decision);
  }
  const words = [...decisions.values()];
  return {
    authorized: words.filter((word) => word === "authorize").length,
    decided: words.length,
    decisions,
  };
}

const numberOf = ({ body }: TraceRecord<"proposed">): number =>
  (body.proposal as { args: { n: number } }).args.n;

/** How many acknowledged decisions the trace does not hold, or holds otherwise. */
export function lostOf({ decisions }: Seen, { errand, acknowledged }: Proposer): number {
  return acknowledged().filter((word, index) => decisions.get(errand.from + index) !== word).length;
}
