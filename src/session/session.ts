import { plain } from "../engine/plain.js";
import type { Decision } from "../ir/decision.js";
import type { Json } from "../ir/json.js";
import type { FactAnswer, Knowledge } from "../ir/knowledge.js";
import { delegateTool } from "../ir/policy.js";
import type { Proposal } from "../ir/proposal.js";
import type { TraceBody } from "../ir/trace.js";
import type { SignableWord } from "../ir/word.js";
import { type Context, contextOf } from "./context.js";
import { decide } from "./deciding.js";
import { kept } from "./kept.js";
import type { Ledger } from "./ledger.js";
import { observe, type Seen } from "./observing.js";
import { checkName, SessionError } from "./opening.js";
import { type Waiting, waitingIn } from "./waiting.js";
import type { Recorded } from "./memory.js";
import { confirmable, requireTime, type RulingAsked, rulingOn, saidOf, waitingShown } from "./shown.js";
import type { Receiver } from "./state.js";
import { again } from "./stored.js";
import {
  boundWord,
  requirePrincipal,
  requireVoice,
  type Signature,
  signedPart,
  type WordRequest,
} from "./words.js";

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

  /**
   * A decision of this object as it was recorded: the only form to be printed, logged or sent on. What `propose` and `confirm` give
   * is to be carried out, and holds the arguments as they are. Undefined for a decision that is not of this object.
   */
  recorded(decision: Decision): Recorded | undefined {
    return this.#ledger.memory.recorded(decision);
  }

  /**
   * Decides a proposal: asks its facts' sources, then judges and records in one step. Never throws for what the agent sent.
   * `follows` is the host's: the hash of the decision that it comes of, as an undo of what it undoes.
   * Throws a SessionError where that is no action of this tree.
   */
  async propose(proposal: unknown, { follows }: { readonly follows?: string } = {}): Promise<Decision> {
    // A copy at once: what the caller changes while sources are asked is another proposal.
    const sent = plain(proposal);
    const { decision } = await decide(
      this.#ledger,
      sent.ok ? { value: sent.value, follows } : { value: proposal, problem: sent.problem, follows },
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
   * be that one's where it is given. Of a proposal with sensitive values `proposal` is what was proposed, in all, unless this object
   * has decided it itself: no record holds them.
   */
  async confirm(
    word: {
      readonly by: string;
      readonly answer?: boolean;
      readonly proposal?: string | { readonly [key: string]: Json };
      readonly decided?: string;
    } & Signature,
  ): Promise<Decision> {
    const ledger = this.#ledger;
    const { by, answer = true, decided, proposal } = word;
    requireVoice(ledger.engine.policy, by, word);
    const secrets = await ledger.secrets();
    const { shown, value } = await ledger.locked(async (tail) => {
      const last = confirmable(ledger, {
        ...(decided === undefined ? {} : { decided }),
        ...(typeof proposal === "string" ? { proposal } : {}),
      });
      const whole = again(last, ledger.memory.plain(last.digest) ?? proposal, secrets);
      const at = ledger.now(tail);
      requireTime(ledger, last, at);
      const signed = signedPart(ledger, { kind: "confirm", by, decided: last.record, answer }, word, at);
      const until = Math.min(at + this.#within(by), signed.signed?.expires ?? Number.POSITIVE_INFINITY);
      const body = { by, answer, proposal: last.digest, until, ...signed };
      await ledger.append(tail, "confirmed", at, last.record, body);
      return { shown: last, value: whole };
    });
    return (await decide(ledger, { value, receiver: shown.receiver }, shown)).decision;
  }

  /** What a principal said in this session: from now on a source by its name. With a key, only what is signed. */
  async said(word: { readonly by: string; readonly text: string } & Signature): Promise<void> {
    const ledger = this.#ledger;
    const { by } = word;
    requireVoice(ledger.engine.policy, by, word);
    const text = kept("text", word.text);
    await ledger.locked(async (tail) => {
      const at = ledger.now(tail);
      const signed = signedPart(ledger, { kind: "said", by, text }, word, at);
      await ledger.append(tail, "said", at, null, { by, text, ...signed });
    });
  }

  /**
   * An answer to a question of a report: a given's value, or yes or no to a condition of the last proposal, of which `proposal` is the
   * digest, or of that of the record `decided`. It is answered by whom it is asked of, or, where they let their time pass, by whose
   * turn it is now.
   */
  async rule(ruling: RulingAsked & Signature): Promise<void> {
    const ledger = this.#ledger;
    const { by } = ruling;
    const answer = kept("answer", ruling.answer);
    requireVoice(ledger.engine.policy, by, ruling);
    await ledger.locked(async (tail) => {
      const at = ledger.now(tail);
      const { question, of, instead } = rulingOn(ledger, { ...ruling, answer }, at);
      const decided = of?.record ?? null;
      const signed = signedPart(ledger, { kind: "rule", by, decided, question, answer }, ruling, at);
      const proposal = of === undefined ? {} : { proposal: of.digest };
      const stead = instead === undefined ? {} : { instead };
      const body = { by, question, answer, ...stead, ...proposal, ...signed };
      await ledger.append(tail, "ruled", at, decided, body);
    });
  }

  /**
   * What a principal with a key signs, so that `confirm`, `rule` or `said` takes the word: on the decision, and in the session, as
   * they are now. Without `expires` it is good for as long as a confirmation by this principal counts. Throws a SessionError where
   * the word would not be taken.
   */
  async word(request: WordRequest): Promise<SignableWord> {
    const ledger = this.#ledger;
    const { by, expires } = request;
    requirePrincipal(ledger.engine.policy, by);
    return ledger.locked(async (tail) => {
      const now = ledger.now(tail);
      return boundWord(saidOf(ledger, request, now), ledger, expires ?? now + this.#within(by));
    });
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
    const shown = waitingShown(this.#ledger, decided);
    const answers: FactAnswer[] = [];
    for await (const record of home.trace.records({ hash: decided }))
      if (record.kind === "decided") answers.push(...(record.body.answers as FactAnswer[]));
    const knowledge = this.#ledger.knowledge(answers, Math.max(home.now(), state.at));
    return { proposal: shown.proposal, decision: shown.whole, knowledge };
  }

  /**
   * What a tool returned. One that answers no authorized proposal counts as an authorized call. Gives the output as it was recorded:
   * where it repeats a sensitive argument, without that.
   */
  async observe(seen: Seen): Promise<Json> {
    return observe(this.#ledger, seen);
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

  /** How long a confirmation by this principal counts, in milliseconds. */
  #within(by: string): number {
    const { escalate } = this.#ledger.engine.policy;
    return escalate.find((one) => one.principal === by)?.within ?? defaultExpiry;
  }
}
