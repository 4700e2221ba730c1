import type { CheckContext, Rule } from "../../program.js";
import { commission } from "./snippets.js";
import { alreadyFound } from "./support/typed.js";

export const wrongArguments: Rule = {
  code: "check/wrong-arguments",
  severity: "error",
  summary: "a fact or a function is called with as many arguments as it takes",
  why: "Arguments stand by position, so that one too few or too many would put every later one in the wrong place.",
  avoid: commission({
    scope: `
      forbid notes.read serving restrain
        when path within "/notes/drafts" and abs(1, 2) == 1`,
  }),
  prefer: commission({
    scope: `
      forbid notes.read serving restrain
        when path within "/notes/drafts" and max(1, 2) == 2`,
  }),
  check: (context: CheckContext) => alreadyFound(context, "check/wrong-arguments"),
};
