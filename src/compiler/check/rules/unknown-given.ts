import type { CheckContext, Rule } from "../../program.js";
import { givenUses } from "../uses.js";
import { commission } from "./snippets.js";
import type { Found } from "./support/found.js";
import { unknown } from "./support/unknown.js";

const kind = {
  noun: "given",
  help: "declare it in the intent: `given NAME: type`",
};

const policy = (given: string): string =>
  commission({
    intent: "given week: int = 1",
    scope: `
      permit notes.read serving read
        when path within "/archive" and given.week > 40`,
    more: `
      test "notes of the week are read" {
        given ${given} = 42
        propose notes.read(path: "/archive/42.md")
        expect authorize
      }`,
  });

export const unknownGiven: Rule = {
  code: "check/unknown-given",
  severity: "error",
  summary: "a given that a boundary or a test names is declared in the intent",
  why:
    "A test that sets a given nobody declared would pass or fail for another reason than its author thinks, and a boundary that " +
    "carries one would carry nothing.",
  avoid: policy("wek"),
  prefer: policy("week"),
  *check(context: CheckContext): Iterable<Found> {
    const { givens } = context.program.symbols;
    for (const [unit, name] of givenUses(context.program)) yield* unknown(context, unit, name, givens, kind);
  },
};
