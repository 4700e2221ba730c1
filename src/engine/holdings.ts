import type { Hop } from "../ir/knowledge.js";
import type { PolicyIr } from "../ir/policy.js";
import type { Holding } from "../ir/trace.js";
import { covers } from "../logic/tools.js";
import { things as carried, needsOf, retentionOf } from "./descent.js";

/** Who holds something: at a tier; `holds` absent: the root of a tree, which holds all that its tier does. */
export interface Holder {
  readonly tier: string | null;
  readonly holds?: Holding;
}

/** What is handed down, as patterns; absent: all that the boundaries let through. */
export interface Handed {
  readonly tier: string | null;
  readonly tools?: readonly string[] | undefined;
  /** `intent.NAME`, `given.NAME`, with a star for any rest. */
  readonly carries?: readonly string[] | undefined;
}

export function holdingOf(policy: PolicyIr, { holds, tier }: Holder): Holding {
  if (holds !== undefined) return holds;
  const own = policy.tiers.find(({ name }) => name === tier);
  if (own !== undefined) return own;
  return {
    bullets: policy.intent?.bullets.map(({ name }) => name) ?? [],
    givens: policy.intent?.givens.map(({ name }) => name) ?? [],
    uses: policy.tools.map(({ name }) => name),
    passes: [],
  };
}

/** What the boundaries on the way let through of what is held above. */
export function lowered({ tiers }: PolicyIr, upper: Holding, tier: string | null): Holding {
  const lower = tiers.find(({ name }) => name === tier);
  if (lower === undefined) return upper;
  const tools = new Set([...upper.uses, ...upper.passes]);
  const kept = (names: readonly string[], by: ReadonlySet<string>) => names.filter((name) => by.has(name));
  return {
    bullets: kept(lower.bullets, new Set(upper.bullets)),
    givens: kept(lower.givens, new Set(upper.givens)),
    uses: kept(lower.uses, tools),
    passes: kept(lower.passes, tools),
  };
}

/** What a delegation makes of it: what the session holds that it opens, and what is told of the way down. */
export function handedDown(
  policy: PolicyIr,
  from: Holder,
  { tier, tools, carries }: Handed,
  session: string,
): { readonly holds: Holding; readonly hop: Hop } {
  const upper = holdingOf(policy, from);
  const most = lowered(policy, upper, tier);
  const isCarried = (thing: string) => carries === undefined || covers(carries, thing);
  const isHanded = (tool: string) => tools === undefined || covers(tools, tool);
  const holds: Holding = {
    bullets: most.bullets.filter((name) => isCarried(`intent.${name}`)),
    givens: most.givens.filter((name) => isCarried(`given.${name}`)),
    uses: most.uses.filter(isHanded),
    passes: most.passes.filter(isHanded),
  };
  const through = new Set(things(most));
  const kept = new Set(things(holds));
  const withheld = things(upper)
    .filter((thing) => !kept.has(thing))
    .map((thing) =>
      through.has(thing)
        ? { thing, by: "delegation" as const, at: session }
        : { thing, by: "boundary" as const, at: boundaryThatLost(policy, thing) },
    );
  const retention = retentionOf(needsOf(policy, tier, [...holds.uses, ...holds.passes]), holds);
  return { holds, hop: { session, from: from.tier, to: tier, carried: [...kept], withheld, retention } };
}

/** Why nothing that a pattern names would be handed down, a clause; undefined where something would. */
export function whyNotHanded(
  policy: PolicyIr,
  from: Holder,
  { tier, item }: { readonly tier: string | null; readonly item: string },
): string | undefined {
  const upper = holdingOf(policy, from);
  const named = (holding: Holding) => things(holding).find((thing) => covers([item], thing));
  if (named(lowered(policy, upper, tier)) !== undefined) return undefined;
  const held = named(upper);
  return held === undefined
    ? "this session does not hold it"
    : `it is withheld at \`${boundaryThatLost(policy, held)}\``;
}

/** The first boundary that does not let a thing through: what it lost no tier below it holds. */
function boundaryThatLost({ tiers }: PolicyIr, thing: string): string {
  const lost = tiers.findIndex((tier) => !things(tier).includes(thing));
  const between = tiers.slice(Math.max(lost - 1, 0), lost + 1);
  return between.map(({ name }) => name).join(" -> ");
}

/** With its tools. */
const things = (holding: Holding): string[] => [...carried(holding), ...holding.uses, ...holding.passes];
