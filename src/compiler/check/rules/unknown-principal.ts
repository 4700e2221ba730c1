import type { CheckContext, Rule } from "../../program.js";
import { principalUses } from "../uses.js";
import type { Found } from "./support/found.js";
import { unknown } from "./support/unknown.js";

const kind = { noun: "principal", help: 'declare who it is: `principal NAME "display name"`' };

export const unknownPrincipal: Rule = {
  code: "check/unknown-principal",
  severity: "error",
  summary: "whoever is asked, or has to confirm, is a declared principal",
  why:
    "A question or a confirmation goes to somebody who exists. A misspelt name would hold an action for ever, or let it be asked " +
    "of nobody.",
  avoid: `policy notes.rules

principal owner "Head of the team"

reversibility {
  class permanent confirm ownr
}
`,
  prefer: `policy notes.rules

principal owner "Head of the team"

reversibility {
  class permanent confirm owner
}
`,
  *check(context: CheckContext): Iterable<Found> {
    for (const [unit, name] of principalUses(context.program)) {
      yield* unknown(context, unit, name, context.program.symbols.principals, kind);
    }
  },
};
