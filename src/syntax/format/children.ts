import type { CstElement, CstNode, IToken, TokenType } from "chevrotain";
import { isNode } from "../build/tree.js";

/** A child of a node, with the name it has in the grammar. */
export interface Child {
  readonly key: string;
  readonly element: CstElement;
}

/** The children of a node in the order of the text. */
export function childrenOf(node: CstNode): readonly Child[] {
  const found: Child[] = [];
  for (const key in node.children)
    for (const element of node.children[key] ?? [])
      if (!Number.isNaN(startOf(element))) found.push({ key, element });
  return found.length < 2 ? found : found.sort((a, b) => startOf(a.element) - startOf(b.element));
}

// A node without tokens, such as the parameters of `f()`, has no place.
const startOf = (element: CstElement): number =>
  isNode(element) ? (element.location?.startOffset ?? Number.NaN) : element.startOffset;

/** The type of a token; a node has none. */
export const typeOf = (element: CstElement | undefined): TokenType | undefined =>
  element === undefined || isNode(element) ? undefined : element.tokenType;

/** What is reached through nodes with one child each. */
export function core(element: CstElement): CstElement {
  let at = element;
  while (isNode(at)) {
    const only = onlyChild(at);
    if (only === undefined) return at;
    at = only;
  }
  return at;
}

function onlyChild(node: CstNode): CstElement | undefined {
  let found: CstElement | undefined;
  for (const key in node.children)
    for (const element of node.children[key] ?? []) {
      if (found !== undefined) return undefined;
      found = element;
    }
  return found;
}

/**
 * Parentheses that group nothing: around a whole condition or argument, around a single name, value or call, and a second pair.
 * All others say how the author reads the condition, and stay.
 */
export function uselessParentheses(tree: CstNode): ReadonlySet<IToken> {
  const found = new Set<IToken>();
  const visit = (node: CstNode): void => {
    if (node.name === "expr") dropAround(core(node), found);
    if (node.name === "group" && isSingle(inside(node))) dropAround(node, found);
    for (const key in node.children)
      for (const element of node.children[key] ?? []) if (isNode(element)) visit(element);
  };
  visit(tree);
  return found;
}

function dropAround(element: CstElement, found: Set<IToken>): void {
  if (!isNode(element) || element.name !== "group") return;
  for (const key of ["LParen", "RParen"])
    for (const token of element.children[key] ?? []) found.add(token as IToken);
}

const single = new Set(["ref", "calls", "listing", "str"]);

function isSingle(element: CstElement): boolean {
  if (!isNode(element) || single.has(element.name)) return true;
  return element.name === "group" && isSingle(inside(element));
}

/** What a pair of parentheses holds. */
const inside = (node: CstNode): CstElement => core((node.children.expr as CstElement[])[0] as CstElement);
