import type { CheckContext, Rule } from "../../../program.js";
import { isUnconditional } from "../support/conditions.js";
import type { Found } from "../support/found.js";
import { isOnlyStar } from "../support/tools.js";
import { statementsOf } from "../support/walk.js";

const base = (lines: string): string => `policy house.rules

scope {
  permit *
${lines}
}
`;

export const forbidsEverything: Rule = {
  code: "lint/forbids-everything",
  severity: "warning",
  summary: "no policy forbids every tool in any case",
  why:
    "A forbid outweighs every permit, in all that extends the policy. To say that nothing is allowed unless it is permitted, nothing " +
    "needs to be written: what no permit covers is outside.",
  avoid: base("  forbid *"),
  prefer: base('  forbid * when session.trust < 0.2\n    because "what was read last is not to be trusted"'),
  *check(context: CheckContext): Iterable<Found> {
    for (const { node } of statementsOf(context.program, "Permit")) {
      if (node.effect !== "forbid" || !isOnlyStar(node.tools) || !isUnconditional(node.when, context))
        continue;
      yield {
        message: "this forbids every tool, here and in all that extends this policy",
        span: node.span,
        label: "outweighs every permit",
        help: "take it away: what no permit covers is outside already",
      };
    }
  },
};
