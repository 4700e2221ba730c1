import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import type { CheckContext, Rule } from "../program.js";

/** Runs every rule; each diagnostic has its rule's code and severity (architecture.md, habit 2). */
export function runRules(rules: readonly Rule[], context: CheckContext): Diagnostic[] {
  return rules.flatMap((rule) =>
    once([...rule.check(context)]).map((found) => ({ ...found, code: rule.code, severity: rule.severity })),
  );
}

/** What stands in a test with rows is looked at once a row: each slip is told once. */
function once<T extends Pick<Diagnostic, "span" | "message">>(found: readonly T[]): readonly T[] {
  if (found.length < 2) return found;
  return [...new Map(found.map((one) => [JSON.stringify([one.span, one.message]), one])).values()];
}
