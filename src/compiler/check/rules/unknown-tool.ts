import type { CheckContext, Rule } from "../../program.js";
import { commission } from "./snippets.js";
import { alreadyFound } from "./support/typed.js";

export const unknownTool: Rule = {
  code: "check/unknown-tool",
  severity: "error",
  summary: "a tool that a line names is declared, and a pattern covers one that is",
  why:
    "A forbid on a misspelt tool stops nothing, and a permit on one allows nothing. A bare `*` may cover none, for a policy that " +
    "others extend does not know their tools.",
  avoid: commission({
    scope: `
      forbid note.read serving restrain
        when path within "/notes/drafts"`,
  }),
  prefer: commission({
    scope: `
      forbid notes.read serving restrain
        when path within "/notes/drafts"`,
  }),
  check: (context: CheckContext) => alreadyFound(context, "check/unknown-tool"),
};
