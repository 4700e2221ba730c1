import type { CheckContext, Rule } from "../../program.js";
import { commission } from "./snippets.js";
import type { Found } from "./support/found.js";
import { declarationsOf } from "./support/walk.js";
import { isBroken } from "./support/whole.js";

export const threeBullets: Rule = {
  code: "check/three-bullets",
  severity: "error",
  summary: "an intent has exactly three bullets",
  why:
    "Every action and every message of a session is weighed against its intent, so the intent must be short enough to be read " +
    "before each delegation. Three bullets have room for what to find, what to make of it and what to leave alone. A fourth is " +
    "usually a second commission; with fewer, the agent fills in the rest by itself.",
  avoid: commission({
    intent: 'publish "Publish the summary."',
    scope: `
      permit notes.write serving publish
        when path within "/public"`,
  }),
  prefer: commission(
    {
      scope: `
        permit notes.write serving summarise
          when path within "/public"`,
    },
    {
      intent: `
        read      "Read the notes of the week."
        summarise "Write one summary of them and publish it."
        restrain  "Change nothing else."`,
    },
  ),
  *check(context: CheckContext): Iterable<Found> {
    for (const { node } of declarationsOf(context.program, "Intent")) {
      if (isBroken(context.program, node)) continue;
      const bullets = node.statements.filter((statement) => statement.kind === "Bullet");
      if (bullets.length === 3) continue;
      const fourth = bullets[3];
      yield {
        message: `an intent has exactly three bullets, and this one has ${bullets.length}`,
        span: fourth?.span ?? { ...node.span, end: node.span.start + "intent".length },
        label: fourth === undefined ? "" : "one too many",
        help:
          fourth === undefined
            ? 'add bullets until there are three, each as `name "What is wanted."`'
            : "join bullets that belong together, or give what is left to a policy of its own",
      };
    }
  },
};
