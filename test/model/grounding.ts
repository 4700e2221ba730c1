import type { Finding } from "../../src/ir/decision.js";
import type { GroundingIr, GroundIr, LayerIr } from "../../src/ir/policy.js";
import { type Atom, atomsOf, claimsIn, claimsMet } from "./atoms.js";
import { asItReached } from "./descent.js";
import { degree } from "./facts.js";
import { covers } from "./history.js";
import type { Truth } from "./kleene.js";
import { put } from "./put.js";
import { readings } from "./readings.js";
import { answerTo, askedFor, judged } from "./rulings.js";
import { termOf, truthOf } from "./term.js";
import { argumentsOnly, type World } from "./world.js";

/** A check, as `ground` lines state them. */
export interface Check {
  readonly truth: Truth;
  readonly settled: boolean;
  readonly contested: boolean;
  /** Undefined: supports nothing. */
  readonly support: number | undefined;
  /** What it supports by all that is known: more than that nothing rests on it. */
  readonly known: number | undefined;
  /** The claims that it mentions, arguments put in. */
  readonly claims: readonly string[];
}

/** The checks of one layer that are about the proposed tool (semantics.md, *grounding*). */
export const checksOf = (world: World, grounding: GroundingIr): Check[] =>
  grounding.grounds
    .filter((ground) => covers(ground.tools, world.tool.name))
    .map((ground) => check(world, ground));

function check(world: World, ground: GroundIr): Check {
  const bare = put(termOf(ground.condition), argumentsOnly(world));
  const reached = asItReached(world);
  const rests = atomsOf(reached, bare);
  const here = judged(reached, ground.condition);
  const everywhere = truthOf(judged(world, ground.condition));
  const own = everywhere === "false" ? "false" : truthOf(here);
  const claims = readings.claimsAsWritten ? claimsIn(bare) : claimsMet(reached, bare);
  const contested = rests.some((atom) => atom.contested);
  const settled = isSettled(own, rests);
  const known = supportOf(everywhere, atomsOf(world, bare));
  const answer = settled ? undefined : answerTo(world, ground.id, askedFor(world, here));
  if (answer !== undefined)
    return { truth: answer ? "true" : "false", settled: true, contested, support: undefined, known, claims };
  const support = known === undefined ? undefined : supportOf(own, rests);
  return { truth: own, settled, contested, support, known, claims };
}

const isSettled = (truth: Truth, rests: readonly Atom[]): boolean =>
  truth === "false" || (truth === "true" && rests.every((atom) => atom.known));

/** It is true, settled and rests on something; of that, the weakest. */
function supportOf(truth: Truth, rests: readonly Atom[]): number | undefined {
  if (truth !== "true" || !isSettled(truth, rests) || rests.length === 0) return undefined;
  return Math.min(...rests.map((atom) => atom.support));
}

/** All that bounds the confidence by a check. */
const bounds = ({ support, known }: Check): number[] => [support ?? [], known ?? []].flat();

/** What grounding finds in one layer. */
export function groundingOf(
  world: World,
  grounding: GroundingIr,
  checks: readonly Check[],
): Finding<"grounding"> {
  if (checks.some((one) => one.truth === "false")) return "contradicted";
  const unclaimed = checks.some((one) =>
    one.claims.some((name) => world.claims.get(name)?.value === undefined),
  );
  if (unclaimed) return "unclaimed";
  if ([...world.claims.keys()].some((name) => isOverconfident(world, grounding, checks, name)))
    return "overconfident";
  const unsettled = checks.filter((one) => !one.settled);
  if (unsettled.some((one) => one.contested)) return "contested";
  return unsettled.length > 0 ? "unverified" : "grounded";
}

function isOverconfident(
  world: World,
  grounding: GroundingIr,
  checks: readonly Check[],
  name: string,
): boolean {
  const mentioning = checks.filter((one) => one.claims.includes(name));
  const supports = mentioning.flatMap(bounds);
  const most = mentioning.length === 0 ? grounding.unsupported : leastOf(supports);
  if (most === undefined) return false;
  const confidence = world.claims.get(name)?.confidence ?? 1;
  return degree(confidence - most) > degree(grounding.tolerance ?? 0.1);
}

const leastOf = (degrees: readonly number[]): number | undefined =>
  degrees.length === 0 ? undefined : Math.min(...degrees);

/** Each layer with the checks that it makes. */
export interface LayerChecks {
  readonly layer: LayerIr;
  readonly grounding: GroundingIr;
  readonly checks: readonly Check[];
}

/** The confidence that counts: a stated one can only lose. */
export function calibrated(world: World, layers: readonly LayerChecks[]): number {
  const checks = layers.flatMap((one) => one.checks);
  const claims = checks.flatMap((one) => one.claims).map((name) => world.claims.get(name)?.confidence ?? 0);
  const commission = layers.filter((one) => one.layer.commission);
  const isSupported = commission.some((one) => one.checks.some((each) => each.support !== undefined));
  const unsupported = leastOf(commission.flatMap((one) => one.grounding.unsupported ?? [])) ?? 0;
  return degree(
    Math.min(world.confidence, ...claims, ...checks.flatMap(bounds), ...(isSupported ? [] : [unsupported])),
  );
}

/** The least support of a supporting check; null: none supports. */
export const supportIn = (layers: readonly LayerChecks[]): number | null =>
  leastOf(layers.flatMap((one) => one.checks.flatMap((each) => each.support ?? []))) ?? null;
