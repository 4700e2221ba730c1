import { type Diagnostic, hasErrors } from "../../diagnostics/diagnostic.js";
import type { CheckContext, Rule } from "../program.js";
import { allWhole } from "./rules/support/whole.js";
import { isSuppressed, suppressionsOf } from "./suppressions.js";

/**
 * Runs every rule, in order; each diagnostic has its rule's code and severity (architecture.md, habit 2). What a comment of its
 * file allows is left out.
 */
export function runRules(rules: readonly Rule[], context: CheckContext): Diagnostic[] {
  const found: Diagnostic[] = [];
  const codes = new Set<string>(rules.map((rule) => rule.code));
  for (const rule of rules) {
    if (rule.whole && (hasErrors(found) || !allWhole(context))) continue;
    for (const one of once([...rule.check(context, { codes, found })]))
      found.push({ ...one, code: rule.code, severity: rule.severity });
  }
  const suppressions = context.program.units.flatMap(suppressionsOf);
  return found.filter((one) => !isSuppressed(one, suppressions));
}

/** What stands in a test with rows is looked at once a row: each slip is told once. */
function once<T extends Pick<Diagnostic, "span" | "message">>(found: readonly T[]): readonly T[] {
  if (found.length < 2) return found;
  return [...new Map(found.map((one) => [JSON.stringify([one.span, one.message]), one])).values()];
}
