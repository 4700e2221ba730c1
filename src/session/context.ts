import { needsOf, retentionOf } from "../engine/descent.js";
import { holdingOf, lowered } from "../engine/holdings.js";
import type { Json } from "../ir/json.js";
import type { PolicyIr, ToolIr } from "../ir/policy.js";
import type { Member } from "./state.js";

/** What a session holds, and so all that whoever acts in it is to be told (semantics.md, *Layers*; language.md, *tiers*). */
export interface Context {
  readonly tier: string | null;
  readonly bullets: readonly { readonly name: string; readonly text: string }[];
  /** Their values, in JSON; one that nobody has said yet has none. */
  readonly givens: readonly { readonly name: string; readonly value?: Json }[];
  /** Tools it may use, with their parameters. */
  readonly uses: readonly ToolIr[];
  /** Tools it may only hand down. */
  readonly passes: readonly string[];
  /** What the rules at or below it need and it holds, over what they need: 0 to 1. */
  readonly retention: number;
}

/** `tier`: what would reach a session there, delegated from here; absent: what this one holds. */
export function contextOf(
  policy: PolicyIr,
  member: Member,
  { givens, tier }: { readonly givens: { readonly [name: string]: Json }; readonly tier: string | undefined },
): Context {
  const own = holdingOf(policy, member);
  const at = tier ?? member.tier;
  const holds = tier === undefined || tier === member.tier ? own : lowered(policy, own, tier);
  const carried = new Set([...holds.givens, ...(holds === own ? member.answered : [])]);
  const value = (name: string, preset: Json | undefined): Json | undefined =>
    Object.hasOwn(givens, name) ? givens[name] : preset;
  return {
    tier: at,
    bullets: (policy.intent?.bullets ?? []).filter(({ name }) => holds.bullets.includes(name)),
    givens: (policy.intent?.givens ?? [])
      .filter(({ name }) => carried.has(name))
      .map(({ name, value: preset }) => {
        const known = value(name, preset);
        return known === undefined ? { name } : { name, value: known };
      }),
    uses: policy.tools.filter(({ name }) => holds.uses.includes(name)),
    passes: [...holds.passes],
    retention: retentionOf(needsOf(policy, at, [...holds.uses, ...holds.passes]), {
      bullets: holds.bullets,
      givens: [...carried],
    }),
  };
}
