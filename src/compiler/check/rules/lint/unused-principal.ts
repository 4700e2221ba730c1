import type { CheckContext, Rule } from "../../../program.js";
import { commission } from "../snippets.js";
import type { Found } from "../support/found.js";
import { unused, usedIn } from "../support/used.js";

export const unusedPrincipal: Rule = {
  code: "lint/unused-principal",
  severity: "warning",
  whole: true,
  summary: "each principal of a commission is asked, confirms, or is a source",
  why:
    "Somebody who is named and has no part in any rule is taken for somebody who watches. A confirmation, a question or a step of " +
    "`escalate` is often missing where this is reported.",
  avoid: commission({
    principals: 'principal editor "Editor of the week"',
  }),
  prefer: commission(
    { principals: 'principal editor "Editor of the week"' },
    {
      discernment: `
        threshold 0.3
        escalate owner within 4h, then editor within 24h`,
    },
  ),
  *check(context: CheckContext): Iterable<Found> {
    const { principals } = usedIn(context.program);
    yield* unused(context, context.program.symbols.principals.values(), ({ name }) => principals.has(name), {
      noun: "principal",
      label: "has no part in any rule",
      help: "let them confirm, answer or be a source, or take the principal away",
    });
  },
};
