import type { Finding } from "../../src/ir/decision.js";
import type { ReversibilityIr } from "../../src/ir/policy.js";
import { wordsOn } from "./confirmations.js";
import { degree } from "./facts.js";
import { covers, inWindow } from "./history.js";
import { ruled } from "./rulings.js";
import type { World } from "./world.js";

/** What reversibility finds in one layer (semantics.md, *reversibility*); classes by their place in the chain. */
export interface Reversibility {
  readonly finding: Finding<"reversibility">;
  readonly gravest: number;
  /** -1: it may be that no line applies and there is no `otherwise`. */
  readonly mildest: number;
  readonly awaiting: readonly string[];
}

/** Null: no opinion. */
export function reversibilityOf(
  world: World,
  reversibility: ReversibilityIr,
  layer: number,
  confidence: number,
): Reversibility | null {
  const possible = possibleClasses(world, reversibility);
  if (possible.every((at) => at === none)) return null;
  const holding = possible.filter((at) => at !== none && holds(world, layer, at, confidence));
  return {
    finding:
      holding.length === 0 ? "recoverable" : holding.length === possible.length ? "held" : "indeterminate",
    gravest: Math.max(...possible),
    mildest: Math.min(...possible),
    awaiting: holding.flatMap((at) => awaited(world, at)),
  };
}

const none = -1;

/**
 * The classes that the action may have. The page names only the mildest and the gravest of them; those between could hold
 * where both do not, since a class that names nobody is confirmed by another than one that names somebody.
 */
function possibleClasses(world: World, { treats, otherwise }: ReversibilityIr): number[] {
  const place = (name: string): number => world.policy.classes.findIndex((one) => one.name === name);
  const lines = treats.filter((treat) => covers(treat.tools, world.tool.name));
  const classesOf = (truth: string): number[] =>
    lines.filter((treat) => ruled(world, treat) === truth).map((treat) => place(treat.class));
  const certain = classesOf("true");
  const unknown = classesOf("unknown");
  const least = Math.max(...certain);
  if (certain.length > 0) return [least, ...unknown.filter((at) => at > least)];
  return [...unknown, otherwise === undefined ? none : place(otherwise)];
}

/** It asks for a confirmation, for more than the calibrated confidence, or its limit is used up, and not all have confirmed. */
function holds(world: World, layer: number, at: number, confidence: number): boolean {
  const asked = world.policy.classes.slice(0, at + 1);
  const asks = asked.some(
    (one, place) =>
      one.confirm !== undefined || degree(one.confidence ?? 0) > confidence || isUsedUp(world, layer, place),
  );
  return asks && awaited(world, at).length > 0;
}

/** A class's limit counts its own and graver actions. */
function isUsedUp({ policy, knowledge }: World, layer: number, at: number): boolean {
  const limit = policy.classes[at]?.limit;
  if (limit === undefined) return false;
  const graver = policy.classes.slice(at).map((one) => one.name);
  const used = inWindow(knowledge, limit.per).filter((action) =>
    graver.includes(action.classes[layer] ?? ""),
  );
  return used.length + 1 > limit.to;
}

/** Those whom a class and milder ones name by `confirm` (none: the first of `escalate`), and who have not confirmed. */
function awaited(world: World, at: number): string[] {
  const { classes, escalate } = world.policy;
  const named = classes.slice(0, at + 1).flatMap((one) => one.confirm ?? []);
  const asked = named.length > 0 ? named : [escalate[0]?.principal ?? ""];
  const { yes } = wordsOn(world);
  return [...new Set(asked)].filter((principal) => !yes.includes(principal));
}
