import type { UnknownReport } from "../ir/decision.js";
import type { Json } from "../ir/json.js";
import {
  type Descent,
  type FactAnswer,
  type FactQuestion,
  type Knowledge,
  type PastAction,
  rootOf,
} from "../ir/knowledge.js";
import type { FactIr, PolicyIr } from "../ir/policy.js";
import { holdsHidden } from "../ir/sensitive.js";
import { normalise } from "../ir/value.js";
import type { TracedForm } from "../ir/predicate.js";
import { FactTable } from "../logic/fact-table.js";
import { factKey, settle, type Settled } from "../logic/facts.js";
import { type Frame, noWork, type OpenLeaf, type Traced, variant, type Work } from "../logic/frame.js";
import { scalarsOf } from "../logic/said.js";
import { covers } from "../logic/tools.js";
import { type Origins, originsOf } from "../logic/tracing.js";
import { isOpen, isScalar, same, UNKNOWN, type Unknown, type Value } from "../logic/value.js";
import { lossText } from "./loss.js";
import type { MadeClaim } from "../validators/case.js";

const notHere = (thing: string): string => `\`${thing}\` did not reach this session`;

/** Of a bullet this is asked only where it was lost. */
function lostIn(descent: Descent, thing: string): string | undefined {
  if (descent.givens.some((name) => thing === `given.${name}`)) return undefined;
  const loss = lossText(descent, thing);
  return loss === undefined
    ? notHere(thing)
    : `${notHere(thing)}: ${loss}; carry it down, or let a principal say it`;
}

/** The givens in force: defaults of the policy under what was supplied or answered. A value that does not fit is not known. */
export function givensOf(policy: PolicyIr, knowledge: Knowledge): Map<string, Json> {
  const givens = new Map<string, Json>();
  for (const given of policy.intent?.givens ?? []) {
    if (given.value !== undefined) givens.set(given.name, given.value);
    if (!Object.hasOwn(knowledge.givens, given.name)) continue;
    const supplied = normalise(given.type, knowledge.givens[given.name], policy.zone);
    if (supplied.ok) givens.set(given.name, supplied.value);
    else givens.delete(given.name);
  }
  return givens;
}

/** What a decision reads of the world, the session and its principals, shared by all its frames; made as it is read. */
export class World {
  readonly policy: PolicyIr;
  readonly knowledge: Knowledge;
  readonly #facts: ReadonlyMap<string, FactIr>;
  #givens: ReadonlyMap<string, Json> | undefined;
  #answers: FactTable<FactAnswer> | undefined;
  #settled: FactTable<Settled> | undefined;
  #pending: Map<string, FactQuestion> | undefined;
  /** By the list of sources, which is a condition's own. */
  #traced: Map<readonly string[], Map<string, Traced>> | undefined;
  // A long history must cost nothing to a decision that does not look at it.
  #own: readonly PastAction[] | undefined;
  #origins: Origins | undefined;

  /** `facts` are the policy's by name. */
  constructor(policy: PolicyIr, facts: ReadonlyMap<string, FactIr>, knowledge: Knowledge) {
    this.policy = policy;
    this.knowledge = knowledge;
    this.#facts = facts;
  }

  get givens(): ReadonlyMap<string, Json> {
    this.#givens ??= givensOf(this.policy, this.knowledge);
    return this.#givens;
  }

  /** Earlier actions of this tree of sessions. */
  get own(): readonly PastAction[] {
    this.#own ??= this.knowledge.history.filter((action) => action.session === rootOf(this.knowledge));
    return this.#own;
  }

  get trust(): number {
    return this.own.reduce((least, action) => Math.min(least, action.trust), 1);
  }

  get origins(): Origins {
    this.#origins ??= originsOf(this.policy, this.knowledge, this.givens);
    return this.#origins;
  }

  /** Looked for once a decision: a check reads it for what it is, for what it rests on, and to be told. */
  traced(value: Json, sources: readonly string[], form: TracedForm, ofFact: boolean): Traced {
    if (!isScalar(value)) return this.origins.traced(value, sources, form, ofFact);
    const key = `${form} ${ofFact} ${typeof value} ${value}`;
    this.#traced ??= new Map();
    const those = this.#traced.get(sources) ?? new Map<string, Traced>();
    this.#traced.set(sources, those);
    const traced = those.get(key) ?? this.origins.traced(value, sources, form, ofFact);
    those.set(key, traced);
    return traced;
  }

  /** Facts that were asked for and have not been answered. */
  get pending(): Map<string, FactQuestion> {
    this.#pending ??= new Map();
    return this.#pending;
  }

  fact(name: string, args: readonly Json[]): Settled {
    this.#settled ??= new FactTable();
    const before = this.#settled.get(name, args);
    if (before !== undefined) return before;
    const now = this.#settle(name, args);
    if (now.state === "pending") this.pending.set(factKey({ fact: name, args }), { fact: name, args });
    this.#settled.set(name, args, now);
    return now;
  }

  #settle(name: string, args: readonly Json[]): Settled {
    const { policy, knowledge } = this;
    const fact = this.#facts.get(name);
    if (fact === undefined) return { state: "silent", reason: "no such fact is declared" };
    const answer = this.#answersTo().get(name, args);
    return settle(fact, policy.sources, answer, { now: knowledge.now, zone: policy.zone });
  }

  #answersTo(): FactTable<FactAnswer> {
    if (this.#answers !== undefined) return this.#answers;
    const answers = new FactTable<FactAnswer>();
    for (const answer of this.knowledge.answers) answers.set(answer.fact, answer.args, answer);
    this.#answers = answers;
    return answers;
  }

  /** Says where on the way down a given or bullet was lost; undefined where it was not. */
  lost(thing: string): string | undefined {
    const { descent } = this.knowledge;
    return descent && lostIn(descent, thing);
  }
}

/** Bound variables and work, of one evaluation at a time. */
export interface Loops {
  readonly locals: Value[];
  readonly work: Work;
}

/** A policy as frames read it. */
export interface PreparedFacts {
  readonly policy: PolicyIr;
  readonly facts: ReadonlyMap<string, FactIr>;
  readonly loops: Loops;
}

export const newLoops = (): Loops => ({ locals: [], work: noWork() });

/** The frame in which everything known is known. */
export class KnownFrame implements Frame {
  readonly args: Frame["args"];
  readonly locals: Value[];
  readonly work: Work;
  readonly now: number;
  readonly knowledge: Knowledge;
  readonly claims: ReadonlyMap<string, MadeClaim>;
  protected readonly tier: string | null;
  private readonly prepared: PreparedFacts;
  private made: World | undefined;

  constructor(
    prepared: PreparedFacts,
    knowledge: Knowledge,
    args: Frame["args"],
    claims: ReadonlyMap<string, MadeClaim>,
    tier: string | null,
  ) {
    this.args = args;
    this.locals = prepared.loops.locals;
    this.work = prepared.loops.work;
    this.now = knowledge.now;
    this.prepared = prepared;
    this.knowledge = knowledge;
    this.claims = claims;
    this.tier = tier;
    this.made = undefined;
  }

  get world(): World {
    this.made ??= new World(this.prepared.policy, this.prepared.facts, this.knowledge);
    return this.made;
  }

  given(name: string): Value {
    return this.world.givens.get(name) ?? UNKNOWN;
  }

  claim(name: string): Value {
    return this.claims.get(name)?.value ?? UNKNOWN;
  }

  actor(member: string): Value {
    const { id, roles } = this.knowledge.actor;
    if (member === "roles") return roles as Json[];
    return member === "id" ? id : (this.tier ?? "");
  }

  session(member: string): Value {
    if (member === "trust") return this.world.trust;
    const { id, instruction } = this.knowledge.session;
    return member === "id" ? id : (instruction ?? "");
  }

  fact(name: string, args: readonly Json[]): Settled {
    return this.world.fact(name, args);
  }

  traced(value: Json, sources: readonly string[], form: TracedForm, ofFact: boolean): Traced {
    return this.world.traced(value, sources, form, ofFact);
  }

  calls(
    tools: readonly string[],
    window: number | null,
    params: readonly (readonly [string, Json])[],
  ): number | Unknown {
    const those = this.world.own.filter(
      (action) => covers(tools, action.tool) && (window === null || this.now - action.at < window),
    );
    const fits = those.map((action) => params.map(([name, value]) => equal(action.args, name, value)));
    // What was sensitive is not kept: whether it was the same nobody can tell.
    if (fits.some((each) => each.includes(UNKNOWN) && !each.includes(false))) return UNKNOWN;
    return fits.filter((each) => each.every((one) => one === true)).length;
  }
}

/** The frame of a delegated session: it knows the givens that reached it, and of all else what the store knows. */
export function carriedFrame(full: Frame, { givens }: Descent): Frame {
  const held = new Set(givens);
  return variant(full, { given: (name) => (held.has(name) ? full.given(name) : UNKNOWN) });
}

/** The bullets that did not reach a session. */
export function lostBullets({ intent }: PolicyIr, descent: Descent | undefined): ReadonlySet<string> {
  if (descent === undefined || intent === null) return new Set();
  const lost = intent.bullets.filter(({ name }) => !descent.bullets.includes(name));
  return new Set(lost.map(({ name }) => name));
}

const equal = (args: PastAction["args"], name: string, value: Json): boolean | Unknown =>
  Object.hasOwn(args, name) && (holdsHidden(args[name]) ? UNKNOWN : same(args[name], value));

const nothing: Settled = { state: "pending", reason: "only the arguments are put in" };

/** The frame in which the arguments are known, and nothing else. */
export function bareFrame(args: Frame["args"]): Frame {
  const unknown = (): Unknown => UNKNOWN;
  return {
    args,
    locals: [],
    work: noWork(),
    now: UNKNOWN,
    given: unknown,
    claim: unknown,
    actor: unknown,
    session: unknown,
    fact: () => nothing,
    // Of an empty list there is nothing left to be known.
    traced: (value) => ({ truth: scalarsOf(value).length === 0 ? true : UNKNOWN, support: 0 }),
    calls: unknown,
  };
}

/** Why an open leaf is not known, for reports; undefined for what is only open while arguments alone are put in. */
export function explainLeaf(world: World, leaf: OpenLeaf): UnknownReport | undefined {
  switch (leaf.kind) {
    case "given": {
      const lost = world.lost(`given.${leaf.name}`);
      const reason = `nobody has said what \`given.${leaf.name}\` is`;
      return { key: `given:${leaf.name}`, kind: "given", reason: lost ?? reason };
    }
    case "bullet": {
      // Only what was lost is open.
      const reason = world.lost(`intent.${leaf.name}`) as string;
      return { key: `bullet:${leaf.name}`, kind: "bullet", reason };
    }
    case "fact": {
      const args = leaf.args.filter((arg): arg is Json => !isOpen(arg));
      if (args.length < leaf.args.length) return undefined;
      // What is open is not known.
      const { reason } = world.fact(leaf.name, args) as Exclude<Settled, { state: "known" }>;
      return { key: `fact:${factKey({ fact: leaf.name, args })}`, kind: "fact", reason };
    }
    case "traced": {
      if (isOpen(leaf.value)) return undefined;
      const told = JSON.stringify(leaf.value).slice(0, 200);
      const to = leaf.sources.map((name) => `\`${name}\``).join(", ");
      return {
        key: `traced:${told} to ${leaf.sources.join(",")}`,
        kind: "traced",
        reason: `nothing in this session says where ${told} comes from; it should come from ${to}`,
      };
    }
    case "operation":
      return {
        key: `operation:${leaf.operator}`,
        kind: "operation",
        reason: `\`${leaf.operator}\` has no result for these values`,
      };
    default:
      return undefined;
  }
}
