import type { CheckContext, Rule } from "../../program.js";
import { bulletUses } from "../uses.js";
import { commission } from "./snippets.js";
import type { Found } from "./support/found.js";
import { unknown } from "./support/unknown.js";

const kind = {
  noun: "bullet",
  help: "name one of the three bullets of the intent",
};

export const unknownBullet: Rule = {
  code: "check/unknown-bullet",
  severity: "error",
  summary: "what a rule serves, and what a boundary carries, is a bullet of the intent",
  why:
    "`serving` says for whose sake a rule stands, so that a reviewer can ask whether the intent really wants it. A bullet that " +
    "does not exist justifies nothing. A base cannot serve the bullets of a policy that extends it: it does not know them.",
  avoid: commission({
    scope: `
      permit notes.write serving summarize
        when path within "/public"`,
  }),
  prefer: commission({
    scope: `
      permit notes.write serving summarise
        when path within "/public"`,
  }),
  *check(context: CheckContext): Iterable<Found> {
    const { bullets } = context.program.symbols;
    for (const [unit, name] of bulletUses(context.program))
      yield* unknown(context, unit, name, bullets, kind);
  },
};
