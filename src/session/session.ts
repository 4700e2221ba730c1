import { plain } from "../engine/plain.js";
import type { Evaluation } from "../engine/engine.js";
import type { Decision } from "../ir/decision.js";
import { canonicalJson } from "../ir/digest.js";
import type { Json } from "../ir/json.js";
import type { FactAnswer, FactQuestion, Knowledge, PastAction } from "../ir/knowledge.js";
import type { TraceBody, TraceKind, TraceRecord } from "../ir/trace.js";
import { normalise, normaliseFields } from "../ir/value.js";
import type { Tail } from "../trace/store.js";
import type { Home } from "./home.js";
import { kept } from "./kept.js";
import { SessionError } from "./opening.js";
import type { SessionState, Shown } from "./state.js";

/** What sources answered, and the one instant for which they were asked. */
interface Answered {
  readonly answers: readonly FactAnswer[];
  readonly now: number;
}

/** What the agent sent: data, or anything, and why it is none. */
interface Sent {
  readonly value: unknown;
  readonly problem?: string;
}

type Call = NonNullable<TraceBody<"observed">["call"]>;

/** How long a confirmation counts where `escalate` says nothing of its principal: an hour, in milliseconds. */
const defaultExpiry = 3_600_000;

/** A fact may rest on another fact's value, and so on: no deeper than so, and no more questions for one decision. */
const maxRounds = 20;
const maxQuestions = 1_000;

/**
 * The engine at work in one session: what is proposed, observed, said, confirmed and ruled, in order. All that it knows is in the
 * trace; several of one session, in several processes, see each other's records.
 */
export class Session {
  readonly id: string;
  readonly #store: Home;
  readonly #state: SessionState;

  /** Use `Store.open` or `Store.session`. */
  constructor(store: Home, state: SessionState) {
    this.id = state.id;
    this.#store = store;
    this.#state = state;
  }

  /** Decides a proposal: asks its facts' sources, then judges and records in one step. Never throws for what the agent sent. */
  async propose(proposal: unknown): Promise<Decision> {
    // A copy at once: what the caller changes while sources are asked is another proposal.
    const sent = plain(proposal);
    return this.#decide(
      sent.ok ? { value: sent.value } : { value: proposal, problem: sent.problem },
      undefined,
    );
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
    const shown = await this.#locked(async (tail) => {
      const last =
        word.decided === undefined ? this.#decided(word.proposal, "confirmed") : this.#waiting(word.decided);
      if (last.decision !== "confirm" && last.decision !== "clarify")
        throw new SessionError(`the last decision is \`${last.decision}\`: there is nothing to confirm`);
      const step = this.#store.engine.policy.escalate.find((one) => one.principal === word.by);
      const at = this.#now(tail);
      const until = at + (step?.within ?? defaultExpiry);
      const { by, answer = true } = word;
      await this.#append(tail, "confirmed", at, last.record, { by, answer, proposal: last.digest, until });
      return last;
    });
    return this.#decide({ value: shown.proposal }, shown);
  }

  /** What a principal said in this session: from now on a source by its name. */
  async said(word: { readonly by: string; readonly text: string }): Promise<void> {
    this.#requirePrincipal(word.by);
    const { by } = word;
    const text = kept("text", word.text);
    await this.#locked((tail) => this.#append(tail, "said", this.#now(tail), null, { by, text }));
  }

  /** An answer to a question of a report: a given's value, or yes or no to a condition of the last proposal; `proposal` as in `confirm`. */
  async rule(ruling: {
    readonly proposal?: string;
    readonly by: string;
    readonly given?: string;
    readonly question?: string;
    readonly answer: Json;
  }): Promise<void> {
    const { by, given, question } = ruling;
    const answer = kept("answer", ruling.answer);
    this.#requirePrincipal(by);
    if ((given === undefined) === (question === undefined))
      throw new SessionError("a ruling names either a `given` or a `question`");
    await this.#locked(async (tail) => {
      const key = given === undefined ? (question as string) : `given:${given}`;
      const of = key.startsWith("given:")
        ? this.#givenRuling(by, key.slice("given:".length), answer)
        : this.#conditionRuling(by, key, answer, ruling.proposal);
      const proposal = of === undefined ? {} : { proposal: of.digest };
      const body = { by, question: key, answer, ...proposal };
      await this.#append(tail, "ruled", this.#now(tail), of?.record ?? null, body);
    });
  }

  /** What a tool returned. One that answers no authorized proposal counts as an authorized call. */
  async observe(seen: {
    readonly tool: string;
    readonly args: { readonly [name: string]: Json };
    readonly output: Json;
    readonly error?: boolean;
  }): Promise<void> {
    const { engine, observer } = this.#store;
    const { tool, error = false } = seen;
    const output = kept("output", seen.output);
    const signature = engine.policy.tools.find((one) => one.name === tool);
    const fitted =
      signature === undefined ? undefined : normaliseFields(signature.params, seen.args, engine.policy.zone);
    const args = kept("arguments", (fitted?.ok ? fitted.value : seen.args) as { [name: string]: Json });
    await this.#locked(async (tail) => {
      const state = this.#state;
      const at = this.#now(tail);
      const wanted = fitted?.ok ? canonicalJson(args) : undefined;
      const action = state.history.find(
        (a) => a.session === this.id && !a.observed && a.tool === tool && canonicalJson(a.args) === wanted,
      );
      const call = action === undefined ? this.#callOf(tool, seen.args, args, at) : undefined;
      const knowledge = { ...this.#knowledge([], at), history: this.#historyWith(action, call, tool, at) };
      const sources = error || !fitted?.ok ? [] : engine.sourcesOf(tool, args, knowledge);
      if (!error && fitted?.ok) observer?.observed?.(tool, args, knowledge);
      const body = { tool, output, error, sources, after: state.made + (call === undefined ? 0 : 1) };
      await this.#append(tail, "observed", at, action?.record ?? null, {
        ...body,
        ...(call === undefined ? {} : { call }),
      });
    });
  }

  /**
   * What became of the action that a decision authorized: whether it worked, and which of the claims made with it were found true
   * or false. `decided` is the hash of the decision's record; absent: the session's last one. Throws a SessionError where that did
   * not authorize.
   */
  async outcome(found: TraceBody<"outcome"> & { readonly decided?: string }): Promise<void> {
    const { decided, ...what } = found;
    const body = kept("outcome", what as Json) as unknown as typeof what;
    await this.#locked(async (tail) => {
      const record = decided ?? this.#state.history.findLast((one) => one.session === this.id)?.record;
      if (record === undefined || !this.#state.history.some((one) => one.record === record))
        throw new SessionError("no action was authorized that this could be the outcome of");
      await this.#append(tail, "outcome", this.#now(tail), record, body);
    });
  }

  /** Ends the session: nothing is decided or recorded in it any more. */
  async close(reason?: string): Promise<void> {
    await this.#locked((tail) =>
      this.#append(
        tail,
        "closed",
        this.#now(tail),
        null,
        reason === undefined ? {} : { reason: kept("reason", reason) },
      ),
    );
  }

  /**
   * `shown`: the decision that a principal's word is on; without it the agent proposes, and earlier words are of an earlier
   * decision. One instant counts from the first question to the record, or a fact that reads `now` would be asked for one
   * moment and judged at another; where something was recorded meanwhile, all moves on to the instant of that.
   */
  async #decide(sent: Sent, shown: Shown | undefined): Promise<Decision> {
    const answers: FactAnswer[] = [];
    let now = this.#store.now();
    for (let round = 0; ; round += 1) {
      const last = round === maxRounds;
      // INVARIANT: from the last look at the trace to the record nothing comes between: no two proposals take the last of a limit.
      const done = await this.#locked(async (tail) => {
        now = Math.max(now, tail.head?.at ?? now);
        const asks = last ? [] : this.#asks(sent.value, answers, now);
        if (asks.length > 0) return { asks };
        return { decision: await this.#record(tail, sent, { answers, now }, shown) };
      });
      if ("decision" in done) return done.decision;
      const said = (await this.#store.sources?.ask(done.asks)) ?? [];
      answers.push(...(kept("answers", said as unknown as Json[]) as unknown as FactAnswer[]));
    }
  }

  /** On release all is judged afresh: what has become graver than was shown asks anew. */
  async #record(
    tail: Tail,
    sent: Sent,
    { answers, now }: Answered,
    shown: Shown | undefined,
  ): Promise<Decision> {
    const { engine, observer } = this.#store;
    const state = this.#state;
    const proposal = sent.value;
    const knowledge = this.#knowledge(answers, now);
    const first = engine.decide(proposal, knowledge);
    const { proposal: digest } = first.decision;
    const place = (name: string | null): number =>
      engine.policy.classes.findIndex((one) => one.name === name);
    const graver =
      shown !== undefined && place(first.decision.assessments.reversibility.class) > place(shown.class);
    const stale =
      shown === undefined && state.confirmations.some((one) => one.answer && one.proposal === digest);
    const asksAnew = graver || stale;
    const judged = asksAnew ? withoutYes(knowledge, digest) : knowledge;
    const evaluation: Evaluation = asksAnew ? engine.decide(proposal, judged) : first;
    const { decision, values, classes, trust } = evaluation;
    observer?.decided?.(proposal, judged, decision);
    const authorized = decision.decision === "authorize" && values !== null;
    const cause =
      shown === undefined
        ? (await this.#append(tail, "proposed", now, null, proposedBody(sent))).hash
        : shown.record;
    await this.#append(tail, "decided", now, cause, {
      decision,
      answers: answers.map(({ fact, args, answers: said }) => ({
        fact,
        args: [...args],
        answers: [...said],
      })),
      values: authorized ? values : null,
      classes: [...classes],
      trust,
      ...(shown === undefined ? {} : { shown: shown.record }),
      voids: asksAnew || authorized,
    });
    return decision;
  }

  /** What is still to be asked of sources: a fact may be asked with another fact's value. */
  #asks(proposal: unknown, answers: readonly FactAnswer[], now: number): readonly FactQuestion[] {
    const { engine, sources } = this.#store;
    if (sources === undefined || engine.policy.facts.length === 0) return [];
    return engine
      .evaluate(proposal, this.#knowledge(answers, now))
      .asks.slice(0, maxQuestions - answers.length);
  }

  /** What the history keeps of a call that nothing authorized. */
  #callOf(
    tool: string,
    sent: { readonly [name: string]: Json },
    values: { [name: string]: Json },
    at: number,
  ): Call {
    const knowledge = this.#knowledge([], at);
    const { classes, trust } = this.#store.engine.evaluate({ tool, args: sent }, knowledge);
    return { values, classes: [...classes], trust };
  }

  /** The history as it is once the result has arrived: of an action in it, or of a call that nothing authorized. */
  #historyWith(
    action: PastAction | undefined,
    call: Call | undefined,
    tool: string,
    at: number,
  ): PastAction[] {
    const { history } = this.#state;
    if (call === undefined) return history.map((one) => (one === action ? { ...one, observed: true } : one));
    const { values, classes, trust } = call;
    return [...history, { session: this.id, at, tool, args: values, classes, trust, observed: true }];
  }

  #knowledge(answers: readonly FactAnswer[], now: number): Knowledge {
    const { opened, givens, history, observations, said, rulings, confirmations } = this.#state;
    const { instruction, tier = null, actor } = opened ?? {};
    return {
      now,
      session: { id: this.id, ...(instruction === undefined ? {} : { instruction }) },
      ...(tier === null ? {} : { tier }),
      actor: actor ?? { id: "agent", roles: [] },
      givens,
      answers,
      history,
      observations,
      said,
      rulings,
      confirmations: confirmations
        .filter((one) => one.until > now || !one.answer)
        .map(({ until: _, ...word }) => word),
    };
  }

  /** Works alone on the end of the trace, with all read that was recorded up to it. Throws a SessionError where it is closed. */
  #locked<T>(work: (tail: Tail) => Promise<T>): Promise<T> {
    return this.#store.trace.transaction(async (tail) => {
      await this.#store.read(tail, this.#state);
      if (this.#state.closed) throw new SessionError(`the session \`${this.id}\` is closed`);
      return work(tail);
    });
  }

  async #append<K extends TraceKind>(
    tail: Tail,
    kind: K,
    at: number,
    cause: string | null,
    body: TraceBody<K>,
  ): Promise<TraceRecord<K>> {
    const { policy } = this.#store;
    const draft = { kind, at, root: this.id, session: this.id, policy, cause, body };
    return tail.append(draft as unknown as Parameters<Tail["append"]>[0]) as unknown as TraceRecord<K>;
  }

  /** Now, never before the last record. */
  #now(tail: Tail): number {
    return Math.max(this.#store.now(), tail.head?.at ?? Number.NEGATIVE_INFINITY);
  }

  #givenRuling(by: string, name: string, answer: Json): undefined {
    const { policy } = this.#store.engine;
    const given = policy.intent?.givens.find((one) => one.name === name);
    if (given === undefined) throw new SessionError(`no given is called \`${name}\``);
    const asked = given.asks?.principal ?? policy.escalate[0]?.principal;
    if (by !== asked) throw new SessionError(`\`given.${name}\` is \`${asked}\`'s to say, not \`${by}\`'s`);
    const value = normalise(given.type, answer, policy.zone);
    if (!value.ok) throw new SessionError(`the answer to \`given.${name}\` ${value.problem}`);
    return undefined;
  }

  /** INVARIANT: a ruling is of one proposal: said before any was made, it must not hold for the whole session. */
  #conditionRuling(by: string, question: string, answer: Json, proposal: string | undefined): Shown {
    if (typeof answer !== "boolean") throw new SessionError(`the answer to \`${question}\` is true or false`);
    const shown = this.#decided(proposal, "ruled on");
    const asked = shown.asks.get(question);
    if (asked === undefined)
      throw new SessionError(`the last decision does not ask \`${question.slice(0, 100)}\``);
    if (asked.length > 0 && !asked.includes(by))
      throw new SessionError(
        `\`${question}\` is asked of ${asked.map((one) => `\`${one}\``).join(", ")}, not of \`${by}\``,
      );
    return shown;
  }

  /** The last decision; it must be the one that was shown, where that is told. */
  #decided(shown: string | undefined, done: string): Shown {
    const { last } = this.#state;
    if (last === undefined) throw new SessionError(`nothing has been proposed that could be ${done}`);
    if (shown !== undefined && shown !== last.digest)
      throw new SessionError("something else was decided since that proposal was shown");
    return last;
  }

  #waiting(record: string): Shown {
    const shown = this.#state.waiting.get(record);
    if (shown === undefined)
      throw new SessionError("no decision of that record waits for a word: it was made afresh since");
    return shown;
  }

  /** Only principals that the policy declares may speak; one with a key speaks by signature, which is not taken yet. */
  #requirePrincipal(name: string): void {
    const principal = this.#store.engine.policy.principals.find((one) => one.name === name);
    if (principal === undefined) throw new SessionError(`no principal is called \`${name}\``);
    if (principal.key !== undefined)
      throw new SessionError(`\`${name}\` has a key: only a signed word counts, and this store takes none`);
  }
}

const proposedBody = ({ value, problem }: Sent): TraceBody<"proposed"> =>
  problem === undefined ? { proposal: kept("proposal", value as Json) } : { problem };

function withoutYes(knowledge: Knowledge, digest: string): Knowledge {
  const confirmations = knowledge.confirmations.filter((one) => one.proposal !== digest || !one.answer);
  return { ...knowledge, confirmations };
}
