import type { CheckContext, Rule } from "../../../program.js";
import { commission } from "../snippets.js";
import type { Found } from "../support/found.js";
import { unused, usedIn } from "../support/used.js";

export const unusedGiven: Rule = {
  code: "lint/unused-given",
  severity: "warning",
  whole: true,
  summary: "each given of a commission is read by a rule",
  why:
    "A given is asked for when a session opens, or asked of a principal. An answer that changes nothing costs somebody their time, " +
    "and lets them believe that it was heeded.",
  avoid: commission({ intent: "given week: int = 1" }),
  prefer: commission({
    intent: "given week: int = 1",
    scope: `
      permit notes.read serving read
        when path within "/archive" and given.week > 40`,
  }),
  *check(context: CheckContext): Iterable<Found> {
    const { givens, allGivens } = usedIn(context.program);
    if (allGivens) return;
    yield* unused(context, context.program.symbols.givens.values(), ({ name }) => givens.has(name), {
      noun: "given",
      label: "changes nothing",
      help: "read it in a rule, or take it away",
    });
  },
};
