import { createEngine, type Engine } from "../engine/engine.js";
import type { PolicyIr } from "../ir/policy.js";
import type { TraceRecord } from "../ir/trace.js";
import { longestWindow } from "../ir/window.js";
import type { Sources } from "../sources/ask.js";
import { MemoryTrace } from "../trace/memory.js";
import type { Tail, TraceStore } from "../trace/store.js";
import { begunBy } from "./begun.js";
import { type Narrow, narrowed } from "./delegation.js";
import { lexicalScore, type Scorer } from "./fidelity.js";
import type { Home, Observer } from "./home.js";
import { kept } from "./kept.js";
import { Ledger } from "./ledger.js";
import { asSessionError, checkOpening, SessionError, type SessionOptions } from "./opening.js";
import { Session } from "./session.js";
import { SessionState } from "./state.js";

/** So many engines are kept at hand; the store's own is the first of them, and stays. */
const mostEngines = 100;

export interface StoreOptions {
  /** Where sessions are kept; absent: in memory, for as long as the process lives. */
  readonly trace?: TraceStore;
  /** Milliseconds since the epoch; absent: the platform's clock. */
  readonly clock?: () => number;
  readonly observer?: Observer;
  /** How messages and briefs are held against the intent; absent: by their words (`lexicalScore`). */
  readonly scorer?: Scorer;
  /** What makes a narrowing of its text: `compileNarrowing`. Absent: none is taken. */
  readonly narrow?: Narrow;
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
  readonly scorer: Scorer;
  readonly narrow: Narrow | undefined;
  readonly #clock: () => number;
  /** Those of narrowed policies, by digest. */
  readonly #engines = new Map<string, Engine>();
  readonly #kept = new Set<string>();

  /** `sources` undefined: no source is asked, every fact is silent. */
  constructor(
    engine: Engine,
    sources: Sources | undefined,
    {
      trace = new MemoryTrace(),
      clock = Date.now,
      observer,
      scorer = lexicalScore,
      narrow,
    }: StoreOptions = {},
  ) {
    this.engine = engine;
    this.sources = sources;
    this.trace = trace;
    this.observer = observer;
    this.scorer = scorer;
    this.narrow = narrow;
    this.#clock = clock;
    this.#engines.set(engine.digest, engine);
  }

  now(): number {
    return this.#clock();
  }

  /**
   * Opens a session. Throws a SessionError where the policy has no intent, a given, tier, narrowing or value does not fit, or the id
   * is taken: two sessions of one name would count, and trace, each other's actions as their own.
   */
  async open(options: SessionOptions = {}): Promise<Session> {
    checkOpening(this.engine.policy, options);
    const engine = this.#openedOn(options);
    const { policy, digest } = engine;
    await this.keep(this.engine);
    await this.keep(engine);
    const { givens = {}, instruction, tier, actor = "agent", roles = [], narrowing } = options;
    const opened = this.trace.transaction(async (tail) => {
      const id = options.id ?? (await freeId(tail));
      if (options.id !== undefined && (await isTaken(tail, id)))
        throw new SessionError(`a session called \`${id}\` is there already`);
      const fresh = new SessionState(id, this.engine.policy, this.engine.digest);
      for (const record of await this.#others(tail, 0, policy)) fresh.take(record);
      const record = await tail.append({
        kind: "opened",
        at: this.now(),
        root: id,
        session: id,
        policy: { name: policy.name, digest },
        cause: null,
        body: {
          bullets: policy.intent?.bullets.map(({ name, text }) => ({ name, text })) ?? [],
          givens: kept("givens", { ...givens }),
          ...(instruction === undefined ? {} : { instruction: kept("instruction", instruction) }),
          tier: tier ?? policy.tiers.at(-1)?.name ?? null,
          actor: { id: actor, roles: kept("roles", [...roles]) },
          ...(narrowing === undefined
            ? {}
            : { narrowing: { text: kept("narrowing", narrowing), of: this.engine.digest } }),
        },
      });
      fresh.take(record as TraceRecord);
      return fresh;
    });
    const state = await opened.catch(asSessionError);
    return this.#sessionIn(new Ledger(this, state, state.id, engine));
  }

  /**
   * A session that was opened before, or made by a delegation, by whatever process. Throws a SessionError where there is none, or
   * where it was opened under another policy or another form of this one: what was agreed on then still binds it.
   */
  async session(id: string): Promise<Session> {
    const root = await this.trace.transaction(async (tail) => (await begunBy(tail, id))?.root ?? id);
    const state = new SessionState(root, this.engine.policy, this.engine.digest);
    await this.trace.transaction((tail) => this.read(tail, state, this.engine.policy));
    const member = state.members.get(id);
    if (member === undefined || state.opened === undefined)
      throw new SessionError(`no session is called \`${id.slice(0, 100)}\``);
    const opened = state.opened.narrowing?.of ?? state.members.get(root)?.policy;
    if (opened !== this.engine.digest)
      throw new SessionError(
        `the session \`${id}\` was opened under another form of the policy: ${opened ?? ""}`,
      );
    const engine = await this.#engineOf(member.policy);
    // What a narrowing's limits count may lie further back than what the policy's own do.
    const own =
      engine === this.engine ? state : new SessionState(root, this.engine.policy, this.engine.digest);
    return this.#sessionIn(new Ledger(this, own, id, engine));
  }

  #sessionIn(ledger: Ledger): Session {
    return new Session(ledger, (id) => this.session(id));
  }

  async read(tail: Tail, state: SessionState, policy: PolicyIr): Promise<void> {
    const own = await tail.records({ root: state.id, after: state.seq });
    const others = await this.#others(tail, state.seq, policy);
    const all = others.length === 0 ? own : [...own, ...others].sort((a, b) => a.seq - b.seq);
    for (const record of all) state.take(record);
    if (tail.head !== null) state.seq = Math.max(state.seq, tail.head.seq);
  }

  async keep({ digest, policy }: Pick<Engine, "digest" | "policy">): Promise<void> {
    if (this.#kept.has(digest)) return;
    await this.trace.keepPolicy(digest, policy);
    this.#kept.add(digest);
  }

  #openedOn({ narrowing }: SessionOptions): Engine {
    if (narrowing === undefined) return this.engine;
    const made = narrowed({ file: "opening.narrowing", text: narrowing }, this.engine.policy, this.narrow);
    if (typeof made === "string") throw new SessionError(made);
    return this.#remembered(createEngine(made));
  }

  #remembered(engine: Engine): Engine {
    const known = this.#engines.get(engine.digest);
    if (known !== undefined) return known;
    const [, oldest] = this.#engines.keys();
    if (this.#engines.size >= mostEngines && oldest !== undefined) this.#engines.delete(oldest);
    this.#engines.set(engine.digest, engine);
    return engine;
  }

  /** The engine of a policy that a narrowing made: in whatever process, so from the trace. */
  async #engineOf(digest: string): Promise<Engine> {
    const known = this.#engines.get(digest);
    if (known !== undefined) return known;
    const policy = await this.trace.policy(digest);
    const engine = policy && createEngine(policy);
    // The store may have been written by others: what is not what it is called decides nothing.
    if (engine?.digest !== digest) throw new SessionError(`the policy ${digest} is not in the trace`);
    return this.#remembered(engine);
  }

  /** Actions of all sessions of the policy that its limits may still count. */
  async #others(tail: Tail, after: number, policy: PolicyIr): Promise<TraceRecord[]> {
    const window = longestWindow(policy);
    if (window === undefined) return [];
    const since = Math.max(this.now(), tail.head?.at ?? 0) - window;
    return tail.records({
      policy: policy.name,
      kinds: ["decided", "observed"],
      after,
      ...(after === 0 ? { since } : {}),
    });
  }
}

const isTaken = async (tail: Tail, id: string): Promise<boolean> => (await begunBy(tail, id)) !== undefined;

/** By doubling, and then halving: a thousand sessions are not looked up for the name of the next. */
async function freeId(tail: Tail): Promise<string> {
  const name = (place: number): string => (place === 1 ? "session" : `session-${place}`);
  let [taken, free] = [0, 1];
  while (await isTaken(tail, name(free))) [taken, free] = [free, free * 2];
  while (free - taken > 1) {
    const middle = Math.floor((taken + free) / 2);
    if (await isTaken(tail, name(middle))) taken = middle;
    else free = middle;
  }
  return name(free);
}
