import type * as Ast from "../../../syntax/ast.js";
import type { CheckContext, Rule } from "../../program.js";
import { type Found, quote } from "./support/found.js";

const allowed: readonly Ast.Declaration["kind"][] = ["Scope", "Reversibility", "Discernment", "Invalid"];

const written: { readonly [K in Ast.Declaration["kind"]]: string } = {
  Principal: "principal",
  Intent: "intent",
  Tool: "tool",
  ToolsImport: "tools",
  Scope: "scope",
  Grounding: "grounding",
  Reversibility: "reversibility",
  Discernment: "discernment",
  Tiers: "tiers",
  Boundary: "boundary",
  Assert: "assert",
  Test: "test",
  Invalid: "",
};

export const narrowingBlocks: Rule = {
  code: "check/narrowing-blocks",
  severity: "error",
  summary: "a narrowing has scope, reversibility and discernment blocks only",
  why:
    "A narrowing is what a delegation adds for the session it opens, and a model may have written it. It can take away, ask for " +
    "more care and ask sooner; it cannot name principals, sources or tools, for by those it could speak in another's name.",
  avoid: `principal helper "Whoever delegates"

scope {
  permit notes.read
}
`,
  prefer: `scope {
  permit notes.read
}
`,
  *check({ program }: CheckContext): Iterable<Found> {
    for (const { document } of program.units) {
      if (document.kind !== "Narrowing") continue;
      for (const { kind, span } of document.declarations) {
        if (allowed.includes(kind)) continue;
        const keyword = written[kind];
        yield {
          message: `a narrowing cannot have ${quote(keyword)}`,
          span: { ...span, end: span.start + keyword.length },
          label: "not in a narrowing",
          help: "write scope, reversibility and discernment blocks alone; what else is needed belongs in the policy",
        };
      }
    }
  },
};
