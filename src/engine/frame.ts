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
import { factKey, settle, type Settled } from "../logic/facts.js";
import { type Frame, noWork, type OpenLeaf } from "../logic/frame.js";
import { scalarsOf } from "../logic/said.js";
import { covers } from "../logic/tools.js";
import { type Origins, originsOf } from "../logic/tracing.js";
import { isOpen, same, UNKNOWN, type Unknown, type Value } from "../logic/value.js";
import { lossText } from "./loss.js";
import type { MadeClaim } from "../validators/case.js";

/** What a decision reads of the world, the session and its principals, shared by all its frames. */
export interface World {
  readonly givens: ReadonlyMap<string, Json>;
  readonly now: number;
  fact(name: string, args: readonly Json[]): Settled;
  readonly origins: Origins;
  readonly own: readonly PastAction[];
  readonly trust: number;
  /** Facts that were asked for and have not been answered. */
  readonly pending: ReadonlyMap<string, FactQuestion>;
  /** Says where on the way down a given or bullet was lost; undefined where it was not. */
  lost(thing: string): string | undefined;
}

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

/** `facts` are the policy's by name. */
export function worldOf(policy: PolicyIr, facts: ReadonlyMap<string, FactIr>, knowledge: Knowledge): World {
  const givens = givensOf(policy, knowledge);
  const answers = new Map<string, FactAnswer>(knowledge.answers.map((answer) => [factKey(answer), answer]));
  const settled = new Map<string, Settled>();
  const pending = new Map<string, FactQuestion>();
  // Only when read: a long history must cost nothing to a decision that does not look at it.
  let own: readonly PastAction[] | undefined;
  let origins: Origins | undefined;
  return {
    givens,
    now: knowledge.now,
    get own() {
      own ??= knowledge.history.filter((action) => action.session === rootOf(knowledge));
      return own;
    },
    get trust() {
      return this.own.reduce((least, action) => Math.min(least, action.trust), 1);
    },
    pending,
    lost: (thing) => knowledge.descent && lostIn(knowledge.descent, thing),
    get origins() {
      origins ??= originsOf(policy, knowledge, givens);
      return origins;
    },
    fact(name, args) {
      const question = { fact: name, args };
      const key = factKey(question);
      const before = settled.get(key);
      if (before !== undefined) return before;
      const fact = facts.get(name);
      const now: Settled =
        fact === undefined
          ? { state: "silent", reason: "no such fact is declared" }
          : settle(fact, policy.sources, answers.get(key), { now: knowledge.now, zone: policy.zone });
      if (now.state === "pending") pending.set(key, question);
      settled.set(key, now);
      return now;
    },
  };
}

/** The frame in which everything known is known. */
export function fullFrame(
  world: World,
  knowledge: Knowledge,
  args: Frame["args"],
  claims: ReadonlyMap<string, MadeClaim>,
  tier: string | null,
): Frame {
  const actor: Readonly<Record<string, Value>> = {
    id: knowledge.actor.id,
    roles: [...knowledge.actor.roles],
    tier: tier ?? "",
  };
  const session: Readonly<Record<string, Value>> = {
    id: knowledge.session.id,
    instruction: knowledge.session.instruction ?? "",
  };
  return {
    args,
    locals: [],
    work: noWork(),
    now: world.now,
    given: (name) => world.givens.get(name) ?? UNKNOWN,
    claim: (name) => claims.get(name)?.value ?? UNKNOWN,
    actor: (member) => actor[member],
    session: (member) => (member === "trust" ? world.trust : session[member]),
    fact: (name, factArgs) => world.fact(name, factArgs),
    traced: (value, sources, form, ofFact) => world.origins.traced(value, sources, form, ofFact),
    calls: (tools, window, params) => {
      const those = world.own.filter(
        (action) => covers(tools, action.tool) && (window === null || world.now - action.at < window),
      );
      const fits = those.map((action) => params.map(([name, value]) => equal(action.args, name, value)));
      // What was sensitive is not kept: whether it was the same nobody can tell.
      if (fits.some((each) => each.includes(UNKNOWN) && !each.includes(false))) return UNKNOWN;
      return fits.filter((each) => each.every((one) => one === true)).length;
    },
  };
}

/** The frame of a delegated session: it knows the givens that reached it, and of all else what the store knows. */
export function carriedFrame(full: Frame, { givens }: Descent): Frame {
  const held = new Set(givens);
  return { ...full, given: (name) => (held.has(name) ? full.given(name) : UNKNOWN) };
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
