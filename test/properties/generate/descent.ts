import type { Draw } from "./choices.js";
import type { Declaration } from "./model.js";
import { tierNames } from "./names.js";

/** What the first tier holds. */
export interface Holdings {
  readonly tools: readonly string[];
  /** Bullets and givens, as `intent.NAME` and `given.NAME`. */
  readonly knowledge: readonly string[];
  /** Of these, what no statement reads or serves: it can be withheld. */
  readonly idle: readonly string[];
}

/** Tiers and their boundaries: tools are granted, passed on or withheld as chance has it, and so is what nobody reads. */
export function descent(
  draw: Draw,
  { tools, knowledge, idle }: Holdings,
): {
  readonly tiers: readonly string[];
  readonly declarations: readonly Declaration[];
  readonly withheld: readonly string[];
} {
  const tiers = tierNames.slice(0, 2 + draw.below(3));
  const declarations: Declaration[] = [{ line: `tiers ${tiers.join(" > ")}` }];
  let held = tools;
  let known = knowledge;
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
    const lost = draw.subset(
      known.filter((one) => idle.includes(one)),
      30,
    );
    const carried = known.filter((one) => !lost.includes(one));
    const said = (verb: string, things: readonly string[]): string[] =>
      things.length === 0 ? [] : [`${verb} ${things.join(", ")}`];
    const named = (verb: string): string[] => held.filter((tool) => verbs.get(tool) === verb);
    const all = lost.length === 0 && !draw.chance(40);
    declarations.push({
      head: `boundary ${tiers[index]} -> ${lower}`,
      statements: [
        ...(all ? ["carries intent.*, given.*"] : said("carries", carried)),
        ...said("grants", named("grants")),
        ...said("passes", named("passes")),
        ...said("withholds", [...named("withholds"), ...lost]),
        ...(draw.chance(20) ? ['because "it needs no more"'] : []),
      ],
    });
    held = held.filter((tool) => verbs.get(tool) !== "withholds");
    known = carried;
  }
  return { tiers, declarations, withheld: knowledge.filter((one) => !known.includes(one)) };
}
