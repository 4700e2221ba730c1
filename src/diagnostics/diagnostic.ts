/** A half-open range of UTF-16 offsets in one source file. */
export interface Span {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** A further place a diagnostic points at, with what stands there. */
export interface Label {
  readonly span: Span;
  readonly text: string;
}

/** How much a finding weighs: only an error keeps a policy from being used. A hint is what may well be meant. */
export type Severity = "error" | "warning" | "hint";

export type DiagnosticCode = `${"syntax" | "check" | "lint" | "prove" | "load" | "test"}/${string}`;

/** One replacement of a range of source text. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** One finding about a source text, with where it is and what to do about it. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** One sentence, lower case, no full stop, the user's text in backticks. */
  readonly message: string;
  /** Where; the first is primary. */
  readonly span: Span;
  /** What stands at the primary span, a few words; may be empty. */
  readonly label?: string;
  readonly related?: readonly Label[];
  readonly help?: string;
  /** A repair that is certain. */
  readonly fix?: Fix;
}

/** A repair: all its edits or none. `title` says what it does, as an instruction. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** Whether any of the diagnostics is an error rather than a warning or a hint. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}

/** Orders diagnostics by file, start, code and message, so that output is deterministic. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.span.file, b.span.file) ||
    a.span.start - b.span.start ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  );
}

// By code unit, not by locale: the order must be the same on every machine.
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
