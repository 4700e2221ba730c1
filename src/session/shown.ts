import type { Json } from "../ir/json.js";
import { normalise } from "../ir/value.js";
import { turnAt } from "./deadlines.js";
import { kept } from "./kept.js";
import type { Ledger } from "./ledger.js";
import { SessionError } from "./opening.js";
import type { Shown } from "./state.js";
import type { Said, WordRequest } from "./words.js";

/** What words are on: decisions that were shown, and the questions that they ask. All throw a SessionError where there is none. */

/** The decision that a word confirms. */
export function confirmable(
  to: Ledger,
  word: { readonly decided?: string; readonly proposal?: string },
): Shown {
  const last =
    word.decided === undefined ? lastShown(to, word.proposal, "confirmed") : waitingShown(to, word.decided);
  if (last.decision !== "confirm" && last.decision !== "clarify")
    throw new SessionError(`the last decision is \`${last.decision}\`: there is nothing to confirm`);
  return last;
}

export interface RulingAsked {
  readonly by: string;
  readonly given?: string;
  readonly question?: string;
  readonly answer: Json;
  readonly proposal?: string;
  readonly decided?: string;
}

/** The question that a ruling answers, the decision that asks it (of a given none), and in whose stead it is answered. */
export interface Ruled {
  readonly question: string;
  readonly of?: Shown;
  readonly instead?: string;
}

export function rulingOn(to: Ledger, ruling: RulingAsked, now: number): Ruled {
  const { given, question } = ruling;
  if ((given === undefined) === (question === undefined))
    throw new SessionError("a ruling names either a `given` or a `question`");
  const key = given === undefined ? (question as string) : `given:${given}`;
  return key.startsWith("given:")
    ? givenRuling(to, ruling, key.slice("given:".length), now)
    : conditionRuling(to, ruling, key, now);
}

/** What a word would say that is asked for. */
export function saidOf(to: Ledger, request: WordRequest, now: number): Said {
  const { kind, by } = request;
  if (kind === "said") return { kind, by, text: kept("text", request.text) };
  if (kind === "confirm") {
    const shown = confirmable(to, request);
    requireTime(to, shown, now);
    return { kind, by, decided: shown.record, answer: request.answer ?? true };
  }
  const answer = kept("answer", request.answer as Json);
  const { question, of } = rulingOn(to, { ...request, answer }, now);
  return { kind, by, decided: of?.record ?? null, question, answer };
}

/** An unanswered report returns the action: a word that comes too late changes nothing. */
export function requireTime({ state }: Ledger, { digest }: Shown, now: number): void {
  if (state.clocks.lapsed(digest, now))
    throw new SessionError(
      "the time to answer this has passed, and it is returned: say something in the session for it to be asked anew",
    );
}

function givenRuling(
  { engine, state }: Ledger,
  { by, answer }: RulingAsked,
  name: string,
  now: number,
): Ruled {
  const { policy } = engine;
  const question = `given:${name}`;
  const given = policy.intent?.givens.find((one) => one.name === name);
  if (given === undefined) throw new SessionError(`no given is called \`${name}\``);
  const asked = given.asks?.principal ?? policy.escalate[0]?.principal;
  const turns = state.clocks.turnsNow(question, now);
  if (by !== asked && !turns.some(({ principal }) => principal === by))
    throw new SessionError(`\`given.${name}\` is \`${asked}\`'s to say, not \`${by}\`'s`);
  const value = normalise(given.type, answer, policy.zone);
  if (!value.ok) throw new SessionError(`the answer to \`given.${name}\` ${value.problem}`);
  return by === asked || asked === undefined ? { question } : { question, instead: asked };
}

/** INVARIANT: a ruling is of one proposal: said before any was made, it must not hold for the whole session. */
function conditionRuling(
  to: Ledger,
  { by, answer, proposal, decided }: RulingAsked,
  question: string,
  now: number,
): Ruled {
  if (typeof answer !== "boolean") throw new SessionError(`the answer to \`${question}\` is true or false`);
  const of = decided === undefined ? lastShown(to, proposal, "ruled on") : waitingShown(to, decided);
  requireTime(to, of, now);
  const asked = of.asks.get(question);
  if (asked === undefined)
    throw new SessionError(`the last decision does not ask \`${question.slice(0, 100)}\``);
  const turn = turnAt(to.state.clocks.turns(of.digest, question) ?? [], now);
  if (asked.length === 0 || asked.includes(by)) return { question, of };
  const [first] = asked;
  if (turn?.principal === by && first !== undefined) return { question, of, instead: first };
  throw new SessionError(
    `\`${question}\` is asked of ${asked.map((one) => `\`${one}\``).join(", ")}, not of \`${by}\``,
  );
}

/** The last decision; it must be the one that was shown, where that is told. */
function lastShown({ state, id }: Ledger, shown: string | undefined, done: string): Shown {
  const last = state.last.get(id);
  if (last === undefined) throw new SessionError(`nothing has been proposed that could be ${done}`);
  if (shown !== undefined && shown !== last.digest)
    throw new SessionError("something else was decided since that proposal was shown");
  return last;
}

/** A decision that waits for a word, by the hash of its record. */
export function waitingShown({ state, id }: Ledger, record: string): Shown {
  const shown = state.waiting.get(record);
  if (shown?.session !== id)
    throw new SessionError("no decision of that record waits for a word: it was made afresh since");
  return shown;
}
