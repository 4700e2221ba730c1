import type { CheckContext, Rule } from "../../program.js";
import { commission } from "./snippets.js";
import type { Found } from "./support/found.js";
import { unknown } from "./support/unknown.js";
import { nodesOfKind, statementsOf } from "./support/walk.js";
import type { Held } from "../../../syntax/ast.js";

const kind = {
  noun: "bullet",
  help: "name one of the three bullets of the intent",
};

type HeldBullet = Extract<Held, { readonly kind: "HeldBullet" }>;

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
    for (const { unit, node } of statementsOf(context.program, "Permit")) {
      for (const name of node.serving) yield* unknown(context, unit, name, bullets, kind);
    }
    for (const { unit, node } of statementsOf(context.program, "Hold")) {
      for (const held of nodesOfKind<HeldBullet>(node, "HeldBullet")) {
        if (held.name === "*") continue;
        yield* unknown(context, unit, { text: held.name, span: held.span }, bullets, kind);
      }
    }
  },
};
