import type { PastAction, Knowledge } from "../../src/ir/knowledge.js";
import type { LimitIr } from "../../src/ir/policy.js";
import type { Predicate } from "../../src/ir/predicate.js";
import { covers, inWindow } from "./history.js";
import { answerTo, askedFor, judged } from "./rulings.js";
import { isKnown, open, sameJson } from "./term.js";
import type { Json } from "../../src/ir/json.js";
import type { Truth } from "./kleene.js";
import type { Values, World } from "./world.js";

/** What one action takes of a limit; undefined where it is not known. */
interface Use {
  readonly amount: number | undefined;
  /** Whether it has the key of the proposal. */
  readonly counts: Truth;
}

/**
 * Whether a limit is passed, this action included (semantics.md, *scope*). Where that is unknown it is asked whether the action
 * stays within.
 */
export function isPassed(world: World, limit: LimitIr): Truth {
  const truth = passedUnasked(world, limit);
  if (truth !== "unknown") return truth;
  const expressions = [limit.sum, limit.each].filter((one) => one !== undefined);
  const terms = expressions.map((one) => judged(world, one));
  const answer = answerTo(world, limit.id, askedFor(world, open("list", terms)));
  return answer === undefined ? "unknown" : answer ? "false" : "true";
}

function passedUnasked(world: World, limit: LimitIr): Truth {
  const own = keyOf(world, limit, world.args);
  if (own === undefined) return "unknown";
  const past = pastOf(world.knowledge, limit).map((action): Use => {
    const at = { ...world, args: action.args as Values };
    return { amount: amountOf(at, limit), counts: sameKey(own, keyOf(at, limit, action.args)) };
  });
  const uses = [...past, { amount: amountOf(world, limit), counts: "true" as const }].filter(
    (use) => use.counts !== "false" && use.amount !== 0,
  );
  const certain = uses.filter((use) => use.counts === "true").map((use) => use.amount);
  const possible = uses.filter((use) => use.counts === "unknown").map((use) => use.amount);
  return between(certain, possible, limit.to);
}

const pastOf = (knowledge: Knowledge, limit: LimitIr): PastAction[] =>
  inWindow(knowledge, limit.per).filter((action) => covers(limit.tools, action.tool));

const valueIn = (world: World, expression: Predicate): Json | undefined => {
  const term = judged(world, expression);
  return isKnown(term) ? term.known : undefined;
};

function amountOf(world: World, limit: LimitIr): number | undefined {
  return limit.sum === undefined ? 1 : (valueIn(world, limit.sum) as number | undefined);
}

const keyOf = (world: World, limit: LimitIr, args: Values): Json | undefined =>
  limit.each === undefined ? true : valueIn({ ...world, args }, limit.each);

function sameKey(a: Json | undefined, b: Json | undefined): Truth {
  if (a === undefined || b === undefined) return "unknown";
  return sameJson(a, b) ? "true" : "false";
}

/** Whatever the unknown keys are, the sum lies between two bounds; an unknown amount has none. */
function between(
  certain: readonly (number | undefined)[],
  possible: readonly (number | undefined)[],
  to: number,
): Truth {
  if ([...certain, ...possible].includes(undefined)) return "unknown";
  const sum = (some: readonly (number | undefined)[]): number =>
    some.reduce<number>((total, one) => total + (one as number), 0);
  const numbers = possible as number[];
  const least = sum([...certain, ...numbers.filter((one) => one < 0)]);
  const most = sum([...certain, ...numbers.filter((one) => one > 0)]);
  if (least > to) return "true";
  return most > to ? "unknown" : "false";
}
