import type { PermitIr } from "../../src/ir/policy.js";
import type { World } from "./world.js";

/**
 * What a delegation does to a judgement (semantics.md, *Layers*). A delegated session carries some bullets, givens and tools; the
 * store knows more. Whoever acts on a thin trace must not guess what was lost, and must not come further by its loss:
 *
 * - a permit is false where all that is known makes it false. Else it comes to what it does with the carried givens alone, and is
 *   unknown where it serves a bullet that was not carried;
 * - a check is false where all that is known makes it false. Else its truth, what it rests on and whether it is settled go by what
 *   was carried; it supports where it does so both ways, and what it supports by all that is known binds the confidence as well;
 * - a gray line goes by what was carried; where all that is known says that it applies, it applies;
 * - forbids, limits, treats and the conditions of sources bind with all that is known: they take nothing from who carries little;
 * - of the tools that the tier uses only those that were handed down may be used.
 *
 * So no finding is higher than it would be without the loss (T8).
 */
export const asItReached = (world: World): World =>
  world.knowledge.descent === undefined ? world : { ...world, thin: true };

/** Whether a given is known here, as far as it is known at all. */
export const hasReached = ({ knowledge, thin }: World, given: string): boolean =>
  thin === undefined || (knowledge.descent?.givens.includes(given) ?? true);

/** Whether all the bullets that a permit serves have come down. */
export const isServed = ({ knowledge: { descent } }: World, { serving }: PermitIr): boolean =>
  descent === undefined || serving.every((bullet) => descent.bullets.includes(bullet));

/** Whether a tool was handed down to the session. */
export const isHandedDown = ({ knowledge: { descent }, tool }: World): boolean =>
  descent === undefined || descent.tools.includes(tool.name);
