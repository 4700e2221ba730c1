import type { CheckContext, Rule } from "../../../program.js";
import { commission } from "../snippets.js";
import type { Found } from "../support/found.js";
import { unused, usedIn } from "../support/used.js";

export const unusedFact: Rule = {
  code: "lint/unused-fact",
  severity: "warning",
  whole: true,
  summary: "each fact of a commission is read",
  why:
    "A question to the world that nothing reads is never asked. Often the `ground` line that should hold an action against it is " +
    "missing.",
  avoid: commission({
    grounding: `
      source disk is json "./disk.json" trust 0.9
      fact size(path: path): int from disk "/{path}"`,
  }),
  prefer: commission({
    grounding: `
      source disk is json "./disk.json" trust 0.9
      fact size(path: path): int from disk "/{path}"
      ground notes.write on fact
        size(path) == 0`,
  }),
  *check(context: CheckContext): Iterable<Found> {
    const { facts } = usedIn(context.program);
    yield* unused(context, context.program.symbols.facts.values(), ({ name }) => facts.has(name), {
      noun: "fact",
      label: "is never asked",
      help: "read it in a `ground` line or another rule, or take it away",
    });
  },
};
