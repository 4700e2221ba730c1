import type { IToken, TokenType } from "chevrotain";
import type { Source } from "./ast.js";
import { beginsLine, blocks, file, is, type Level, startsDeclaration, startsStatement } from "./blocks.js";
import { Findings } from "./findings.js";
import { formOf } from "./forms.js";
import { lex } from "./lexer.js";
import type { BodyRule } from "./parser.js";
import { type Piece, pieceOf } from "./pieces.js";
import { parser, type StartRule } from "./run.js";
import * as t from "./tokens.js";

/** What can stand at a place: a keyword or sign by its spelling, a token of a kind, and the rules that ask for it, the innermost last. */
export interface Expectation {
  readonly token: { readonly word: string } | "name" | "string" | "type";
  readonly rules: readonly string[];
}

/** A place in a text where something is being written. */
export interface Cursor {
  /** What is already written of the word or string that the place is in or behind; empty between two tokens. */
  readonly word: { readonly start: number; readonly end: number; readonly kind: "none" | "word" | "string" };
  /** The tokens of the statement before that word. */
  readonly statement: readonly Piece[];
  readonly expected: readonly Expectation[];
  /** Whether a statement can begin here. */
  readonly fresh: boolean;
  /** How the statement that begins with a word is written, where one can begin. */
  formOf(word: string): string | undefined;
}

/** Looking up what can follow more tokens than this would take too long. */
const longestStatement = 400;

/** What can be written at an offset of a policy; undefined within a comment. Works by tokens, so that the rest may be broken. */
export function cursorAt(source: Source, offset: number): Cursor | undefined {
  const { tokens, comments } = lex(source, new Findings());
  if (comments.some(({ span }) => span.start < offset && offset <= span.end)) return undefined;
  const index = tokens.findIndex((token) => t.endOffset(token) >= offset);
  const touched = index < 0 ? undefined : tokens[index];
  const word = wordOf(touched, offset);
  const before = tokens.slice(0, word.kind === "none" ? lastBefore(tokens, offset) + 1 : index);
  const { level, start, fresh } = statementAt(source.text, tokens, before.length);
  const statement = before.slice(start);
  const canBegin = fresh(word.start);
  return {
    word,
    statement: statement.map(pieceOf),
    expected: expectedAt(level, start, statement, canBegin),
    fresh: canBegin,
    formOf: (text) => formOf(text, level),
  };
}

function wordOf(token: IToken | undefined, offset: number): Cursor["word"] {
  const none = { start: offset, end: offset, kind: "none" } as const;
  if (token === undefined || token.startOffset >= offset) return none;
  const [start, end] = [token.startOffset, t.endOffset(token)];
  if (is(token, t.Text)) {
    if (offset >= end && token.tokenType === t.Text) return none;
    // An open string reaches to the end of its line.
    return { start, end: token.tokenType === t.Text ? end : offset, kind: "string" };
  }
  const isWord = is(token, t.Name) || t.keywordOf(token.image) === token.tokenType;
  return isWord ? { start, end, kind: "word" } : none;
}

const lastBefore = (tokens: readonly IToken[], offset: number): number =>
  tokens.findLastIndex((token) => t.endOffset(token) <= offset);

interface Standing {
  readonly level: Level;
  /** The index of the statement's first token. */
  readonly start: number;
  /** Whether a statement can begin at an offset: on a line of its own, or in a block that is written on one line. */
  fresh(offset: number): boolean;
}

/** The block and the statement that the token at `end` would be in. */
function statementAt(text: string, tokens: readonly IToken[], end: number): Standing {
  let level = file;
  let start = 0;
  let depth = 0;
  let head = 0;
  for (let i = 0; i < end; i += 1) {
    const type = tokens[i]?.tokenType;
    if (i > 0 && startsDeclaration(tokens, i, tokens[head]?.startColumn ?? 1)) {
      [level, start, depth, head] = [file, i, 0, i];
    } else if (type === t.LCurly) {
      const opened = depth === 0 && level === file ? bodyOf(tokens[head]) : undefined;
      if (opened !== undefined) [level, start] = [opened, i + 1];
      depth += 1;
    } else if (type === t.RCurly) {
      depth = Math.max(0, depth - 1);
      if (depth === 0 && level !== file) [level, start, head] = [file, i + 1, i + 1];
    } else if (depth === (level === file ? 0 : 1) && begins(tokens, i, level)) {
      start = i;
      if (level === file) head = i;
    }
  }
  const last = tokens[end - 1];
  return {
    level,
    start,
    fresh: (offset) =>
      start >= end ||
      (depth === (level === file ? 0 : 1) &&
        (level.inline || last === undefined || /[\n\r]/.test(text.slice(t.endOffset(last), offset)))),
  };
}

function begins(tokens: readonly IToken[], index: number, level: Level): boolean {
  const token = tokens[index];
  if (token === undefined || !(level.inline || beginsLine(tokens, index))) return false;
  if (startsStatement(tokens, index, level)) return true;
  const next = tokens[index + 1];
  const alone = next === undefined || next.tokenType === t.RCurly || beginsLine(tokens, index + 1);
  return alone && (level.words.includes(token.image) || token.image === "policy");
}

function bodyOf(token: IToken | undefined): Level | undefined {
  const rule = `${token?.image ?? ""}Body`;
  return Object.hasOwn(blocks, rule) ? blocks[rule as BodyRule] : undefined;
}

function expectedAt(
  level: Level,
  start: number,
  statement: readonly IToken[],
  fresh: boolean,
): Expectation[] {
  if (statement.length > longestStatement) return [];
  const rule: StartRule = level === file && start === 0 ? "file" : level.rule;
  const paths = parser().computeContentAssist(rule, [...statement]);
  const found = new Map<string, Expectation>();
  for (const { nextTokenType, ruleStack } of paths) {
    const token = asToken(nextTokenType);
    if (token === undefined) continue;
    const starter =
      typeof token === "object" && statement.length > 0 && isStarter(token.word, ruleStack, level);
    if (starter && !fresh) continue;
    const key = `${typeof token === "object" ? token.word : `<${token}>`} ${ruleStack.slice(-3).join(" ")}`;
    found.set(key, { token, rules: ruleStack });
  }
  return [...found.values()];
}

/** Whether a word would begin the next statement rather than go on with this one. */
function isStarter(word: string, rules: readonly string[], level: Level): boolean {
  return level.words.includes(word) && rules.length <= (level === file ? 3 : 2);
}

function asToken(type: TokenType): Expectation["token"] | undefined {
  if (type === t.Broken) return undefined;
  if (type === t.Name) return "name";
  if (type === t.Ident) return "type";
  if (type === t.Text) return "string";
  const word = t.writtenAs(type);
  return word === undefined ? undefined : { word };
}
