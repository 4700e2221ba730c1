import {
  type Engine,
  type Observer,
  type PolicyIr,
  reasonOf,
  SessionError,
  type SessionOptions,
  type Sources,
  Store,
  type StoreOptions,
  type TraceStore,
} from "../../index.js";
import { clockOf } from "../clock.js";
import { ExitCode } from "../exit-codes.js";
import { couldNotRun, wronglyUsed } from "../failure.js";
import type { Format } from "../format.js";
import { givensFrom } from "../givens.js";
import { linesOf } from "../lines.js";
import { readEntry } from "../record.js";
import type { Report } from "../report.js";
import { Sessions } from "../sessions.js";

/** What `eval` is told. */
export interface EvalOptions {
  readonly given?: readonly string[];
  readonly instruction?: string;
  readonly tier?: string;
  readonly actor?: string;
  readonly role?: readonly string[];
  readonly now?: string;
  readonly root?: string;
  readonly trace: string;
  readonly explain?: true;
  readonly words?: true;
  readonly exitCode?: true;
  readonly format: Format;
}

/** Where sessions are kept where nothing else is said. */
export const inMemory = "memory:";

/** What decides: the engine, the world that it may ask, and where sessions are kept. */
export interface Deciding {
  readonly engine: Engine;
  readonly sources: Sources | undefined;
  readonly trace: TraceStore;
  readonly narrow?: NonNullable<StoreOptions["narrow"]>;
  readonly observer?: Observer | undefined;
}

export async function openSessions(
  { engine, sources, trace, narrow, observer }: Deciding,
  options: EvalOptions,
): Promise<Sessions> {
  const { policy } = engine;
  const store = new Store(engine, sources, {
    trace,
    clock: clockOf(options.now, policy.zone),
    ...(narrow === undefined ? {} : { narrow }),
    ...(observer === undefined ? {} : { observer }),
  });
  const { instruction, tier, actor, role } = options;
  requireTier(tier, policy);
  const lasts = options.trace !== inMemory;
  const opening: SessionOptions = {
    // A session that is there already was given all it wants.
    givens: givensFrom(options.given ?? [], policy, { all: !lasts }),
    roles: role ?? [],
    ...(instruction === undefined ? {} : { instruction }),
    ...(tier === undefined ? {} : { tier }),
    ...(actor === undefined ? {} : { actor }),
  };
  try {
    return lasts ? Sessions.onTrace(store, opening) : await Sessions.open(store, opening);
  } catch (error) {
    throw error instanceof SessionError ? wronglyUsed(error.message) : error;
  }
}

function requireTier(tier: string | undefined, { tiers }: PolicyIr): void {
  const names = tiers.map(({ name }) => name);
  if (tier === undefined || names.includes(tier)) return;
  const has =
    names.length === 0
      ? "the policy has no tiers: leave --tier out"
      : `the policy has ${names.map((name) => `\`${name}\``).join(", ")}`;
  throw wronglyUsed(`no tier is called \`${tier}\`\n${has}`);
}

/** Where lines come from, and what it is called in messages. */
export interface Input {
  readonly name: string;
  readonly stream: AsyncIterable<Uint8Array>;
}

/** Does what the lines say, one after the other, as they arrive. */
export async function decideAll({ name, stream }: Input, sessions: Sessions, report: Report): Promise<void> {
  const lines = linesOf(stream)[Symbol.asyncIterator]();
  const next = () =>
    lines.next().catch((error: unknown) => {
      throw couldNotRun(`cannot read \`${name}\`: ${reasonOf(error)}`);
    });
  for (let line = await next(); !line.done; line = await next()) {
    const { value } = line;
    const read =
      "problem" in value ? ({ ok: false, problem: value.problem } as const) : readEntry(value.text);
    if (read.ok) await report.outcome(value.number, read.entry.session, await sessions.take(read.entry));
    else await report.problem(value.number, read.problem);
  }
}

/** What the programme ends with; `mapped`: by the least clearance. */
export function exitCode(report: Report, mapped: boolean): ExitCode {
  if (report.problems > 0) return ExitCode.CouldNotRun;
  if (!mapped) return ExitCode.Fine;
  return {
    return: ExitCode.Return,
    clarify: ExitCode.Clarify,
    confirm: ExitCode.Confirm,
    authorize: ExitCode.Fine,
  }[report.least];
}
