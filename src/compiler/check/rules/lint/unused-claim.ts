import type { CheckContext, Rule } from "../../../program.js";
import { commission } from "../snippets.js";
import type { Found } from "../support/found.js";
import { unused, usedIn } from "../support/used.js";
import { statementsOf } from "../support/walk.js";

export const unusedClaim: Rule = {
  code: "lint/unused-claim",
  severity: "warning",
  whole: true,
  summary: "each claim of a commission is checked",
  why:
    "A claim is declared so that it can be held against the world. One that no `ground` line reads is believed: the agent may say " +
    "what it likes.",
  avoid: commission(
    {},
    {
      grounding: `
      claim words: int
      ground notes.write on effect
        length(body) <= 20_000`,
    },
  ),
  prefer: commission({
    grounding: `
      claim words: int
      ground notes.write on inference
        claim.words <= length(body)`,
  }),
  *check(context: CheckContext): Iterable<Found> {
    const { claims } = usedIn(context.program);
    // With `unsupported`, a claim that no check reads is bounded by it.
    const bounded = new Set([...statementsOf(context.program, "Unsupported")].map(({ unit }) => unit));
    yield* unused(
      context,
      context.program.symbols.claims.values(),
      ({ name, unit }) => claims.has(name) || bounded.has(unit),
      {
        noun: "claim",
        label: "is checked by nothing",
        help: "write a `ground` line that holds it against a fact, or take it away",
      },
    );
  },
};
