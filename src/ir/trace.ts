import type { TraceBody } from "./schemas/trace.js";

export type { Holding, TraceBody } from "./schemas/trace.js";

/**
 * The records of the trace (semantics.md, *The Reshimu: the trace*): plain data, one a step of a session. All times are
 * milliseconds since the epoch, all digests `sha256:` and 64 hex digits.
 */

export const traceVersion = 1;

/** Every kind of record, in the order of a session's life. */
export const traceKinds = [
  "opened",
  "delegated",
  "proposed",
  "decided",
  "confirmed",
  "ruled",
  "said",
  "observed",
  "outcome",
  "closed",
] as const;
export type TraceKind = (typeof traceKinds)[number];

/** What may be found to have become of an action. */
export const outcomes = ["worked", "failed", "undone"] as const;

/** A record of the trace. */
export type TraceRecord<K extends TraceKind = TraceKind> = {
  [Kind in K]: {
    readonly v: typeof traceVersion;
    readonly seq: number;
    readonly at: number;
    readonly root: string;
    readonly session: string;
    readonly policy: { readonly name: string; readonly digest: string };
    readonly prev: string | null;
    readonly cause: string | null;
    readonly kind: Kind;
    readonly body: TraceBody<Kind>;
    readonly hash: string;
  };
}[K];
