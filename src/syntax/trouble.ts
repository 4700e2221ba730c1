import type { IToken, TokenType } from "chevrotain";
import type { Diagnostic, Span } from "../diagnostics/diagnostic.js";
import { is, type Level } from "./blocks.js";
import type { SyntaxCode } from "./codes.js";
import { type Advice, syntaxError } from "./findings.js";
import { tokenSpan } from "./lexer.js";

/** A statement that broke. */
export interface Trouble {
  readonly file: string;
  readonly text: string;
  readonly tokens: readonly IToken[];
  /** Its first token. */
  readonly start: number;
  /** The token that does not fit; `end` where something is missing at the statement's end. */
  readonly at: number;
  /** Behind its last token. */
  readonly end: number;
  /** What could have stood at `at`. */
  readonly expected: readonly TokenType[];
  readonly level: Level;
}

/** Other tokens in the place of some, such that reading can go on as was meant. */
export interface Repair {
  readonly index: number;
  readonly remove: number;
  readonly insert: readonly IToken[];
}

export interface Explanation {
  readonly diagnostic: Diagnostic;
  readonly repair?: Repair;
}

/** A slip that is known well enough to have its own words. */
export type Slip = (trouble: Trouble) => Explanation | undefined;

export function expects(trouble: Trouble, type: TokenType): boolean {
  return trouble.expected.includes(type);
}

export function foundToken(trouble: Trouble): IToken | undefined {
  return trouble.at < trouble.end ? trouble.tokens[trouble.at] : undefined;
}

export function previousToken(trouble: Trouble): IToken | undefined {
  return trouble.at > trouble.start ? trouble.tokens[trouble.at - 1] : undefined;
}

export function spanOf(trouble: Trouble, token: IToken): Span {
  return tokenSpan(trouble.file, token);
}

/** The token that does not fit, or the last one before the end of the statement. */
export function placeOf(trouble: Trouble): Span {
  const token = foundToken(trouble) ?? trouble.tokens[trouble.at - 1] ?? trouble.tokens.at(-1);
  return token === undefined ? { file: trouble.file, start: 0, end: 0 } : spanOf(trouble, token);
}

export function explained(
  code: SyntaxCode,
  span: Span,
  message: string,
  advice: Advice = {},
  repair?: Repair,
): Explanation {
  const diagnostic = syntaxError(code, span, message, advice);
  return repair === undefined ? { diagnostic } : { diagnostic, repair };
}

/** Whether a token exists and is of a type. */
export function isType(token: IToken | undefined, type: TokenType): boolean {
  return token !== undefined && is(token, type);
}
