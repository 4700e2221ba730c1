import { hasErrors } from "../diagnostics/diagnostic.js";
import { runRules } from "./check/check.js";
import { makeContext } from "./check/context.js";
import { rules } from "./check/rules/index.js";
import { loadUnits, type Loaded } from "./layers.js";
import { lowerPolicy } from "./lower/policy.js";
import type { CheckContext, Files, Program, Unit } from "./program.js";
import { type CompileResult, resultOf } from "./result.js";
import { collectSymbols } from "./symbols.js";

export { compileNarrowing } from "./narrowing.js";
export type { CompileResult } from "./result.js";

/** Compiles a policy file with all it extends (architecture.md, *What flows*). Never throws, and never stops at the first error. */
export function compilePolicy(path: string, files: Files): CompileResult {
  const loaded = loadUnits(path, files);
  if (loaded.entry === undefined) {
    const diagnostics = loaded.problems.map((problem) => ({ ...problem, severity: "error" as const }));
    return resultOf(null, diagnostics, loaded.sources);
  }
  const context = contextOf(loaded, loaded.entry, files);
  const diagnostics = [...loaded.diagnostics, ...runRules(rules, context)];
  return resultOf(hasErrors(diagnostics) ? null : lowerPolicy(context), diagnostics, loaded.sources);
}

function contextOf(loaded: Loaded, entry: Unit, files: Files): CheckContext {
  const { symbols, problems, incomplete } = collectSymbols(loaded.units, files);
  const program: Program = {
    entry,
    units: loaded.units,
    intentUnit: loaded.units.find(writesIntent),
    symbols,
    sources: loaded.sources,
  };
  return makeContext(program, {
    problems: [...loaded.problems, ...problems],
    incomplete: incomplete || loaded.problems.length > 0,
  });
}

const writesIntent = (unit: Unit): boolean =>
  unit.document.declarations.some((declaration) => declaration.kind === "Intent");
