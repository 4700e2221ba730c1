import type * as Ast from "../../../syntax/ast.js";
import type { CheckContext, Rule } from "../../program.js";
import { type Found, quote } from "./support/found.js";
import { declarationsIn, declarationsOf } from "./support/walk.js";

const perFile = {
  scope: "Scope",
  grounding: "Grounding",
  reversibility: "Reversibility",
  discernment: "Discernment",
} as const;

export const duplicateBlock: Rule = {
  code: "check/duplicate-block",
  severity: "error",
  summary: "a file writes each block once, and a policy declares its tiers once",
  why:
    "A reader who has found the `scope` block must be able to trust that there is no other one further down, for a forbid or a " +
    "limit that is overlooked in review is as good as not there. The tiers are one descent, so they are declared in one place.",
  avoid: `policy notes.rules

scope {
  permit *
}

scope {
  limit * to 20 per session
}
`,
  prefer: `policy notes.rules

scope {
  permit *
  limit * to 20 per session
}
`,
  *check({ program }: CheckContext): Iterable<Found> {
    for (const unit of program.units) {
      for (const [keyword, kind] of Object.entries(perFile)) {
        const nodes: readonly Ast.Declaration[] = declarationsIn(unit, kind);
        const help = "move its statements into the first block: their order has no meaning";
        yield* repeated(keyword, nodes, "in this file", help);
      }
    }
    const tiers = [...declarationsOf(program, "Tiers")]
      .filter(({ unit }) => unit.document.kind === "Policy")
      .map(({ node }) => node);
    yield* repeated(
      "tiers",
      tiers,
      "in this policy",
      "keep one descent, from the root down to the tier that acts",
    );
  },
};

function* repeated(
  keyword: string,
  nodes: readonly Ast.Node[],
  where: string,
  help: string,
): Generator<Found> {
  const [first, ...others] = nodes;
  if (first === undefined) return;
  for (const node of others) {
    yield {
      message: `${quote(keyword)} is written twice ${where}`,
      span: opening(node, keyword),
      label: "again",
      related: [{ span: opening(first, keyword), text: "first here" }],
      help,
    };
  }
}

/** The keyword that opens the block: enough to point at. */
const opening = ({ span }: Ast.Node, keyword: string): Ast.Node["span"] => ({
  ...span,
  end: span.start + keyword.length,
});
