import type { CheckContext, Rule } from "../../program.js";
import { commission } from "./snippets.js";
import { alreadyFound } from "./support/typed.js";

export const notComparable: Rule = {
  code: "check/not-comparable",
  severity: "error",
  summary: "`==` compares scalars, and `<` orders numbers, times and durations",
  why:
    "Whether two lists are equal depends on their order, and two strings are ordered by an alphabet that nobody named. What is meant " +
    "can be said: `every`, `in`, the fields of a record, `like`.",
  avoid: commission({
    scope: `
      forbid notes.read serving restrain
        when path < "/notes/m"`,
  }),
  prefer: commission({
    scope: `
      forbid notes.read serving restrain
        when path like "/notes/[a-m]*"`,
  }),
  check: (context: CheckContext) => alreadyFound(context, "check/not-comparable"),
};
