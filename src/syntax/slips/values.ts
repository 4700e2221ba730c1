import * as t from "../tokens.js";
import { quoted } from "../findings.js";
import { type Explanation, explained, foundToken, isType, placeOf, type Trouble } from "../trouble.js";
import { expectsOperand, plainWords } from "../words.js";

/** `null` and other names where a literal must stand. */
export function noLiteral(trouble: Trouble): Explanation | undefined {
  const found = foundToken(trouble);
  if (!plainWords(trouble.expected).includes("a value") || !isType(found, t.Name)) return undefined;
  const word = found?.image ?? "";
  if (["null", "nil", "none", "undefined"].includes(word)) {
    return explained("syntax/null", placeOf(trouble), `the language has no ${quoted(word)}`, {
      help: "in a test write `unknown` for what is not known; leave out what is absent",
    });
  }
  return explained("syntax/unexpected-token", placeOf(trouble), `expected a value, found ${quoted(word)}`, {
    help: 'a value is a number, a duration, `true`, `false`, a list, a record, or a string as `"…"`',
  });
}

/** An operator, a keyword or a bracket where an operand should stand. */
export function missingOperand(trouble: Trouble): Explanation | undefined {
  const found = foundToken(trouble);
  if (found === undefined || !expectsOperand(trouble.expected)) return undefined;
  return explained(
    "syntax/unexpected-token",
    placeOf(trouble),
    `expected an expression, found ${quoted(found.image)}`,
    {
      label: "an operand is missing before this",
      help: "an operand is a value, a name, `given.NAME`, `claim.NAME`, a call, or an expression in parentheses",
    },
  );
}
