import type { IToken } from "chevrotain";
import type { Source } from "./ast.js";
import { is } from "./blocks.js";
import { Findings } from "./findings.js";
import { lex } from "./lexer.js";
import * as t from "./tokens.js";

/** What a token is, as far as its spelling tells: a contextual keyword is a `keyword` here, also where it stands as a name. */
export type PieceKind = "comment" | "keyword" | "name" | "string" | "number" | "sign" | "other";

/** A token or a comment, with its offsets. */
export interface Piece {
  readonly kind: PieceKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A text split as the parser splits it, comments among the tokens. Never throws; what is no token is `other`. */
export function pieces(source: Source): Piece[] {
  const { tokens, comments } = lex(source, new Findings());
  const all: Piece[] = comments.map(({ span, text }) => ({
    kind: "comment",
    text,
    start: span.start,
    end: span.end,
  }));
  for (const token of tokens) all.push(pieceOf(token));
  return all.sort((a, b) => a.start - b.start);
}

export function pieceOf(token: IToken): Piece {
  return {
    kind: kindOf(token),
    text: token.image,
    start: token.startOffset,
    end: t.endOffset(token),
  };
}

function kindOf(token: IToken): PieceKind {
  const type = token.tokenType;
  if (type === t.keywordOf(token.image)) return "keyword";
  if (is(token, t.Name)) return "name";
  if (is(token, t.Text)) return "string";
  if (is(token, t.NumberToken) || type === t.Duration) return "number";
  return t.writtenAs(type) === undefined ? "other" : "sign";
}
