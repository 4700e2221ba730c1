import type { CheckContext, Rule } from "../../program.js";
import { commission } from "./snippets.js";
import { alreadyFound } from "./support/typed.js";

export const unreadableFile: Rule = {
  code: "check/unreadable-file",
  severity: "error",
  summary: "every file that a policy names can be read",
  why:
    "A policy is itself and all that it extends. If one of its files is not there, nothing can be said about the whole, so that it " +
    "is not compiled at all: a rule that silently falls out would be worse.",
  avoid: commission({}, { header: 'policy notes.summary extends "./comon.reshimu"' }),
  prefer: commission({}, { header: 'policy notes.summary extends "./common.reshimu"' }),
  files: { "common.reshimu": "policy notes.common\n" },
  check: (context: CheckContext) => alreadyFound(context, "check/unreadable-file"),
};
