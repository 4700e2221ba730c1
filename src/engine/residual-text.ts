import type { Predicate } from "../ir/predicate.js";
import { printPredicate } from "../ir/print-predicate.js";
import { namesOfTypes } from "../ir/print-types.js";
import { variant } from "../logic/frame.js";
import { residualOf } from "../logic/residual.js";
import type { Case } from "../validators/case.js";

/** In characters: what is longer is told by the line of the policy alone. */
const longestText = 1_000;

/**
 * What is left of a statement's condition once all that is known is put in, in the language (semantics.md, *The Beiur report*, 1);
 * undefined where nothing is left, where it has no text, and of a statement without a condition.
 */
export function residualText(c: Case, id: string): string | undefined {
  const condition = conditionOf(c, id);
  if (condition === undefined) return undefined;
  const residual = residualIn(c, condition);
  const text = typeof residual === "boolean" ? undefined : printPredicate(residual, namesIn(c));
  return text === undefined || text.length > longestText ? undefined : text;
}

/** The same as a predicate. */
export function residualIn({ plan: { tool, reader }, full, policy }: Case, condition: Predicate): Predicate {
  return residualOf(condition, {
    params: reader.slots,
    annotated: tool.annotated,
    frame: variant(full, {}),
    names: namesOfTypes(policy, [tool.name]),
  });
}

const namesIn = ({ policy, plan }: Case) => namesOfTypes(policy, [plan.tool.name]);

/** The condition of a statement that speaks of the tool; undefined of limits, which have none. */
function conditionOf({ plan }: Case, id: string): Predicate | undefined {
  for (const { scope, grounds, treats, grays } of plan.layers)
    for (const statements of [scope?.permits, scope?.forbids, treats, grays, grounds]) {
      const found = statements?.all.find(({ ir }) => ir.id === id);
      if (found !== undefined) return found.condition;
    }
  return undefined;
}
