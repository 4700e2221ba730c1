import type { Engine } from "../engine/engine.js";
import type { Decision } from "../ir/decision.js";
import type { Json } from "../ir/json.js";
import type { Knowledge } from "../ir/knowledge.js";
import type { Sources } from "../sources/ask.js";
import type { PolicyIr } from "../ir/policy.js";
import type { Tail, TraceStore } from "../trace/store.js";
import type { Narrow } from "./delegation.js";
import type { Scorer } from "./fidelity.js";
import type { SessionState } from "./state.js";

/** Looks on at what is decided, as it is decided and before it is recorded; what it is told lasts for the call only. */
export interface Observer {
  decided?(proposal: unknown, knowledge: Knowledge, decision: Decision): void;
  /** An output of a tool arrives. */
  observed?(tool: string, args: { readonly [name: string]: Json }, knowledge: Knowledge): void;
}

/** What a session has of the store that opened it. */
export interface Home {
  readonly engine: Engine;
  readonly sources: Sources | undefined;
  readonly trace: TraceStore;
  readonly observer: Observer | undefined;
  readonly scorer: Scorer;
  readonly narrow: Narrow | undefined;
  now(): number;
  /** Brings a state up to the end of the trace, with what the limits of a policy may count of other sessions. */
  read(tail: Tail, state: SessionState, policy: PolicyIr): Promise<void>;
  /** Keeps a policy in the trace, before the first record that is made under it. */
  keep(policy: Pick<Engine, "digest" | "policy">): Promise<void>;
}
