import type { Json } from "./json.js";

/**
 * What the store says when a proposal is judged (semantics.md): plain data, so that a decision can be made again from
 * it. Times are milliseconds since the epoch. Everything here is unaffected by what the agent says.
 */
export interface Knowledge {
  /** One instant for the whole decision, never before the last record. */
  readonly now: number;
  readonly session: {
    readonly id: string;
    /** The session at the root of the tree of delegations; absent: this one. */
    readonly root?: string;
    /** The opening instruction of the root session, a source by the name of `intent`. */
    readonly instruction?: string;
  };
  /** The acting tier; absent: the lowest. */
  readonly tier?: string;
  /** How it came down to the acting tier, of a delegated session; absent: all that its tier holds has reached it. */
  readonly descent?: Descent;
  /** Why this may not even be proposed, beside what the policy says: sentences. Of a delegation, or of a session that has ended. */
  readonly problems?: readonly string[];
  readonly actor: { readonly id: string; readonly roles: readonly string[] };
  /** The givens that are known, in JSON as supplied or answered; defaults are the policy's. */
  readonly givens: { readonly [name: string]: Json };
  /** What sources said to the facts asked so far. */
  readonly answers: readonly FactAnswer[];
  /** Earlier actions that were authorized, in the order of time; of every session of the policy in the store. */
  readonly history: readonly PastAction[];
  /** What tools returned in this session tree. */
  readonly observations: readonly Observation[];
  /** What principals said in this session. */
  readonly said: readonly { readonly by: string; readonly text: string }[];
  readonly rulings: readonly Ruling[];
  readonly confirmations: readonly Confirmation[];
  /** The score of the proposal's message against the intent, 0 to 1; absent: not scored. */
  readonly fidelity?: number;
  /** What the digests of this tree of sessions are salted with, where its policy has sensitive parameters. */
  readonly salt?: string;
  /** Whether the last of `escalate` let its time pass for this proposal. */
  readonly lapsed?: boolean;
}

/** What reached a delegated session, and what was lost on the way. */
export interface Descent {
  /** Names of the bullets and givens that it carries. What it does not carry, its permits, checks and gray lines do not know. */
  readonly bullets: readonly string[];
  readonly givens: readonly string[];
  /** Tools it may use. */
  readonly tools: readonly string[];
  /** From the root down, one a delegation. */
  readonly hops: readonly Hop[];
}

/** One delegation (semantics.md, *The Beiur report*, 2). Things are written as boundaries write them: `intent.find`, `given.region`, a tool. */
export interface Hop {
  /** The session that was made by it. */
  readonly session: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly carried: readonly string[];
  /** What was held above and is not below, and whether a boundary or the delegation itself kept it back. */
  readonly withheld: readonly {
    readonly thing: string;
    readonly by: "boundary" | "delegation";
    readonly at: string;
  }[];
  /** What the rules at or below the receiver need and it was given, over what they need: 0 to 1. */
  readonly retention: number;
  /** How faithful the brief is to the intent, 0 to 1; absent: not scored. */
  readonly fidelity?: number;
}

/** A question to the world: a fact's name and its arguments, normalised (times as milliseconds). */
export interface FactQuestion {
  readonly fact: string;
  readonly args: readonly Json[];
}

/** What the sources of a fact said: one entry a source of the fact. */
export interface FactAnswer extends FactQuestion {
  readonly answers: readonly SourceAnswer[];
}

export type SourceAnswer =
  /** A value as the source gave it (JSON), and how old it is if the source says so; `null` where it has none. */
  | { readonly source: string; readonly value: Json; readonly at?: number }
  /** It failed, timed out, or gave something else than one value. */
  | { readonly source: string; readonly silent: string };

export interface PastAction {
  /** The root of the session tree it belongs to. */
  readonly session: string;
  readonly at: number;
  readonly tool: string;
  /** Normalised. */
  readonly args: { readonly [name: string]: Json };
  /** Per layer (by its index in the policy) the gravest class it may have had; absent where the layer had no opinion. */
  readonly classes: readonly (string | null)[];
  /** Whether its result has been observed. */
  readonly observed: boolean;
  /** The trust of what was read by it (semantics.md, *Tracing*, `session.trust`): of the sources that name the tool. */
  readonly trust: number;
}

export interface Observation {
  readonly tool: string;
  /** Names of the tool sources whose `when` held as it arrived (and that name the tool). */
  readonly sources: readonly string[];
  /** How many actions of this session's tree had been authorized when it arrived, its own included. */
  readonly after: number;
  /** Its leaves; empty where the output was marked as an error. */
  readonly leaves: readonly Leaf[];
}

/** A leaf of an output: key path without indices, and its text. Map keys are leaves too, with `key` set. */
export interface Leaf {
  readonly path: readonly string[];
  readonly text: string;
}

/** An answer by a principal to a question of a report. The latest for a question governs. */
export interface Ruling {
  /** The question's key: `STATEMENT-ID` for a condition, as given in the decision. */
  readonly question: string;
  readonly answer: boolean;
  readonly by: string;
  /** Whom it was asked of first, where they let the time pass and it came to be asked of `by`. */
  readonly instead?: string;
  /** Digest of the proposal it is for; absent: for the session. */
  readonly proposal?: string;
}

/** A principal's yes or no to one proposal under one policy. */
export interface Confirmation {
  readonly by: string;
  readonly answer: boolean;
  readonly proposal: string;
  readonly policy: string;
}

/** The root of the session tree whose actions count. */
export const rootOf = ({ session }: Pick<Knowledge, "session">): string => session.root ?? session.id;
