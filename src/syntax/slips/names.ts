import { beginsLine, isName } from "../blocks.js";
import { quoted, replacement } from "../findings.js";
import * as t from "../tokens.js";
import { type Explanation, explained, expects, foundToken, placeOf, type Trouble } from "../trouble.js";
import { expectsOperand } from "../words.js";

/** A reserved word where only a name can stand. */
export function reservedWord(trouble: Trouble): Explanation | undefined {
  const found = foundToken(trouble);
  const nameOnly = expects(trouble, t.Name) || expects(trouble, t.Ident);
  if (found === undefined || !t.reserved.has(found.image) || !nameOnly || expectsOperand(trouble.expected))
    return undefined;
  if (beginsLine(trouble.tokens, trouble.at)) return undefined;
  const span = placeOf(trouble);
  const name = `\`${found.image}\``;
  return explained(
    "syntax/reserved-word",
    span,
    `${quoted(found.image)} is a reserved word`,
    {
      label: "a name is expected here",
      help: "put it in backquotes to use it as a name",
      fix: replacement("put it in backquotes", span, name),
    },
    { index: trouble.at, remove: 1, insert: [t.retyped(found, t.QuotedName, name)] },
  );
}

/** A text without quotes, where only a text can stand. */
export function unquotedText(trouble: Trouble): Explanation | undefined {
  const found = foundToken(trouble);
  const textOnly = trouble.expected.length === 1 && expects(trouble, t.Text);
  if (found === undefined || !textOnly) return undefined;
  if (!isName(found) && !t.reserved.has(found.image)) return undefined;
  if (trouble.at === trouble.start + 1 && trouble.level.rule === "intentBody")
    return missingLabelText(trouble);
  return explained(
    "syntax/unexpected-token",
    placeOf(trouble),
    `expected a string, found ${quoted(found.image)}`,
    {
      label: "a text stands in double quotes",
      help: 'write it in double quotes, as `"…"`',
    },
  );
}

function missingLabelText(trouble: Trouble): Explanation | undefined {
  const label = trouble.tokens[trouble.start]?.image ?? "";
  const message = `expected a string after ${quoted(label)}, found ${quoted(foundToken(trouble)?.image ?? "")}`;
  const second = trouble.tokens[trouble.at + 1];
  // `givn x: int`: the misspelt keyword has its own words.
  if (second?.tokenType === t.Colon) return undefined;
  return explained("syntax/unexpected-token", placeOf(trouble), message, {
    help: 'a bullet is a label and a text in double quotes, as `find "…"`',
  });
}
