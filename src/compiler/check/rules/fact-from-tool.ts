import type { CheckContext, Rule } from "../../program.js";
import { type Found, quote } from "./support/found.js";
import { originsOf } from "./support/facts.js";

export const factFromTool: Rule = {
  code: "check/fact-from-tool",
  severity: "error",
  summary: "no fact comes from what a tool returned",
  why:
    "A fact is evidence against what the agent assumes. What a tool returned was asked for by the agent, in words the agent chose, " +
    "so it can be made to say what the agent wants to hear. Such a source serves `traced to`, which only asks who said a thing.",
  avoid: `policy notes.facts

tool notes.count(week: int)

grounding {
  source counted is tool notes.count trust 0.8

  fact note_count(week: int): int
    from counted
}
`,
  prefer: `policy notes.facts

grounding {
  source archive is sqlite "./archive.db" trust 0.9

  fact note_count(week: int): int
    from archive "select count(*) from notes where week = :week"
}
`,
  *check(context: CheckContext): Iterable<Found> {
    for (const { fact, origin, source } of originsOf(context)) {
      if (source.node.origin.kind !== "ToolOrigin") continue;
      yield {
        message: `fact ${quote(fact.name.text)} comes from ${quote(source.name)}, which is what a tool returned`,
        span: origin.source.span,
        label: "not evidence",
        related: [{ span: source.span, text: "a tool's output, which the agent asked for" }],
        help: "ask a source that the agent cannot script: `sqlite`, `postgres`, `http`, `json` or `mcp`",
      };
    }
  },
};
