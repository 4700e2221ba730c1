import type { DecisionWord } from "../ir/decision.js";
import type { TraceRecord } from "../ir/trace.js";

export type Decided = { readonly [word in DecisionWord]: number };

/** What became of a session so far. */
export interface Standing {
  /** Decisions by their word. */
  readonly decided: Decided;
  /** Decisions that wait for a principal: `confirm` or `clarify`, and not made afresh since. */
  readonly waiting: number;
  readonly closed: boolean;
}

/** Counts what is decided in a session; records are told in their order. */
export class Tally {
  readonly #decided = { return: 0, clarify: 0, confirm: 0, authorize: 0 };
  /** Digests of the proposals that wait. */
  readonly #waiting = new Set<string>();
  #closed = false;

  take(record: TraceRecord): void {
    if (record.kind === "closed") this.#closed = true;
    if (record.kind !== "decided") return;
    const { decision, proposal } = record.body.decision;
    this.#decided[decision] += 1;
    if (decision === "confirm" || decision === "clarify") this.#waiting.add(proposal);
    else this.#waiting.delete(proposal);
  }

  get standing(): Standing {
    return {
      decided: { ...this.#decided },
      waiting: this.#closed ? 0 : this.#waiting.size,
      closed: this.#closed,
    };
  }
}
