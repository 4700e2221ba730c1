import type { Descent, Hop } from "../../../src/ir/knowledge.js";
import type { PolicyIr } from "../../../src/ir/policy.js";
import type { Draw } from "./choices.js";

/** What reached a delegated session: a part of what there is, with the delegations that lost the rest, or most of it. */
export function reachedBy(draw: Draw, policy: PolicyIr): Descent {
  const tierNames = policy.tiers.map(({ name }) => name);
  let held = [
    ...(policy.intent?.bullets ?? []).map(({ name }) => `intent.${name}`),
    ...(policy.intent?.givens ?? []).map(({ name }) => `given.${name}`),
    ...policy.tools.map(({ name }) => name),
  ];
  const hops = draw.list(
    0,
    2,
    (index): Hop => {
      const session = `s1/${index + 1}`;
      const lost = held.filter((thing) => draw.chance(isKnowledge(thing) ? 25 : 8));
      held = held.filter((thing) => !lost.includes(thing));
      return {
        session,
        from: tierNames[index] ?? null,
        to: tierNames[index + 1] ?? null,
        carried: [...held],
        withheld: lost.map((thing) =>
          draw.chance(50)
            ? { thing, by: "boundary" as const, at: "root -> worker" }
            : { thing, by: "delegation" as const, at: session },
        ),
        retention: draw.pick([1, 0.5, 0]),
        ...(draw.chance(30) ? { fidelity: 0.5 } : {}),
      };
    },
    90,
  );
  // What a principal said to the session itself, or what nobody can tell the loss of.
  const answered = hops
    .flatMap(({ withheld }) => withheld.map(({ thing }) => thing))
    .filter(() => draw.chance(8));
  const unexplained = held.filter((thing) => isKnowledge(thing) && draw.chance(3));
  const all = [...held.filter((thing) => !unexplained.includes(thing)), ...answered];
  const named = (root: string): string[] =>
    all.flatMap((thing) => (thing.startsWith(root) ? [thing.slice(root.length)] : []));
  return {
    bullets: named("intent."),
    givens: named("given."),
    tools: all.filter((thing) => !isKnowledge(thing)),
    hops,
  };
}

const isKnowledge = (thing: string): boolean => thing.startsWith("intent.") || thing.startsWith("given.");
