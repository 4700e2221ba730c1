import type { IToken } from "chevrotain";
import { didYouMean } from "../diagnostics/did-you-mean.js";
import { isName, type Level } from "./blocks.js";
import { Broken, LCurly, Question, RCurly, keyword } from "./tokens.js";

/** The words that continue a statement, on its line or on the next. */
export const clauseWords: readonly string[] = [
  ..."serving when because sum to per each is fields as trust fresh timeout from agree on".split(" "),
  ..."above confidence confirm limit by weight asks for at most least key extends zone returns fails message about without".split(
    " ",
  ),
];

const starters = new Set([
  keyword("given"),
  keyword("claim"),
  keyword("now"),
  LCurly,
  RCurly,
  Question,
  Broken,
]);

/** Whether a token at the start of a line, where a statement should start, rather continues the one before. */
export function continues(token: IToken, level: Level): boolean {
  const word = token.image;
  if (!isName(token)) return !starters.has(token.tokenType);
  if (level.words.includes(word)) return false;
  if (clauseWords.includes(word)) return true;
  if (didYouMean(word, level.words) !== undefined) return false;
  return didYouMean(word, clauseWords) !== undefined;
}
