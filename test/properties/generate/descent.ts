import type { Draw } from "./choices.js";
import type { Declaration } from "./model.js";
import { tierNames } from "./names.js";

/** Tiers and their boundaries: bullets and givens are carried, tools granted, passed on or withheld as chance has it. */
export function descent(
  draw: Draw,
  tools: readonly string[],
): { readonly tiers: readonly string[]; readonly declarations: readonly Declaration[] } {
  const tiers = tierNames.slice(0, 2 + draw.below(3));
  const declarations: Declaration[] = [{ line: `tiers ${tiers.join(" > ")}` }];
  let held = tools;
  for (const [index, lower] of tiers.slice(1).entries()) {
    const verbs = new Map(
      held.map((tool) => [
        tool,
        draw.weighted([
          [12, "grants"],
          [2, "passes"],
          [1, "withholds"],
        ] as const),
      ]),
    );
    const named = (verb: string): string[] => {
      const those = held.filter((tool) => verbs.get(tool) === verb);
      return those.length === 0 ? [] : [`${verb} ${those.join(", ")}`];
    };
    declarations.push({
      head: `boundary ${tiers[index]} -> ${lower}`,
      statements: [
        "carries intent.*, given.*",
        ...named("grants"),
        ...named("passes"),
        ...named("withholds"),
      ],
    });
    held = held.filter((tool) => verbs.get(tool) !== "withholds");
  }
  return { tiers, declarations };
}
