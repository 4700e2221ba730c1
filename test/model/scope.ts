import type { Finding } from "../../src/ir/decision.js";
import type { ScopeIr } from "../../src/ir/policy.js";
import { covers } from "./history.js";
import { isPassed } from "./limits.js";
import { ruled } from "./rulings.js";
import type { World } from "./world.js";

/** What scope finds in one layer that writes it (semantics.md, *scope*). */
export function scopeOf(world: World, scope: ScopeIr): Finding<"scope"> {
  const speaks = ({ tools }: { tools: string[] }): boolean => covers(tools, world.tool.name);
  const permits = scope.permits.filter(speaks).map((permit) => ruled(world, permit));
  const forbids = scope.forbids.filter(speaks).map((forbid) => ruled(world, forbid));
  const limits = scope.limits.filter(speaks).map((limit) => isPassed(world, limit));
  if (permits.every((one) => one === "false")) return "outside";
  if (forbids.includes("true") || limits.includes("true")) return "outside";
  const within =
    permits.includes("true") && forbids.every((one) => one === "false") && !limits.includes("unknown");
  return within ? "within" : "unknown";
}

/** Whether the acting tier uses the tool; without tiers there is one that has no name, and it uses all. */
export function mayUse({ policy, knowledge, tool, tier }: World): boolean {
  if (policy.tiers.length === 0) return knowledge.tier === undefined;
  return policy.tiers.find((one) => one.name === tier)?.uses.includes(tool.name) ?? false;
}
