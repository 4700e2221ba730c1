import type { CheckContext, Rule } from "../../program.js";
import { commission } from "./snippets.js";
import { alreadyFound } from "./support/typed.js";

export const badPattern: Rule = {
  code: "check/bad-pattern",
  severity: "error",
  summary: "a regular expression is one of RE2, with at most one group for `extract`",
  why:
    "RE2 takes time in proportion to the text, whatever the pattern: an agent chooses the text, and must not be able to stop the " +
    "gate with it. Look-around and back-references have no such bound. `extract` reads one group, or the whole match.",
  avoid: commission({
    scope: `
      forbid notes.read serving restrain
        when path matches ".*/(?=draft).*"`,
  }),
  prefer: commission({
    scope: `
      forbid notes.read serving restrain
        when path matches ".*/draft[^/]*"`,
  }),
  check: (context: CheckContext) => alreadyFound(context, "check/bad-pattern"),
};
