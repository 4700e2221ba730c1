import type { Decision } from "../ir/decision.js";
import { canonicalJson } from "../ir/digest.js";
import type { Json } from "../ir/json.js";
import type {
  Confirmation,
  FactAnswer,
  FactQuestion,
  Knowledge,
  Observation,
  PastAction,
  Ruling,
} from "../ir/knowledge.js";
import type { PolicyIr } from "../ir/policy.js";
import { normalise, normaliseFields } from "../ir/value.js";
import type { Engine, Evaluation } from "../engine/engine.js";
import type { Sources } from "../sources/ask.js";
import { leavesOf } from "../sources/observed.js";

/** What a session is opened with; all of it is the store's, none the agent's. */
export interface SessionOptions {
  readonly id?: string;
  /** Values of givens, as JSON. */
  readonly givens?: { readonly [name: string]: Json };
  /** What the principal said when the session was opened; a part of the source `intent`. */
  readonly instruction?: string;
  /** The acting tier; absent: the lowest. */
  readonly tier?: string;
  readonly actor?: string;
  readonly roles?: readonly string[];
}

/** Something a caller asked for that cannot be done; the message is a sentence for a person. */
export class SessionError extends Error {
  override readonly name = "SessionError";
}

/** Looks on at what is decided, as it is decided and before it is recorded; what it is told lasts for the call only. */
export interface Observer {
  decided?(proposal: unknown, knowledge: Knowledge, decision: Decision): void;
  /** An output of a tool arrives. */
  observed?(tool: string, args: { readonly [name: string]: Json }, knowledge: Knowledge): void;
}

/** What all sessions of one policy share: the history that limits look over, and the sources. Kept in memory. */
export class Store {
  readonly engine: Engine;
  readonly sources: Sources | undefined;
  readonly history: PastAction[] = [];
  readonly observer: Observer | undefined;
  readonly #clock: () => number;
  readonly #opened = new Set<string>();
  #last = Number.NEGATIVE_INFINITY;

  /** `sources` undefined: no source is asked, every fact is silent. `clock` gives milliseconds since the epoch. */
  constructor(
    engine: Engine,
    sources: Sources | undefined,
    clock: () => number = Date.now,
    observer?: Observer,
  ) {
    this.engine = engine;
    this.sources = sources;
    this.observer = observer;
    this.#clock = clock;
  }

  /** Now, never before the last record. */
  now(): number {
    this.#last = Math.max(this.#last, this.#clock());
    return this.#last;
  }

  /** When the last action was recorded: no later decision looks at the world from before it. */
  lastRecord(): number {
    return this.history.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  }

  /**
   * Opens a session. Throws a SessionError where the policy has no intent, a given, tier or value does not fit, or the id
   * is taken: two sessions of one name would count, and trace, each other's actions as their own.
   */
  open(options: SessionOptions = {}): Session {
    checkOpening(this.engine.policy, options);
    const id = options.id ?? this.#freeId();
    if (this.#opened.has(id)) throw new SessionError(`a session called \`${id}\` is open already`);
    this.#opened.add(id);
    return new Session(this, { ...options, id });
  }

  #freeId(): string {
    let place = 1;
    while (this.#opened.has(place === 1 ? "session" : `session-${place}`)) place += 1;
    return place === 1 ? "session" : `session-${place}`;
  }
}

/** A principal's word on a decision, and until when (milliseconds) it counts. */
type Word = Confirmation & { readonly until: number };

/** The last decision: what a confirmation is of. */
interface Shown {
  readonly proposal: unknown;
  readonly digest: string;
  readonly decision: Decision["decision"];
  /** The class it was shown with. */
  readonly class: string | null;
  /** The questions it asks, and of whom. */
  readonly asks: ReadonlyMap<string, readonly string[]>;
}

/** What sources answered, and the one instant for which they were asked. */
interface Answered {
  readonly answers: readonly FactAnswer[];
  readonly now: number;
}

/** How long a confirmation counts where `escalate` says nothing of its principal: an hour, in milliseconds. */
const defaultExpiry = 3_600_000;

/** The engine at work in one session: what is proposed, observed, said, confirmed and ruled, in order. */
export class Session {
  readonly id: string;
  readonly #store: Store;
  readonly #options: SessionOptions;
  readonly #givens: { [name: string]: Json };
  readonly #observations: Observation[] = [];
  readonly #said: { by: string; text: string }[] = [];
  readonly #rulings: Ruling[] = [];
  #confirmations: Word[] = [];
  #last: Shown | undefined;

  /** Use `Store.open`, which checks what it is opened with. */
  constructor(store: Store, options: SessionOptions & { readonly id: string }) {
    this.id = options.id;
    this.#store = store;
    this.#options = options;
    this.#givens = Object.assign(Object.create(null), options.givens);
  }

  /** Decides a proposal: asks its facts' sources, then judges and records in one step. Never throws for what the agent sent. */
  async propose(proposal: unknown): Promise<Decision> {
    return this.#decide(proposal, undefined);
  }

  /**
   * A principal's word on the last decision, where that was `confirm` or `clarify`; gives the decision afresh. It counts for
   * this decision alone: proposing the same again asks again, but a no stays (semantics.md, *The Reshimu*). `proposal` is the
   * digest of what the principal was shown: where it is given, and something else was decided since, nothing is confirmed.
   */
  async confirm(word: {
    readonly by: string;
    readonly answer?: boolean;
    readonly proposal?: string;
  }): Promise<Decision> {
    this.#requirePrincipal(word.by);
    const last = this.#decided(word.proposal, "confirmed");
    if (last.decision !== "confirm" && last.decision !== "clarify")
      throw new SessionError(`the last decision is \`${last.decision}\`: there is nothing to confirm`);
    const { engine } = this.#store;
    const step = engine.policy.escalate.find((one) => one.principal === word.by);
    this.#confirmations.push({
      by: word.by,
      answer: word.answer ?? true,
      proposal: last.digest,
      policy: engine.digest,
      until: this.#store.now() + (step?.within ?? defaultExpiry),
    });
    return this.#decide(last.proposal, last);
  }

  /** What a principal said in this session: from now on a source by its name. */
  said(word: { readonly by: string; readonly text: string }): void {
    this.#requirePrincipal(word.by);
    this.#said.push({ by: word.by, text: word.text });
  }

  /** An answer to a question of a report: a given's value, or yes or no to a condition of the last proposal; `proposal` as in `confirm`. */
  rule(ruling: {
    readonly proposal?: string;
    readonly by: string;
    readonly given?: string;
    readonly question?: string;
    readonly answer: Json;
  }): void {
    this.#requirePrincipal(ruling.by);
    if ((ruling.given === undefined) === (ruling.question === undefined))
      throw new SessionError("a ruling names either a `given` or a `question`");
    if (ruling.given !== undefined) this.#ruleGiven(ruling.by, ruling.given, ruling.answer);
    else if (ruling.question?.startsWith("given:"))
      this.#ruleGiven(ruling.by, ruling.question.slice("given:".length), ruling.answer);
    else this.#ruleCondition(ruling.by, ruling.question as string, ruling.answer, ruling.proposal);
  }

  /** What a tool returned. One that answers no authorized proposal counts as an authorized call. */
  observe(seen: {
    readonly tool: string;
    readonly args: { readonly [name: string]: Json };
    readonly output: Json;
    readonly error?: boolean;
  }): void {
    const { engine, history } = this.#store;
    const tool = engine.policy.tools.find((one) => one.name === seen.tool);
    const fitted =
      tool === undefined ? undefined : normaliseFields(tool.params, seen.args, engine.policy.zone);
    const args = (fitted?.ok ? fitted.value : seen.args) as { [name: string]: Json };
    const wanted = fitted?.ok ? canonicalJson(args) : undefined;
    const place = history.findIndex(
      (a) => a.session === this.id && !a.observed && a.tool === seen.tool && canonicalJson(a.args) === wanted,
    );
    const action = history[place];
    if (action !== undefined) history[place] = { ...action, observed: true };
    else
      this.#record(
        seen.tool,
        args,
        engine.evaluate({ tool: seen.tool, args: seen.args }, this.#knowledge([], this.#store.now())),
        { at: this.#store.now(), observed: true },
      );
    const knowledge = this.#knowledge([], this.#store.now());
    const sources = seen.error || !fitted?.ok ? [] : engine.sourcesOf(seen.tool, args, knowledge);
    if (!seen.error && fitted?.ok) this.#store.observer?.observed?.(seen.tool, args, knowledge);
    const leaves = seen.error ? [] : leavesOf(seen.output);
    this.#observations.push({
      tool: seen.tool,
      sources,
      leaves,
      after: history.filter((a) => a.session === this.id).length,
    });
  }

  /**
   * `shown`: the decision that a principal's word is on; without it the agent proposes, and earlier words are of an earlier
   * decision. One instant counts from the first question to the record, or a fact that reads `now` would be asked for one
   * moment and judged at another; where something was recorded meanwhile, all moves on to the instant of that.
   */
  async #decide(proposal: unknown, shown: Shown | undefined): Promise<Decision> {
    const answers: FactAnswer[] = [];
    let now = this.#store.now();
    for (let round = 0; this.#store.sources !== undefined; round += 1) {
      now = Math.max(now, this.#store.lastRecord());
      const asks = round === maxRounds ? [] : this.#asks(proposal, answers, now);
      if (asks.length === 0) break;
      answers.push(...(await this.#store.sources.ask(asks)));
    }
    // INVARIANT: from the last answer to the record nothing waits: no two proposals take the last of a limit.
    const evaluation = this.#judge(proposal, { answers, now }, shown);
    const { decision } = evaluation;
    this.#store.observer?.decided?.(proposal, this.#knowledge(answers, now), decision);
    if (decision.decision === "authorize" && evaluation.values !== null) {
      const { tool } = proposal as { readonly tool: string };
      this.#record(tool, evaluation.values, evaluation, { at: now, observed: false });
      this.#forgetYes(decision.proposal);
    }
    this.#last = {
      proposal,
      digest: decision.proposal,
      decision: decision.decision,
      class: decision.assessments.reversibility.class,
      asks: questionsOf(decision),
    };
    return decision;
  }

  /** On release all is judged afresh: what has become graver than was shown asks anew. */
  #judge(proposal: unknown, { answers, now }: Answered, shown: Shown | undefined): Evaluation {
    const { engine } = this.#store;
    const first = engine.decide(proposal, this.#knowledge(answers, now));
    const place = (name: string | null): number =>
      engine.policy.classes.findIndex((one) => one.name === name);
    const graver =
      shown !== undefined && place(first.decision.assessments.reversibility.class) > place(shown.class);
    const stale =
      shown === undefined &&
      this.#confirmations.some((one) => one.answer && one.proposal === first.decision.proposal);
    if (!graver && !stale) return first;
    this.#forgetYes(first.decision.proposal);
    return engine.decide(proposal, this.#knowledge(answers, now));
  }

  #forgetYes(digest: string): void {
    this.#confirmations = this.#confirmations.filter((one) => one.proposal !== digest || !one.answer);
  }

  /** What is still to be asked of sources: a fact may be asked with another fact's value. */
  #asks(proposal: unknown, answers: readonly FactAnswer[], now: number): FactQuestion[] {
    const { engine, sources } = this.#store;
    if (sources === undefined || engine.policy.facts.length === 0) return [];
    return engine
      .evaluate(proposal, this.#knowledge(answers, now))
      .asks.slice(0, maxQuestions - answers.length);
  }

  #record(
    tool: string,
    args: { readonly [name: string]: Json },
    { classes, trust }: Evaluation,
    when: { readonly at: number; readonly observed: boolean },
  ): void {
    this.#store.history.push({ session: this.id, tool, args, classes, trust, ...when });
  }

  #knowledge(answers: readonly FactAnswer[], now: number): Knowledge {
    const { instruction, tier, actor, roles } = this.#options;
    return {
      now,
      session: { id: this.id, ...(instruction === undefined ? {} : { instruction }) },
      ...(tier === undefined ? {} : { tier }),
      actor: { id: actor ?? "agent", roles: roles ?? [] },
      givens: this.#givens,
      answers,
      history: this.#store.history,
      observations: this.#observations,
      said: this.#said,
      rulings: this.#rulings,
      confirmations: this.#confirmations
        .filter((one) => one.until > now || !one.answer)
        .map(({ until: _, ...word }) => word),
    };
  }

  #ruleGiven(by: string, name: string, answer: Json): void {
    const { policy } = this.#store.engine;
    const given = policy.intent?.givens.find((one) => one.name === name);
    if (given === undefined) throw new SessionError(`no given is called \`${name}\``);
    const asked = given.asks?.principal ?? policy.escalate[0]?.principal;
    if (by !== asked) throw new SessionError(`\`given.${name}\` is \`${asked}\`'s to say, not \`${by}\`'s`);
    const value = normalise(given.type, answer, policy.zone);
    if (!value.ok) throw new SessionError(`the answer to \`given.${name}\` ${value.problem}`);
    this.#givens[name] = answer;
  }

  /** INVARIANT: a ruling is of one proposal: said before any was made, it must not hold for the whole session. */
  #ruleCondition(by: string, question: string, answer: Json, shown: string | undefined): void {
    if (typeof answer !== "boolean") throw new SessionError(`the answer to \`${question}\` is true or false`);
    const { digest, asks } = this.#decided(shown, "ruled on");
    const asked = asks.get(question);
    if (asked === undefined)
      throw new SessionError(`the last decision does not ask \`${question.slice(0, 100)}\``);
    if (asked.length > 0 && !asked.includes(by))
      throw new SessionError(
        `\`${question}\` is asked of ${asked.map((one) => `\`${one}\``).join(", ")}, not of \`${by}\``,
      );
    this.#rulings.push({ question, answer, by, proposal: digest });
  }

  /** The last decision; it must be the one that was shown, where that is told. */
  #decided(shown: string | undefined, done: string): Shown {
    const last = this.#last;
    if (last === undefined) throw new SessionError(`nothing has been proposed that could be ${done}`);
    if (shown !== undefined && shown !== last.digest)
      throw new SessionError("something else was decided since that proposal was shown");
    return last;
  }

  /** Only principals that the policy declares may speak; one with a key speaks by signature, which this store cannot check. */
  #requirePrincipal(name: string): void {
    const principal = this.#store.engine.policy.principals.find((one) => one.name === name);
    if (principal === undefined) throw new SessionError(`no principal is called \`${name}\``);
    if (principal.key !== undefined)
      throw new SessionError(`\`${name}\` has a key: only a signed word counts, and this store takes none`);
  }
}

/** What a decision asks, by the keys that rulings name. */
function questionsOf(decision: Decision): Map<string, readonly string[]> {
  const asks = new Map<string, readonly string[]>();
  for (const remedy of decision.remedies)
    for (const key of remedy.questions ?? []) if (!asks.has(key)) asks.set(key, remedy.from ?? []);
  return asks;
}

/** A fact may rest on another fact's value, and so on: no deeper than so, and no more questions for one decision. */
const maxRounds = 20;
const maxQuestions = 1_000;

function checkOpening(policy: PolicyIr, options: SessionOptions): void {
  if (policy.intent === null)
    throw new SessionError(
      `\`${policy.name}\` has no intent: it can be extended and checked, but no session opens on it`,
    );
  const givens = options.givens ?? {};
  for (const name of Object.keys(givens))
    if (!policy.intent.givens.some((given) => given.name === name))
      throw new SessionError(`no given is called \`${name}\``);
  for (const given of policy.intent.givens) {
    if (Object.hasOwn(givens, given.name)) {
      const value = normalise(given.type, givens[given.name], policy.zone);
      if (!value.ok) throw new SessionError(`\`given.${given.name}\` ${value.problem}`);
    } else if (given.value === undefined && given.asks === undefined)
      throw new SessionError(
        `\`given.${given.name}\` has no value: supply one, as nobody is named to be asked`,
      );
  }
  for (const name of ["id", "actor"] as const)
    if (options[name]?.isWellFormed() === false)
      throw new SessionError(`the ${name} holds half of a surrogate pair`);
  if (options.tier !== undefined && !policy.tiers.some((tier) => tier.name === options.tier))
    throw new SessionError(`no tier is called \`${options.tier}\``);
}
