import type { IToken, TokenType } from "chevrotain";
import type { Diagnostic, Span } from "../diagnostics/diagnostic.js";
import { quoted, replacement, syntaxError } from "./findings.js";
import { numberSlips } from "./number-slips.js";
import { stringSlips } from "./string-slips.js";
import * as t from "./tokens.js";
import { wrongOperators } from "./wrong-operators.js";

/** What is wrong with one token, and how to go on. */
export interface LexicalSlip {
  readonly diagnostics: readonly Diagnostic[];
  /** The token to go on with; absent where the token is left out. */
  readonly meant: IToken | undefined;
  /** Whether the slip is likely to make the rest of the statement unreadable. */
  readonly spreads: boolean;
}

type Explain = (token: IToken, span: Span) => LexicalSlip | undefined;

const explanations = new Map<TokenType, Explain>([
  [t.Text, string],
  [t.NumberToken, number],
  [t.Duration, number],
  [t.BadNumber, number],
  [t.WrongOperator, wrongOperator],
  [t.SingleQuoted, otherQuotes],
  [t.SmartQuoted, otherQuotes],
  [t.UnclosedText, unclosedText],
  [t.UnclosedName, unclosedName],
  [t.HashComment, hashComment],
  [t.BlockComment, blockComment],
  [t.Semicolon, semicolon],
  [t.Invisible, invisible],
  [t.Unknown, unknown],
]);

/** What is wrong with a token by itself, or undefined if nothing is. */
export function lexicalSlip(token: IToken, file: string): LexicalSlip | undefined {
  const explain = explanations.get(token.tokenType);
  if (explain === undefined) return undefined;
  const span = { file, start: token.startOffset, end: t.endOffset(token) };
  return explain(token, span);
}

function string(token: IToken, span: Span): LexicalSlip | undefined {
  const diagnostics = stringSlips(token.image, span);
  return diagnostics.length === 0 ? undefined : { diagnostics, meant: token, spreads: false };
}

function number(token: IToken, span: Span): LexicalSlip | undefined {
  const diagnostics = numberSlips(token.image, span);
  const spreads = token.tokenType === t.BadNumber;
  return diagnostics.length === 0 ? undefined : { diagnostics, meant: token, spreads };
}

function wrongOperator(token: IToken, span: Span): LexicalSlip {
  const meant = wrongOperators.get(token.image) ?? "and";
  const written = meant === "not" ? "not " : meant;
  const diagnostic = syntaxError(
    "syntax/wrong-operator",
    span,
    `${quoted(token.image)} is not an operator of the language`,
    {
      label: `write \`${meant}\``,
      help: `write \`${meant}\` instead of ${quoted(token.image)}`,
      fix: replacement(`write \`${meant}\``, span, written),
    },
  );
  return {
    diagnostics: [diagnostic],
    meant: t.retyped(token, t.typeOf(meant), meant),
    spreads: token.image === "<>",
  };
}

function otherQuotes(token: IToken, span: Span): LexicalSlip {
  const text = JSON.stringify(token.image.slice(1, -1));
  const diagnostic = syntaxError("syntax/wrong-quotes", span, "strings stand in double quotes", {
    help: `write ${quoted(text)}`,
    fix: replacement("use double quotes", span, text),
  });
  return { diagnostics: [diagnostic], meant: t.retyped(token, t.Text, text), spreads: false };
}

function unclosedText(token: IToken, span: Span): LexicalSlip {
  const diagnostic = syntaxError(
    "syntax/unterminated-string",
    span,
    "this string is not closed on its line",
    {
      label: 'no `"` before the end of the line',
      help: 'close the string with `"`; a long text is written as several strings, one after the other',
    },
  );
  return { diagnostics: [diagnostic], meant: token, spreads: true };
}

function unclosedName(token: IToken, span: Span): LexicalSlip {
  const empty = token.image === "``";
  const message = empty ? "a name in backquotes cannot be empty" : "this name is not closed on its line";
  const help = empty ? "write the name between the backquotes" : "close the name with a backquote";
  const diagnostic = syntaxError("syntax/bad-name", span, message, { help });
  return { diagnostics: [diagnostic], meant: token, spreads: true };
}

function hashComment(token: IToken, span: Span): LexicalSlip {
  const text = token.image.replace(/^#+/, "//");
  const diagnostic = syntaxError("syntax/wrong-comment", span, "comments start with `//`", {
    help: "write `//` instead of `#`",
    fix: replacement("write `//`", span, text),
  });
  return { diagnostics: [diagnostic], meant: undefined, spreads: false };
}

function blockComment(_token: IToken, span: Span): LexicalSlip {
  const diagnostic = syntaxError(
    "syntax/wrong-comment",
    span,
    "comments start with `//` and end with the line",
    {
      help: "write `//` before each line of the comment instead of `/* */`",
    },
  );
  return { diagnostics: [diagnostic], meant: undefined, spreads: false };
}

function semicolon(_token: IToken, span: Span): LexicalSlip {
  const diagnostic = syntaxError("syntax/unknown-character", span, "statements have no `;` at their end", {
    help: "leave the `;` out",
    fix: replacement("leave out `;`", span, ""),
  });
  return { diagnostics: [diagnostic], meant: undefined, spreads: false };
}

function invisible(token: IToken, span: Span): LexicalSlip {
  const codes = [...token.image].slice(0, 3).map(codePoint).join(" ");
  const message = `there is a character here that cannot be seen (${codes})`;
  const diagnostic = syntaxError("syntax/unknown-character", span, message, {
    help: "write an ordinary space",
    fix: replacement("write a space", span, " "),
  });
  return { diagnostics: [diagnostic], meant: undefined, spreads: false };
}

function unknown(token: IToken, span: Span): LexicalSlip {
  const letters = /\p{L}|\p{N}/u.test(token.image);
  const visible = /^[^\p{C}\p{Z}]+$/u.test(token.image);
  const shown = visible ? quoted(token.image) : [...token.image].slice(0, 3).map(codePoint).join(" ");
  const diagnostic = syntaxError(
    "syntax/unknown-character",
    span,
    `the language has no use for ${shown} here`,
    {
      help: letters
        ? "a name with other letters than a to z is written in backquotes"
        : "leave it out, or put it in a string or in a name in backquotes",
    },
  );
  return { diagnostics: [diagnostic], meant: token, spreads: true };
}

function codePoint(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}
