import type { CheckContext, Rule } from "../../program.js";
import { commission } from "./snippets.js";
import { alreadyFound } from "./support/typed.js";

export const badRows: Rule = {
  code: "check/bad-rows",
  severity: "error",
  summary: "each row of a test has one cell for each column, and columns have names of their own",
  why:
    "A row is a test of its own: a cell that is missing or one too many puts every value behind it under the wrong name, and the " +
    "test then shows something else than its author thinks.",
  avoid: commission({
    more: `
      test "{path}: {outcome}" {
        for each path, outcome in
          ["/notes/1.md", authorize],
          ["/else/1.md"]
        propose notes.read(path: path) confidence 0.8
        expect outcome
      }`,
  }),
  prefer: commission({
    more: `
      test "{path}: {outcome}" {
        for each path, outcome in
          ["/notes/1.md", authorize],
          ["/else/1.md", return]
        propose notes.read(path: path) confidence 0.8
        expect outcome
      }`,
  }),
  check: (context: CheckContext) => alreadyFound(context, "check/bad-rows"),
};
