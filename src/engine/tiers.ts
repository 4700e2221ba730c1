import type { Knowledge } from "../ir/knowledge.js";
import { delegateTool, type PolicyIr } from "../ir/policy.js";

/** The acting tier as the store has it; the lowest where it names none; null without tiers. */
export function tierOf(policy: PolicyIr, knowledge: Knowledge): string | null {
  return knowledge.tier ?? policy.tiers.at(-1)?.name ?? null;
}

/** The tiers that may use a tool. The root uses none, but to hand down is what it is there for. */
export function tiersThatUse({ tiers }: PolicyIr, tool: string): ReadonlySet<string> {
  const using = tiers.filter(
    (tier, place) =>
      tier.uses.includes(tool) || (tool === delegateTool && place === 0 && tier.passes.includes(tool)),
  );
  return new Set(using.map(({ name }) => name));
}
