import type * as Ast from "../../../../syntax/ast.js";
import type { CheckContext, Rule } from "../../../program.js";
import { commission } from "../snippets.js";
import { isUnconditional } from "../support/conditions.js";
import { type Found, quote } from "../support/found.js";
import { coversOne, namesOf } from "../support/tools.js";
import { statementsIn, statementsOf } from "../support/walk.js";

const policy = (scope: string): string =>
  commission({
    tools: `
      tool notes.remove(path: path)`,
    scope,
    reversibility: `
      treat notes.remove as read
      treat notes.write as permanent by notes.remove(path: path) within 30d`,
  });

export const undoNotPermitted: Rule = {
  code: "lint/undo-not-permitted",
  severity: "warning",
  whole: true,
  summary: "the tool that undoes an action may be used",
  why:
    "An undo plan goes into the decision, and somebody relies on it. A plan whose tool is permitted to nobody is no plan: when it is " +
    "needed, the undo itself is outside the commission.",
  avoid: policy(""),
  prefer: policy(`
    permit notes.remove serving summarise
      when path within "/notes/summaries"`),
  *check(context: CheckContext): Iterable<Found> {
    if (context.program.intentUnit === undefined) return;
    for (const { unit, node } of statementsOf(context.program, "Treat")) {
      if (node.undo === undefined || !unit.commission) continue;
      const { tool } = node.undo.call;
      if (!context.program.symbols.tools.has(tool.text)) continue;
      const problem = whyNot(context, node, tool.text);
      if (problem === undefined) continue;
      yield {
        message: `${quote(tool.text)}, which undoes this, ${problem}`,
        span: tool.span,
        label: "cannot be done",
        help: "let it be used where the action is, or take the `by` away",
      };
    }
  },
};

/** Layers above the commission narrow on purpose, and are not looked at. */
function whyNot(context: CheckContext, node: Ast.TreatStatement, tool: string): string | undefined {
  const units = context.program.units.filter((unit) => unit.commission);
  for (const unit of units) {
    const lines = [...statementsIn(unit, "Permit")].filter(({ tools }) => coversOne(tools, tool));
    const writesScope = unit.document.declarations.some(({ kind }) => kind === "Scope");
    if (writesScope && !lines.some(({ effect }) => effect === "permit")) return "is permitted by no line";
    if (lines.some(({ effect, when }) => effect === "forbid" && isUnconditional(when, context)))
      return "is forbidden in any case";
  }
  const acting = namesOf(node.tools, context);
  const [above, actor] = [new Set<string>(), { name: "" }];
  for (const { name, uses } of context.holdings) {
    for (const used of uses) above.add(used);
    if ([...acting].some((one) => uses.has(one)) && !above.has(tool)) actor.name = name;
  }
  return actor.name === ""
    ? undefined
    : `may be used neither by the tier ${quote(actor.name)}, which may do it, nor above`;
}
