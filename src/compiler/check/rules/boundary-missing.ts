import type { CheckContext, Rule } from "../../program.js";
import { descent, grantsAll, handsOn } from "./snippets.js";
import { boundariesBetween, neighbours, tierNames } from "./support/descent.js";
import { type Found, quote } from "./support/found.js";
import { declarationsOf } from "./support/walk.js";
import { allWhole } from "./support/whole.js";

export const boundaryMissing: Rule = {
  code: "check/boundary-missing",
  severity: "error",
  summary: "between each two neighbouring tiers a boundary is declared",
  why:
    "Each step down is a choice of what the next tier gets to know and to do. An interface that nobody designed is where intent " +
    "leaks away: the tier below would have all or nothing, and no reviewer would have seen it.",
  avoid: descent("root > editor > writer", [handsOn]),
  prefer: descent("root > editor > writer", [handsOn, grantsAll]),
  *check(context: CheckContext): Iterable<Found> {
    for (const [upper, lower] of neighbours(context)) {
      if (boundariesBetween(context, upper.text, lower.text).length > 0) continue;
      if (isSpanned(context, upper.text, lower.text) || !allWhole(context)) continue;
      const name = `${upper.text} -> ${lower.text}`;
      yield {
        message: `no boundary says what ${quote(upper.text)} lets ${quote(lower.text)} have`,
        span: lower.span,
        label: `needs \`boundary ${name}\``,
        help: `write \`boundary ${name} { … }\` with what it carries, grants, passes and withholds`,
      };
    }
  },
};

/** Whether a boundary is declared the wrong way or over several steps: then that is the slip. */
function isSpanned(context: CheckContext, upper: string, lower: string): boolean {
  const names = tierNames(context).map((name) => name.text);
  return [...declarationsOf(context.program, "Boundary")].some(({ node }) => {
    const ends = [names.indexOf(node.from.text), names.indexOf(node.to.text)];
    const [top, bottom] = [Math.min(...ends), Math.max(...ends)];
    return top >= 0 && top <= names.indexOf(upper) && bottom >= names.indexOf(lower);
  });
}
