import type { CheckContext, Rule } from "../../program.js";
import { commission } from "./snippets.js";
import type { Found } from "./support/found.js";
import { declarationsIn, statementsIn } from "./support/walk.js";
import { commissionIsWhole, isBroken } from "./support/whole.js";

export const missingOtherwise: Rule = {
  code: "check/missing-otherwise",
  severity: "error",
  summary: "a commission says which class an action has that no `treat` line covers",
  why:
    "There is always an action that nobody thought of when the classes were written. Without `otherwise` it would have no class, " +
    "and nothing would be asked of it. Naming the gravest class is the careful choice.",
  avoid: commission(
    {},
    {
      reversibility: `
        class read
        class permanent above read confirm owner
        treat notes.read as read`,
    },
  ),
  prefer: commission(
    {},
    {
      reversibility: `
        class read
        class permanent above read confirm owner
        treat notes.read as read
        otherwise permanent`,
    },
  ),
  *check(context: CheckContext): Iterable<Found> {
    const { intentUnit, units } = context.program;
    if (intentUnit === undefined || !commissionIsWhole(context)) return;
    const own = units.filter((unit) => unit.commission);
    const blocks = own.flatMap((unit) => declarationsIn(unit, "Reversibility"));
    const last = blocks.at(-1);
    if (last === undefined || blocks.some((block) => isBroken(context.program, block))) return;
    if (own.some((unit) => [...statementsIn(unit, "Otherwise")].length > 0)) return;
    yield {
      message: "the commission does not say which class an action has that no `treat` line covers",
      span: { ...last.span, end: last.span.start + "reversibility".length },
      label: "has no `otherwise`",
      help: "write `otherwise CLASS`; the gravest class is the careful choice",
    };
  },
};
