import { beginsLine, file } from "../blocks.js";
import { clauseWords } from "../clauses.js";
import { replacement } from "../findings.js";
import * as t from "../tokens.js";
import {
  type Explanation,
  explained,
  expects,
  foundToken,
  isType,
  placeOf,
  previousToken,
  spanOf,
  type Trouble,
} from "../trouble.js";

/** `scope` and then its statements, without `{`. */
export function missingOpeningBrace(trouble: Trouble): Explanation | undefined {
  const previous = previousToken(trouble);
  const onlyBrace = trouble.expected.length === 1 && expects(trouble, t.LCurly);
  if (!onlyBrace || previous === undefined || !startsBlock(trouble)) return undefined;
  const span = spanOf(trouble, previous);
  const end = { ...span, start: span.end };
  return explained(
    "syntax/missing-brace",
    span,
    "the block is not opened",
    {
      label: "`{` is missing after this",
      help: "write `{` before the first statement of the block",
      fix: replacement("open the block", end, " {"),
    },
    { index: trouble.at, remove: 0, insert: [t.after(previous, t.LCurly, "{")] },
  );
}

// With statements on the lines below, the brace is all that is missing.
function startsBlock(trouble: Trouble): boolean {
  return beginsLine(trouble.tokens, trouble.at) && foundToken(trouble) !== undefined;
}

/** A comma behind which nothing more follows. */
export function trailingComma(trouble: Trouble): Explanation | undefined {
  const index = commaIndex(trouble);
  const comma = trouble.tokens[index];
  if (comma === undefined || comma.tokenType !== t.Comma || index <= trouble.start) return undefined;
  const span = spanOf(trouble, comma);
  return explained(
    "syntax/trailing-comma",
    span,
    "a comma stands only between two things",
    {
      label: "nothing follows in this list",
      help: "leave the comma out, or write what follows",
      fix: replacement("leave out the comma", span, ""),
    },
    { index, remove: 1, insert: [] },
  );
}

/** Where a superfluous comma would be: before a closing bracket, the statement's end, or a clause that was taken for a name. */
function commaIndex(trouble: Trouble): number {
  const found = foundToken(trouble);
  const closes = [t.RParen, t.RSquare, t.RCurly].some((type) => isType(found, type));
  if (found === undefined || closes || isClause(trouble, trouble.at)) return trouble.at - 1;
  return isClause(trouble, trouble.at - 1) ? trouble.at - 2 : -1;
}

function isClause(trouble: Trouble, index: number): boolean {
  const word = trouble.tokens[index]?.image ?? "";
  return clauseWords.includes(word) || ["within", "then"].includes(word);
}

/** A closing bracket that closes nothing. */
export function strayBrace(trouble: Trouble): Explanation | undefined {
  const found = foundToken(trouble);
  if (found?.tokenType !== t.RCurly || trouble.at !== trouble.start || trouble.level !== file)
    return undefined;
  const alone = trouble.end === trouble.at + 1;
  const fix = replacement("leave out `}`", placeOf(trouble), "");
  return explained("syntax/unexpected-token", placeOf(trouble), "this `}` closes nothing", {
    help: "leave it out, or look for a `}` too many above",
    fix: alone ? fix : undefined,
  });
}
