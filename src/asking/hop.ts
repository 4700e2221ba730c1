import type { Hop } from "../ir/knowledge.js";
import type { TraceRecord } from "../ir/trace.js";

/** What a delegation carried and lost, from its record; `from` is the tier that it came from. */
export function hopOf({ session, body }: TraceRecord<"delegated">, from: string | null): Hop {
  const { tier, carries, retention, fidelity } = body;
  return { session, from, to: tier, carried: carries ?? [], withheld: [], retention, fidelity };
}
