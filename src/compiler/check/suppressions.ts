import type { Diagnostic, Span } from "../../diagnostics/diagnostic.js";
import { indexLines, type LineIndex, type LineRange } from "../../diagnostics/lines.js";
import type { Declaration } from "../../syntax/ast.js";
import type { Unit } from "../program.js";

/** A comment `// reshimu-allow CODE: reason`: what it says, and which part of the file it is about. */
export interface Suppression {
  /** The comment. */
  readonly span: Span;
  /** Empty where none is written. */
  readonly code: string;
  readonly reason: string;
  /**
   * The line it stands on, or, where it stands alone, the next line that is no comment; and of a statement that begins there
   * all its lines.
   */
  readonly about: { readonly start: number; readonly end: number };
}

/** How the comment begins. */
const form = /^\/\/\s*reshimu-allow\b[ \t]*([^\s:]*)[ \t]*:?(.*)$/;

/** Reports that no comment can take away: those about the comments themselves. */
const notSuppressible: readonly string[] = ["lint/bad-suppression", "lint/unused-suppression"];

/** Whether reports of a code may be suppressed: a lint's may, an error's never. */
export const isSuppressible = (code: string): boolean =>
  code.startsWith("lint/") && !notSuppressible.includes(code);

const known = new WeakMap<Unit, readonly Suppression[]>();

/** The suppressions that a file writes, in file order; those that are not well-formed among them. */
export function suppressionsOf(unit: Unit): readonly Suppression[] {
  const found = known.get(unit) ?? readSuppressions(unit);
  known.set(unit, found);
  return found;
}

function readSuppressions(unit: Unit): Suppression[] {
  const written = unit.comments.flatMap(({ span, text }) => {
    const [whole, code = "", reason = ""] = form.exec(text) ?? [];
    return whole === undefined ? [] : [{ span, code, reason: reason.trim() }];
  });
  if (written.length === 0) return [];
  const starts = statementStarts(unit);
  const lines = indexLines(unit.source.text);
  return written.map((one) => ({ ...one, about: aboutOf(unit.source.text, lines, one.span, starts) }));
}

function aboutOf(
  text: string,
  lines: LineIndex,
  comment: Span,
  starts: ReadonlyMap<number, number>,
): Suppression["about"] {
  const isComment = (range: LineRange): boolean => /^\s*\/\//.test(text.slice(range.start, range.end));
  let line = lines.positionAt(comment.start).line;
  while (line < lines.lineCount && isComment(lines.rangeOf(line))) line += 1;
  const { start, end } = lines.rangeOf(line);
  const first = start + (end - start - text.slice(start, end).trimStart().length);
  return { start, end: Math.max(end, starts.get(first) ?? 0) };
}

/** Where each statement, and each declaration that is no block, begins and ends. */
function statementStarts({ document }: Unit): ReadonlyMap<number, number> {
  const spans = document.declarations.flatMap((declaration: Declaration): Span[] => {
    const { span } = declaration;
    if (!("statements" in declaration)) return [span];
    return declaration.statements.map((statement) => statement.span);
  });
  return new Map(spans.map(({ start, end }) => [start, end]));
}

/** Whether a suppression, well-formed, takes a report away. */
export function suppresses(one: Suppression, { code, span }: Pick<Diagnostic, "code" | "span">): boolean {
  return (
    one.code === code &&
    one.reason !== "" &&
    isSuppressible(code) &&
    one.span.file === span.file &&
    span.start >= one.about.start &&
    span.start <= one.about.end
  );
}

export const isSuppressed = (found: Diagnostic, suppressions: readonly Suppression[]): boolean =>
  suppressions.some((one) => suppresses(one, found));
