import type { CheckContext, Rule } from "../../program.js";
import { commission } from "./snippets.js";
import { alreadyFound } from "./support/typed.js";

export const unguarded: Rule = {
  code: "check/unguarded",
  severity: "error",
  summary: "what may be absent is read only where it is known to be there",
  why:
    "What the agent leaves out is neither false nor zero nor unknown: the author says what is meant by it. `has x and …` asks for " +
    "it, `not has x or …` lets it be left out. The guard is followed through `and`, `or`, `not` and `if`.",
  avoid: commission({
    scope: `
      forbid notes.read serving restrain
        when lines > 10_000`,
  }),
  prefer: commission({
    scope: `
      forbid notes.read serving restrain
        when has lines and lines > 10_000`,
  }),
  check: (context: CheckContext) => alreadyFound(context, "check/unguarded"),
};
