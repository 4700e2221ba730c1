import type { CheckContext, Rule } from "../../program.js";
import { commission } from "./snippets.js";
import type { Found } from "./support/found.js";
import { declarationsIn, statementsIn } from "./support/walk.js";
import { commissionIsWhole, isBroken } from "./support/whole.js";

export const missingEscalate: Rule = {
  code: "check/missing-escalate",
  severity: "error",
  summary: "a commission says who is asked, and for how long it waits",
  why:
    "A policy that can find an action unclear must be able to ask somebody. Without `escalate` a question would wait for ever and " +
    "the agent with it. The last step's time is also the answer: unanswered by then, the proposal is returned.",
  avoid: commission({}, { discernment: "threshold 0.3" }),
  prefer: commission(
    {},
    {
      discernment: `
        threshold 0.3
        escalate owner within 4h`,
    },
  ),
  *check(context: CheckContext): Iterable<Found> {
    const { intentUnit, units } = context.program;
    if (intentUnit === undefined || !commissionIsWhole(context)) return;
    const own = units.filter((unit) => unit.commission);
    const blocks = own.flatMap((unit) => declarationsIn(unit, "Discernment"));
    const last = blocks.at(-1);
    if (last === undefined || blocks.some((block) => isBroken(context.program, block))) return;
    if (own.some((unit) => [...statementsIn(unit, "Escalate")].length > 0)) return;
    yield {
      message: "the commission does not say who is asked when something is unclear",
      span: { ...last.span, end: last.span.start + "discernment".length },
      label: "has no `escalate`",
      help: "write `escalate PRINCIPAL within 4h`, and `, then …` for whoever stands behind",
    };
  },
};
