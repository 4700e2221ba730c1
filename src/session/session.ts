import type { Decision } from "../ir/decision.js";
import { canonicalJson } from "../ir/digest.js";
import type { Json } from "../ir/json.js";
import type {
  Confirmation,
  FactAnswer,
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

/** What all sessions of one policy share: the history that limits look over, and the sources. Kept in memory. */
export class Store {
  readonly engine: Engine;
  readonly sources: Sources | undefined;
  readonly history: PastAction[] = [];
  readonly #clock: () => number;
  #last = Number.NEGATIVE_INFINITY;

  /** `sources` undefined: no source is asked, every fact is silent. `clock` gives milliseconds since the epoch. */
  constructor(engine: Engine, sources: Sources | undefined, clock: () => number = Date.now) {
    this.engine = engine;
    this.sources = sources;
    this.#clock = clock;
  }

  /** Now, never before the last record. */
  now(): number {
    this.#last = Math.max(this.#last, this.#clock());
    return this.#last;
  }

  /** Opens a session. Throws a SessionError where the policy has no intent, or a given, tier or value does not fit. */
  open(options: SessionOptions = {}): Session {
    checkOpening(this.engine.policy, options);
    return new Session(this, options);
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

  constructor(store: Store, options: SessionOptions) {
    this.id = options.id ?? "session";
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
   * this decision alone: proposing the same again asks again, but a no stays (semantics.md, *The Reshimu*).
   */
  async confirm(word: { readonly by: string; readonly answer?: boolean }): Promise<Decision> {
    this.#requirePrincipal(word.by);
    const last = this.#last;
    if (last === undefined) throw new SessionError("nothing has been proposed that could be confirmed");
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

  /** An answer to a question of a report: a given's value, or yes or no to a condition of the last proposal. */
  rule(ruling: {
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
    else this.#ruleCondition(ruling.by, ruling.question as string, ruling.answer);
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
    const wanted = canonicalJson(args);
    const place = history.findIndex(
      (a) => a.session === this.id && !a.observed && a.tool === seen.tool && canonicalJson(a.args) === wanted,
    );
    const action = history[place];
    if (action !== undefined) history[place] = { ...action, observed: true };
    else
      this.#record(
        seen.tool,
        args,
        engine.evaluate({ tool: seen.tool, args: seen.args }, this.#knowledge([])),
        true,
      );
    const sources = seen.error || !fitted?.ok ? [] : engine.sourcesOf(seen.tool, args, this.#knowledge([]));
    const leaves = seen.error ? [] : leavesOf(seen.output);
    this.#observations.push({
      tool: seen.tool,
      sources,
      leaves,
      after: history.filter((a) => a.session === this.id).length,
    });
  }

  /** `shown`: the decision that a principal's word is on; without it the agent proposes, and earlier words are of an earlier decision. */
  async #decide(proposal: unknown, shown: Shown | undefined): Promise<Decision> {
    const answers = await this.#ask(proposal);
    // From here to the record nothing waits: no two proposals take the last of a limit.
    const evaluation = this.#judge(proposal, answers, shown);
    const { decision } = evaluation;
    if (decision.decision === "authorize" && evaluation.values !== null) {
      this.#record((proposal as { tool: string }).tool, evaluation.values, evaluation, false);
      this.#forgetYes(decision.proposal);
    }
    this.#last = {
      proposal,
      digest: decision.proposal,
      decision: decision.decision,
      class: decision.assessments.reversibility.class,
    };
    return decision;
  }

  /** On release all is judged afresh: what has become graver than was shown asks anew. */
  #judge(proposal: unknown, answers: readonly FactAnswer[], shown: Shown | undefined): Evaluation {
    const { engine } = this.#store;
    const first = engine.decide(proposal, this.#knowledge(answers));
    const place = (name: string | null): number =>
      engine.policy.classes.findIndex((one) => one.name === name);
    const graver =
      shown !== undefined && place(first.decision.assessments.reversibility.class) > place(shown.class);
    const stale =
      shown === undefined &&
      this.#confirmations.some((one) => one.answer && one.proposal === first.decision.proposal);
    if (!graver && !stale) return first;
    this.#forgetYes(first.decision.proposal);
    return engine.decide(proposal, this.#knowledge(answers));
  }

  #forgetYes(digest: string): void {
    this.#confirmations = this.#confirmations.filter((one) => one.proposal !== digest || !one.answer);
  }

  /** Asks the sources until the engine has no further question: a fact may be asked with another fact's value. */
  async #ask(proposal: unknown): Promise<FactAnswer[]> {
    const { engine, sources } = this.#store;
    const answers: FactAnswer[] = [];
    for (let round = 0; round < maxRounds && answers.length < maxQuestions; round += 1) {
      const asks = engine
        .evaluate(proposal, this.#knowledge(answers))
        .asks.slice(0, maxQuestions - answers.length);
      if (asks.length === 0) break;
      if (sources === undefined) break;
      answers.push(...(await sources.ask(asks)));
    }
    return answers;
  }

  #record(
    tool: string,
    args: { readonly [name: string]: Json },
    evaluation: Evaluation,
    observed: boolean,
  ): void {
    const { classes, trust } = evaluation;
    this.#store.history.push({
      session: this.id,
      at: this.#store.now(),
      tool,
      args,
      classes,
      observed,
      trust,
    });
  }

  #knowledge(answers: readonly FactAnswer[]): Knowledge {
    const { instruction, tier, actor, roles } = this.#options;
    const now = this.#store.now();
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

  #ruleCondition(by: string, question: string, answer: Json): void {
    if (typeof answer !== "boolean") throw new SessionError(`the answer to \`${question}\` is true or false`);
    const proposal = this.#last?.digest;
    this.#rulings.push({ question, answer, by, ...(proposal === undefined ? {} : { proposal }) });
  }

  /** Only principals that the policy declares may speak; one with a key speaks by signature, which this store cannot check. */
  #requirePrincipal(name: string): void {
    const principal = this.#store.engine.policy.principals.find((one) => one.name === name);
    if (principal === undefined) throw new SessionError(`no principal is called \`${name}\``);
    if (principal.key !== undefined)
      throw new SessionError(`\`${name}\` has a key: only a signed word counts, and this store takes none`);
  }
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
  if (options.tier !== undefined && !policy.tiers.some((tier) => tier.name === options.tier))
    throw new SessionError(`no tier is called \`${options.tier}\``);
}
