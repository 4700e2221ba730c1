import {
  compileNarrowing,
  createEngine,
  type Engine,
  openSources,
  type Session,
  SessionError,
  Store,
  type TraceRecord,
  type TraceStore,
} from "../../index.js";
import { ExitCode } from "../exit-codes.js";
import { Failure } from "../failure.js";
import { clockOf } from "../clock.js";
import { loadTold } from "../load.js";
import type { Terminal } from "../terminal.js";

/** A store of a policy file on a trace, with its sources; undefined where the policy has errors, which have been told. */
export async function withStore<T>(
  {
    trace,
    file,
    now,
    terminal,
  }: {
    readonly trace: TraceStore;
    readonly file: string;
    readonly now: string | undefined;
    readonly terminal: Terminal;
  },
  work: (store: Store) => Promise<T>,
): Promise<T | undefined> {
  const loaded = await loadTold(file, terminal);
  if (loaded.policy === null) return undefined;
  const { policy, root } = loaded;
  const clock = clockOf(now, policy.zone);
  const sources = openSources(policy, { root });
  try {
    return await work(new Store(createEngine(policy), sources, { trace, clock, narrow: compileNarrowing }));
  } finally {
    await sources.close();
  }
}

/** A store on a trace with no source: to read. */
export const readingStore = (trace: TraceStore, engine: Engine, now?: string): Store =>
  new Store(engine, undefined, {
    trace,
    clock: clockOf(now, engine.policy.zone),
    narrow: compileNarrowing,
  });

/** What a session refuses is a no, with the reason. */
export async function refusable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof SessionError ? new Failure(error.message, ExitCode.No) : error;
  }
}

/** The session of a decision. */
export const sessionOf = (store: Store, { session }: TraceRecord): Promise<Session> =>
  refusable(() => store.session(session));

/** A record's hash as people write it. */
export const shortId = (hash: string): string => hash.replace(/^sha256:/, "").slice(0, 12);
