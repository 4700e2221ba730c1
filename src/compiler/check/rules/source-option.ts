import type { CheckContext, Rule } from "../../program.js";
import { type Found, quote } from "./support/found.js";
import { statementsOf } from "./support/walk.js";

const longest = 10 * 60_000;

export const sourceOption: Rule = {
  code: "check/source-option",
  severity: "error",
  summary:
    "`fresh` and `timeout` stand with sources that are asked, and nobody waits longer than ten minutes",
  why:
    "What a tool returned is already in the trace: it is not asked for again, so it has no timeout, and it does not age within a " +
    "session. A source that is asked keeps the agent waiting; after ten minutes its silence is the better answer.",
  avoid: `policy notes.sources

tool notes.read(path: path)

grounding {
  source notes is tool notes.read trust 0.5 fresh 1h
}
`,
  prefer: `policy notes.sources

tool notes.read(path: path)

grounding {
  source notes   is tool notes.read trust 0.5
  source archive is sqlite "./archive.db" trust 0.9 fresh 1h
}
`,
  *check({ program }: CheckContext): Iterable<Found> {
    for (const { node } of statementsOf(program, "Source")) {
      const name = quote(node.name.text);
      if (node.origin.kind === "World") {
        if (node.timeout === undefined || node.timeout.milliseconds <= longest) continue;
        yield {
          message: `source ${name} may keep the agent waiting for longer than ten minutes`,
          span: node.timeout.span,
          label: "longer than `10m`",
          help: "write a few seconds: a source that is silent is asked again later",
        };
        continue;
      }
      for (const option of ["fresh", "timeout"] as const) {
        const value = node[option];
        if (value === undefined) continue;
        yield {
          message: `${quote(option)} has no meaning for ${name}, which is what a tool returned`,
          span: value.span,
          label: "never asked",
          help: `take ${quote(option)} away: it belongs to sources that answer for facts`,
        };
      }
    }
  },
};
