import type { CheckContext, Rule } from "../../../program.js";
import { commission } from "../snippets.js";
import { certainClass, chainOf } from "../support/classes.js";
import { type Found, quote } from "../support/found.js";
import { statementsOf } from "../support/walk.js";

const policy = (treat: string): string =>
  commission(
    {
      tools: "tool notes.remove(path: path)",
      scope: `
        permit notes.remove serving summarise
          when path within "/notes/summaries"`,
    },
    {
      reversibility: `
        class read
        class undoable above read confidence 0.6
        class permanent above undoable confirm owner
        treat notes.read as read
        treat notes.write as undoable by notes.remove(path: path) within 30d
        ${treat}
        otherwise permanent`,
    },
  );

export const undoTooGrave: Rule = {
  code: "lint/undo-too-grave",
  severity: "warning",
  whole: true,
  summary: "what undoes an action is not itself of the gravest class",
  why:
    "An action counts as milder because it can be taken back. If taking it back cannot be taken back itself, and waits for the same " +
    "word, then the milder class was given too early, or the undo has no `treat` line and falls under `otherwise`.",
  avoid: policy(""),
  prefer: policy("treat notes.remove as undoable"),
  *check(context: CheckContext): Iterable<Found> {
    if (context.program.intentUnit === undefined) return;
    const chain = chainOf(context).map((one) => one.name);
    const gravest = chain.at(-1);
    if (gravest === undefined) return;
    for (const { node } of statementsOf(context.program, "Treat")) {
      if (node.undo === undefined || node.as.text === gravest || !chain.includes(node.as.text)) continue;
      const { tool } = node.undo.call;
      if (!context.program.symbols.tools.has(tool.text) || certainClass(tool.text, context) !== gravest)
        continue;
      yield {
        message: `${quote(tool.text)}, which undoes this, is of the gravest class ${quote(gravest)} itself`,
        span: tool.span,
        label: `is ${quote(gravest)}`,
        related: [{ span: node.as.span, text: "milder than its undo" }],
        help: `write \`treat ${tool.text} as …\` with a milder class, or give the action the graver one`,
      };
    }
  },
};
