import type { Decision } from "../ir/decision.js";
import type { Json } from "../ir/json.js";

/** A decision as it was recorded, and is shown: without what is sensitive. */
export interface Recorded {
  /** The hash of its record, which a principal's word is on. */
  readonly decided: string;
  /** What was proposed; null where what was sent is no data. */
  readonly proposal: Json;
  readonly decision: Decision;
}

/** So many proposals with secrets are remembered, for a word on them. */
const mostPlain = 1_000;

/** What this process knows of decisions that it made, and no record says. Nothing is judged by it. */
export class Memory {
  readonly #recorded = new WeakMap<Decision, Recorded>();
  /** Proposals that wait for a word, by their digests, with their secrets. */
  readonly #plain = new Map<string, Json>();

  recorded(decision: Decision): Recorded | undefined {
    return this.#recorded.get(decision);
  }

  /** The proposal of this digest, with its secrets; undefined where it is not known here, or has none. */
  plain(digest: string): Json | undefined {
    return this.#plain.get(digest);
  }

  /** `plain`: the proposal, where it may hold secrets. */
  keep(decision: Decision, recorded: Recorded, plain: Json | undefined): void {
    const { decided, proposal, decision: shown } = recorded;
    this.#recorded.set(decision, { decided, proposal, decision: shown });
    this.#plain.delete(decision.proposal);
    if (plain === undefined || (decision.decision !== "confirm" && decision.decision !== "clarify")) return;
    this.#plain.set(decision.proposal, plain);
    const [oldest] = this.#plain.keys();
    if (this.#plain.size > mostPlain && oldest !== undefined) this.#plain.delete(oldest);
  }
}
