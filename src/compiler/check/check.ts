import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import type { CheckContext, Rule } from "../program.js";

/** Runs every rule; each diagnostic has its rule's code and severity (architecture.md, habit 2). */
export function runRules(rules: readonly Rule[], context: CheckContext): Diagnostic[] {
  return rules.flatMap((rule) =>
    [...rule.check(context)].map((found) => ({ ...found, code: rule.code, severity: rule.severity })),
  );
}
