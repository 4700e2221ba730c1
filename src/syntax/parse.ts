import type { CstNode, IToken } from "chevrotain";
import type { Diagnostic, Span } from "../diagnostics/diagnostic.js";
import type { Comment, Declaration, Expression, NarrowingDocument, PolicyDocument, Source } from "./ast.js";
import { declarations, header } from "./build/document.js";
import { expression } from "./build/expression.js";
import { type Building, IncompleteTree, invalid } from "./build/tree.js";
import type { SyntaxCode } from "./codes.js";
import { deepest, tooDeep } from "./depth.js";
import { Findings, syntaxError } from "./findings.js";
import { lex, tokenSpan } from "./lexer.js";
import { readTree } from "./recover.js";

/** A longer source is not read. In UTF-16 units, of which a MiB of text has no more than it has bytes. */
export const longestSource = 1024 * 1024;

export interface ParseResult<T> {
  readonly document: T;
  readonly comments: readonly Comment[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What was read, with the concrete tree: all tokens in their order, also those that the syntax tree leaves out. */
export interface Parsed<T> extends ParseResult<T> {
  /** Absent where nothing could be read. */
  readonly tree: CstNode | undefined;
  readonly tokens: readonly IToken[];
}

/** Reads a policy. Never throws: what cannot be parsed is an `Invalid` node, and its diagnostic is given. */
export function parsePolicy(source: Source): ParseResult<PolicyDocument> {
  return withoutTree(readPolicy(source));
}

/** Reads a narrowing: declarations without a first line. */
export function parseNarrowing(source: Source): ParseResult<NarrowingDocument> {
  return withoutTree(readNarrowing(source));
}

/** Reads a single expression. */
export function parseExpression(source: Source): ParseResult<Expression> {
  const reading = { build: expression, broken: () => invalid(wholeOf(source)) };
  return withoutTree(parse<Expression>(source, "expr", reading));
}

// The concrete tree is many times as big as what is made of it: it is not kept.
function withoutTree<T>({ document, comments, diagnostics }: Parsed<T>): ParseResult<T> {
  return { document, comments, diagnostics };
}

/** As `parsePolicy`, with the concrete tree. */
export function readPolicy(source: Source): Parsed<PolicyDocument> {
  const span = wholeOf(source);
  return parse(source, "file", {
    build: (at, tree) => ({
      kind: "Policy",
      span,
      header: header(at, tree),
      declarations: declarations(at, tree),
    }),
    broken: () => ({ kind: "Policy", span, header: undefined, declarations: brokenDeclarations(span) }),
  });
}

/** As `parseNarrowing`, with the concrete tree. */
export function readNarrowing(source: Source): Parsed<NarrowingDocument> {
  const span = wholeOf(source);
  return parse(source, "narrowing", {
    build: (at, tree) => ({ kind: "Narrowing", span, declarations: declarations(at, tree) }),
    broken: () => ({ kind: "Narrowing", span, declarations: brokenDeclarations(span) }),
  });
}

interface Reading<T> {
  readonly build: (at: Building, tree: CstNode) => T;
  /** What stands for the whole when nothing could be read. */
  readonly broken: () => T;
}

function parse<T>(source: Source, start: "file" | "narrowing" | "expr", reading: Reading<T>): Parsed<T> {
  const findings = new Findings();
  if (source.text.length > longestSource) {
    findings.add(tooLarge(source));
    const diagnostics = findings.list();
    return { document: reading.broken(), comments: [], diagnostics, tree: undefined, tokens: [] };
  }
  const lexed = lex(source, findings);
  const { comments, tokens } = lexed;
  const result = (document: T, tree?: CstNode) => ({
    document,
    comments,
    tokens,
    tree,
    diagnostics: findings.list(),
  });

  const deep = tooDeep(lexed.tokens);
  if (deep !== undefined) {
    findings.add(tooNested(tokenSpan(source.file, deep)));
    return result(reading.broken());
  }
  try {
    const tree = readTree(start, lexed, source, findings);
    if (tree !== undefined) return result(reading.build(building(source, findings), tree), tree);
  } catch (error) {
    if (!isOurs(error)) throw error;
  }
  if (findings.list().length === 0) findings.add(unreadable(source));
  return result(reading.broken());
}

// INVARIANT: `tooDeep` bounds the recursion and trees are complete, so that neither of these is seen. Should that ever fail,
// a policy must be refused rather than the reader of hostile text be stopped.
function isOurs(error: unknown): boolean {
  return error instanceof RangeError || error instanceof IncompleteTree;
}

function unreadable(source: Source): Diagnostic {
  return syntaxError(
    "syntax/too-deep",
    { ...wholeOf(source), end: 0 },
    "this cannot be read: it nests too deep",
    {
      help: "write several statements instead of one",
    },
  );
}

function building(source: Source, findings: Findings): Building {
  return {
    file: source.file,
    links: 0,
    tell: (code: SyntaxCode, span, message, advice) => findings.add(syntaxError(code, span, message, advice)),
  };
}

function wholeOf(source: Source): Span {
  return { file: source.file, start: 0, end: source.text.length };
}

function brokenDeclarations(span: Span): readonly Declaration[] {
  return span.end === 0 ? [] : [invalid(span)];
}

function tooLarge(source: Source): Diagnostic {
  const size = `${(source.text.length / longestSource).toFixed(1)} MiB`;
  return syntaxError(
    "syntax/too-large",
    { ...wholeOf(source), end: 0 },
    `this file has ${size}, which is too much to be read`,
    {
      help: "split the policy into layers, and take them in by `extends`",
    },
  );
}

function tooNested(span: Span): Diagnostic {
  return syntaxError("syntax/too-deep", span, `this nests deeper than ${deepest} levels`, {
    help: "write several statements instead of one",
  });
}
