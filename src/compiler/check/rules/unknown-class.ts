import type { CheckContext, Rule } from "../../program.js";
import { classUses } from "../uses.js";
import type { Found } from "./support/found.js";
import { unknown } from "./support/unknown.js";

const kind = {
  noun: "class",
  help: "declare it in a reversibility block: `class NAME above MILDER`",
};

export const unknownClass: Rule = {
  code: "check/unknown-class",
  severity: "error",
  summary: "`above`, `treat`, `otherwise`, `threshold … for` and `expect class` name declared classes",
  why:
    "What has to be confirmed, and how sure the agent has to be, stands with the class. An action treated as a class that does not " +
    "exist would be asked nothing.",
  avoid: `policy notes.classes

tool notes.delete(path: path)

reversibility {
  class read
  class permanent above read confidence 0.95
  treat notes.delete as permenant
}
`,
  prefer: `policy notes.classes

tool notes.delete(path: path)

reversibility {
  class read
  class permanent above read confidence 0.95
  treat notes.delete as permanent
}
`,
  *check(context: CheckContext): Iterable<Found> {
    for (const [unit, name] of classUses(context.program)) {
      yield* unknown(context, unit, name, context.program.symbols.classes, kind);
    }
  },
};
