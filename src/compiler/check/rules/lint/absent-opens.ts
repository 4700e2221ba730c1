import type { CheckContext, Rule } from "../../../program.js";
import { commission } from "../snippets.js";
import { partsOf } from "../support/conditions.js";
import { type Found, quoteOf } from "../support/found.js";
import { statementsOf } from "../support/walk.js";

const policy = (condition: string): string =>
  commission(
    {
      scope: `
        permit notes.read serving read
          when ${condition}`,
    },
    {
      scope: `
        permit notes.write serving summarise
          when path within "/notes/summaries"
        forbid notes.* serving restrain
          when path like "*/private/*"`,
    },
  );

export const absentOpens: Rule = {
  code: "lint/absent-opens",
  severity: "warning",
  summary: "leaving an argument out does not make a permit unconditional",
  why:
    "With `not has x or …` as its whole condition, a permit holds for every proposal that leaves `x` out, and that is for the agent to " +
    "choose. As a part of an `and` it bounds the argument where there is one, and the rest bounds the action.",
  avoid: policy("not has lines or lines > 0 and lines <= 100"),
  prefer: policy('path within "/notes" and (not has lines or lines > 0 and lines <= 100)'),
  *check({ program }: CheckContext): Iterable<Found> {
    for (const { unit, node } of statementsOf(program, "Permit")) {
      if (node.effect !== "permit" || node.when === undefined) continue;
      const parts = partsOf(node.when, "or");
      const absent = parts.find((part) => part.kind === "Not" && part.operand.kind === "Has");
      if (parts.length < 2 || absent?.kind !== "Not" || absent.operand.kind !== "Has") continue;
      const { of } = absent.operand;
      // An optional fact is not the agent's to leave out.
      if (of.root !== "name" || of.args !== undefined) continue;
      yield {
        message: `whoever leaves ${quoteOf(unit, of.span)} out is permitted this in any case`,
        span: absent.span,
        label: "opens the permit",
        help: "join it by `and` with what has to hold in any case, or ask for the argument by `has`",
      };
    }
  },
};
