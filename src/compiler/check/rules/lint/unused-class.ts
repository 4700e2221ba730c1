import type { CheckContext, Rule } from "../../../program.js";
import { commission } from "../snippets.js";
import type { Found } from "../support/found.js";
import { unused, usedIn } from "../support/used.js";

export const unusedClass: Rule = {
  code: "lint/unused-class",
  severity: "warning",
  whole: true,
  summary: "each class of a commission is the class of something",
  why:
    "What a class asks is asked of what is treated as it, and of what is graver. A class that nothing is treated as is a step that no " +
    "action stands on: a `treat` line is missing, or what it asks belongs to the next class.",
  avoid: commission(
    {},
    {
      reversibility: `
      class read
      class undoable above read confidence 0.6
      class permanent above undoable confirm owner
      treat notes.read as read
      otherwise permanent`,
    },
  ),
  prefer: commission(),
  *check(context: CheckContext): Iterable<Found> {
    const { classes } = usedIn(context.program);
    yield* unused(context, context.program.symbols.classes.values(), ({ name }) => classes.has(name), {
      noun: "class",
      label: "nothing is treated as this",
      help: "write a `treat` line for it, or take it away and let the next class ask what it asks",
    });
  },
};
