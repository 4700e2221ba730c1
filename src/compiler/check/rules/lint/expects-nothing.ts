import type { CheckContext, Rule } from "../../../program.js";
import { commission } from "../snippets.js";
import { type Found, quote } from "../support/found.js";
import { declarationsOf } from "../support/walk.js";

const policy = (expectation: string): string =>
  commission({
    more: `
      test "notes can be read" {
        propose notes.read(path: "/notes/1.md")${expectation}
      }`,
  });

export const expectsNothing: Rule = {
  code: "lint/expects-nothing",
  severity: "warning",
  summary: "a test expects something",
  why:
    "A test without `expect` passes whatever is decided. It is counted among those that passed, and whoever relies on the count " +
    "relies on nothing.",
  avoid: policy(""),
  prefer: policy("\n        expect authorize"),
  *check({ program }: CheckContext): Iterable<Found> {
    for (const { node } of declarationsOf(program, "Test")) {
      if (node.steps.some(({ kind }) => kind === "ExpectStep" || kind === "Invalid")) continue;
      yield {
        message: `the test ${quote(node.name.value.slice(0, 100))} expects nothing`,
        span: node.name.span,
        label: "passes whatever is decided",
        help: "write `expect` and a decision behind what it proposes",
      };
    }
  },
};
