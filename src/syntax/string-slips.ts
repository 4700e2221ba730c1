import type { Diagnostic, Span } from "../diagnostics/diagnostic.js";
import { quoted, replacement, syntaxError } from "./findings.js";
import { stringValue } from "./literals.js";

const escapes = /\\(?:u[0-9a-fA-F]{4}|[\s\S])/g;
const goodEscape = /^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})$/;
const known =
  'the escapes are `\\"` `\\\\` `\\/` `\\b` `\\f` `\\n` `\\r` `\\t` and `\\u` with four hex digits';

/** What is wrong inside a closed string literal; at most one finding, so that one slip gives one diagnostic. */
export function stringSlips(text: string, span: Span): readonly Diagnostic[] {
  const found = badEscape(text, span) ?? controlCharacter(text, span) ?? loneSurrogate(text, span);
  return found === undefined ? [] : [found];
}

function badEscape(text: string, span: Span): Diagnostic | undefined {
  for (const match of text.matchAll(escapes)) {
    if (goodEscape.test(match[0])) continue;
    const at = within(span, match.index, match[0].length);
    return syntaxError("syntax/bad-escape", at, `strings have no escape ${quoted(match[0])}`, {
      help: `${known}; a backslash itself is written \`\\\\\``,
    });
  }
  return undefined;
}

function controlCharacter(text: string, span: Span): Diagnostic | undefined {
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) >= 0x20) continue;
    const written = JSON.stringify(text.charAt(index)).slice(1, -1);
    const at = within(span, index, 1);
    return syntaxError("syntax/bad-escape", at, "a string cannot hold a control character as it is", {
      help: `write \`${written}\``,
      fix: replacement(`write \`${written}\``, at, written),
    });
  }
  return undefined;
}

function loneSurrogate(text: string, span: Span): Diagnostic | undefined {
  if (!/\p{Surrogate}/u.test(stringValue(text))) return undefined;
  return syntaxError("syntax/bad-escape", span, "this string holds half of a surrogate pair", {
    help: "write both halves, or the character itself",
  });
}

function within(span: Span, offset: number, length: number): Span {
  return { file: span.file, start: span.start + offset, end: span.start + offset + length };
}
