import type { CheckContext, Rule } from "../../program.js";
import { commission } from "./snippets.js";
import { type Found, quote } from "./support/found.js";
import { statementsOf } from "./support/walk.js";

export const emptyBullet: Rule = {
  code: "check/empty-bullet",
  severity: "error",
  summary: "a bullet says something",
  why:
    "A bullet is what the agent reads and what its actions are weighed against. One without text commissions nothing, yet rules " +
    "could serve it and so look justified.",
  avoid: commission(
    {},
    {
      intent: `
        read      "Read the notes of the week."
        summarise " "
        restrain  "Change nothing else."`,
    },
  ),
  prefer: commission(
    {},
    {
      intent: `
        read      "Read the notes of the week."
        summarise "Write one summary of them, a page at most."
        restrain  "Change nothing else."`,
    },
  ),
  *check(context: CheckContext): Iterable<Found> {
    for (const { node } of statementsOf(context.program, "Bullet")) {
      if (node.text.value.trim() !== "") continue;
      yield {
        message: `the bullet ${quote(node.name.text)} has no text`,
        span: node.text.span,
        label: "empty",
        help: "write in a sentence what is wanted",
      };
    }
  },
};
