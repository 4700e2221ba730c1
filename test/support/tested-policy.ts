import { commission } from "../../src/compiler/check/rules/snippets.js";

/** A policy with tests that propose to read a note, which is authorized; of each it is said what it expects. */
export const testedPolicy = (...tests: readonly (readonly [name: string, decision: string])[]): string =>
  commission({
    more: tests
      .map(
        ([name, decision]) =>
          `test ${JSON.stringify(name)} {\n  propose notes.read(path: "/notes/1.md") confidence 0.8\n  expect ${decision}\n}`,
      )
      .join("\n"),
  });
