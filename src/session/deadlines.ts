import type { Decision, Leaf, Question } from "../ir/decision.js";
import type { PolicyIr } from "../ir/policy.js";
import type { TraceRecord } from "../ir/trace.js";

/** One principal's time to answer; milliseconds since the epoch. */
export interface Turn {
  readonly principal: string;
  readonly since: number;
  readonly until: number;
}

type Escalate = PolicyIr["escalate"];

/**
 * Who is asked, one after another (language.md, *discernment*): whom the question names, within what `escalate` gives them, then those
 * who stand behind them there; one who does not stand there has the first one's time, and then it is the first one's turn.
 */
export function turnsOf(escalate: Escalate, asked: string | undefined, since: number): Turn[] {
  const [first] = escalate;
  const place = escalate.findIndex(({ principal }) => principal === asked);
  const named =
    asked !== undefined && place < 0 && first !== undefined ? [{ ...first, principal: asked }] : [];
  let at = since;
  return [...named, ...escalate.slice(Math.max(0, place))].map(({ principal, within }) => {
    const turn = { principal, since: at, until: at + within };
    at = turn.until;
    return turn;
  });
}

/** Whose confirmation is awaited stands under this name among the questions. */
export const confirmationKey = (principal: string): string => `confirm:${principal}`;

/** What a decision waits for: the keys of its questions, and who is asked first. Confirmations are asked of those whom the policy names alone. */
export function waitsFor({
  decision,
  report,
  remedies,
  assessments,
}: Decision): Map<string, string | undefined> {
  if (decision === "confirm")
    return new Map(assessments.reversibility.awaiting.map((by) => [confirmationKey(by), by]));
  const asked = new Map<string, string | undefined>();
  if (decision !== "clarify") return asked;
  visit(report?.questions ?? null, ({ key, ask }) => asked.set(key, ask[0]));
  const none = asked.size === 0;
  for (const { questions = [], from } of remedies)
    for (const key of questions)
      if (!asked.has(key) && (none || key.startsWith("given:"))) asked.set(key, from?.[0]);
  return asked;
}

/** Every question of a tree. */
export function visit(tree: Question | Leaf | null, each: (question: Question) => void): void {
  if (tree === null || !("key" in tree)) return;
  each(tree);
  for (const { then } of tree.choices) visit(then, each);
}

/** What one proposal waits for, and since when each of it has been asked. */
interface Clock {
  readonly asked: ReadonlyMap<string, readonly Turn[]>;
  /** When the last of all has let the time pass. */
  readonly until: number;
}

/**
 * The deadlines of a tree of sessions, from the times of its records alone. The first decision that waits starts a proposal's clock, and
 * proposing it again does not set it back; a principal's answer ends it. Where the last to be asked lets the time pass, the report has
 * lapsed, and the proposal is returned whenever it is made again, until a principal says something in the session: then it is asked anew.
 */
export class Clocks {
  readonly #escalate: Escalate;
  readonly #byProposal = new Map<string, Clock>();

  constructor({ escalate }: PolicyIr) {
    this.#escalate = escalate;
  }

  take(record: TraceRecord): void {
    switch (record.kind) {
      case "decided":
        this.#decided(record.body.decision, record.at);
        return;
      case "confirmed":
        this.#answered(record.body.proposal, confirmationKey(record.body.by));
        return;
      case "ruled":
        this.#ruled(record.body.question, record.body.proposal);
        return;
      case "said":
        for (const [proposal, { until }] of this.#byProposal)
          if (until <= record.at) this.#byProposal.delete(proposal);
        return;
      default:
        return;
    }
  }

  /** Whether the last to be asked about a proposal has let the time pass. */
  lapsed(proposal: string, now: number): boolean {
    return (this.#byProposal.get(proposal)?.until ?? Number.POSITIVE_INFINITY) <= now;
  }

  /** Whether there is any such proposal. */
  anyLapsed(now: number): boolean {
    return [...this.#byProposal.values()].some(({ until }) => until <= now);
  }

  /** Those who are asked a question of a proposal, one after another; undefined where it is not, or no more, asked. */
  turns(proposal: string, key: string): readonly Turn[] | undefined {
    return this.#byProposal.get(proposal)?.asked.get(key);
  }

  /** Whose turn it is with any proposal that asks this. */
  turnsNow(key: string, now: number): Turn[] {
    return [...this.#byProposal.values()].flatMap(({ asked }) => turnAt(asked.get(key) ?? [], now) ?? []);
  }

  #decided(decision: Decision, at: number): void {
    const { proposal } = decision;
    const before = this.#byProposal.get(proposal);
    const asked = new Map(
      [...waitsFor(decision)].map(([key, by]) => [key, before?.asked.get(key) ?? this.#turns(key, by, at)]),
    );
    if (asked.size > 0) this.#keep(proposal, asked);
    else if (before !== undefined && before.until > at) this.#byProposal.delete(proposal);
  }

  /** Nobody confirms in another's stead. */
  #turns(key: string, by: string | undefined, since: number): Turn[] {
    const turns = turnsOf(this.#escalate, by, since);
    return key.startsWith("confirm:") ? turns.slice(0, 1) : turns;
  }

  #keep(proposal: string, asked: ReadonlyMap<string, readonly Turn[]>): void {
    const ends = [...asked.values()].flatMap((turns) => turns.at(-1)?.until ?? []);
    // Where nobody can be asked, no time passes.
    const until = ends.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...ends);
    this.#byProposal.set(proposal, { asked, until });
  }

  /** A question that is answered is asked no more; others of the proposal go on. */
  #answered(proposal: string, key: string): void {
    const asked = new Map(this.#byProposal.get(proposal)?.asked);
    if (!asked.delete(key)) return;
    if (asked.size === 0) this.#byProposal.delete(proposal);
    else this.#keep(proposal, asked);
  }

  /** What else an answered report asks may be answered by it too: what is still open is asked when it is proposed again. */
  #ruled(question: string, proposal: string | undefined): void {
    if (proposal !== undefined) this.#byProposal.delete(proposal);
    else
      for (const [one, { asked }] of this.#byProposal) if (asked.has(question)) this.#byProposal.delete(one);
  }
}

/** Whose turn it is; undefined where the last one's time has passed. */
export const turnAt = (turns: readonly Turn[], now: number): Turn | undefined =>
  turns.find(({ until }) => now < until);
