import type { CheckContext, Rule } from "../../program.js";
import { commission } from "./snippets.js";
import type { Found } from "./support/found.js";
import { declarationsOf } from "./support/walk.js";
import { allWhole } from "./support/whole.js";

export const testNeedsIntent: Rule = {
  code: "check/test-needs-intent",
  severity: "error",
  summary: "a test that proposes something stands in a policy with an intent",
  why:
    "A test opens a session, and no session opens without an intent. A base has none; it is tested by a small policy beside it that " +
    "extends it and writes one.",
  avoid: `policy notes.base

tool notes.read(path: path)

scope {
  permit notes.read
    when path within "/notes"
}

test "notes are read" {
  propose notes.read(path: "/notes/1.md")
  expect authorize
}
`,
  prefer: commission({
    more: `
      test "notes are read" {
        propose notes.read(path: "/notes/1.md") confidence 0.8
        expect authorize
      }`,
  }),
  *check(context: CheckContext): Iterable<Found> {
    if (context.program.intentUnit !== undefined || !allWhole(context)) return;
    for (const { node } of declarationsOf(context.program, "Test")) {
      if (!node.steps.some((step) => step.kind === "ProposeStep")) continue;
      yield {
        message: "this test needs a session, and none opens on a policy without an intent",
        span: node.name.span,
        label: "proposes something",
        help: "move the test into a policy that extends this one and writes an intent",
      };
    }
  },
};
