import type { Span } from "../../diagnostics/diagnostic.js";
import type { Declaration, Invalid } from "../../syntax/ast.js";
import type { Program } from "../program.js";

/**
 * The words that stand in parts that could not be parsed. A name among them may well be declared there, so that it is not
 * reported as unknown: one slip gives one diagnostic.
 */
export function wordsOfInvalid(program: Program): ReadonlySet<string> {
  const words = new Set<string>();
  for (const unit of program.units)
    for (const span of unit.document.declarations.flatMap(invalidSpans))
      for (const word of wordsIn(unit.source.text.slice(span.start, span.end))) words.add(word);
  return words;
}

function invalidSpans(declaration: Declaration): readonly Span[] {
  if (declaration.kind === "Invalid") return [declaration.span];
  if (!("statements" in declaration)) return [];
  const statements: readonly ({ readonly kind: string; readonly span: Span } | Invalid)[] =
    declaration.statements;
  return statements.filter((statement) => statement.kind === "Invalid").map((statement) => statement.span);
}

const wordsIn = (text: string): string[] =>
  [...text.matchAll(/`([^`\n]*)`|[A-Za-z_][A-Za-z0-9_]*/g)].map((match) => match[1] ?? match[0]);
