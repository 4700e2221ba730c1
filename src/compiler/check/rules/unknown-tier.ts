import type { CheckContext, Rule } from "../../program.js";
import { descent, grantsAll, handsOn } from "./snippets.js";
import type { Found } from "./support/found.js";
import { unknown } from "./support/unknown.js";
import { declarationsOf, stepsOf } from "./support/walk.js";
import { allWhole } from "./support/whole.js";

export const unknownTier: Rule = {
  code: "check/unknown-tier",
  severity: "error",
  summary: "a boundary and a test name tiers of the descent",
  why:
    "A boundary is a choice of what one tier lets the next one have. If it names a tier that is not in the descent, the choice is " +
    "made for nobody, and the tier that was meant goes without.",
  avoid: descent("root > editor > writer", [
    handsOn,
    grantsAll,
    ["editor -> reader", "carries intent.*, given.*", "grants  *"],
  ]),
  prefer: descent("root > editor > writer", [handsOn, grantsAll]),
  *check(context: CheckContext): Iterable<Found> {
    const { tiers } = context.program.symbols;
    const table = new Map(tiers.map((tier) => [tier.name, [tier]]));
    const names = tiers.map((tier) => tier.name).join(" > ");
    const kind = { noun: "tier", help: `the tiers are \`${names}\`` };
    for (const { unit, node } of declarationsOf(context.program, "Boundary")) {
      if (tiers.length === 0) {
        if (allWhole(context)) yield noTiers({ ...node.from.span, end: node.to.span.end });
        continue;
      }
      yield* unknown(context, unit, node.from, table, kind);
      yield* unknown(context, unit, node.to, table, kind);
    }
    for (const { unit, node } of stepsOf(context.program, "TierStep")) {
      if (tiers.length > 0) yield* unknown(context, unit, node.tier, table, kind);
      else if (allWhole(context)) yield noTiers(node.span);
    }
  },
};

const noTiers = (span: Found["span"]): Found => ({
  message: "this policy declares no tiers",
  span,
  label: "names a tier",
  help: "declare them from the root down: `tiers root > editor > writer`",
});
