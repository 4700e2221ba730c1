import { type IToken, Lexer } from "chevrotain";
import type { Span } from "../diagnostics/diagnostic.js";
import type { Comment, Source } from "./ast.js";
import type { Findings } from "./findings.js";
import { lexicalSlip } from "./lexical-slips.js";
import { allTokens, endOffset, Unknown } from "./tokens.js";

export interface Lexed {
  readonly tokens: readonly IToken[];
  readonly comments: readonly Comment[];
  /** Tokens whose slip has been told: what follows from it in the same statement is not told again. */
  readonly told: Set<IToken>;
}

const lexer = new Lexer(allTokens, {
  ensureOptimizations: true,
  positionTracking: "full",
  lineTerminatorsPattern: /\n|\r\n?/g,
  lineTerminatorCharacters: ["\n", "\r"],
});

/** Splits a text into tokens. What is no token of the language is explained, and read as what is meant where that is plain. */
export function lex(source: Source, findings: Findings): Lexed {
  const text = source.text.startsWith("\ufeff") ? ` ${source.text.slice(1)}` : source.text;
  const read = lexer.tokenize(text);
  const told = new Set<IToken>();
  const tokens: IToken[] = [];

  for (const token of joinUnknown(read.tokens)) {
    const slip = lexicalSlip(token, source.file);
    if (slip === undefined) {
      tokens.push(token);
      continue;
    }
    findings.addAll(slip.diagnostics);
    if (slip.meant === undefined) continue;
    tokens.push(slip.meant);
    if (slip.spreads) told.add(slip.meant);
  }
  const comments = (read.groups.comments ?? []).map((token) => ({
    span: tokenSpan(source.file, token),
    text: token.image,
  }));
  return { tokens, comments, told };
}

/** A run of unknown characters is one slip. */
function joinUnknown(tokens: readonly IToken[]): readonly IToken[] {
  const joined: IToken[] = [];
  let run: IToken[] = [];
  const flush = (): void => {
    const [first] = run;
    const last = run.at(-1);
    if (first === undefined || last === undefined) return;
    const image = run.map((token) => token.image).join("");
    joined.push(
      run.length === 1
        ? first
        : { ...last, image, startOffset: first.startOffset, startLine: first.startLine ?? 1 },
    );
    run = [];
  };
  for (const token of tokens) {
    const previous = run.at(-1);
    if (previous !== undefined && (token.tokenType !== Unknown || endOffset(previous) !== token.startOffset))
      flush();
    if (token.tokenType === Unknown) run.push(token);
    else joined.push(token);
  }
  flush();
  return joined;
}

export function tokenSpan(file: string, token: IToken): Span {
  return { file, start: token.startOffset, end: endOffset(token) };
}

/** From the first token to the end of the last. */
export function rangeSpan(file: string, first: IToken, last: IToken): Span {
  return { file, start: first.startOffset, end: endOffset(last) };
}
