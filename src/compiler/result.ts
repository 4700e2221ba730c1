import { compareDiagnostics, type Diagnostic } from "../diagnostics/diagnostic.js";
import type { PolicyIr } from "../ir/policy.js";

/** What compiling gives: a policy unless there was an error, and all there is to say about the text. */
export interface CompileResult {
  /** Null iff a diagnostic is an error. */
  readonly policy: PolicyIr | null;
  /** Sorted by place. */
  readonly diagnostics: readonly Diagnostic[];
  /** The texts of the files read, by the path that diagnostics name. */
  readonly sources: ReadonlyMap<string, string>;
}

/** The result, its diagnostics sorted so that output is the same every time. */
export function resultOf(
  policy: PolicyIr | null,
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, string>,
): CompileResult {
  return { policy, diagnostics: [...diagnostics].sort(compareDiagnostics), sources };
}
