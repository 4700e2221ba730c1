import type { Json } from "../../src/ir/json.js";
import type { Knowledge } from "../../src/ir/knowledge.js";
import type { PolicyIr, ToolIr } from "../../src/ir/policy.js";
import { hasReached } from "./descent.js";
import { factState, factTerm } from "./facts.js";
import { givenOf } from "./givens.js";
import { covers, inWindow, ofSession, sessionTrust } from "./history.js";
import { type Calls, fieldOf, type Knowing } from "./put.js";
import { known, sameJson, type Term } from "./term.js";
import { originOf } from "./tracing.js";

export type Values = { readonly [name: string]: Json };

/** A claim as it was made; without a value where that is ill-typed. */
export interface Claim {
  readonly value: Json | undefined;
  readonly confidence: number;
}

/** All that one proposal is judged on. */
export interface World {
  readonly policy: PolicyIr;
  readonly knowledge: Knowledge;
  readonly tool: ToolIr;
  readonly args: Values;
  readonly claims: ReadonlyMap<string, Claim>;
  /** What the action states; unstated: 0. */
  readonly confidence: number;
  readonly tier: string;
  readonly digests: Digests;
  /** Only what reached the acting tier is known (descent.ts). */
  readonly thin?: true;
}

/** How rulings and confirmations name this proposal and this policy. */
export interface Digests {
  readonly proposal: string;
  readonly policy: string;
}

/** The acting tier as the store has it, even where the policy knows none of that name; without one the actor stands at the lowest. */
export const tierOf = (policy: PolicyIr, knowledge: Knowledge): string =>
  knowledge.tier ?? policy.tiers.at(-1)?.name ?? "";

/** Everything that is known; of a thin world, everything that reached it. */
export function everything(world: World): Knowing {
  return {
    read: (path) => readAll(world, path),
    fact: (name, args) => factTerm(factState(world.policy, world.knowledge, { fact: name, args })),
    traced: (value, question) => originOf(world.policy, world.knowledge, value, question).said,
    calls: (question) => known(countCalls(world.knowledge, question)),
  };
}

/** The arguments, and nothing else (semantics.md, *grounding*, `rests(c)`). */
export function argumentsOnly(world: World): Knowing {
  return {
    read: ([root, ...path]) => {
      if (root === "annotated") return isAnnotated(world, path);
      return root === "arg" ? fieldOf(world.args, path) : undefined;
    },
    fact: () => undefined,
    traced: () => undefined,
    calls: () => undefined,
  };
}

function readAll(world: World, [root, name = "", ...fields]: readonly string[]): Term | undefined {
  const { policy, knowledge, args, claims } = world;
  switch (root) {
    case "arg":
      return fieldOf(args, [name, ...fields]);
    case "given":
      return hasReached(world, name) ? ifKnown(givenOf(policy, knowledge, name), fields) : undefined;
    case "annotated":
      return isAnnotated(world, [name]);
    case "claim":
      return ifKnown(claims.get(name)?.value, fields);
    case "actor":
      return known(actorMember(world, name));
    case "session":
      return known(sessionMember(knowledge, name));
    case "now":
      return known(knowledge.now);
    default:
      return undefined;
  }
}

const isAnnotated = ({ tool }: World, [kind]: readonly string[]): Term =>
  known((tool.annotated ?? []).some((one) => one === kind));

const ifKnown = (value: Json | undefined, fields: readonly string[]): Term | undefined =>
  value === undefined ? undefined : fieldOf(value, fields);

function actorMember({ knowledge, tier }: World, name: string): Json {
  if (name === "roles") return [...knowledge.actor.roles];
  return name === "id" ? knowledge.actor.id : tier;
}

function sessionMember(knowledge: Knowledge, name: string): Json {
  if (name === "trust") return sessionTrust(knowledge);
  return name === "id" ? knowledge.session.id : (knowledge.session.instruction ?? "");
}

/** Earlier authorized actions of the session, of these tools, in time, with these arguments. */
function countCalls(knowledge: Knowledge, { tools, window, params }: Calls): number {
  const earlier = inWindow(knowledge, window ?? "session");
  return ofSession(knowledge).filter(
    (action) =>
      earlier.includes(action) &&
      covers(tools, action.tool) &&
      params.every(
        ({ name, value }) => Object.hasOwn(action.args, name) && sameJson(action.args[name] as Json, value),
      ),
  ).length;
}
