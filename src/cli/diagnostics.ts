import {
  compareDiagnostics,
  type Diagnostic,
  indexLines,
  type PolicyFile,
  renderDiagnostics,
  type Span,
} from "../index.js";

/** The texts of source files by the names diagnostics use. */
export type Sources = ReadonlyMap<string, string>;

/** Diagnostics of several policies, each once: two that extend one file would both report what is wrong in it. */
export function gathered(files: readonly PolicyFile[]): { diagnostics: Diagnostic[]; sources: Sources } {
  const once = new Map<string, Diagnostic>();
  const sources = new Map<string, string>();
  for (const file of files) {
    for (const [name, text] of file.sources) sources.set(name, text);
    for (const one of file.diagnostics) once.set(JSON.stringify([one.code, one.span, one.message]), one);
  }
  return { diagnostics: [...once.values()].sort(compareDiagnostics), sources };
}

/** Diagnostics as text, with code frames; empty where there are none. */
export function diagnosticsText(
  diagnostics: readonly Diagnostic[],
  sources: Sources,
  color: boolean,
): string {
  if (diagnostics.length === 0) return "";
  return `${renderDiagnostics(diagnostics, (file) => sources.get(file), { color })}\n`;
}

/** Diagnostics as data: as they are, and every span with lines and columns, which count from 1, besides its offsets. */
export function diagnosticsJson(diagnostics: readonly Diagnostic[], sources: Sources): object[] {
  const lines = new Map([...sources].map(([file, text]) => [file, indexLines(text)]));
  const placed = (span: Span): object => {
    const index = lines.get(span.file);
    if (index === undefined) return { ...span, line: 1, column: 1, endLine: 1, endColumn: 1 };
    const [from, to] = [index.positionAt(span.start), index.positionAt(span.end)];
    return { ...span, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
  };
  return diagnostics.map(({ span, related, fix, ...rest }) => ({
    ...rest,
    span: placed(span),
    ...(related === undefined
      ? {}
      : { related: related.map((label) => ({ ...label, span: placed(label.span) })) }),
    ...(fix === undefined
      ? {}
      : { fix: { ...fix, edits: fix.edits.map((edit) => ({ ...edit, span: placed(edit.span) })) } }),
  }));
}

/** Whether the policy's own file could not be read, or what was built is broken: nothing was checked. */
export function isUnreadable({ diagnostics, sources }: PolicyFile): boolean {
  return diagnostics.some(
    (one) =>
      one.code.startsWith("load/") || (one.code === "check/unreadable-file" && !sources.has(one.span.file)),
  );
}
