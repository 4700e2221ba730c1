import type { Span } from "../../../../diagnostics/diagnostic.js";
import type * as Ast from "../../../../syntax/ast.js";
import type { CheckContext, Rule } from "../../../program.js";
import { commission } from "../snippets.js";
import { idleDiscernment, idleGrounding, idleReversibility, idleScope } from "../support/idle.js";
import type { Found } from "../support/found.js";
import { declarationsIn } from "../support/walk.js";

export const idleValidator: Rule = {
  code: "lint/idle-validator",
  severity: "warning",
  whole: true,
  summary: "each of the four validators can stop something",
  why:
    "The four ask different things, and none answers for another. One that can never stop an action makes the policy look as if it " +
    "were asked. Only what is certain is reported: a line that could ever say no is enough.",
  avoid: commission({}, { grounding: "unsupported at most 0.9" }),
  prefer: commission(),
  *check(context: CheckContext): Iterable<Found> {
    // A base may leave a validator to what extends it.
    if (context.program.intentUnit === undefined) return;
    for (const [kind, idle, help] of questions) {
      const why = idle(context);
      const span = why === undefined ? undefined : blockSpan(context, kind);
      if (why === undefined || span === undefined) continue;
      yield {
        message: `${kind.toLowerCase()} can never stop anything: ${why}`,
        span,
        label: "lets everything through",
        help,
      };
    }
  },
};

type Kind = "Scope" | "Grounding" | "Reversibility" | "Discernment";

const questions: readonly (readonly [Kind, (context: CheckContext) => string | undefined, string])[] = [
  ["Scope", idleScope, "bound the permits by `when`, or write a `forbid` or a `limit`"],
  [
    "Grounding",
    idleGrounding,
    "write a `ground` line: what has to be so in the world, for the action to be right",
  ],
  [
    "Reversibility",
    idleReversibility,
    "let the graver class ask for `confidence`, `confirm` or `limit`, and treat something as it",
  ],
  ["Discernment", idleDiscernment, "write a `gray` line above the threshold, for what a person should judge"],
];

/** The keyword of the block: in the file with the intent, else in the last that writes it. */
function blockSpan({ program }: CheckContext, kind: Kind): Span | undefined {
  const units = [...program.units].reverse();
  const first = program.intentUnit === undefined ? units : [program.intentUnit, ...units];
  const block = first.flatMap((unit): Ast.Declaration[] => declarationsIn(unit, kind)).at(0);
  return block === undefined ? undefined : { ...block.span, end: block.span.start + kind.length };
}
