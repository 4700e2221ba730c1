import type { CheckContext, Rule } from "../../../program.js";
import { commission } from "../snippets.js";
import type { Found } from "../support/found.js";
import { statementsIn } from "../support/walk.js";

export const servesNothing: Rule = {
  code: "lint/serves-nothing",
  severity: "warning",
  summary: "a permit in the policy that writes the intent serves one of its bullets",
  why:
    "A permit without `serving` may be left over, or allow more than anybody asked for: a reviewer cannot tell for whose sake it " +
    "stands. The decision's report quotes the bullet too, when it says what authorized an action.",
  avoid: commission({
    scope: `
      permit notes.write
        when path within "/public"`,
  }),
  prefer: commission({
    scope: `
      permit notes.write serving summarise
        when path within "/public"`,
  }),
  *check({ program }: CheckContext): Iterable<Found> {
    // Its bases do not know the bullets, and what extends it only narrows.
    const { intentUnit } = program;
    if (intentUnit === undefined) return;
    for (const node of statementsIn(intentUnit, "Permit")) {
      if (node.effect !== "permit" || node.serving.length > 0) continue;
      yield {
        message: "this permit serves no bullet of the intent",
        span: { ...node.span, end: node.tools.at(-1)?.span.end ?? node.span.end },
        label: "for whose sake",
        help: "write `serving` and the bullet behind the tools, or take the permit away",
      };
    }
  },
};
