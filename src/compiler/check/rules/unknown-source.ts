import type { CheckContext, Rule } from "../../program.js";
import { sourceUses } from "../uses.js";
import type { Found } from "./support/found.js";
import { unknown } from "./support/unknown.js";

const kind = {
  noun: "source",
  help: 'declare it: `source NAME is sqlite "PATH" trust 0.9`',
};

export const unknownSource: Rule = {
  code: "check/unknown-source",
  severity: "error",
  summary: "a fact comes from a declared source",
  why:
    "A fact is only as good as what answers for it: where the answer is read, how far it is trusted and how old it may be stands " +
    "in the source's line.",
  avoid: `policy notes.facts

grounding {
  source archive is sqlite "./archive.db" trust 0.9

  fact note_count(week: int): int
    from archiv "select count(*) from notes where week = :week"
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
    for (const [unit, name] of sourceUses(context.program)) {
      yield* unknown(context, unit, name, context.program.symbols.sources, kind);
    }
  },
};
