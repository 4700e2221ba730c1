import type { Diagnostic, Edit } from "../diagnostics/diagnostic.js";

/** What fixing gives. */
export interface Fixed {
  /** The new texts of the files that changed. */
  readonly texts: ReadonlyMap<string, string>;
  /** What was fixed. */
  readonly applied: readonly Diagnostic[];
}

/**
 * The diagnostics whose repairs can be made together. A repair is taken whole or not at all; of two that touch the same place the
 * first counts.
 */
export function compatible(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const taken = new Map<string, Edit[]>();
  return diagnostics.filter(({ fix }) => {
    const edits = fix?.edits ?? [];
    const free = edits.every((edit, i) =>
      [...(taken.get(edit.span.file) ?? []), ...edits.slice(0, i)].every((other) => !meets(edit, other)),
    );
    if (edits.length === 0 || !free) return false;
    for (const edit of edits) taken.set(edit.span.file, [...(taken.get(edit.span.file) ?? []), edit]);
    return true;
  });
}

/**
 * Applies the certain repairs of diagnostics to the texts they are about, as far as they are `compatible`; the others are left for
 * the next round. Files without a text are left alone.
 */
export function applyFixes(diagnostics: readonly Diagnostic[], sources: ReadonlyMap<string, string>): Fixed {
  const applied = compatible(
    diagnostics.filter(({ fix }) => fix?.edits.every(({ span }) => isInside(span, sources.get(span.file)))),
  );
  const byFile = new Map<string, Edit[]>();
  for (const edit of applied.flatMap(({ fix }) => fix?.edits ?? []))
    byFile.set(edit.span.file, [...(byFile.get(edit.span.file) ?? []), edit]);
  const texts = new Map([...byFile].map(([file, edits]) => [file, edited(sources.get(file) ?? "", edits)]));
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
