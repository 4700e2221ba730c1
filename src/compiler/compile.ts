import { type Diagnostic, hasErrors } from "../diagnostics/diagnostic.js";
import { parsePolicy } from "../syntax/parse.js";
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

/** A policy read and checked, but not lowered: what an editor asks about. */
export interface Analysis {
  /** Absent where the entry file could not be read. */
  readonly context: CheckContext | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: ReadonlyMap<string, string>;
}

/** Reads and checks a policy file with all it extends. `parse` may remember files that have not changed. */
export function analysePolicy(path: string, files: Files, parse = parsePolicy): Analysis {
  const loaded = loadUnits(path, files, parse);
  const { sources } = loaded;
  if (loaded.entry === undefined) {
    const diagnostics = loaded.problems.map((problem) => ({ ...problem, severity: "error" as const }));
    return { context: undefined, diagnostics, sources };
  }
  const context = contextOf(loaded, loaded.entry, files);
  return { context, diagnostics: [...loaded.diagnostics, ...runRules(rules, context)], sources };
}

/** Compiles a policy file with all it extends (architecture.md, *What flows*). Never throws, and never stops at the first error. */
export function compilePolicy(path: string, files: Files): CompileResult {
  return lowerAnalysis(analysePolicy(path, files));
}

/** Compiles what has been read and checked. */
export function lowerAnalysis({ context, diagnostics, sources }: Analysis): CompileResult {
  const policy = context === undefined || hasErrors(diagnostics) ? null : lowerPolicy(context);
  return resultOf(policy, diagnostics, sources);
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
