import type { IToken, TokenType } from "chevrotain";
import { is } from "./blocks.js";
import { parser, type StartRule } from "./run.js";
import { Broken } from "./tokens.js";

/** Looking up what can follow more tokens than this would take too long. */
const longestPrefix = 2_000;

/** The token types that can follow a prefix of a rule; none are known for a prefix that is very long. */
export function expectedAfter(rule: StartRule, prefix: IToken[]): readonly TokenType[] {
  if (prefix.length > longestPrefix) return [];
  const paths = parser().computeContentAssist(rule, prefix);
  const types = new Set(paths.map((path) => path.nextTokenType));
  types.delete(Broken);
  return [...types];
}

export function fits(token: IToken | undefined, expected: readonly TokenType[]): boolean {
  return token !== undefined && expected.some((type) => is(token, type));
}
