import type { Finding } from "../../src/ir/decision.js";
import type { PolicyIr, ScopeIr } from "../../src/ir/policy.js";
import { covers } from "./history.js";
import { isPassed } from "./limits.js";
import { isHandedDown } from "./descent.js";
import { permitted, ruled } from "./rulings.js";
import type { World } from "./world.js";

/** What scope finds in one layer that writes it (semantics.md, *scope*). */
export function scopeOf(world: World, scope: ScopeIr): Finding<"scope"> {
  const speaks = ({ tools }: { tools: string[] }): boolean => covers(tools, world.tool.name);
  const permits = scope.permits.filter(speaks).map((permit) => permitted(world, permit));
  const forbids = scope.forbids.filter(speaks).map((forbid) => ruled(world, forbid));
  const limits = scope.limits.filter(speaks).map((limit) => isPassed(world, limit));
  if (permits.every((one) => one === "false")) return "outside";
  if (forbids.includes("true") || limits.includes("true")) return "outside";
  const within =
    permits.includes("true") && forbids.every((one) => one === "false") && !limits.includes("unknown");
  return within ? "within" : "unknown";
}

/** Whether the acting tier uses the tool, and a delegated session was handed it; without tiers there is one that has no name, and it uses all. */
export function mayUse(world: World): boolean {
  const { policy, knowledge, tool, tier } = world;
  if (!isHandedDown(world)) return false;
  if (policy.tiers.length === 0) return knowledge.tier === undefined;
  const acting = policy.tiers.find((one) => one.name === tier);
  if (acting === undefined) return false;
  return acting.uses.includes(tool.name) || maySend(world, acting);
}

/** The root uses nothing, and delegates nevertheless, where it hands `delegate` down. */
const maySend = ({ policy, knowledge, tool }: World, acting: PolicyIr["tiers"][number]): boolean =>
  tool.name === "delegate" &&
  acting === policy.tiers[0] &&
  acting.passes.includes("delegate") &&
  knowledge.descent === undefined;
