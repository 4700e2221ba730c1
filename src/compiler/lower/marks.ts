import type { Span } from "../../diagnostics/diagnostic.js";
import type { LineIndex } from "../../diagnostics/lines.js";
import type { Mark, Written } from "../../ir/policy.js";
import type { Predicate } from "../../ir/predicate.js";
import { subRulesOf } from "../../ir/sub-rules.js";
import type { Expression } from "../../syntax/ast.js";
import { operandsOf } from "../chains.js";
import type { Place } from "./predicate.js";

/** An expression of a statement, and what it was lowered to. */
export interface Lowered {
  readonly role: Written["role"];
  readonly expression: Expression;
  readonly rule: Predicate;
}

/** Longer conditions, and those of more sub-expressions, are told as a whole. */
const longestText = 5_000;
const mostMarks = 1_000;
/** What stands before a condition on its line is shown as well, unless it is longer. */
const longestLead = 200;

/** A condition's own text with a mark for each sub-expression (ir/policy.ts, `conditions`); none where it is too long. */
export function writtenOf(
  { text, positionAt, rangeOf }: LineIndex,
  lowered: Lowered,
  place: Place,
): Written[] {
  const { span } = lowered.expression;
  const { line, column } = positionAt(span.start);
  const start = column - 1 > longestLead ? span.start : rangeOf(line).start;
  if (span.end - start > longestText) return [];
  const marks: Mark[] = [];
  const visit = (rule: Predicate, at: readonly number[]): void => {
    if (marks.length >= mostMarks) return;
    const expression = typeof rule === "object" ? place.origins.get(rule) : undefined;
    if (expression !== undefined) marks.push(markOf(expression, at, text, start, place));
    for (const sub of subRulesOf(rule)) visit(sub.rule, [...at, ...sub.steps]);
  };
  visit(lowered.rule, []);
  const { role } = lowered;
  return [
    {
      role,
      text: text.slice(start, span.end).toWellFormed(),
      line,
      column: column - (span.start - start),
      marks,
    },
  ];
}

function markOf(
  expression: Expression,
  at: readonly number[],
  text: string,
  start: number,
  { types }: Place,
): Mark {
  const { span } = expression;
  const type = types.get(expression);
  return {
    at: [...at],
    from: span.start - start,
    to: span.end - start,
    anchor: anchorOf(expression, text) - start,
    ...(type === "time" || type === "duration" ? { type } : {}),
  };
}

/** Where the value is shown: at the operator of an expression that has one between its operands, else at the beginning. */
function anchorOf(expression: Expression, text: string): number {
  switch (expression.kind) {
    case "Binary": {
      const [first = expression.left, second = expression.right] =
        expression.operator === "and" || expression.operator === "or"
          ? operandsOf(expression)
          : [expression.left, expression.right];
      return wordBetween(first.span, second.span.start, expression.operator.split(" ")[0] as string, text);
    }
    case "Match":
      return wordBetween(expression.operand.span, expression.pattern.span.start, expression.operator, text);
    case "TracedTo":
      return wordBetween(expression.operand.span, expression.span.end, "traced", text);
    default:
      return expression.span.start;
  }
}

/** Between two operands stand the operator, brackets and comments, and nothing else. */
function wordBetween(left: Span, end: number, word: string, text: string): number {
  const between = text.slice(left.end, end).replace(/\/\/[^\n\r]*/g, (comment) => " ".repeat(comment.length));
  const found = between.indexOf(word);
  return found < 0 ? left.start : left.end + found;
}
