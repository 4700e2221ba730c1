import type { Engine } from "../../../src/engine/engine.js";
import type { Decision } from "../../../src/ir/decision.js";
import { canonicalJson } from "../../../src/ir/digest.js";
import type { Json } from "../../../src/ir/json.js";
import type { FactAnswer, Knowledge } from "../../../src/ir/knowledge.js";
import type { TraceBody, TraceKind } from "../../../src/ir/trace.js";
import { normalise } from "../../../src/ir/value.js";
import type { SessionOptions } from "../../../src/session/opening.js";
import { answerIn } from "./policy.js";
import { actionsIn, knowledgeFrom, ofKind, type Placed, type Step, wordsIn } from "./steps.js";

/** What must not be done: the session refuses it, and nothing is recorded. */
export class Refused extends Error {}

type Decided = Placed<"decided">;
export type Word = { readonly by: string; readonly answer: boolean };

const hour = 3_600_000;

/**
 * A plain model of sessions (semantics.md, *The Reshimu: the trace*; docs/trace.md): a list of what was recorded, from which all is
 * looked up anew at each step. What the engine says of a proposal is the engine's; what it is told, and when, is what is tried.
 */
export class Model {
  readonly steps: Step[] = [];
  readonly engine: Engine;
  now = Date.UTC(2026, 0, 31, 12);
  /** What sources say hangs on it. */
  world = 0;

  constructor(engine: Engine) {
    this.engine = engine;
  }

  get sessions(): string[] {
    return ofKind(this.steps, "opened").map(({ session }) => session);
  }

  open({ id, givens = {}, instruction, actor = "agent", roles = [] }: SessionOptions): string {
    const { intent, tiers, zone } = this.engine.policy;
    if (id !== undefined && this.sessions.includes(id)) throw new Refused();
    for (const [name, value] of Object.entries(givens)) {
      const given = intent?.givens.find((one) => one.name === name);
      if (given === undefined || !normalise(given.type, value, zone).ok) throw new Refused();
    }
    const name = id ?? this.#freeName();
    this.#add("opened", name, null, {
      bullets: (intent?.bullets ?? []).map(({ name: label, text }) => ({ name: label, text })),
      givens: { ...givens },
      ...(instruction === undefined ? {} : { instruction }),
      tier: tiers.at(-1)?.name ?? null,
      actor: { id: actor, roles: [...roles] },
    });
    return name;
  }

  /** The first that is free: no test takes one further on by name. */
  #freeName(): string {
    for (let place = 1; ; place += 1) {
      const name = place === 1 ? "session" : `session-${place}`;
      if (!this.sessions.includes(name)) return name;
    }
  }

  propose(session: string, proposal: Json): Decision {
    this.#mustBeOpen(session);
    return this.#decide(session, proposal, undefined);
  }

  /** `of`: the place of the decision that was shown; without it the word is on the last, which is of `proposal` if that is told. */
  confirm(session: string, { by, answer }: Word, of: { place?: number; proposal?: string }): Decision {
    this.#mustBeOpen(session);
    this.#mustBePrincipal(by);
    const shown =
      of.place === undefined ? this.#last(session, of.proposal) : this.#waiting(session, of.place);
    if (!["confirm", "clarify"].includes(shown.body.decision.decision)) throw new Refused();
    const within = this.engine.policy.escalate.find((one) => one.principal === by)?.within ?? hour;
    const { proposal } = shown.body.decision;
    this.#add("confirmed", session, shown.place, { by, answer, proposal, until: this.#instant() + within });
    return this.#decide(session, this.#proposalOf(shown), shown);
  }

  said(session: string, by: string, text: string): void {
    this.#mustBeOpen(session);
    this.#mustBePrincipal(by);
    this.#add("said", session, null, { by, text });
  }

  ruleGiven(session: string, by: string, name: string, answer: Json): void {
    this.#mustBeOpen(session);
    this.#mustBePrincipal(by);
    const { intent, escalate, zone } = this.engine.policy;
    const given = intent?.givens.find((one) => one.name === name);
    if (given === undefined || by !== (given.asks?.principal ?? escalate[0]?.principal)) throw new Refused();
    if (!normalise(given.type, answer, zone).ok) throw new Refused();
    this.#add("ruled", session, null, { by, question: `given:${name}`, answer });
  }

  ruleCondition(session: string, by: string, question: string, answer: Json): void {
    this.#mustBeOpen(session);
    this.#mustBePrincipal(by);
    const last = this.#last(session);
    const { decision } = last.body;
    const asked = decision.remedies.find(({ questions }) => questions?.includes(question));
    if (typeof answer !== "boolean" || asked === undefined) throw new Refused();
    if (asked.from !== undefined && asked.from.length > 0 && !asked.from.includes(by)) throw new Refused();
    this.#add("ruled", session, last.place, { by, question, answer, proposal: decision.proposal });
  }

  observe(session: string, tool: string, args: { [name: string]: Json }, output: Json, error: boolean): void {
    this.#mustBeOpen(session);
    const { engine } = this;
    const knowledge = this.#knowledge(session);
    const { values, classes, trust } = engine.evaluate({ tool, args }, knowledge);
    const own = actionsIn(this.steps).filter((one) => one.session === session);
    const answers = own.find(
      (one) =>
        values !== null &&
        !one.observed &&
        one.tool === tool &&
        canonicalJson(one.args) === canonicalJson(values),
    );
    const call = { values: values ?? args, classes: [...classes], trust };
    const body: TraceBody<"observed"> = {
      tool,
      output,
      error,
      sources: [],
      after: own.length + (answers === undefined ? 1 : 0),
      ...(answers === undefined ? { call } : {}),
    };
    const place = this.#add("observed", session, answers?.place ?? null, body);
    // The output arrives with its call made: the source's `when` is decided on that.
    const sources = error || values === null ? [] : engine.sourcesOf(tool, values, this.#arrived(session));
    this.steps[place - 1] = { ...this.steps[place - 1], body: { ...body, sources } } as Step;
  }

  outcome(session: string, result: TraceBody<"outcome">["result"], place: number | undefined): void {
    this.#mustBeOpen(session);
    const authorized = ofKind(this.steps, "decided").filter(
      (one) => one.session === session && one.body.decision.decision === "authorize",
    );
    const of = place === undefined ? authorized.at(-1) : authorized.find((one) => one.place === place);
    if (of === undefined) throw new Refused();
    this.#add("outcome", session, of.place, { result });
  }

  close(session: string): void {
    this.#mustBeOpen(session);
    this.#add("closed", session, null, {});
  }

  /** The last decision of a session, if any. */
  lastDecision(session: string): Decided | undefined {
    return ofKind(this.steps, "decided").findLast((one) => one.session === session);
  }

  #decide(session: string, proposal: Json, shown: Decided | undefined): Decision {
    const { engine } = this;
    const answers: FactAnswer[] = [];
    for (let round = 0; round < 20; round += 1) {
      const { asks } = engine.evaluate(proposal, this.#knowledge(session, answers));
      if (asks.length === 0) break;
      answers.push(...asks.map((question) => answerIn(this.world, question)));
    }
    const knowledge = this.#knowledge(session, answers);
    const first = engine.decide(proposal, knowledge).decision;
    const anew =
      shown === undefined
        ? wordsIn(this.steps, session).some(({ body }) => body.answer && body.proposal === first.proposal)
        : this.#gravity(first) > this.#gravity(shown.body.decision);
    const confirmations = knowledge.confirmations.filter(
      (one) => !one.answer || one.proposal !== first.proposal,
    );
    const { decision, values, classes, trust } = engine.decide(
      proposal,
      anew ? { ...knowledge, confirmations } : knowledge,
    );
    const authorized = decision.decision === "authorize";
    const cause = shown?.place ?? this.#add("proposed", session, null, { proposal });
    this.#add("decided", session, cause, {
      decision,
      answers: answers.map(({ fact, args, answers: given }) => ({
        fact,
        args: [...args],
        answers: [...given],
      })),
      values: authorized ? values : null,
      classes: [...classes],
      trust,
      ...(shown === undefined ? {} : { shown: shown.place }),
      voids: anew || authorized,
    });
    return decision;
  }

  #gravity({ assessments }: Decision): number {
    return this.engine.policy.classes.findIndex(({ name }) => name === assessments.reversibility.class);
  }

  #last(session: string, proposal?: string): Decided {
    const last = this.lastDecision(session);
    if (last === undefined || (proposal !== undefined && proposal !== last.body.decision.proposal))
      throw new Refused();
    return last;
  }

  /** A decision waits until one is made on the same proposal. */
  #waiting(session: string, place: number): Decided {
    const own = ofKind(this.steps, "decided").filter((one) => one.session === session);
    const shown = own.find((one) => one.place === place);
    const same = own.filter((one) => one.body.decision.proposal === shown?.body.decision.proposal);
    if (shown === undefined || same.at(-1)?.place !== place) throw new Refused();
    return shown;
  }

  /** What was proposed when this was decided for the first time. */
  #proposalOf({ cause, body }: Decided): Json {
    const before = this.steps[(body.shown ?? cause ?? 0) - 1];
    if (before?.kind === "proposed") return before.body.proposal ?? null;
    return this.#proposalOf({ ...(before as Decided), place: body.shown ?? 0 });
  }

  #knowledge(session: string, answers: readonly FactAnswer[] = []): Knowledge {
    return { ...knowledgeFrom(this.steps, session, this.#instant(), this.engine.digest), answers };
  }

  /** As it is when an output has arrived, and before it says anything. */
  #arrived(session: string): Knowledge {
    const knowledge = this.#knowledge(session);
    return { ...knowledge, observations: knowledge.observations.slice(0, -1) };
  }

  #mustBeOpen(session: string): void {
    if (this.steps.some((one) => one.kind === "closed" && one.session === session)) throw new Refused();
  }

  #mustBePrincipal(name: string): void {
    if (!this.engine.policy.principals.some((one) => one.name === name)) throw new Refused();
  }

  #instant(): number {
    return Math.max(this.now, this.steps.at(-1)?.at ?? this.now);
  }

  #add<K extends TraceKind>(
    kind: K,
    session: string,
    cause: number | null,
    body: Extract<Step, { kind: K }>["body"],
  ): number {
    this.steps.push({ kind, session, at: this.#instant(), cause, body } as unknown as Step);
    return this.steps.length;
  }
}
