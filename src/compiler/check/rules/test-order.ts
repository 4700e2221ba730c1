import type * as Ast from "../../../syntax/ast.js";
import type { CheckContext, Rule } from "../../program.js";
import { commission } from "./snippets.js";
import type { Found } from "./support/found.js";
import { declarationsOf } from "./support/walk.js";

export const testOrder: Rule = {
  code: "check/test-order",
  severity: "error",
  summary: "in a test something is proposed before it is expected or confirmed",
  why:
    "`expect` speaks of the last proposal, and `confirmed by` releases it. Before any `propose` there is nothing they could speak of, " +
    "and a test that expects nothing passes for no reason.",
  avoid: commission({
    more: `
      test "notes are read" {
        expect authorize
        propose notes.read(path: "/notes/1.md")
      }`,
  }),
  prefer: commission({
    more: `
      test "notes are read" {
        propose notes.read(path: "/notes/1.md") confidence 0.8
        expect authorize
      }`,
  }),
  *check({ program }: CheckContext): Iterable<Found> {
    for (const { node } of declarationsOf(program, "Test")) {
      const found = tooEarly(node);
      if (found !== undefined) yield found;
    }
  },
};

/** What is done with the last proposal. */
function needs(kind: Ast.TestDeclaration["steps"][number]["kind"]): string | undefined {
  if (kind.startsWith("Expect")) return "expected";
  if (kind === "ConfirmedStep") return "confirmed";
  if (kind === "RefusedStep") return "refused";
  return undefined;
}

/** The first step that speaks of a proposal nobody has made yet. */
function tooEarly({ steps }: Ast.TestDeclaration): Found | undefined {
  for (const { kind, span } of steps) {
    if (kind === "ProposeStep" || kind === "Invalid") return undefined;
    const done = needs(kind);
    if (done === undefined) continue;
    return {
      message: `nothing has been proposed yet that could be ${done}`,
      span,
      label: "comes too early",
      help: "write the `propose` before it",
    };
  }
  return undefined;
}
