import type { Report } from "../ir/decision.js";
import type { Hop, Knowledge } from "../ir/knowledge.js";
import { compareText } from "../ir/order.js";
import type { PolicyIr } from "../ir/policy.js";
import { givensRead } from "../ir/sub-rules.js";
import { covers } from "../logic/tools.js";
import { degree } from "../logic/value.js";
import { tierOf } from "./tiers.js";

/** Names of bullets and givens: what rules need, or what somebody holds. */
export interface Carried {
  readonly bullets: readonly string[];
  readonly givens: readonly string[];
}

/**
 * What the rules need that speak of the tools which this tier and those below it may use: the bullets that permits serve, the givens
 * that permits, checks and gray lines read (semantics.md, *The Beiur report*, 2). Forbids and limits bind everywhere and need nothing.
 * `tier` null: the policy has one tier, which may use all. `tools`: of these alone, as a delegation hands them down.
 */
export function needsOf(policy: PolicyIr, tier: string | null, tools?: readonly string[]): Carried {
  const usable = usableFrom(policy, tier);
  return needsOfTools(policy, tools === undefined ? usable : usable.filter((tool) => tools.includes(tool)));
}

/** What the rules need that speak of some of these tools; sorted by name. */
export function needsOfTools({ layers }: PolicyIr, tools: readonly string[]): Carried {
  const bullets = new Set<string>();
  const givens = new Set<string>();
  const speaksOf = (rule: { readonly tools: readonly string[] }): boolean =>
    tools.some((tool) => covers(rule.tools, tool));
  for (const { scope, grounding, discernment } of layers) {
    const permits = scope?.permits.filter(speaksOf) ?? [];
    for (const { serving } of permits) for (const bullet of serving) bullets.add(bullet);
    const conditions = [
      ...permits.map(({ when }) => when),
      ...(grounding?.grounds.filter(speaksOf).map(({ condition }) => condition) ?? []),
      ...(discernment?.grays.filter(speaksOf).map(({ when }) => when) ?? []),
    ];
    for (const condition of conditions) for (const given of givensRead(condition)) givens.add(given);
  }
  return { bullets: [...bullets].sort(compareText), givens: [...givens].sort(compareText) };
}

/** How much of what is needed is held: 0 to 1, rounded to 6 places; 1 where nothing is needed. */
export function retentionOf(needs: Carried, held: Carried): number {
  const needed = things(needs);
  const has = new Set(things(held));
  return needed.length === 0 ? 1 : degree(needed.filter((thing) => has.has(thing)).length / needed.length);
}

/** The boundaries from the root down to a tier, as hops of nobody's session; empty for the root, and without tiers. */
export function boundaryHops(policy: PolicyIr, tier: string | null): Omit<Hop, "session">[] {
  const last = policy.tiers.findIndex(({ name }) => name === tier);
  return policy.tiers.slice(1, last + 1).map((lower, above) => {
    const upper = policy.tiers[above] as PolicyIr["tiers"][number];
    const carried = [...things(lower), ...toolsOf(lower)];
    const at = `${upper.name} -> ${lower.name}`;
    return {
      from: upper.name,
      to: lower.name,
      carried,
      withheld: [...things(upper), ...toolsOf(upper)]
        .filter((thing) => !carried.includes(thing))
        .map((thing) => ({ thing, by: "boundary" as const, at })),
      retention: retentionOf(needsOf(policy, lower.name), lower),
    };
  });
}

/**
 * How the acting tier came by what it holds, and what the rules for a tool need that was lost on the way, with the place of the loss.
 * Of a delegated session the hops are those it was made by, else the policy's boundaries.
 */
export function descentReport(policy: PolicyIr, knowledge: Knowledge, tool: string): Report["descent"] {
  const tier = tierOf(policy, knowledge);
  const hops: readonly (Omit<Hop, "session"> & { readonly session?: string })[] =
    knowledge.descent?.hops ?? boundaryHops(policy, tier);
  const held = knowledge.descent ?? policy.tiers.find(({ name }) => name === tier);
  const has = held && new Set(things(held));
  const missing = has === undefined ? [] : things(needsOfTools(policy, [tool])).filter((x) => !has.has(x));
  const places = new Map(
    hops
      .flatMap(({ withheld }) => withheld.map(({ thing, by, at }) => [thing, { by, at }] as const))
      .reverse(),
  );
  return {
    hops: hops.map(({ carried, withheld, ...hop }) => ({
      ...hop,
      carried: [...carried],
      withheld: withheld.map((one) => ({ ...one })),
    })),
    lost: missing.map((thing) => ({ thing, ...places.get(thing) })),
  };
}

/** Declared tools that a tier or one below it may use. */
function usableFrom({ tiers, tools }: PolicyIr, tier: string | null): string[] {
  if (tiers.length === 0) return tools.map(({ name }) => name);
  const from = tiers.findIndex(({ name }) => name === tier);
  return from < 0 ? [] : [...new Set(tiers.slice(from).flatMap(({ uses }) => uses))];
}

/** As boundaries write them. */
export const things = ({ bullets, givens }: Carried): string[] => [
  ...bullets.map((name) => `intent.${name}`),
  ...givens.map((name) => `given.${name}`),
];

const toolsOf = ({ uses, passes }: PolicyIr["tiers"][number]): string[] =>
  [...uses, ...passes].sort(compareText);
