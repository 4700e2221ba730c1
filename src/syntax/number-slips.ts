import type { Diagnostic, Span } from "../diagnostics/diagnostic.js";
import type { SyntaxCode } from "./codes.js";
import { quoted, syntaxError } from "./findings.js";
import { durationValue, isDecimal, longestDuration, numberValue } from "./literals.js";

const code: SyntaxCode = "syntax/bad-number";
const durationText = /^[0-9_]+(?:ms|s|m|h|d)$/;

/** What is wrong with a number or a duration; at most one finding. */
export function numberSlips(text: string, span: Span): readonly Diagnostic[] {
  const found = misplacedLine(text, span) ?? letterAfter(text, span) ?? tooBig(text, span);
  return found === undefined ? [] : [found];
}

function misplacedLine(text: string, span: Span): Diagnostic | undefined {
  if (!/__|_(?![0-9])|\.[0-9]*_/.test(/^[0-9._]+/.exec(text)?.[0] ?? "")) return undefined;
  return syntaxError(code, span, `${quoted(text)} has a \`_\` where none can stand`, {
    help: "a `_` stands between two digits before the point, as in `10_000`",
  });
}

function letterAfter(text: string, span: Span): Diagnostic | undefined {
  if (!/[A-Za-z]/.test(text) || durationText.test(text)) return undefined;
  const fraction = /^[0-9_]+\.[0-9]+(?:ms|s|m|h|d)$/.test(text);
  return syntaxError(code, span, `${quoted(text)} is neither a number nor a duration`, {
    help: fraction
      ? "a duration is a whole number: write `90m` instead of `1.5h`"
      : "a duration ends with `ms`, `s`, `m`, `h` or `d`; after a number put a space",
  });
}

function tooBig(text: string, span: Span): Diagnostic | undefined {
  if (durationText.test(text)) {
    if (durationValue(text) <= longestDuration) return undefined;
    return syntaxError(code, span, `${quoted(text)} is longer than a hundred years`, {
      help: "the longest duration is `36525d`",
    });
  }
  const value = numberValue(text);
  if (isDecimal(text) ? Number.isFinite(value) : Number.isSafeInteger(value)) return undefined;
  return syntaxError(code, span, `${quoted(text)} is too big to be counted exactly`, {
    help: `the biggest int is \`${Number.MAX_SAFE_INTEGER}\`; an identifier of digits is a string`,
  });
}
