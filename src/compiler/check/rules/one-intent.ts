import type { CheckContext, Rule } from "../../program.js";
import { commission } from "./snippets.js";
import type { Found } from "./support/found.js";
import { declarationsOf } from "./support/walk.js";

export const oneIntent: Rule = {
  code: "check/one-intent",
  severity: "error",
  summary: "a policy, with all that it extends, writes one intent",
  why:
    "A session serves one commission. With two intents nobody could tell which one an action is measured against, and an " +
    "extension that could write its own would replace the commission it was meant to narrow.",
  avoid: commission({
    more: `
      intent {
        collect "Collect the open questions."
        sort    "Sort them by topic."
        refrain "Answer none of them."
      }`,
  }),
  prefer: commission(),
  *check(context: CheckContext): Iterable<Found> {
    const [first, ...others] = declarationsOf(context.program, "Intent");
    if (first === undefined) return;
    for (const { node } of others) {
      yield {
        message: "this policy has a second intent",
        span: opening(node.span),
        label: "the second",
        related: [{ span: opening(first.node.span), text: "the first" }],
        help: "keep one of the two; what serves another commission belongs in a policy of its own",
      };
    }
  },
};

/** The keyword that opens the block: enough to point at. */
const opening = (span: Found["span"]): Found["span"] => ({ ...span, end: span.start + "intent".length });
