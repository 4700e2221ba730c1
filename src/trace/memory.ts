import { randomBytes } from "node:crypto";
import type { PolicyIr } from "../ir/policy.js";
import type { TraceKind, TraceRecord } from "../ir/trace.js";
import { baseFor, headOf, link, toolOf } from "./chain.js";
import type { Checkpoint, Draft, Filter, Head, Stored, Tail, TraceStore } from "./store.js";

/** A trace kept in memory: for tests, `eval`, and hosts whose sessions end with the process. */
export class MemoryTrace implements TraceStore {
  readonly #checked: boolean;
  #records: TraceRecord[] = [];
  #base: Head | null = null;
  readonly #policies = new Map<string, PolicyIr>();
  readonly #salts = new Map<string, string>();
  readonly #checkpoints: Checkpoint[] = [];
  #turn: Promise<unknown> = Promise.resolve();

  /** `transient`: nobody reads its records but the sessions on it, so they are not held against their schema. */
  constructor({ transient = false }: { readonly transient?: boolean } = {}) {
    this.#checked = !transient;
  }

  transaction<T>(work: (tail: Tail) => Promise<T>): Promise<T> {
    const mine = this.#turn.then(async () => {
      const drafted: TraceRecord[] = [];
      let base = this.#base;
      const head = () => headAt(drafted) ?? this.#head();
      const result = await work({
        get head() {
          return head();
        },
        records: async (filter) => [...this.#found(filter, drafted)],
        append: async <K extends TraceKind>(draft: Draft<K>) => {
          const record = link(draft, head(), this.#checked);
          drafted.push(record as TraceRecord);
          return record;
        },
        adopt: async (record) => {
          base = baseFor(record, head()) ?? base;
          drafted.push(record);
        },
      });
      this.#base = base;
      for (const record of drafted) this.#records.push(record);
      return result;
    });
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  async head(): Promise<Head | null> {
    return this.#head();
  }

  async base(): Promise<Head | null> {
    return this.#base;
  }

  async *records(filter: Filter = {}): AsyncIterable<TraceRecord> {
    const upTo = Math.min(filter.upTo ?? Number.POSITIVE_INFINITY, this.#head()?.seq ?? 0);
    yield* this.#found({ ...filter, upTo }, []);
  }

  async *stored(): AsyncIterable<Stored> {
    for (const found of this.#records) yield { found };
  }

  async prune(upTo: number): Promise<number> {
    const place = this.#records.findIndex((record) => record.seq === upTo);
    if (place === -1) return 0;
    this.#base = headOf(this.#records[place] as TraceRecord);
    this.#records = this.#records.slice(place + 1);
    return place + 1;
  }

  async keepPolicy(digest: string, policy: PolicyIr): Promise<void> {
    this.#policies.set(digest, policy);
  }

  async policy(digest: string): Promise<PolicyIr | undefined> {
    return this.#policies.get(digest);
  }

  async salt(root: string): Promise<string> {
    const salt = this.#salts.get(root) ?? randomBytes(32).toString("hex");
    this.#salts.set(root, salt);
    return salt;
  }

  async keepCheckpoint(checkpoint: Checkpoint): Promise<void> {
    this.#checkpoints.push(checkpoint);
  }

  async checkpoints(): Promise<Checkpoint[]> {
    return [...this.#checkpoints];
  }

  async close(): Promise<void> {}

  *#found(filter: Filter, drafted: readonly TraceRecord[]): Iterable<TraceRecord> {
    let left = filter.limit ?? Number.POSITIVE_INFINITY;
    for (const record of this.#matching(filter, drafted)) {
      if (left <= 0) return;
      left -= 1;
      yield record;
    }
  }

  *#matching(filter: Filter, drafted: readonly TraceRecord[]): Iterable<TraceRecord> {
    const records = this.#records;
    // Places have no gaps: what is asked for since lately is not looked for from the beginning.
    const first = Math.max(0, (filter.after ?? 0) - (this.#base?.seq ?? 0));
    for (let place = first; place < records.length; place += 1) {
      const record = records[place] as TraceRecord;
      if (filter.upTo !== undefined && record.seq > filter.upTo) break;
      if (matches(record, filter)) yield record;
    }
    for (const record of drafted) if (matches(record, filter)) yield record;
  }

  #head(): Head | null {
    return headAt(this.#records) ?? this.#base;
  }
}

function headAt(records: readonly TraceRecord[]): Head | null {
  const last = records.at(-1);
  return last === undefined ? null : headOf(last);
}

function matches(record: TraceRecord, filter: Filter): boolean {
  return (
    record.seq > (filter.after ?? 0) &&
    record.seq <= (filter.upTo ?? record.seq) &&
    (filter.root === undefined || record.root === filter.root) &&
    (filter.session === undefined || record.session === filter.session) &&
    (filter.kinds === undefined || filter.kinds.includes(record.kind)) &&
    (filter.policy === undefined || record.policy.name === filter.policy) &&
    record.at >= (filter.since ?? record.at) &&
    (filter.tool === undefined || toolOf(record) === filter.tool) &&
    (filter.hash === undefined || record.hash === filter.hash) &&
    (filter.prefix === undefined || record.hash.startsWith(filter.prefix)) &&
    (filter.cause === undefined || record.cause === filter.cause)
  );
}
