import type { CheckContext, Rule } from "../../../program.js";
import { commission } from "../snippets.js";
import { shapeOf } from "../support/conditions.js";
import type { Found } from "../support/found.js";
import { removal } from "../support/edits.js";
import { declarationsIn } from "../support/walk.js";

const test = (name: string, path: string, decision: string): string => `
  test "${name}" {
    propose notes.read(path: "${path}")
    expect ${decision}
  }`;

const archive = test("the archive is closed", "/archive/1.md", "return from scope");

export const duplicateTest: Rule = {
  code: "lint/duplicate-test",
  severity: "warning",
  summary: "no two tests of a file do the same",
  why:
    "A copied test that was never changed shows nothing new, and its name says that something is shown. What it was copied for goes " +
    "untested.",
  avoid: commission({
    more: `${archive}\n${test("notes can be read", "/archive/1.md", "return from scope")}`,
  }),
  prefer: commission({ more: `${archive}\n${test("notes can be read", "/notes/1.md", "authorize")}` }),
  *check({ program }: CheckContext): Iterable<Found> {
    for (const unit of program.units) {
      const seen = new Map<string, ReturnType<typeof declarationsIn<"Test">>[number]>();
      for (const node of declarationsIn(unit, "Test")) {
        if (node.steps.length === 0) continue;
        const shape = shapeOf(node.steps);
        const earlier = seen.get(shape);
        if (earlier === undefined) {
          seen.set(shape, node);
          continue;
        }
        // Under one name it is a copy and nothing else.
        const isCopy = earlier.name.value === node.name.value;
        yield {
          message: "this test does the same as another one",
          span: node.name.span,
          label: "shows nothing new",
          related: [{ span: earlier.name.span, text: "does the same" }],
          help: "change what was meant to differ, or take one of the two away",
          ...(isCopy
            ? { fix: { title: "take the copy away", edits: [removal(unit.source.text, node.span)] } }
            : {}),
        };
      }
    }
  },
};
