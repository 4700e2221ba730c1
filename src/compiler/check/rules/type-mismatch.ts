import type { CheckContext, Rule } from "../../program.js";
import { commission } from "./snippets.js";
import { alreadyFound } from "./support/typed.js";

export const typeMismatch: Rule = {
  code: "check/type-mismatch",
  severity: "error",
  summary: "every value has the type that its place asks for",
  why:
    "There is no implicit conversion, but that an int is a decimal: what is compared is compared as what it is. A path that is a " +
    'string has no segments, and `"10" > 9` is a guess.',
  avoid: commission({
    scope: `
      forbid notes.read serving restrain
        when path == 3`,
  }),
  prefer: commission({
    scope: `
      forbid notes.read serving restrain
        when path == "/notes/3.md"`,
  }),
  check: (context: CheckContext) => alreadyFound(context, "check/type-mismatch"),
};
