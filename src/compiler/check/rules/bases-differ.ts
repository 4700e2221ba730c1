import type * as Ast from "../../../syntax/ast.js";
import type { CheckContext, Rule, Unit } from "../../program.js";
import { commission } from "./snippets.js";
import type { Found } from "./support/found.js";
import { declarationsIn, statementsIn } from "./support/walk.js";
import { isBroken, isWhole } from "./support/whole.js";

const base = (principal: string, hours: number): string => `policy base.${principal}

principal ${principal} "The ${principal} team"

discernment {
  escalate ${principal} within ${hours}h
}
`;

export const basesDiffer: Rule = {
  code: "check/bases-differ",
  severity: "error",
  summary: "where a commission takes its `escalate` from the policies it extends, they agree",
  why:
    "A question goes one way: to this principal first, then to that one. If the policy that writes the intent leaves the way to " +
    "its bases and they name different ones, either choice would ask somebody whom one of the two did not mean.",
  avoid: commission(
    {},
    { header: 'policy notes.summary extends "day.reshimu", "night.reshimu"', discernment: "threshold 0.3" },
  ),
  prefer: commission(
    {},
    {
      header: 'policy notes.summary extends "day.reshimu", "night.reshimu"',
      discernment: `
        threshold 0.3
        escalate day within 2h, then night within 8h`,
    },
  ),
  files: { "day.reshimu": base("day", 2), "night.reshimu": base("night", 8) },
  *check(context: CheckContext): Iterable<Found> {
    const { intentUnit } = context.program;
    if (intentUnit === undefined || intentUnit.document.kind !== "Policy") return;
    const blocks = declarationsIn(intentUnit, "Discernment");
    if (!isWhole(intentUnit) || blocks.some((block) => isBroken(context.program, block))) return;
    const [first, ...others] = escalationsOf(intentUnit);
    const other = others.find((escalate) => first !== undefined && written(escalate) !== written(first));
    if (first === undefined || other === undefined) return;
    const { header, span } = intentUnit.document;
    yield {
      message: "the policies that the commission extends ask different principals, or wait differently long",
      span: header?.span ?? span,
      label: "leaves `escalate` to its bases",
      related: [
        { span: first.span, text: "one says this" },
        { span: other.span, text: "another says this" },
      ],
      help: "write the `escalate` that is meant into the policy that writes the intent",
    };
  },
};

/** A file's own `escalate`, else those it takes over from its bases; a base that several share is read once. */
function escalationsOf(unit: Unit, seen: Set<Unit> = new Set()): Ast.EscalateStatement[] {
  if (seen.has(unit)) return [];
  seen.add(unit);
  const own = [...statementsIn(unit, "Escalate")];
  return own.length > 0 ? own.slice(0, 1) : unit.bases.flatMap((inner) => escalationsOf(inner, seen));
}

const written = ({ steps }: Ast.EscalateStatement): string =>
  JSON.stringify(steps.map((step) => [step.principal.text, step.within.milliseconds]));
