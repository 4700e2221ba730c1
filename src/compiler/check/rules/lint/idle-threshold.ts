import type { CheckContext, Rule } from "../../../program.js";
import { commission } from "../snippets.js";
import { chainOf } from "../support/classes.js";
import type { Found } from "../support/found.js";
import { statementsIn } from "../support/walk.js";

export const idleThreshold: Rule = {
  code: "lint/idle-threshold",
  severity: "warning",
  summary: "a threshold for a class is lower than those that hold for it anyway",
  why:
    "Of the thresholds that hold for an action the least counts: those without a class, and those of its own and of milder classes. " +
    "One that is not lower is never looked at, and graver actions get no more care than was there before.",
  avoid: commission({ discernment: "threshold 0.5 for permanent" }),
  prefer: commission({ discernment: "threshold 0.1 for permanent" }),
  *check(context: CheckContext): Iterable<Found> {
    const chain = chainOf(context).map((one) => one.name);
    for (const unit of context.program.units) {
      const all = [...statementsIn(unit, "Threshold")];
      for (const node of all) {
        const rank = chain.indexOf(node.for?.text ?? "");
        if (rank < 0) continue;
        const lower = all.find(
          (other) =>
            other !== node &&
            other.value.value <= node.value.value &&
            (other.for === undefined ||
              (chain.includes(other.for.text) && chain.indexOf(other.for.text) < rank)),
        );
        if (lower === undefined) continue;
        yield {
          message: "this threshold never counts: a threshold that is no higher holds here anyway",
          span: node.span,
          label: "is never looked at",
          related: [{ span: lower.span, text: "holds here too" }],
          help: `write a threshold below ${lower.value.value}, or take it away`,
        };
      }
    }
  },
};
