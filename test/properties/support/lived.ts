import {
  importTrace,
  MemoryTrace,
  type Session,
  SessionError,
  Store,
  type TraceRecord,
} from "../../../src/index.js";
import type { Scenario, Telling } from "../generate/scenario.js";
import { oracleOf } from "../generate/oracle.js";

/** A story lived through in a session, with all that it recorded. */
export interface Lived {
  readonly store: Store;
  readonly session: Session;
}

/** Undoes nothing and hides nothing: what a session refuses is part of many stories. */
async function allowed(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof SessionError)) throw error;
  }
}

/** On a trace of its own, or on this one; its clock stands. */
export function storeOf({ engine }: Scenario, { story }: Telling, trace = new MemoryTrace()): Store {
  const oracle = oracleOf(engine.policy, story.oracle, story.now);
  const sources = {
    ask: async (asks: Parameters<typeof oracle>[0][]) => asks.map(oracle),
    close: async () => {},
  };
  return new Store(engine, sources as never, {
    trace,
    clock: () => story.now,
    scorer: () => story.fidelity ?? 1,
  });
}

/** Opens a session as the story tells; undefined where the policy takes no such opening. */
export async function openedIn(scenario: Scenario, telling: Telling): Promise<Lived | undefined> {
  const { givens, instruction, tier, roles } = telling.story;
  const store = storeOf(scenario, telling);
  try {
    const session = await store.open({
      id: "s1",
      givens,
      roles,
      ...(instruction === undefined ? {} : { instruction }),
      ...(tier === undefined ? {} : { tier }),
    });
    return { store, session };
  } catch (error) {
    if (error instanceof SessionError) return undefined;
    throw error;
  }
}

/** What was done and said before: outputs of tools, and words of principals. */
export async function past({ session }: Lived, { story }: Telling): Promise<void> {
  for (const { by, text } of story.said) await allowed(session.said({ by, text }));
  for (const { tool, args, output } of story.past)
    if (output !== undefined) await allowed(session.observe({ tool, args, output }));
}

/** Proposes all, and lets principals confirm and tell outcomes where that may be. */
export async function lived(lives: Lived, telling: Telling): Promise<void> {
  const { session } = lives;
  await past(lives, telling);
  for (const [index, proposal] of telling.proposals.entries()) {
    const { decision, assessments } = await session.propose(proposal);
    if (decision === "confirm")
      for (const by of assessments.reversibility.awaiting)
        await allowed(session.confirm({ by, answer: index % 5 !== 4 }));
    await allowed(session.outcome({ result: "worked" }));
  }
}

export async function recordsOf({ trace }: Store): Promise<TraceRecord[]> {
  const records: TraceRecord[] = [];
  for await (const record of trace.records()) records.push(record);
  return records;
}

/** The same session on a copy of its records, as they are now. */
export async function copyOf(
  scenario: Scenario,
  telling: Telling,
  { store, session }: Lived,
): Promise<Session> {
  const copy = new MemoryTrace();
  await importTrace(copy, store.trace.records());
  return storeOf(scenario, telling, copy).session(session.id);
}
