import type { Engine } from "../engine/engine.js";
import type { PolicyIr } from "../ir/policy.js";
import type { TraceRecord } from "../ir/trace.js";
import type { Sources } from "../sources/ask.js";
import { MemoryTrace } from "../trace/memory.js";
import type { Tail, TraceStore } from "../trace/store.js";
import type { Home, Observer } from "./home.js";
import { kept } from "./kept.js";
import { checkOpening, SessionError, type SessionOptions } from "./opening.js";
import { Session } from "./session.js";
import { SessionState } from "./state.js";

export interface StoreOptions {
  /** Where sessions are kept; absent: in memory, for as long as the process lives. */
  readonly trace?: TraceStore;
  /** Milliseconds since the epoch; absent: the platform's clock. */
  readonly clock?: () => number;
  readonly observer?: Observer;
}

/**
 * The sessions of one policy, kept in a trace. Any number of stores, in any number of processes, may work on one trace at the same
 * time: deciding and recording are one transaction.
 */
export class Store implements Home {
  readonly engine: Engine;
  readonly sources: Sources | undefined;
  readonly trace: TraceStore;
  readonly observer: Observer | undefined;
  readonly #clock: () => number;
  readonly #window: number | undefined;
  #keptPolicy: Promise<void> | undefined;

  /** `sources` undefined: no source is asked, every fact is silent. */
  constructor(
    engine: Engine,
    sources: Sources | undefined,
    { trace = new MemoryTrace(), clock = Date.now, observer }: StoreOptions = {},
  ) {
    this.engine = engine;
    this.sources = sources;
    this.trace = trace;
    this.observer = observer;
    this.#clock = clock;
    this.#window = longestWindow(engine.policy);
  }

  /** Which policy the records of its sessions are made under. */
  get policy(): { readonly name: string; readonly digest: string } {
    return { name: this.engine.policy.name, digest: this.engine.digest };
  }

  now(): number {
    return this.#clock();
  }

  /**
   * Opens a session. Throws a SessionError where the policy has no intent, a given, tier or value does not fit, or the id
   * is taken: two sessions of one name would count, and trace, each other's actions as their own.
   */
  async open(options: SessionOptions = {}): Promise<Session> {
    const { policy } = this.engine;
    checkOpening(policy, options);
    this.#keptPolicy ??= this.trace.keepPolicy(this.engine.digest, policy);
    await this.#keptPolicy;
    const { givens = {}, instruction, tier, actor = "agent", roles = [] } = options;
    const state = await this.trace.transaction(async (tail) => {
      const id = options.id ?? (await freeId(tail));
      if (options.id !== undefined && (await isTaken(tail, id)))
        throw new SessionError(`a session called \`${id}\` is there already`);
      const fresh = new SessionState(id, policy, this.engine.digest);
      await this.#readOthers(tail, fresh);
      const record = await tail.append({
        kind: "opened",
        at: this.now(),
        root: id,
        session: id,
        policy: this.policy,
        cause: null,
        body: {
          bullets: policy.intent?.bullets.map(({ name, text }) => ({ name, text })) ?? [],
          givens: kept("givens", { ...givens }),
          ...(instruction === undefined ? {} : { instruction: kept("instruction", instruction) }),
          tier: tier ?? policy.tiers.at(-1)?.name ?? null,
          actor: { id: actor, roles: kept("roles", [...roles]) },
        },
      });
      fresh.take(record as TraceRecord);
      return fresh;
    });
    return new Session(this, state);
  }

  /**
   * A session that was opened before, by whatever process. Throws a SessionError where there is none, or where it was opened
   * under another policy or another form of this one: what was agreed on then still binds it.
   */
  async session(id: string): Promise<Session> {
    const state = new SessionState(id, this.engine.policy, this.engine.digest);
    await this.trace.transaction((tail) => this.read(tail, state));
    if (state.opened === undefined) throw new SessionError(`no session is called \`${id.slice(0, 100)}\``);
    if (state.policy !== this.engine.digest)
      throw new SessionError(
        `the session \`${id}\` was opened under another form of the policy: ${state.policy ?? ""}`,
      );
    return new Session(this, state);
  }

  /** Brings a state up to the end of the trace. */
  async read(tail: Tail, state: SessionState): Promise<void> {
    const own = await tail.records({ root: state.id, after: state.seq });
    const others = this.#window === undefined ? [] : await this.#others(tail, state.seq);
    const all = others.length === 0 ? own : [...own, ...others].sort((a, b) => a.seq - b.seq);
    for (const record of all) state.take(record);
    if (tail.head !== null) state.seq = Math.max(state.seq, tail.head.seq);
  }

  async #readOthers(tail: Tail, state: SessionState): Promise<void> {
    if (this.#window === undefined) return;
    for (const record of await this.#others(tail, 0)) state.take(record);
  }

  /** Actions of all sessions of the policy that its limits may still count. */
  #others(tail: Tail, after: number): Promise<TraceRecord[]> {
    const since = Math.max(this.now(), tail.head?.at ?? 0) - (this.#window ?? 0);
    return tail.records({
      policy: this.engine.policy.name,
      kinds: ["decided", "observed"],
      after,
      ...(after === 0 ? { since } : {}),
    });
  }
}

/** The longest time over which a limit counts the actions of all sessions; undefined: none does. */
function longestWindow({ layers, classes }: PolicyIr): number | undefined {
  const windows = [
    ...layers.flatMap(({ scope }) => scope?.limits.map(({ per }) => per) ?? []),
    ...classes.flatMap(({ limit }) => limit?.per ?? []),
  ].filter((per) => per !== "session");
  return windows.length === 0 ? undefined : Math.max(...windows);
}

async function isTaken(tail: Tail, id: string): Promise<boolean> {
  return (await tail.records({ session: id, kinds: ["opened", "delegated"] })).length > 0;
}

async function freeId(tail: Tail): Promise<string> {
  for (let place = 1; ; place += 1) {
    const id = place === 1 ? "session" : `session-${place}`;
    if (!(await isTaken(tail, id))) return id;
  }
}
