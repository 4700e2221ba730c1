import { plain } from "../engine/plain.js";
import type { Decision } from "../ir/decision.js";
import type { Json } from "../ir/json.js";
import type { FactAnswer, Knowledge } from "../ir/knowledge.js";
import { delegateTool } from "../ir/policy.js";
import type { Proposal } from "../ir/proposal.js";
import type { TraceBody } from "../ir/trace.js";
import { normalise } from "../ir/value.js";
import { type Context, contextOf } from "./context.js";
import { turnAt } from "./deadlines.js";
import { decide } from "./deciding.js";
import { kept } from "./kept.js";
import type { Tail } from "../trace/store.js";
import type { Ledger } from "./ledger.js";
import { observe, type Seen } from "./observing.js";
import { checkName, SessionError } from "./opening.js";
import type { Receiver, Shown } from "./state.js";
import { type Waiting, waitingIn } from "./waiting.js";

/** The decision that a ruling is on, if it is on one; and in whose stead. */
interface Ruled {
  readonly shown?: Shown;
  readonly instead?: string;
}

/** How long a confirmation counts where `escalate` says nothing of its principal: an hour, in milliseconds. */
const defaultExpiry = 3_600_000;

/**
 * The engine at work in one session: what is proposed, observed, said, confirmed and ruled, in order. All that it knows is in the
 * trace; several of one session, in several processes, see each other's records. A session that a delegation made is one of its own:
 * it is judged on what reached it, and counts with all others of its tree.
 */
export class Session {
  readonly #ledger: Ledger;
  readonly #sessionOf: (id: string) => Promise<Session>;

  /** Use `Store.open` or `Store.session`. `sessionOf`: another of the same tree. */
  constructor(ledger: Ledger, sessionOf: (id: string) => Promise<Session>) {
    this.#ledger = ledger;
    this.#sessionOf = sessionOf;
  }

  get id(): string {
    return this.#ledger.id;
  }

  /** The session at the root of its tree. */
  get root(): string {
    return this.#ledger.root;
  }

  /** Decides a proposal: asks its facts' sources, then judges and records in one step. Never throws for what the agent sent. */
  async propose(proposal: unknown): Promise<Decision> {
    // A copy at once: what the caller changes while sources are asked is another proposal.
    const sent = plain(proposal);
    const { decision } = await decide(
      this.#ledger,
      sent.ok ? { value: sent.value } : { value: proposal, problem: sent.problem },
    );
    return decision;
  }

  /**
   * Hands a part of the commission down: proposes the action `delegate`, with what its policy's signature lets it say. Where that is
   * authorized, also later by a confirmation, a session is made that holds what reached it and nothing else; `receiver` is the
   * host's: the name of the session (else one is made) and who acts in it. Throws a SessionError where that name is taken.
   */
  async delegate(
    args: { readonly [name: string]: Json },
    more: {
      readonly confidence?: number;
      readonly claims?: Proposal["claims"];
      readonly receiver?: Receiver;
    } = {},
  ): Promise<{ readonly decision: Decision; readonly session: Session | undefined }> {
    const { receiver, ...rest } = more;
    checkName("session", receiver?.session);
    checkName("actor", receiver?.actor);
    const sent = plain({ tool: delegateTool, args, ...rest });
    const { decision, record } = await decide(
      this.#ledger,
      sent.ok ? { value: sent.value, receiver } : { value: args, problem: sent.problem },
    );
    await this.#ledger.read();
    const made = this.#ledger.state.madeBy(record);
    return { decision, session: made && (await this.#sessionOf(made.id)) };
  }

  /** The sessions that its delegations made, in the order of their making. */
  async children(): Promise<Session[]> {
    await this.#ledger.read();
    const children = this.#ledger.state.childrenOf(this.id);
    return Promise.all(children.map(({ id }) => this.#sessionOf(id)));
  }

  /** What it holds: all that its actions are judged on. `tier`: what a session there would get at most. */
  async context(tier?: string): Promise<Context> {
    await this.#ledger.read();
    return contextOf(this.#ledger.engine.policy, this.#ledger.member, {
      givens: this.#ledger.state.givens,
      tier,
    });
  }

  /**
   * A principal's word on a decision, where that was `confirm` or `clarify`; gives the decision afresh. It counts for this decision
   * alone: proposing the same again asks again, but a no stays (semantics.md, *The Reshimu*). `decided` is the hash of the record
   * that the principal was shown; without it the word is on the last decision, and `proposal`, the digest of what was shown, must
   * be that one's where it is given.
   */
  async confirm(word: {
    readonly by: string;
    readonly answer?: boolean;
    readonly proposal?: string;
    readonly decided?: string;
  }): Promise<Decision> {
    this.#requirePrincipal(word.by);
    const shown = await this.#ledger.locked(async (tail) => {
      const last =
        word.decided === undefined ? this.#decided(word.proposal, "confirmed") : this.#waiting(word.decided);
      if (last.decision !== "confirm" && last.decision !== "clarify")
        throw new SessionError(`the last decision is \`${last.decision}\`: there is nothing to confirm`);
      this.#requireTime(last, tail);
      const step = this.#ledger.engine.policy.escalate.find((one) => one.principal === word.by);
      const at = this.#ledger.now(tail);
      const until = at + (step?.within ?? defaultExpiry);
      const { by, answer = true } = word;
      await this.#ledger.append(tail, "confirmed", at, last.record, {
        by,
        answer,
        proposal: last.digest,
        until,
      });
      return last;
    });
    return (await decide(this.#ledger, { value: shown.proposal, receiver: shown.receiver }, shown)).decision;
  }

  /** What a principal said in this session: from now on a source by its name. */
  async said(word: { readonly by: string; readonly text: string }): Promise<void> {
    this.#requirePrincipal(word.by);
    const { by } = word;
    const text = kept("text", word.text);
    await this.#ledger.locked((tail) =>
      this.#ledger.append(tail, "said", this.#ledger.now(tail), null, { by, text }),
    );
  }

  /** All that waits for a principal in the tree of sessions, each question once, with whose turn it is and until when. */
  async waiting(): Promise<Waiting[]> {
    const { state, engine, home } = this.#ledger;
    await this.#ledger.read();
    return waitingIn(state, engine.policy, home.now());
  }

  /** What a proposal would be judged on now, and one that waits for a principal with it: `decided` is the hash of its record. */
  async judgedOn(
    decided: string,
  ): Promise<{ readonly proposal: Json; readonly decision: Decision; readonly knowledge: Knowledge }> {
    const { home, state } = this.#ledger;
    await this.#ledger.read();
    const shown = this.#waiting(decided);
    const answers: FactAnswer[] = [];
    for await (const record of home.trace.records({ hash: decided }))
      if (record.kind === "decided") answers.push(...(record.body.answers as FactAnswer[]));
    const knowledge = this.#ledger.knowledge(answers, Math.max(home.now(), state.at));
    return { proposal: shown.proposal, decision: shown.whole, knowledge };
  }

  /**
   * An answer to a question of a report: a given's value, or yes or no to a condition of the last proposal; `proposal` and `decided` as
   * in `confirm`. It is answered by whom it is asked of, or, where they let their time pass, by whose turn it is now.
   */
  async rule(ruling: {
    readonly proposal?: string;
    readonly by: string;
    readonly given?: string;
    readonly question?: string;
    readonly answer: Json;
    readonly decided?: string;
  }): Promise<void> {
    const { by, given, question } = ruling;
    const answer = kept("answer", ruling.answer);
    this.#requirePrincipal(by);
    if ((given === undefined) === (question === undefined))
      throw new SessionError("a ruling names either a `given` or a `question`");
    await this.#ledger.locked(async (tail) => {
      const key = given === undefined ? (question as string) : `given:${given}`;
      const of = key.startsWith("given:")
        ? this.#givenRuling(by, key.slice("given:".length), answer, tail)
        : this.#conditionRuling(by, key, answer, { ...ruling, tail });
      const { shown, instead } = of;
      const body = {
        by,
        question: key,
        answer,
        ...(instead === undefined ? {} : { instead }),
        ...(shown === undefined ? {} : { proposal: shown.digest }),
      };
      await this.#ledger.append(tail, "ruled", this.#ledger.now(tail), shown?.record ?? null, body);
    });
  }

  /** What a tool returned. One that answers no authorized proposal counts as an authorized call. */
  async observe(seen: Seen): Promise<void> {
    await observe(this.#ledger, seen);
  }

  /**
   * What became of the action that a decision authorized: whether it worked, and which of the claims made with it were found true
   * or false. `decided` is the hash of the decision's record; absent: the session's last one. Throws a SessionError where that did
   * not authorize.
   */
  async outcome(found: TraceBody<"outcome"> & { readonly decided?: string }): Promise<void> {
    const { decided, ...what } = found;
    const body = kept("outcome", what as Json) as unknown as typeof what;
    await this.#ledger.locked(async (tail) => {
      const own = this.#ledger.state.history.filter((one) => one.by === this.id && one.authorized);
      const record = decided ?? own.at(-1)?.record;
      if (record === undefined || !own.some((one) => one.record === record))
        throw new SessionError("no action was authorized that this could be the outcome of");
      await this.#ledger.append(tail, "outcome", this.#ledger.now(tail), record, body);
    });
  }

  /** Ends the session, and those it delegated to: nothing is decided or recorded in them any more. */
  async close(reason?: string): Promise<void> {
    await this.#ledger.locked((tail) =>
      this.#ledger.append(
        tail,
        "closed",
        this.#ledger.now(tail),
        null,
        reason === undefined ? {} : { reason: kept("reason", reason) },
      ),
    );
  }

  #givenRuling(by: string, name: string, answer: Json, tail: Tail): Ruled {
    const { policy } = this.#ledger.engine;
    const given = policy.intent?.givens.find((one) => one.name === name);
    if (given === undefined) throw new SessionError(`no given is called \`${name}\``);
    const asked = given.asks?.principal ?? policy.escalate[0]?.principal;
    const now = this.#ledger.now(tail);
    const turns = this.#ledger.state.clocks.turnsNow(`given:${name}`, now);
    if (by !== asked && !turns.some(({ principal }) => principal === by))
      throw new SessionError(`\`given.${name}\` is \`${asked}\`'s to say, not \`${by}\`'s`);
    const value = normalise(given.type, answer, policy.zone);
    if (!value.ok) throw new SessionError(`the answer to \`given.${name}\` ${value.problem}`);
    return by === asked || asked === undefined ? {} : { instead: asked };
  }

  /** INVARIANT: a ruling is of one proposal: said before any was made, it must not hold for the whole session. */
  #conditionRuling(
    by: string,
    question: string,
    answer: Json,
    {
      proposal,
      decided,
      tail,
    }: { readonly proposal?: string; readonly decided?: string; readonly tail: Tail },
  ): Ruled {
    if (typeof answer !== "boolean") throw new SessionError(`the answer to \`${question}\` is true or false`);
    const shown = decided === undefined ? this.#decided(proposal, "ruled on") : this.#waiting(decided);
    this.#requireTime(shown, tail);
    const asked = shown.asks.get(question);
    if (asked === undefined)
      throw new SessionError(`the last decision does not ask \`${question.slice(0, 100)}\``);
    const turn = turnAt(
      this.#ledger.state.clocks.turns(shown.digest, question) ?? [],
      this.#ledger.now(tail),
    );
    if (asked.length === 0 || asked.includes(by)) return { shown };
    const [first] = asked;
    if (turn?.principal === by && first !== undefined) return { shown, instead: first };
    throw new SessionError(
      `\`${question}\` is asked of ${asked.map((one) => `\`${one}\``).join(", ")}, not of \`${by}\``,
    );
  }

  /** An unanswered report returns the action: a word that comes too late changes nothing. */
  #requireTime({ digest }: Shown, tail: Tail): void {
    if (this.#ledger.state.clocks.lapsed(digest, this.#ledger.now(tail)))
      throw new SessionError(
        "the time to answer this has passed, and it is returned: say something in the session for it to be asked anew",
      );
  }

  /** The last decision; it must be the one that was shown, where that is told. */
  #decided(shown: string | undefined, done: string): Shown {
    const last = this.#ledger.state.last.get(this.id);
    if (last === undefined) throw new SessionError(`nothing has been proposed that could be ${done}`);
    if (shown !== undefined && shown !== last.digest)
      throw new SessionError("something else was decided since that proposal was shown");
    return last;
  }

  #waiting(record: string): Shown {
    const shown = this.#ledger.state.waiting.get(record);
    if (shown?.session !== this.id)
      throw new SessionError("no decision of that record waits for a word: it was made afresh since");
    return shown;
  }

  /** Only principals that the policy declares may speak; one with a key speaks by signature, which is not taken yet. */
  #requirePrincipal(name: string): void {
    const principal = this.#ledger.engine.policy.principals.find((one) => one.name === name);
    if (principal === undefined) throw new SessionError(`no principal is called \`${name}\``);
    if (principal.key !== undefined)
      throw new SessionError(`\`${name}\` has a key: only a signed word counts, and this store takes none`);
  }
}
