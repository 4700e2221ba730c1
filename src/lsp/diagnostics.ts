import { type Diagnostic as LspDiagnostic, DiagnosticSeverity } from "vscode-languageserver";
import { compareDiagnostics, type Diagnostic, type Severity } from "../diagnostics/diagnostic.js";
import type { Workspace } from "./workspace.js";

/** No file shows more; an editor that gets thousands of them is of no use. */
const mostDiagnostics = 500;

const severities: { readonly [S in Severity]: DiagnosticSeverity } = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  hint: DiagnosticSeverity.Hint,
};

/** A diagnostic as the protocol writes it; the help stands below the message. */
export function toLsp(diagnostic: Diagnostic, workspace: Workspace): LspDiagnostic {
  const { code, severity, message, span, label, related, help } = diagnostic;
  return {
    range: workspace.rangeOf(span),
    severity: severities[severity],
    code,
    source: "reshimu",
    message: [
      label === undefined || label === "" ? message : `${message} (${label})`,
      ...(help === undefined ? [] : [`help: ${help}`]),
    ].join("\n"),
    ...(related === undefined
      ? {}
      : {
          relatedInformation: related.map((one) => ({
            location: { uri: workspace.uriOf(one.span.file), range: workspace.rangeOf(one.span) },
            message: one.text,
          })),
        }),
  };
}

/** What is told of each file by all the entries that read it, each finding once. */
export class Findings {
  readonly #byEntry = new Map<string, ReadonlyMap<string, readonly Diagnostic[]>>();

  /** Takes in what checking an entry gave; gives the files of which something else is told now. */
  set(entry: string, diagnostics: readonly Diagnostic[]): ReadonlySet<string> {
    const earlier = this.#byEntry.get(entry);
    const byFile = new Map<string, Diagnostic[]>();
    for (const diagnostic of diagnostics) {
      const { file } = diagnostic.span;
      byFile.set(file, [...(byFile.get(file) ?? []), diagnostic]);
    }
    if (diagnostics.length > 0) this.#byEntry.set(entry, byFile);
    else this.#byEntry.delete(entry);
    return new Set([...(earlier?.keys() ?? []), ...byFile.keys()]);
  }

  /** What is told of a file, sorted by place. */
  of(file: string): readonly Diagnostic[] {
    const found = new Map<string, Diagnostic>();
    for (const byFile of this.#byEntry.values())
      for (const diagnostic of byFile.get(file) ?? []) {
        const { code, span, message } = diagnostic;
        found.set(`${code} ${span.start} ${span.end} ${message}`, diagnostic);
      }
    return [...found.values()].sort(compareDiagnostics).slice(0, mostDiagnostics);
  }
}
