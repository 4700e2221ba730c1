import type { Diagnostic, Edit } from "../diagnostics/diagnostic.js";

/** What fixing gives. */
export interface Fixed {
  /** The new texts of the files that changed. */
  readonly texts: ReadonlyMap<string, string>;
  /** What was fixed. */
  readonly applied: readonly Diagnostic[];
}

/**
 * Applies the certain repairs of diagnostics to the texts they are about. A fix is applied whole or not at all; of two that
 * touch the same place the first in the file counts, and the other is left for the next round. Files without a text are left alone.
 */
export function applyFixes(diagnostics: readonly Diagnostic[], sources: ReadonlyMap<string, string>): Fixed {
  const taken = new Map<string, Edit[]>();
  const applied: Diagnostic[] = [];
  for (const diagnostic of diagnostics) {
    const edits = diagnostic.fix?.edits ?? [];
    if (edits.length === 0 || !edits.every(({ span }) => isInside(span, sources.get(span.file)))) continue;
    const free = edits.every((edit, i) =>
      [...(taken.get(edit.span.file) ?? []), ...edits.slice(0, i)].every((other) => !meets(edit, other)),
    );
    if (!free) continue;
    for (const edit of edits) taken.set(edit.span.file, [...(taken.get(edit.span.file) ?? []), edit]);
    applied.push(diagnostic);
  }
  const texts = new Map([...taken].map(([file, edits]) => [file, edited(sources.get(file) ?? "", edits)]));
  return { texts, applied };
}

const isInside = ({ start, end }: Edit["span"], text: string | undefined): boolean =>
  text !== undefined && start >= 0 && start <= end && end <= text.length;

/** Whether two edits of one file touch: also where they meet, for the order of two insertions there would be chance. */
const meets = ({ span: a }: Edit, { span: b }: Edit): boolean =>
  a.file === b.file && a.start <= b.end && b.start <= a.end;

function edited(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { span, text: written } of [...edits].sort((a, b) => a.span.start - b.span.start)) {
    parts.push(text.slice(at, span.start), written);
    at = span.end;
  }
  return parts.join("") + text.slice(at);
}
