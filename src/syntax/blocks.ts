import type { IToken, TokenType } from "chevrotain";
import type { BodyRule } from "./parser.js";
import type { StartRule } from "./run.js";
import * as t from "./tokens.js";

/** What can stand at one level of a file: in one kind of block, or outside of all. */
export interface Level {
  /** What it is called in messages. */
  readonly title: string;
  /** The rule that reads its statements. */
  readonly rule: StartRule;
  /** The words its statements start with. */
  readonly words: readonly string[];
  /** Whether several statements usually stand on one line. */
  readonly inline: boolean;
}

function level(title: string, rule: StartRule, words: string, inline = false): Level {
  return { title, rule, words: words.split(" "), inline };
}

export const file = level(
  "a file",
  "narrowing",
  "principal intent tool tools scope grounding reversibility discernment tiers boundary assert test",
);

export const blocks: Readonly<Record<BodyRule, Level>> = {
  intentBody: level("`intent`", "intentBody", "given"),
  scopeBody: level("`scope`", "scopeBody", "permit forbid limit"),
  groundingBody: level("`grounding`", "groundingBody", "source fact claim ground tolerance unsupported"),
  reversibilityBody: level("`reversibility`", "reversibilityBody", "class treat otherwise"),
  discernmentBody: level("`discernment`", "discernmentBody", "threshold gray fidelity escalate"),
  boundaryBody: level("a boundary", "boundaryBody", "carries withholds grants passes because", true),
  testBody: level(
    "a test",
    "testBody",
    [
      "for tier actor session given now fact said observe claim",
      "propose confirmed refused answered expect",
    ].join(" "),
  ),
};

/** What a whole expression is read at: no statements, and nothing to start again from. */
export const expressionLevel = level("an expression", "expr", "");

/** The level at whose statements a word stands, if it is not a word of many. */
export function homeOf(word: string): Level | undefined {
  if (file.words.includes(word)) return file;
  return Object.values(blocks).find((block) => block !== blocks.testBody && block.words.includes(word));
}

// A keyword that one of these follows is an ordinary name: an argument, an operand, an element.
const neverAfterKeyword = new Set<TokenType>([
  ...[t.Colon, t.Comma, t.Dot, t.RParen, t.RSquare, t.Question, t.EqualEqual, t.NotEqual],
  ...[t.Less, t.LessEqual, t.Greater, t.GreaterEqual, t.Plus, t.Minus, t.Slash, t.Arrow],
  ...["and", "or", "in", "not", "within", "like", "matches", "traced", "then", "else"].map(t.keyword),
]);

/** Whether the token at `index` is the first on its line. */
export function beginsLine(tokens: readonly IToken[], index: number): boolean {
  const token = tokens[index];
  const previous = tokens[index - 1];
  return token !== undefined && (previous === undefined || (token.startLine ?? 0) > (previous.endLine ?? 0));
}

/** Whether a statement of the level plausibly starts at `index`, as far as two tokens can tell. */
export function startsStatement(tokens: readonly IToken[], index: number, at: Level): boolean {
  const token = tokens[index];
  const next = tokens[index + 1];
  if (token === undefined || next === undefined) return false;
  if (at === blocks.intentBody && startsBullet(token, next)) return true;
  if (!at.words.includes(token.image)) return false;
  if (token.image === "for") return next.image === "each";
  if (token.image === "actor" || token.image === "session") return next.tokenType === t.Dot;
  if (token.image === "now") return next.tokenType === t.Equals;
  if (token.image === "claim" || token.image === "given") return isName(next);
  return !neverAfterKeyword.has(next.tokenType) && next.tokenType !== t.Equals;
}

function startsBullet(token: IToken, next: IToken): boolean {
  return isName(token) && token.image !== "asks" && isText(next);
}

export function isName(token: IToken | undefined): boolean {
  return token !== undefined && is(token, t.Name);
}

export function isText(token: IToken | undefined): boolean {
  return token !== undefined && is(token, t.Text);
}

/** Whether a token is of a type or of one of its kinds. */
export function is(token: IToken, type: TokenType): boolean {
  return token.tokenType === type || type.categoryMatchesMap?.[token.tokenTypeIdx] === true;
}

/** Whether a declaration of the file plausibly starts at `index`, no deeper than at `column`. */
export function startsDeclaration(tokens: readonly IToken[], index: number, column: number): boolean {
  const token = tokens[index];
  return (
    token !== undefined &&
    (token.startColumn ?? 1) <= column &&
    beginsLine(tokens, index) &&
    startsStatement(tokens, index, file)
  );
}
