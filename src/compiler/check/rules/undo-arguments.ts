import type { CheckContext, Rule } from "../../program.js";
import { commission } from "./snippets.js";
import { alreadyFound } from "./support/typed.js";

export const undoArguments: Rule = {
  code: "check/undo-arguments",
  severity: "error",
  summary: "an undo is a whole call of its tool",
  why:
    "The undo is written down before the action is carried out, and made when something has gone wrong. An argument that is missing " +
    "then, or that the tool does not know, means that there is no undo.",
  avoid: commission({
    tools: "tool notes.restore(path: path, version: int)",
    scope:
      'permit notes.restore serving restrain when path within "/notes" and version > 0 and version < 100',
    reversibility: `
      class undoable above permanent
      treat notes.write as undoable by notes.restore(path: path) within 1d`,
  }),
  prefer: commission({
    tools: "tool notes.restore(path: path, version: int)",
    scope:
      'permit notes.restore serving restrain when path within "/notes" and version > 0 and version < 100',
    reversibility: `
      class undoable above permanent
      treat notes.write as undoable by notes.restore(path: path, version: result.version) within 1d`,
  }),
  check: (context: CheckContext) => alreadyFound(context, "check/undo-arguments"),
};
