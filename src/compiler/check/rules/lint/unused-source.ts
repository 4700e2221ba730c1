import type { CheckContext, Rule } from "../../../program.js";
import { commission } from "../snippets.js";
import type { Found } from "../support/found.js";
import { unused, usedIn } from "../support/used.js";

export const unusedSource: Rule = {
  code: "lint/unused-source",
  severity: "warning",
  whole: true,
  summary: "each source of a commission is asked or traced to",
  why:
    "A source that no fact comes from and nothing is traced to has no say, whatever trust is written behind it. One fact more, or a " +
    "second `from` for a fact that has one source only, is often what was meant.",
  avoid: commission({
    grounding: `
      source disk is json "./disk.json" trust 0.9`,
  }),
  prefer: commission({
    grounding: `
      source disk is json "./disk.json" trust 0.9
      fact size(path: path): int from disk "/{path}"
      ground notes.write on fact
        size(path) == 0`,
  }),
  *check(context: CheckContext): Iterable<Found> {
    const { sources, trust } = usedIn(context.program);
    yield* unused(
      context,
      context.program.symbols.sources.values(),
      // `session.trust` is that of the sources whose tools were called.
      ({ name, node }) => sources.has(name) || (trust && node.origin.kind === "ToolOrigin"),
      {
        noun: "source",
        label: "has no say",
        help: "let a fact come from it or trace something to it, or take it away",
      },
    );
  },
};
