import type { Diagnostic, Edit, Label, Span } from "../diagnostics/diagnostic.js";
import type { SyntaxCode } from "./codes.js";

/** No file gets more syntax diagnostics than this; the last says that more were left out. */
export const mostFindings = 100;

/** What a syntax diagnostic says beside its code, place and message. */
export interface Advice {
  readonly label?: string | undefined;
  readonly related?: readonly Label[] | undefined;
  readonly help?: string | undefined;
  readonly fix?: { readonly title: string; readonly edits: readonly Edit[] } | undefined;
}

export function syntaxError(code: SyntaxCode, span: Span, message: string, advice: Advice = {}): Diagnostic {
  const { label, related, help, fix } = advice;
  return {
    code,
    severity: "error",
    message,
    span,
    ...(label !== undefined && { label }),
    ...(related !== undefined && { related }),
    ...(help !== undefined && { help }),
    ...(fix !== undefined && { fix }),
  };
}

/** A repair that replaces one range. */
export function replacement(title: string, span: Span, text: string): NonNullable<Advice["fix"]> {
  return { title, edits: [{ span, text }] };
}

/** The findings of one file while it is read. It keeps no more than can ever be shown. */
export class Findings {
  private readonly found: Diagnostic[] = [];

  get full(): boolean {
    return this.found.length > mostFindings;
  }

  add(diagnostic: Diagnostic): void {
    if (!this.full) this.found.push(diagnostic);
  }

  addAll(diagnostics: Iterable<Diagnostic>): void {
    for (const diagnostic of diagnostics) this.add(diagnostic);
  }

  /** In file order, and never more than `mostFindings`. */
  list(): readonly Diagnostic[] {
    const ordered = this.found.toSorted((a, b) => a.span.start - b.span.start);
    if (ordered.length <= mostFindings) return ordered;
    return [...ordered.slice(0, mostFindings - 1), withMore(ordered[mostFindings - 1] as Diagnostic)];
  }
}

function withMore(last: Diagnostic): Diagnostic {
  return { ...last, message: `${last.message}; there are more errors after this one, which are not shown` };
}

/** A text of the user in backquotes, shortened where it is long. */
export function quoted(text: string): string {
  const plain = text.replaceAll(/[`\n\r]/g, " ").trim();
  return `\`${plain.length > 40 ? `${plain.slice(0, 37)}...` : plain}\``;
}
