import type { CstNode, IToken } from "chevrotain";
import { didYouMean } from "../diagnostics/did-you-mean.js";
import type { Source } from "./ast.js";
import {
  beginsLine,
  blocks,
  expressionLevel,
  file,
  isName,
  type Level,
  startsDeclaration,
  startsStatement,
} from "./blocks.js";
import { continues } from "./clauses.js";
import { explain } from "./explain.js";
import { expectedAfter, fits } from "./expected.js";
import { type Findings, replacement, syntaxError } from "./findings.js";
import { type Lexed, tokenSpan } from "./lexer.js";
import { type Run, run, type StartRule } from "./run.js";
import * as t from "./tokens.js";
import type { Trouble } from "./trouble.js";

/** A guard beside `mostFindings`: slips that are not told twice take a turn as well. */
const mostTurns = 500;

/**
 * Reads the tokens of a source. A statement that breaks is explained once and gives way to one `Broken` token, which every
 * block of the grammar accepts; reading goes on behind it. So the tree is always complete, and the neighbours are kept.
 */
export function readTree(
  start: "file" | "narrowing" | "expr",
  lexed: Lexed,
  source: Source,
  findings: Findings,
): CstNode | undefined {
  const whole = run(start, [...lexed.tokens]);
  if (!whole.failed) return whole.tree;
  return new Recovery(start, lexed, source, findings).read();
}

/** A block whose closing brace has not been reached. */
interface OpenBlock {
  readonly level: Level;
  readonly declaration: IToken;
  readonly brace: IToken;
}

class Recovery {
  private readonly tokens: IToken[];
  private readonly told: Set<IToken>;
  /** Everything before this index reads well. */
  private from = 0;
  private block: OpenBlock | undefined;

  constructor(
    private readonly start: "file" | "narrowing" | "expr",
    lexed: Lexed,
    private readonly source: Source,
    private readonly findings: Findings,
  ) {
    this.tokens = [...lexed.tokens];
    this.told = new Set(lexed.told);
  }

  read(): CstNode | undefined {
    let done = false;
    for (let turn = 0; !done && turn < mostTurns && !this.findings.full; turn += 1) done = this.turn();
    if (!done) this.giveUp();
    return run(this.start, this.tokens).tree;
  }

  /** Reads on, and mends what breaks first; true when all is read. */
  private turn(): boolean {
    const result = run(this.rule(), this.tokens.slice(this.from));
    if (result.failed) return this.mend(result);
    if (this.block !== undefined) this.closeBlock(this.block, this.tokens.length);
    return true;
  }

  private rule(): StartRule {
    if (this.block !== undefined) return this.block.level.rule;
    return this.from === 0 ? this.start : "narrowing";
  }

  private mend(result: Run): boolean {
    const at = result.stoppedAt === undefined ? this.tokens.length : this.indexOf(result.stoppedAt);
    this.enterBlock(result);
    if (this.start === "expr") return this.mendStatement(0, at, expressionLevel);
    if (this.block !== undefined) return this.mendInBlock(this.block, result, at);
    if (this.isWithoutHeader(result)) return this.mendHeader();
    return this.mendStatement(this.outsideStart(result, at), at, file);
  }

  private indexOf(token: IToken): number {
    const index = this.tokens.indexOf(token, this.from);
    return index < 0 ? this.tokens.length : index;
  }

  // ---------------------------------------------------------------- the header and declarations

  private isWithoutHeader(result: Run): boolean {
    const { declaration, statement } = result.progress;
    const begun = declaration !== undefined || statement !== undefined;
    return this.start === "file" && this.from === 0 && !begun && this.tokens[0]?.tokenType !== t.Broken;
  }

  private mendHeader(): boolean {
    const [first, second] = this.tokens;
    if (first !== undefined && isMisspeltPolicy(first, second)) return this.mendStatement(0, 0, file);
    const place =
      first === undefined ? { file: this.source.file, start: 0, end: 0 } : tokenSpan(this.source.file, first);
    const help = "write `policy NAME` as the first line";
    if (first === undefined || !this.told.has(first)) {
      this.findings.add(
        syntaxError("syntax/missing-header", place, "the first line of a policy says its name", { help }),
      );
    }
    // What is no declaration was meant as the first line.
    const end = startsDeclaration(this.tokens, 0, 1) ? 0 : this.restart(0, 0, 0);
    const last = this.tokens[end - 1];
    const header =
      first === undefined || last === undefined ? noHeader : t.standIn(t.Broken, "", first, last);
    this.tokens.splice(0, end, header);
    this.from = 1;
    return false;
  }

  /** Where the declaration starts that broke outside of a block. */
  private outsideStart(result: Run, at: number): number {
    const { statement } = result.progress;
    if (statement === undefined) return at;
    const start = this.indexOf(statement);
    if (result.inside) return start;
    return this.belongsTo(start, at, file) ? start : at;
  }

  // ---------------------------------------------------------------- blocks

  private enterBlock(result: Run): void {
    const { body, declaration } = result.progress;
    if (this.block !== undefined || body === undefined || declaration === undefined) return;
    const brace = this.tokens.slice(this.indexOf(declaration)).find((token) => token.tokenType === t.LCurly);
    if (brace === undefined) return;
    this.block = { level: blocks[body], declaration, brace };
  }

  private mendInBlock(block: OpenBlock, result: Run, at: number): boolean {
    const inStatement = result.inside && result.rules.includes(block.level.rule);
    if (!inStatement && this.tokens[at]?.tokenType === t.RCurly) {
      this.from = at + 1;
      this.block = undefined;
      return false;
    }
    const start = this.blockStart(block, result, at, inStatement);
    const missing =
      start >= this.tokens.length || startsDeclaration(this.tokens, start, columnOf(block.declaration));
    if (!missing) return this.mendStatement(start, at, block.level);
    this.closeBlock(block, start);
    return false;
  }

  private blockStart(block: OpenBlock, result: Run, at: number, inStatement: boolean): number {
    const { statement, body } = result.progress;
    if (statement === undefined || body === undefined) return at;
    const start = this.indexOf(statement);
    if (inStatement || startsDeclaration(this.tokens, start, columnOf(block.declaration))) return start;
    return this.belongsTo(start, at, block.level) ? start : at;
  }

  /** Puts the closing brace that is missing before `index`. */
  private closeBlock(block: OpenBlock, index: number): void {
    const last = this.tokens[index - 1] ?? block.brace;
    // What broke just before may well have been the brace.
    if (last.tokenType !== t.Broken) this.findings.add(this.missingBrace(block, last));
    this.tokens.splice(index, 0, t.after(last, t.RCurly, "}"));
    this.from = index + 1;
    this.block = undefined;
  }

  private missingBrace(block: OpenBlock, last: IToken) {
    const span = tokenSpan(this.source.file, last);
    const end = { ...span, start: span.end };
    return syntaxError("syntax/missing-brace", span, `the block of ${block.level.title} is not closed`, {
      label: "`}` is missing after this",
      related: [{ span: tokenSpan(this.source.file, block.brace), text: "opened here" }],
      help: "write `}` after the last statement of the block",
      fix: replacement("close the block", end, "\n}"),
    });
  }

  // ---------------------------------------------------------------- one broken statement

  /** Whether what stands at `at`, where a statement should start, was meant to continue the one before. */
  private belongsTo(start: number, at: number, level: Level): boolean {
    const token = this.tokens[at];
    if (token === undefined) return false;
    if (!beginsLine(this.tokens, at)) return true;
    // One column is no indentation.
    return columnOf(token) > columnOf(this.tokens[start]) + 1 && continues(token, level);
  }

  private mendStatement(begun: number, brokeAt: number, level: Level): boolean {
    const start = this.afterSlip(begun);
    const trouble = this.trouble(start, brokeAt, level);
    if (this.tokens.slice(start, trouble.end).some((token) => this.told.has(token)))
      return this.excise(trouble);
    const { diagnostic, repair } = explain(trouble);
    this.findings.add(diagnostic);
    if (repair === undefined) return this.excise(trouble);
    this.tokens.splice(repair.index, repair.remove, ...repair.insert);
    this.told.add(repair.insert[0] ?? (this.tokens[repair.index - 1] as IToken));
    this.from = start;
    return false;
  }

  /** A statement that starts within the line of a slip that has been told is a part of it. */
  private afterSlip(start: number): number {
    let first = start;
    while (first > this.from && !beginsLine(this.tokens, first)) first -= 1;
    const slip = this.tokens.slice(first, start).some((token) => this.told.has(token));
    return slip && first > this.from ? first : start;
  }

  /** What broke: from where to where, at which token, and what could have stood there. */
  private trouble(start: number, brokeAt: number, level: Level): Trouble {
    const rule = level === file && start === 0 && this.start === "file" ? "file" : level.rule;
    let end = this.restart(start, start + 1, brokeAt);
    let at = brokeAt;
    if (end <= at && start < at) {
      if (run(rule, this.tokens.slice(start, end)).failed) at = end;
      else end = this.restart(start, at + 1, at);
    }
    let expected = expectedAfter(rule, this.tokens.slice(start, at));
    // With three tokens of lookahead the parser stops up to two tokens before the one that does not fit.
    for (let ahead = 0; ahead < 2 && at < end && fits(this.tokens[at], expected); ahead += 1) {
      at += 1;
      expected = expectedAfter(rule, this.tokens.slice(start, at));
    }
    return {
      file: this.source.file,
      text: this.source.text,
      tokens: this.tokens,
      start,
      at,
      end,
      expected,
      level,
    };
  }

  /** The first index, `least` or later, at which reading can begin again. */
  private restart(start: number, least: number, brokeAt: number): number {
    if (this.start === "expr") return this.tokens.length;
    let depth = 0;
    for (let index = start; index < this.tokens.length; index += 1) {
      if (index >= least && this.canRestart(index, depth, start, brokeAt)) return index;
      const type = this.tokens[index]?.tokenType;
      if (type === t.LCurly) depth += 1;
      else if (type === t.RCurly) depth -= 1;
    }
    return this.tokens.length;
  }

  private canRestart(index: number, depth: number, start: number, brokeAt: number): boolean {
    const { tokens, block } = this;
    const column = columnOf(block?.declaration ?? tokens[start]);
    if (startsDeclaration(tokens, index, column)) return true;
    if (block === undefined) return false;
    const lineStart = beginsLine(tokens, index);
    if (tokens[index]?.tokenType === t.RCurly) {
      const closes = depth <= 0 || (lineStart && columnOf(tokens[index]) <= column);
      return closes && !this.goesOn(index + 1, column);
    }
    const inline = block.level.inline && index > brokeAt && depth === 0;
    return (lineStart || inline) && startsStatement(tokens, index, block.level);
  }

  /** Whether the block goes on at `index` in spite of a brace before it, which then is a part of the slip. */
  private goesOn(index: number, column: number): boolean {
    const token = this.tokens[index];
    if (token === undefined) return false;
    const closes = token.tokenType === t.RCurly;
    if (!beginsLine(this.tokens, index)) return !closes && !file.words.includes(token.image);
    return closes ? !beginsLine(this.tokens, index - 1) : columnOf(token) > column;
  }

  private excise({ start, end }: Trouble): boolean {
    if (this.start === "expr") return true;
    const removed = this.tokens.slice(start, end);
    const first = removed[0];
    const last = removed.at(-1);
    if (first === undefined || last === undefined) return true;
    this.tokens.splice(start, removed.length, t.standIn(t.Broken, "", first, last));
    this.from = start + 1;
    return false;
  }

  /** Leaves the rest unread. */
  private giveUp(): void {
    const rest = this.tokens.splice(this.from);
    const first = rest[0];
    const last = rest.at(-1) ?? this.tokens.at(-1);
    if (first !== undefined && last !== undefined) this.tokens.push(t.standIn(t.Broken, "", first, last));
    if (this.block !== undefined && last !== undefined) this.tokens.push(t.after(last, t.RCurly, "}"));
  }
}

const noHeader: IToken = t.retyped(
  {
    image: "",
    startOffset: 0,
    endOffset: -1,
    startLine: 1,
    endLine: 1,
    startColumn: 1,
    endColumn: 1,
    tokenTypeIdx: 0,
    tokenType: t.Broken,
  },
  t.Broken,
  "",
);

function columnOf(token: IToken | undefined): number {
  return token?.startColumn ?? 1;
}

function isMisspeltPolicy(first: IToken, second: IToken | undefined): boolean {
  return isName(first) && isName(second) && didYouMean(first.image, ["policy"]) !== undefined;
}
