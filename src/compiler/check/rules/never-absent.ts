import type { CheckContext, Rule } from "../../program.js";
import { commission } from "./snippets.js";
import { alreadyFound } from "./support/typed.js";

export const neverAbsent: Rule = {
  code: "check/never-absent",
  severity: "error",
  summary: "`has` asks about what can be absent",
  why:
    "A test that is always true looks like a condition and is none. A given that nobody supplied is not absent but unknown: whoever " +
    "reads it is told so, and the question goes to a principal.",
  avoid: commission({
    scope: `
      forbid notes.read serving restrain
        when has path and path within "/notes/drafts"`,
  }),
  prefer: commission({
    scope: `
      forbid notes.read serving restrain
        when has lines and path within "/notes/drafts"`,
  }),
  check: (context: CheckContext) => alreadyFound(context, "check/never-absent"),
};
