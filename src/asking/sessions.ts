import type { TraceRecord } from "../ir/trace.js";
import type { TraceStore } from "../trace/store.js";
import { type Standing, Tally } from "./tally.js";

/** A session of a trace, as a list of them shows it. */
export interface SessionSummary extends Standing {
  readonly session: string;
  /** The session at the root of its tree; its own id where that is this one. */
  readonly root: string;
  readonly policy: { readonly name: string; readonly digest: string };
  /** When it was opened, or delegated, in milliseconds. */
  readonly opened: number;
  readonly tier: string | null;
  readonly actor: string;
}

/** All sessions, in the order in which they were opened. Memory is bounded by none but the one that is read. */
export async function* sessionsOf(store: TraceStore): AsyncIterable<SessionSummary> {
  for await (const record of store.records({ kinds: ["opened", "delegated"] })) {
    const tally = new Tally();
    for await (const own of store.records({ session: record.session, kinds: ["decided", "closed"] }))
      tally.take(own);
    yield summaryOf(record as TraceRecord<"opened" | "delegated">, tally.standing);
  }
}

const summaryOf = (
  { session, root, policy, at, body }: TraceRecord<"opened" | "delegated">,
  standing: Standing,
): SessionSummary => ({
  session,
  root,
  policy,
  opened: at,
  tier: "hop" in body ? body.hop.to : body.tier,
  actor: body.actor.id,
  ...standing,
});
