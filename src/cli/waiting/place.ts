import { existsSync } from "node:fs";
import {
  compileNarrowing,
  createEngine,
  type Engine,
  openSources,
  openTrace,
  type Session,
  SessionError,
  Store,
  type TraceRecord,
  type TraceStore,
} from "../../index.js";
import { ExitCode } from "../exit-codes.js";
import { couldNotRun, Failure, wronglyUsed } from "../failure.js";
import { loadTold } from "../load.js";
import type { Terminal } from "../terminal.js";

/** Works on a trace that is there, and closes it. */
export async function withTrace<T>(place: string, work: (trace: TraceStore) => Promise<T>): Promise<T> {
  // A file that is not there would be made.
  if (!place.includes(":") && !existsSync(place)) throw couldNotRun(`there is no trace at \`${place}\``);
  const trace = await openTrace(place).catch((error: unknown) => {
    throw couldNotRun(`the trace at \`${place}\` cannot be opened: ${firstLine(error)}`);
  });
  try {
    return await work(trace);
  } finally {
    await trace.close();
  }
}

const firstLine = (error: unknown): string =>
  error instanceof Error ? (error.message.split("\n")[0] ?? "") : "no reason is told";

/** A store of a policy file on a trace, with its sources; undefined where the policy has errors, which have been told. */
export async function withStore<T>(
  {
    trace,
    file,
    terminal,
  }: { readonly trace: TraceStore; readonly file: string; readonly terminal: Terminal },
  work: (store: Store) => Promise<T>,
): Promise<T | undefined> {
  const loaded = await loadTold(file, terminal);
  if (loaded.policy === null) return undefined;
  const sources = openSources(loaded.policy, { root: loaded.root });
  try {
    return await work(new Store(createEngine(loaded.policy), sources, { trace, narrow: compileNarrowing }));
  } finally {
    await sources.close();
  }
}

/** A store on a trace with no source: to read. */
export const readingStore = (trace: TraceStore, engine: Engine): Store =>
  new Store(engine, undefined, { trace, narrow: compileNarrowing });

/** So many hex digits of a record's hash name it at least. */
const shortest = 6;

/** The decision whose hash begins so; ends the command where there is none, or several. */
export async function decisionNamed(trace: TraceStore, id: string): Promise<TraceRecord<"decided">> {
  const digits = id.replace(/^sha256:/, "").toLowerCase();
  if (!/^[0-9a-f]{6,64}$/.test(digits))
    throw wronglyUsed(
      `\`${id.slice(0, 100)}\` names no decision: write ${shortest} or more hex digits of its hash`,
    );
  const found: TraceRecord<"decided">[] = [];
  for await (const record of trace.records({ kinds: ["decided"] }))
    if (record.kind === "decided" && record.hash.startsWith(`sha256:${digits}`)) found.push(record);
  const [only, ...more] = found;
  if (only === undefined)
    throw new Failure(`the trace holds no decision whose hash begins with \`${digits}\``, ExitCode.No);
  if (more.length > 0) throw wronglyUsed(`\`${digits}\` names ${found.length} decisions: write more digits`);
  return only;
}

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
