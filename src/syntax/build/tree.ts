import type { CstElement, CstNode, IToken } from "chevrotain";
import type { Span } from "../../diagnostics/diagnostic.js";
import type { Dotted, DurationNode, Invalid, Name, NumberNode, Text, ToolRef } from "../ast.js";
import type { SyntaxCode } from "../codes.js";
import type { Advice } from "../findings.js";
import { durationValue, isDecimal, nameValue, numberValue, stringValue } from "../literals.js";
import { Dot, endOffset, Name as NameToken, QuotedName, Star, Text as TextToken } from "../tokens.js";

/** What the builders share: the file's name, and where to tell what only the tree can show. */
export interface Building {
  readonly file: string;
  /** How many operands of chains enclose what is being built: the depth of the tree above it. */
  readonly links: number;
  readonly tell: (code: SyntaxCode, span: Span, message: string, advice?: Advice) => void;
}

// ------------------------------------------------------------------ reading the concrete tree

export function isNode(element: CstElement): element is CstNode {
  return "children" in element;
}

const none: readonly CstElement[] = [];

function elements(node: CstNode, key: string): readonly CstElement[] {
  return node.children[key] ?? none;
}

const isToken = (element: CstElement): element is IToken => !isNode(element);

export function nodes(node: CstNode, key: string): readonly CstNode[] {
  return elements(node, key).filter(isNode);
}

export function tokens(node: CstNode, key: string): readonly IToken[] {
  return elements(node, key).filter(isToken);
}

export function maybeNode(node: CstNode, key: string): CstNode | undefined {
  return elements(node, key).find(isNode);
}

export function maybeToken(node: CstNode, key: string): IToken | undefined {
  return elements(node, key).find(isToken);
}

/** The one child of that name. The parser gives only complete trees, so that its absence is a slip in this project. */
export function oneNode(node: CstNode, key: string): CstNode {
  return maybeNode(node, key) ?? incomplete(node, key);
}

export function oneToken(node: CstNode, key: string): IToken {
  return maybeToken(node, key) ?? incomplete(node, key);
}

function incomplete(node: CstNode, key: string): never {
  throw new IncompleteTree(`a ${node.name} without ${key}`);
}

/** Thrown within this folder and caught by `parse.ts`. */
export class IncompleteTree extends Error {}

/** The single child of a rule that is a choice. */
export function choice(node: CstNode): { readonly key: string; readonly element: CstElement } {
  for (const key of Object.keys(node.children)) {
    const [element] = elements(node, key);
    if (element !== undefined) return { key, element };
  }
  return incomplete(node, "a choice");
}

// ------------------------------------------------------------------ spans

export function nodeSpan(at: Building, node: CstNode): Span {
  const start = node.location?.startOffset;
  const end = node.location?.endOffset;
  if (start === undefined || end === undefined || Number.isNaN(start))
    return { file: at.file, start: 0, end: 0 };
  return { file: at.file, start, end: end + 1 };
}

export function tokenSpan(at: Building, token: IToken): Span {
  return { file: at.file, start: token.startOffset, end: endOffset(token) };
}

export function join(first: Span, last: Span): Span {
  return { file: first.file, start: first.start, end: last.end };
}

// ------------------------------------------------------------------ small nodes

/** Longer names could not be read again from a built policy, nor told in a message. */
const longestName = 1_000;
/** So could longer texts. */
const longestText = 100_000;

function boundName(at: Building, span: Span, written: string): void {
  if (written.length <= longestName) return;
  at.tell("syntax/bad-name", span, `a name has no more than ${longestName} characters`, {
    help: "write a shorter name",
  });
}

export function name(at: Building, token: IToken): Name {
  const span = tokenSpan(at, token);
  const value = nameValue(token.image);
  boundName(at, span, value);
  return { span, text: value };
}

export function nameOf(at: Building, node: CstNode, key: string = NameToken.name): Name {
  return name(at, oneToken(node, key));
}

/** All names of a `names` rule, or of any rule that lists them. */
export function names(at: Building, node: CstNode): readonly Name[] {
  return tokens(node, NameToken.name).map((token) => name(at, token));
}

export function dotted(at: Building, node: CstNode): Dotted {
  const segments = names(at, node);
  const span = nodeSpan(at, node);
  const whole = segments.map((segment) => segment.text).join(".");
  if (segments.length > 1) boundName(at, span, whole);
  return { span, text: whole, segments };
}

/** A `str` rule: adjacent literals are one. */
export function text(at: Building, node: CstNode): Text {
  const value = tokens(node, TextToken.name)
    .map((token) => stringValue(token.image))
    .join("");
  const span = nodeSpan(at, node);
  if (value.length > longestText)
    at.tell("syntax/too-long", span, `a text has no more than ${longestText} characters`, {
      help: "write a shorter text",
    });
  return { span, value };
}

export function maybeText(at: Building, node: CstNode | undefined): Text | undefined {
  return node === undefined ? undefined : text(at, node);
}

/** A single STRING. */
export function textToken(at: Building, token: IToken): Text {
  return { span: tokenSpan(at, token), value: stringValue(token.image) };
}

export function number(at: Building, token: IToken): NumberNode {
  return { span: tokenSpan(at, token), value: numberValue(token.image), decimal: isDecimal(token.image) };
}

export function maybeNumber(at: Building, token: IToken | undefined): NumberNode | undefined {
  return token === undefined ? undefined : number(at, token);
}

export function duration(at: Building, token: IToken): DurationNode {
  return { span: tokenSpan(at, token), milliseconds: durationValue(token.image) };
}

export function maybeDuration(at: Building, token: IToken | undefined): DurationNode | undefined {
  return token === undefined ? undefined : duration(at, token);
}

export function invalid(span: Span): Invalid {
  return { kind: "Invalid", span };
}

// ------------------------------------------------------------------ tools

/** A `tools` rule. */
export function tools(at: Building, node: CstNode): readonly ToolRef[] {
  return nodes(node, "toolref").map((child) => toolRef(at, child));
}

export function toolRef(at: Building, node: CstNode): ToolRef {
  const segments = tokens(node, NameToken.name);
  for (const segment of segments) rejectQuotedStar(at, segment);
  const stars = tokens(node, Star.name).length > 0;
  // One dot stands between each two segments; a further one stands before the star.
  const dotBeforeStar = tokens(node, Dot.name).length === segments.length && segments.length > 0;
  const written = segments.map((segment) => nameValue(segment.image)).join(".");
  const pattern = `${written}${dotBeforeStar ? "." : ""}${stars ? "*" : ""}`;
  const span = nodeSpan(at, node);
  boundName(at, span, pattern);
  return { span, pattern };
}

// Else a quoted name would become a pattern, and permit more than one can see.
function rejectQuotedStar(at: Building, token: IToken): void {
  if (token.tokenType !== QuotedName || !token.image.includes("*")) return;
  at.tell("syntax/bad-name", tokenSpan(at, token), "the name of a tool cannot hold a `*`", {
    help: "a pattern is written with the star outside of the backquotes, at its end",
  });
}
