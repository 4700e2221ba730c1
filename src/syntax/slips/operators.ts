import type { IToken, TokenType } from "chevrotain";
import { quoted, replacement } from "../findings.js";
import * as t from "../tokens.js";
import {
  type Explanation,
  explained,
  expects,
  foundToken,
  placeOf,
  spanOf,
  type Trouble,
} from "../trouble.js";
import { expectsOperand, expectsOperator } from "../words.js";

const comparisons = new Set<TokenType>([
  ...[t.EqualEqual, t.NotEqual, t.Less, t.LessEqual, t.Greater, t.GreaterEqual],
  ...["in", "within", "like", "matches", "traced"].map(t.keyword),
]);

/** `=` where `==` is meant. */
export function equalsSign(trouble: Trouble): Explanation | undefined {
  if (foundToken(trouble)?.tokenType !== t.Equals || !expects(trouble, t.EqualEqual)) return undefined;
  return otherwise(trouble, "==", "`=` does not compare");
}

const otherSigns: ReadonlyMap<string, string> = new Map([
  ["is", "=="],
  ["equals", "=="],
  [">", "->"],
  ["<", ">"],
  ["->", ">"],
  ["=", ":"],
  ["==", "="],
  [":", "="],
]);

/** One sign or word where exactly one other can stand. */
export function otherOperator(trouble: Trouble): Explanation | undefined {
  const found = foundToken(trouble);
  const meant = otherSigns.get(found?.image ?? "");
  if (found === undefined || meant === undefined || !expects(trouble, t.typeOf(meant))) return undefined;
  return otherwise(trouble, meant, `${quoted(found.image)} cannot stand here`);
}

function otherwise(trouble: Trouble, meant: string, message: string): Explanation {
  const found = foundToken(trouble) as IToken;
  const span = placeOf(trouble);
  return explained(
    "syntax/wrong-operator",
    span,
    message,
    {
      label: `write \`${meant}\``,
      help: `write \`${meant}\` instead of ${quoted(found.image)}`,
      fix: replacement(`write \`${meant}\``, span, meant),
    },
    { index: trouble.at, remove: 1, insert: [t.retyped(found, t.typeOf(meant), meant)] },
  );
}

/** `a < b < c`. */
export function chained(trouble: Trouble): Explanation | undefined {
  const found = foundToken(trouble);
  const chains = found !== undefined && comparisons.has(found.tokenType);
  if (!chains || !expectsOperator(trouble.expected) || expects(trouble, t.EqualEqual)) return undefined;
  return explained("syntax/chained-comparison", placeOf(trouble), "comparisons cannot be chained", {
    label: "a second comparison",
    help: "write `a < b and b < c`",
  });
}

const afterOperand = new Set<TokenType>(["like", "matches", "within", "traced"].map(t.keyword));

/** `a not like "b"`: only `in` has a `not` of its own. */
export function notInside(trouble: Trouble): Explanation | undefined {
  const found = foundToken(trouble);
  const not = trouble.tokens[trouble.at - 1];
  if (found === undefined || not?.image !== "not" || !afterOperand.has(found.tokenType)) return undefined;
  if (!expects(trouble, t.keyword("in"))) return undefined;
  return explained(
    "syntax/wrong-operator",
    spanOf(trouble, not),
    `\`not ${found.image}\` is not an operator`,
    {
      label: "`not` stands before the whole comparison",
      help: `write \`not a ${found.image} …\` instead of \`a not ${found.image} …\``,
    },
  );
}

const enclosing = new Set<TokenType>(["if", "every", "some", "no"].map(t.keyword));

/** `if`, `every` or `count v in …` as the operand of an operator. */
export function openOperand(trouble: Trouble): Explanation | undefined {
  const found = foundToken(trouble);
  const before = trouble.tokens[trouble.at - 1];
  if (found !== undefined && enclosing.has(found.tokenType) && expectsOperand(trouble.expected)) {
    return parentheses(trouble, found);
  }
  const isTally = before?.image === "count" || before?.image === "sum";
  const bound = trouble.tokens[trouble.at + 1]?.tokenType === t.keyword("in");
  return isTally && bound && before !== undefined && trouble.at > trouble.start
    ? parentheses(trouble, before)
    : undefined;
}

function parentheses(trouble: Trouble, word: IToken): Explanation {
  return explained(
    "syntax/missing-parentheses",
    spanOf(trouble, word),
    `${quoted(word.image)} needs parentheses here`,
    {
      label: "this reaches as far to the right as it can",
      help: `write \`(${word.image} …)\` to use it as an operand`,
    },
  );
}
