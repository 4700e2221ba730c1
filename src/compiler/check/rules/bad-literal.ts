import type { CheckContext, Rule } from "../../program.js";
import { commission } from "./snippets.js";
import { alreadyFound } from "./support/typed.js";

export const badLiteral: Rule = {
  code: "check/bad-literal",
  severity: "error",
  summary: "a literal is a value of the type that its place asks for",
  why:
    "A string literal takes the type of its place, and is checked there and not at run time: a date in February that does not " +
    "exist, a misspelt member of an enum or an address without a domain would otherwise be found by an action going wrong.",
  avoid: commission({
    scope: `
      forbid notes.read serving restrain
        when now > "2026-02-30"`,
  }),
  prefer: commission({
    scope: `
      forbid notes.read serving restrain
        when now > "2026-02-28"`,
  }),
  check: (context: CheckContext) => alreadyFound(context, "check/bad-literal"),
};
