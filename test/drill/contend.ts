import { verifyTrace } from "../../src/trace/verify.js";
import { lostOf, seenIn } from "./findings.js";
import { type Medium, takePlace } from "./place.js";
import { startProposer } from "./proposers.js";

export interface Contention {
  readonly processes: number;
  readonly proposals: number;
  readonly limit: number;
}

export interface Contended {
  readonly authorized: number;
  readonly decided: number;
  /** Decisions that were acknowledged and are not in the trace as they were told. */
  readonly lost: number;
  readonly records: number;
  readonly flaw: string | undefined;
  readonly seconds: number;
  /** Each sentence is something that must not be. */
  readonly failures: readonly string[];
}

/** So many processes propose on one session at once; together they get no more than its limit. */
export async function contend(
  medium: Medium,
  { processes, proposals, limit }: Contention,
): Promise<Contended> {
  const { policy, place, store, leave } = await takePlace(medium, limit);
  try {
    await store.open({ id: "s" });
    const start = performance.now();
    const share = Math.ceil(proposals / processes);
    const all = Array.from({ length: processes }, (_, at) => {
      const count = Math.max(0, Math.min(share, proposals - at * share));
      return startProposer({ policy, place, session: "s", count, from: at * share });
    });
    await Promise.all(all.map(({ ended }) => ended));
    const seconds = (performance.now() - start) / 1_000;
    const seen = await seenIn(store.trace, "s");
    const { flaw, records } = await verifyTrace(store.trace.records());
    const lost = all.reduce((sum, one) => sum + lostOf(seen, one), 0);
    const told = all.flatMap((one) => one.acknowledged()).filter((word) => word === "authorize").length;
    const expected = Math.min(limit, proposals);
    const failures = [
      ...(all.every((one) => one.isDone()) ? [] : ["a process ended before its last proposal"]),
      ...(seen.authorized === expected && told === expected
        ? []
        : [`${seen.authorized} are authorized, and ${told} were told so: ${expected} must be`]),
      ...(seen.decided === proposals ? [] : [`${seen.decided} of ${proposals} proposals are decided`]),
      ...(lost === 0 ? [] : [`${lost} acknowledged decisions are lost`]),
      ...(flaw === undefined ? [] : [`the trace does not hold: ${flaw.message}`]),
    ];
    return {
      authorized: seen.authorized,
      decided: seen.decided,
      lost,
      records,
      flaw: flaw?.message,
      seconds,
      failures,
    };
  } finally {
    await leave();
  }
}
