import type { Engine } from "../engine/engine.js";
import type { Decision } from "../ir/decision.js";
import type { Json } from "../ir/json.js";
import type { Knowledge } from "../ir/knowledge.js";
import type { Sources } from "../sources/ask.js";
import type { Tail, TraceStore } from "../trace/store.js";
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
  readonly policy: { readonly name: string; readonly digest: string };
  now(): number;
  read(tail: Tail, state: SessionState): Promise<void>;
}
