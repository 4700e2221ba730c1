import type { IToken, TokenType } from "chevrotain";
import {
  Comma,
  Greater,
  keyword,
  LCurly,
  Less,
  LParen,
  LSquare,
  Minus,
  RCurly,
  RParen,
  RSquare,
} from "./tokens.js";

/** Nothing nests deeper than this: everything that walks a tree may recurse. */
export const deepest = 100;

const openers = new Set<TokenType>([LParen, LSquare, LCurly]);
const closers = new Set<TokenType>([RParen, RSquare, RCurly]);
/** Each of these encloses all that follows it, up to the next comma or clause. */
const heads = new Set<TokenType>(["if", "every", "some", "no"].map(keyword));
/** These do so too, before a variable and `in`; elsewhere they are functions. */
const tallies = new Set<TokenType>(["count", "sum"].map(keyword));
const clauses = new Set<TokenType>(["when", "because", "each", "on", "to", "as"].map(keyword));
const prefixes = new Set<TokenType>([keyword("not"), Minus]);
const list = keyword("list");

/**
 * The first token that is nested too deep, or undefined. It is found on the flat list of tokens, before anything recurses.
 * The depth is that of all brackets, of `if`, `every` and their like, and of runs of `not` and `-`.
 */
export function tooDeep(tokens: readonly IToken[]): IToken | undefined {
  const levels = new Levels();
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index] as IToken;
    levels.take(token, tokens[index - 1], tokens[index + 2]);
    if (levels.depth > deepest) return token;
  }
  return undefined;
}

interface Level {
  /** The depth outside of the innermost open bracket, and the bracket. */
  readonly base: number;
  heads: number;
  run: number;
  lists: number;
}

class Levels {
  private readonly outside: Level[] = [];
  private now: Level = { base: 0, heads: 0, run: 0, lists: 0 };

  get depth(): number {
    return this.now.base + this.now.heads + this.now.run + this.now.lists;
  }

  take(token: IToken, previous: IToken | undefined, secondNext: IToken | undefined): void {
    const type = token.tokenType;
    if (openers.has(type)) this.open();
    else if (closers.has(type)) this.close();
    else this.takeInside(type, previous, secondNext);
  }

  private takeInside(type: TokenType, previous: IToken | undefined, secondNext: IToken | undefined): void {
    this.now.run = prefixes.has(type) ? this.now.run + 1 : 0;
    if (heads.has(type) || (tallies.has(type) && secondNext?.tokenType === keyword("in")))
      this.now.heads += 1;
    else if (type === Comma || clauses.has(type)) this.now.heads = 0;
    this.takeList(type, previous);
  }

  /** `list<list<…`: a `<` opens only directly behind `list`, since elsewhere it compares. */
  private takeList(type: TokenType, previous: IToken | undefined): void {
    if (type === Less && previous?.tokenType === list) this.now.lists += 1;
    else if (type === Greater) this.now.lists = Math.max(0, this.now.lists - 1);
    else if (type !== list) this.now.lists = 0;
  }

  private open(): void {
    const base = this.depth + 1;
    this.outside.push(this.now);
    this.now = { base, heads: 0, run: 0, lists: 0 };
  }

  private close(): void {
    const { base, heads: held, lists } = this.outside.pop() ?? { base: 0, heads: 0, lists: 0 };
    this.now = { base, heads: held, run: 0, lists };
  }
}
