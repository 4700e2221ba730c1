import { expect } from "vitest";
import { canonicalJson } from "../../../src/ir/digest.js";
import type { Decision } from "../../../src/ir/decision.js";
import type { TraceRecord } from "../../../src/ir/trace.js";
import { SessionError } from "../../../src/session/opening.js";
import type { Session } from "../../../src/session/session.js";
import { Store } from "../../../src/session/store.js";
import { importTrace } from "../../../src/trace/export.js";
import { MemoryTrace } from "../../../src/trace/memory.js";
import type { TraceStore } from "../../../src/trace/store.js";
import { verifyTrace } from "../../../src/trace/verify.js";
import { all, type Kind } from "../../trace/stores.js";
import { type Model, Refused } from "./model.js";
import { newEngine, sourcesOf } from "./policy.js";

/** Sessions on a trace, as several processes have them; beside the model, whose clock and world are theirs. */
export class Real {
  readonly #model: Model;
  readonly #opened: Awaited<ReturnType<Kind["open"]>>;
  readonly #stores: Store[] = [];
  /** By place: what the records seen so far are called. */
  readonly hashes: string[] = [];
  readonly #sessions = new Map<string, Session[]>();

  private constructor(model: Model, opened: Awaited<ReturnType<Kind["open"]>>) {
    this.#model = model;
    this.#opened = opened;
    this.#stores.push(this.#storeOn(opened.store));
  }

  static async on(kind: Kind, model: Model): Promise<Real> {
    return new Real(model, await kind.open());
  }

  get store(): Store {
    return this.#stores.at(-1) as Store;
  }

  keep(session: Session): void {
    this.#sessions.set(session.id, [...(this.#sessions.get(session.id) ?? []), session]);
  }

  /** A session, in one of the processes that have it. */
  session(id: string, which: number): Session {
    const those = this.#sessions.get(id) as Session[];
    return those[which % those.length] as Session;
  }

  /** Goes on in a new process, with a connection of its own; the others stay. */
  async resume(id: string): Promise<void> {
    const trace = (await this.#opened.again?.()) ?? this.#opened.store;
    const store = this.#storeOn(trace);
    this.#stores.push(store);
    this.keep(await store.session(id));
  }

  /** The same is done to both, comes to the same, and the same is recorded. */
  async agree(predict: () => unknown, act: () => Promise<unknown>): Promise<void> {
    const expected = outcomeOf(predict);
    const got = await act().then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    if ("refused" in expected) expect("error" in got && got.error).toBeInstanceOf(SessionError);
    else {
      if ("error" in got) throw got.error;
      if (isDecision(expected.value)) expect(got.value).toEqual(plain(expected.value));
    }
    await this.agreeOnTrace();
  }

  /** What was recorded since is what the model has. */
  async agreeOnTrace(): Promise<void> {
    const records = await this.newRecords();
    const wanted = this.#model.steps.slice(this.hashes.length);
    this.hashes.push(...records.map(({ hash }) => hash));
    const places = new Map(this.hashes.map((hash, index) => [hash, index + 1]));
    expect(records.map((record) => plain(stepOf(record, places)))).toEqual(wanted.map(plain));
  }

  newRecords(): Promise<TraceRecord[]> {
    return all(this.#opened.store.records({ after: this.hashes.length }));
  }

  /** The chain holds, and sessions that are made of a copy of the records alone know the same. */
  async agreeAtEnd(probes: readonly { readonly tool: string }[]): Promise<void> {
    const verified = await verifyTrace(this.#opened.store.records());
    expect(verified).toMatchObject({ records: this.#model.steps.length });
    expect(verified.flaw).toBeUndefined();
    const copy = new MemoryTrace();
    await importTrace(copy, this.#opened.store.records());
    const store = this.#storeOn(copy);
    for (const id of this.#model.sessions)
      for (const probe of probes) {
        const expected = outcomeOf(() => this.#model.propose(id, plain(probe) as never));
        if ("refused" in expected) continue;
        expect(await (await store.session(id)).propose(probe)).toEqual(plain(expected.value));
      }
  }

  async close(): Promise<void> {
    const traces = new Set<TraceStore>(this.#stores.map(({ trace }) => trace));
    for (const trace of traces) await trace.close();
    await this.#opened.remove();
  }

  #storeOn(trace: TraceStore): Store {
    return new Store(
      newEngine(),
      sourcesOf(() => this.#model.world),
      { trace, clock: () => this.#model.now },
    );
  }
}

const plain = (value: unknown): unknown => JSON.parse(canonicalJson(value));

const isDecision = (value: unknown): value is Decision =>
  typeof value === "object" && value !== null && "assessments" in value;

function outcomeOf(predict: () => unknown): { readonly value: unknown } | { readonly refused: true } {
  try {
    return { value: predict() };
  } catch (error) {
    if (error instanceof Refused) return { refused: true };
    throw error;
  }
}

/** A record as the model has it. */
function stepOf(record: TraceRecord, places: ReadonlyMap<string, number>): unknown {
  const { kind, session, at, cause, body } = record;
  const placeOf = (hash: string): number => places.get(hash) ?? Number.MAX_SAFE_INTEGER;
  const shown = record.kind === "decided" ? record.body.shown : undefined;
  return {
    kind,
    session,
    at,
    cause: cause === null ? null : placeOf(cause),
    body: shown === undefined ? body : { ...body, shown: placeOf(shown) },
  };
}
