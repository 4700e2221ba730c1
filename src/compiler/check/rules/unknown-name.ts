import type { CheckContext, Rule } from "../../program.js";
import { commission } from "./snippets.js";
import { alreadyFound } from "./support/typed.js";

export const unknownName: Rule = {
  code: "check/unknown-name",
  severity: "error",
  summary: "a name in a condition, a type or a test means something that is declared",
  why:
    "A bare name is an argument of every tool the line speaks of; all else is qualified, as `given.region`. A misspelt name is never " +
    "taken for something absent or empty: a forbid that reads it would quietly forbid nothing.",
  avoid: commission({
    scope: `
      forbid notes.read serving restrain
        when paht within "/notes/drafts"`,
  }),
  prefer: commission({
    scope: `
      forbid notes.read serving restrain
        when path within "/notes/drafts"`,
  }),
  check: (context: CheckContext) => alreadyFound(context, "check/unknown-name"),
};
