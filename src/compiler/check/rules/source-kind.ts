import { didYouMean } from "../../../diagnostics/did-you-mean.js";
import type { CheckContext, Rule } from "../../program.js";
import { type Found, listed, quote } from "./support/found.js";
import { isSourceKind, sourceKinds } from "./support/facts.js";
import { statementsOf } from "./support/walk.js";

export const sourceKind: Rule = {
  code: "check/source-kind",
  severity: "error",
  summary: "a source is `sqlite`, `postgres`, `http`, `json`, `mcp`, or what a `tool` returned",
  why:
    "Each kind of source is read in its own way, and none other is known. A source of another kind could only be silent, and every " +
    "check that rests on it would stay open.",
  avoid: `policy notes.facts

grounding {
  source archive is sqlit "./archive.db" trust 0.9
}
`,
  prefer: `policy notes.facts

grounding {
  source archive is sqlite "./archive.db" trust 0.9
}
`,
  *check({ program }: CheckContext): Iterable<Found> {
    for (const { node } of statementsOf(program, "Source")) {
      if (node.origin.kind !== "World" || isSourceKind(node.origin.type.text)) continue;
      const { text, span } = node.origin.type;
      const close = didYouMean(text, sourceKinds);
      yield {
        message: `unknown kind of source ${quote(text)}`,
        span,
        label: "not a kind of source",
        help:
          close === undefined
            ? `a source is ${listed(sourceKinds)}, or \`tool\` and its name`
            : `did you mean ${quote(close)}?`,
      };
    }
  },
};
