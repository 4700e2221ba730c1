import { plain } from "../engine/plain.js";
import { createEngine, type Engine, type Evaluation } from "../engine/engine.js";
import type { Decision } from "../ir/decision.js";
import { canonicalJson, policyDigest } from "../ir/digest.js";
import type { Json } from "../ir/json.js";
import type { FactAnswer, FactQuestion, Knowledge, PastAction } from "../ir/knowledge.js";
import { delegateTool } from "../ir/policy.js";
import type { Proposal } from "../ir/proposal.js";
import type { TraceBody, TraceKind, TraceRecord } from "../ir/trace.js";
import { normalise, normaliseFields } from "../ir/value.js";
import type { Tail } from "../trace/store.js";
import type { Home } from "./home.js";
import { type Context, contextOf } from "./context.js";
import { type Delegation, delegationOf, ended, handedDown, holdingOf, type Made } from "./delegation.js";
import { scoreOf } from "./fidelity.js";
import { kept } from "./kept.js";
import { checkName, SessionError } from "./opening.js";
import type { Kept, Member, Receiver, SessionState, Shown } from "./state.js";
import { begunBy } from "./begun.js";

/** What sources answered, and the one instant for which they were asked. */
interface Answered {
  readonly answers: readonly FactAnswer[];
  readonly now: number;
}

/** What the agent sent: data, or anything, and why it is none; of a delegation, who is to receive it. */
interface Sent {
  readonly value: unknown;
  readonly problem?: string;
  readonly receiver?: Receiver | undefined;
}

interface Decided {
  readonly decision: Decision;
  /** The hash of its record. */
  readonly record: string;
}

/** What a proposal is judged on beside the records: how its text was scored, and of a delegation, what it would make. */
interface Weighed {
  readonly fidelity: number | undefined;
  readonly delegation: Delegation | undefined;
}

type Call = NonNullable<TraceBody<"observed">["call"]>;

/** How long a confirmation counts where `escalate` says nothing of its principal: an hour, in milliseconds. */
const defaultExpiry = 3_600_000;

/** A fact may rest on another fact's value, and so on: no deeper than so, and no more questions for one decision. */
const maxRounds = 20;
const maxQuestions = 1_000;

/**
 * The engine at work in one session: what is proposed, observed, said, confirmed and ruled, in order. All that it knows is in the
 * trace; several of one session, in several processes, see each other's records. A session that a delegation made is one of its own:
 * it is judged on what reached it, and counts with all others of its tree.
 */
export class Session {
  readonly id: string;
  readonly #store: Home;
  readonly #state: SessionState;
  readonly #engine: Engine;

  /** Use `Store.open` or `Store.session`. `engine`: of its own policy, with the narrowings of all above it. */
  constructor(store: Home, state: SessionState, id: string, engine: Engine) {
    this.id = id;
    this.#store = store;
    this.#state = state;
    this.#engine = engine;
  }

  /** The session at the root of its tree. */
  get root(): string {
    return this.#state.id;
  }

  /** Decides a proposal: asks its facts' sources, then judges and records in one step. Never throws for what the agent sent. */
  async propose(proposal: unknown): Promise<Decision> {
    // A copy at once: what the caller changes while sources are asked is another proposal.
    const sent = plain(proposal);
    const { decision } = await this.#decide(
      sent.ok ? { value: sent.value } : { value: proposal, problem: sent.problem },
      undefined,
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
    const { decision, record } = await this.#decide(
      sent.ok ? { value: sent.value, receiver } : { value: args, problem: sent.problem },
      undefined,
    );
    await this.#read();
    const made = this.#state.madeBy(record);
    return { decision, session: made && (await this.#store.session(made.id)) };
  }

  /** The sessions that its delegations made, in the order of their making. */
  async children(): Promise<Session[]> {
    await this.#read();
    const ids = [...this.#state.members.values()].filter(({ parent }) => parent === this.id);
    return Promise.all(ids.map(({ id }) => this.#store.session(id)));
  }

  /** What it holds: all that its actions are judged on. `tier`: what a session there would get at most. */
  async context(tier?: string): Promise<Context> {
    await this.#read();
    return contextOf(this.#engine.policy, this.#member, { givens: this.#state.givens, tier });
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
      const step = this.#engine.policy.escalate.find((one) => one.principal === word.by);
      const at = this.#now(tail);
      const until = at + (step?.within ?? defaultExpiry);
      const { by, answer = true } = word;
      await this.#append(tail, "confirmed", at, last.record, { by, answer, proposal: last.digest, until });
      return last;
    });
    return (await this.#decide({ value: shown.proposal, receiver: shown.receiver }, shown)).decision;
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
    const { observer } = this.#store;
    const engine = this.#engine;
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
        (a) => a.by === this.id && !a.observed && a.tool === tool && canonicalJson(a.args) === wanted,
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
      const own = this.#state.history.filter((one) => one.by === this.id);
      const record = decided ?? own.at(-1)?.record;
      if (record === undefined || !own.some((one) => one.record === record))
        throw new SessionError("no action was authorized that this could be the outcome of");
      await this.#append(tail, "outcome", this.#now(tail), record, body);
    });
  }

  /** Ends the session, and those it delegated to: nothing is decided or recorded in them any more. */
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
  async #decide(sent: Sent, shown: Shown | undefined): Promise<Decided> {
    const answers: FactAnswer[] = [];
    const weighed = await this.#weighed(sent.value);
    let now = this.#store.now();
    for (let round = 0; ; round += 1) {
      const last = round === maxRounds;
      // INVARIANT: from the last look at the trace to the record nothing comes between: no two proposals take the last of a limit.
      const done = await this.#locked(async (tail) => {
        now = Math.max(now, tail.head?.at ?? now);
        const asks = last ? [] : this.#asks(sent.value, { answers, now }, weighed);
        if (asks.length > 0) return { asks };
        return { decided: await this.#record(tail, sent, { answers, now, ...weighed }, shown) };
      });
      if ("decided" in done) return done.decided;
      const said = (await this.#store.sources?.ask(done.asks)) ?? [];
      answers.push(...(kept("answers", said as unknown as Json[]) as unknown as FactAnswer[]));
    }
  }

  /** On release all is judged afresh: what has become graver than was shown asks anew. */
  async #record(
    tail: Tail,
    sent: Sent,
    { answers, now, ...weighed }: Answered & Weighed,
    shown: Shown | undefined,
  ): Promise<Decided> {
    const { observer } = this.#store;
    const engine = this.#engine;
    const state = this.#state;
    const proposal = sent.value;
    const knowledge = this.#knowledge(answers, now, weighed);
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
    const { delegation, fidelity } = weighed;
    const decided = await this.#append(tail, "decided", now, cause, {
      decision,
      answers: answers.map(({ fact, args, answers: said }) => ({
        fact,
        args: [...args],
        answers: [...said],
      })),
      values: authorized ? values : null,
      classes: [...classes],
      trust,
      ...(fidelity === undefined ? {} : { fidelity }),
      ...(shown === undefined ? {} : { shown: shown.record }),
      voids: asksAnew || authorized,
    });
    if (authorized && delegation?.made !== undefined)
      await this.#handDown(tail, delegation.made, {
        receiver: sent.receiver,
        cause: decided.hash,
        now,
        fidelity,
      });
    return { decision, record: decided.hash };
  }

  /** A session is made: in the same step in which that is allowed. */
  async #handDown(
    tail: Tail,
    made: Made,
    by: { receiver: Receiver | undefined; cause: string; now: number; fidelity: number | undefined },
  ): Promise<void> {
    const { receiver = {}, cause, now, fidelity } = by;
    const session = receiver.session ?? `${this.id}/${this.#state.members.size}`;
    if ((await begunBy(tail, session)) !== undefined)
      throw new SessionError(`a session called \`${session}\` is there already`);
    const giver = { policy: this.#engine.policy, member: this.#member };
    const { holds, hop } = handedDown(giver, made, session);
    const { brief, narrowing } = made.said;
    await tail.append({
      kind: "delegated",
      at: now,
      root: this.root,
      session,
      policy: { name: made.policy.name, digest: policyDigest(made.policy) },
      cause,
      body: {
        parent: this.id,
        brief,
        holds,
        hop: {
          ...hop,
          carried: [...hop.carried],
          withheld: [...hop.withheld],
          ...(fidelity === undefined ? {} : { fidelity }),
        },
        ...(narrowing === undefined ? {} : { narrowing }),
        ...(made.expires === undefined ? {} : { expires: made.expires }),
        ...(made.depth === undefined ? {} : { depth: made.depth }),
        actor: { id: receiver.actor ?? "agent", roles: receiver.roles ?? [] },
      },
    });
  }

  /** What of a proposal is weighed before it is judged: it may ask a scorer, which no transaction waits for. */
  async #weighed(proposal: unknown): Promise<Weighed> {
    if (!this.#state.members.has(this.id)) await this.#read();
    const { policy } = this.#engine;
    const { narrow } = this.#store;
    const delegation = delegationOf(proposal, { policy, member: this.#member, narrow });
    const made = delegation?.made?.policy;
    if (made !== undefined && made !== policy) await this.#store.keep(createEngine(made));
    const purpose = delegation === undefined ? "message" : "brief";
    const text = delegation === undefined ? messageOf(proposal) : delegation.brief;
    const asked = delegation !== undefined || policy.layers.some((layer) => layer.discernment?.fidelity);
    if (!asked || text === undefined) return { fidelity: undefined, delegation };
    const held = new Set(holdingOf(policy, this.#member).bullets);
    const bullets = (policy.intent?.bullets ?? []).filter(({ name }) => held.has(name));
    const scored = { text, purpose, bullets: bullets.map((bullet) => bullet.text) } as const;
    return { fidelity: await scoreOf(this.#store.scorer, scored), delegation };
  }

  /** What is still to be asked of sources: a fact may be asked with another fact's value. */
  #asks(proposal: unknown, { answers, now }: Answered, weighed: Weighed): readonly FactQuestion[] {
    const engine = this.#engine;
    if (this.#store.sources === undefined || engine.policy.facts.length === 0) return [];
    return engine
      .evaluate(proposal, this.#knowledge(answers, now, weighed))
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
    const { classes, trust } = this.#engine.evaluate({ tool, args: sent }, knowledge);
    return { values, classes: [...classes], trust };
  }

  /** The history as it is once the result has arrived: of an action in it, or of a call that nothing authorized. */
  #historyWith(action: Kept | undefined, call: Call | undefined, tool: string, at: number): PastAction[] {
    const history = this.#history;
    if (call === undefined)
      return history.map((one) => (one.record === action?.record ? { ...one, observed: true } : one));
    const { values, classes, trust } = call;
    return [...history, { session: this.root, at, tool, args: values, classes, trust, observed: true }];
  }

  get #member(): Member {
    const member = this.#state.members.get(this.id);
    if (member === undefined) throw new SessionError(`no session is called \`${this.id.slice(0, 100)}\``);
    return member;
  }

  get #history(): readonly Kept[] {
    return this.#state.historyFor(this.#engine.policy, this.#engine.digest);
  }

  #knowledge(answers: readonly FactAnswer[], now: number, weighed?: Weighed): Knowledge {
    const { id } = this;
    const state = this.#state;
    const { opened, givens, rulings, confirmations } = state;
    const member = this.#member;
    const { tier, actor, holds, hops, answered } = member;
    const instruction = opened?.instruction;
    const problems = [...ended(member, now), ...(weighed?.delegation?.problems ?? [])];
    const fidelity = weighed?.fidelity;
    return {
      now,
      session: {
        id,
        ...(id === this.root ? {} : { root: this.root }),
        ...(instruction === undefined ? {} : { instruction }),
      },
      ...(tier === null ? {} : { tier }),
      ...(holds === undefined
        ? {}
        : {
            descent: {
              bullets: holds.bullets,
              givens: [...holds.givens, ...answered],
              tools: holds.uses,
              hops,
            },
          }),
      ...(problems.length === 0 ? {} : { problems }),
      actor,
      givens,
      answers,
      history: this.#history,
      observations: state.observations(id),
      said: state.said(id),
      rulings,
      confirmations: confirmations
        .filter((one) => one.until > now || !one.answer)
        .map(({ until: _, ...word }) => word),
      ...(fidelity === undefined ? {} : { fidelity }),
    };
  }

  async #read(): Promise<void> {
    const { trace } = this.#store;
    await trace.transaction((tail) => this.#store.read(tail, this.#state, this.#engine.policy));
  }

  /** Works alone on the end of the trace, with all read that was recorded up to it. Throws a SessionError where it is closed. */
  #locked<T>(work: (tail: Tail) => Promise<T>): Promise<T> {
    return this.#store.trace.transaction(async (tail) => {
      await this.#store.read(tail, this.#state, this.#engine.policy);
      if (this.#state.closed(this.id)) throw new SessionError(`the session \`${this.id}\` is closed`);
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
    const policy = { name: this.#engine.policy.name, digest: this.#engine.digest };
    const draft = { kind, at, root: this.root, session: this.id, policy, cause, body };
    return tail.append(draft as unknown as Parameters<Tail["append"]>[0]) as unknown as TraceRecord<K>;
  }

  /** Now, never before the last record. */
  #now(tail: Tail): number {
    return Math.max(this.#store.now(), tail.head?.at ?? Number.NEGATIVE_INFINITY);
  }

  #givenRuling(by: string, name: string, answer: Json): undefined {
    const { policy } = this.#engine;
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
    const last = this.#state.last.get(this.id);
    if (last === undefined) throw new SessionError(`nothing has been proposed that could be ${done}`);
    if (shown !== undefined && shown !== last.digest)
      throw new SessionError("something else was decided since that proposal was shown");
    return last;
  }

  #waiting(record: string): Shown {
    const shown = this.#state.waiting.get(record);
    if (shown?.session !== this.id)
      throw new SessionError("no decision of that record waits for a word: it was made afresh since");
    return shown;
  }

  /** Only principals that the policy declares may speak; one with a key speaks by signature, which is not taken yet. */
  #requirePrincipal(name: string): void {
    const principal = this.#engine.policy.principals.find((one) => one.name === name);
    if (principal === undefined) throw new SessionError(`no principal is called \`${name}\``);
    if (principal.key !== undefined)
      throw new SessionError(`\`${name}\` has a key: only a signed word counts, and this store takes none`);
  }
}

const proposedBody = ({ value, problem, receiver }: Sent): TraceBody<"proposed"> => ({
  ...(problem === undefined ? { proposal: kept("proposal", value as Json) } : { problem }),
  ...(receiver === undefined ? {} : { receiver: kept("receiver", receiver as Json) as Receiver }),
});

function messageOf(proposal: unknown): string | undefined {
  const message = (proposal as { readonly message?: unknown } | null)?.message;
  return typeof message === "string" ? message : undefined;
}

function withoutYes(knowledge: Knowledge, digest: string): Knowledge {
  const confirmations = knowledge.confirmations.filter((one) => one.proposal !== digest || !one.answer);
  return { ...knowledge, confirmations };
}
