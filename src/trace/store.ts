import type { PolicyIr } from "../ir/policy.js";
import type { TraceBody, TraceKind, TraceRecord } from "../ir/trace.js";

/** The end of the chain: what the next record is linked to. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
  readonly at: number;
}

/** A record to be made: the store adds its place, its links and its hash. */
export type Draft<K extends TraceKind = TraceKind> = {
  [Kind in K]: {
    readonly kind: Kind;
    /** Moved on to the time of the record before, where it is earlier. */
    readonly at: number;
    readonly root: string;
    readonly session: string;
    readonly policy: { readonly name: string; readonly digest: string };
    readonly cause: string | null;
    readonly body: TraceBody<Kind>;
  };
}[K];

/** Which records; all that is given must hold. Without anything: all records. */
export interface Filter {
  /** After this place. */
  readonly after?: number;
  /** Up to this place, included. */
  readonly upTo?: number;
  readonly root?: string;
  readonly session?: string;
  readonly kinds?: readonly TraceKind[];
  /** By the policy's name, under whatever digest. */
  readonly policy?: string;
  /** At or after this time, in milliseconds. */
  readonly since?: number;
  /** Decisions and observations of this tool. */
  readonly tool?: string;
  readonly hash?: string;
  /** Whose hash begins so. */
  readonly prefix?: string;
  readonly cause?: string;
  /** So many of them at the most: the first ones. */
  readonly limit?: number;
}

/** A record as the medium holds it, which may have been changed from outside. */
export interface Stored {
  /** What stands there; undefined where it cannot be read. Nothing of it is checked. */
  readonly found: unknown;
  /** What the medium finds it by, and is not what it says: a name such as `session`. */
  readonly misfiled?: string;
}

/** The store while nobody else can append: what is read here is still so when what is appended here is recorded. */
export interface Tail {
  readonly head: Head | null;
  /** In order. */
  records(filter: Filter): Promise<TraceRecord[]>;
  append<K extends TraceKind>(draft: Draft<K>): Promise<TraceRecord<K>>;
  /**
   * Takes a record over as it is, from an export. Throws where it does not follow the head; in an empty store any record may be
   * the first, and what was before it counts as removed.
   */
  adopt(record: TraceRecord): Promise<void>;
}

/** A signature of the host over the end of the chain; see `checkpoint.ts`. */
export interface Checkpoint {
  readonly seq: number;
  readonly hash: string;
  readonly at: number;
  /** The public key, `ed25519:` and base64. */
  readonly key: string;
  readonly signature: string;
}

/**
 * Where the trace is kept (semantics.md, *The Reshimu: the trace*). One chain a store; append-only. Every implementation passes
 * the same contract tests. Errors of the medium are thrown as they are, after which nothing of the transaction is recorded.
 */
export interface TraceStore {
  /**
   * Runs `work` alone: everything it appends is recorded durably, or nothing is, where it throws. It may be run again where the
   * medium asks for it, so it must do nothing else than read and append.
   */
  transaction<T>(work: (tail: Tail) => Promise<T>): Promise<T>;
  head(): Promise<Head | null>;
  /** The last record that `prune` removed; null where none was. */
  base(): Promise<Head | null>;
  /** In order of `seq`, from one consistent state up to the head at the time of the call. Memory is bounded. */
  records(filter?: Filter): AsyncIterable<TraceRecord>;
  /** All that is there, also behind the head, as it is there: for `verifyStore`. Memory is bounded. */
  stored(): AsyncIterable<Stored>;
  /**
   * Removes the records up to a place, that included, for their age; the chain of the rest then stands on the hash of the last of
   * them. Gives how many were removed: none where no such record is kept.
   */
  prune(upTo: number): Promise<number>;
  /** Keeps a policy by its digest, so that what was decided can be told, and decided again. Idempotent. */
  keepPolicy(digest: string, policy: PolicyIr): Promise<void>;
  policy(digest: string): Promise<PolicyIr | undefined>;
  /** The salt of a session tree's sensitive values: 32 bytes hex, made at first use, in no record and no export. */
  salt(root: string): Promise<string>;
  keepCheckpoint(checkpoint: Checkpoint): Promise<void>;
  checkpoints(): Promise<Checkpoint[]>;
  close(): Promise<void>;
}
