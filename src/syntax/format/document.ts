import type { CstNode, IToken } from "chevrotain";
import { isNode } from "../build/tree.js";
import { LCurly } from "../tokens.js";
import type { Atoms } from "./atoms.js";
import { type Child, childrenOf, typeOf } from "./children.js";
import { type Atom, type OwnLine, print, step, widthOf } from "./doc.js";
import { Layout } from "./layout.js";

/** Lines break so that they are no longer than this, in columns. */
export const longestLine = 100;

/** What a comment begins with that suppresses a diagnostic: it must stand in the line of its statement, or in the one before. */
const suppression = "// reshimu-allow";

/** Blocks in which statements are written as a table: their first words are made equally wide. */
const tables: Readonly<Record<string, readonly string[]>> = {
  intentBody: ["bullet"],
  boundaryBody: ["hold", "because"],
};

/** A whole tree as text. */
export function written(tree: CstNode, atoms: Atoms): string {
  return new Writer(atoms).file(tree);
}

class Writer {
  private readonly lines: string[] = [];
  private readonly layout: Layout;
  private readonly tokens: readonly IToken[];
  /** The first token that is not written yet. */
  private next = 0;
  /** Whether nothing stands yet in the block or file that is being written: a blank line is never the first. */
  private isFirst = true;

  constructor(private readonly atoms: Atoms) {
    this.layout = new Layout(atoms.of);
    this.tokens = [...atoms.of.keys()];
  }

  file(tree: CstNode): string {
    let wasApart = false;
    for (const { element } of childrenOf(tree)) {
      const node = isNode(element) && element.name === "decl" ? childrenOf(element)[0]?.element : element;
      if (node === undefined || !isNode(node)) continue;
      const isBlock = node.children.LCurly !== undefined;
      this.opening(this.atomAt(this.next), 0, isBlock || wasApart);
      if (isBlock) this.block(node);
      else this.statement(node, childrenOf(node), 0);
      // Blocks are set apart, and so is the first line of a policy.
      wasApart = isBlock || node.name === "header";
    }
    this.comments(this.atoms.tail, 0);
    return this.lines.length === 0 ? "" : `${this.lines.join("\n")}\n`;
  }

  private block(node: CstNode): void {
    const children = childrenOf(node);
    const brace = children.findIndex(({ element }) => typeOf(element) === LCurly);
    const body = children.slice(brace + 1, -1);
    const close = this.atoms.of.get(children.at(-1)?.element as IToken);
    const head = children.slice(0, brace + 1);
    const isOpen = this.atoms.of.get(head.at(-1)?.element as IToken)?.after !== undefined;
    this.statement(node, head, 0);
    if (close === undefined) return;
    if (body.length === 0 && close.before.length === 0 && !isOpen) {
      this.next += 1;
      this.lines.push(`${this.lines.pop()}}${behind(close)}`);
      return;
    }
    this.isFirst = true;
    for (const { element } of body) if (isNode(element)) this.body(element);
    this.comments(close.before, step);
    this.next += 1;
    this.lines.push(`}${behind(close)}`);
    this.isFirst = false;
  }

  private body(body: CstNode): void {
    const statements = childrenOf(body).flatMap(({ element }) => (isNode(element) ? [inner(element)] : []));
    const aligned = tables[body.name] ?? [];
    const isAligned = (node: CstNode): boolean => aligned.includes(node.name);
    const pad = Math.max(0, ...statements.filter(isAligned).map(firstWidth));
    for (const node of statements) {
      this.opening(this.atomAt(this.next), step, false);
      this.statement(node, childrenOf(node), step, isAligned(node) ? pad : 0);
    }
  }

  /** What stands before a statement: comments and blank lines. `isApart`: there is a blank line in any case. */
  private opening(first: Atom | undefined, column: number, isApart: boolean): void {
    if (first === undefined) return;
    const { before, blank } = first;
    const asked = isApart && !blank && !before.some((comment) => comment.blank);
    if (asked) this.blank();
    this.comments(before, column);
    before.length = 0;
    if (blank) this.blank();
  }

  private statement(node: CstNode, children: readonly Child[], column: number, pad = 0): void {
    const end = endOf(children);
    const from = this.next;
    while ((this.tokens[this.next]?.startOffset ?? Number.POSITIVE_INFINITY) <= end) this.next += 1;
    const last = this.atomAt(this.next - 1);
    const comment = last === undefined ? "" : behind(last);
    if (last !== undefined) last.after = undefined;
    const text = print(this.layout.statement(node, children, pad), column, longestLine);
    const isBroken = text.includes("\n");
    const indentation = " ".repeat(column);
    if (isBroken && comment.startsWith(` ${suppression}`) && this.isPlain(from)) {
      this.lines.push(`${indentation}${comment.slice(1)}`, `${indentation}${text}`);
    } else this.lines.push(`${indentation}${text}${comment}`);
    this.isFirst = false;
  }

  /** Whether no comment stands between the tokens from an index to the next one. */
  private isPlain(from: number): boolean {
    for (let index = from; index < this.next; index += 1) {
      const atom = this.atomAt(index);
      if (atom !== undefined && (atom.before.length > 0 || atom.after !== undefined)) return false;
    }
    return true;
  }

  private comments(comments: readonly OwnLine[], column: number): void {
    for (const { text, blank } of comments) {
      if (blank) this.blank();
      this.lines.push(`${" ".repeat(column)}${text}`);
      this.isFirst = false;
    }
  }

  private blank(): void {
    if (!this.isFirst) this.lines.push("");
  }

  private atomAt(index: number): Atom | undefined {
    const token = this.tokens[index];
    return token === undefined ? undefined : this.atoms.of.get(token);
  }
}

const behind = ({ after }: Atom): string => (after === undefined ? "" : ` ${after}`);

/** A choice between kinds of statements is the one that was chosen. */
function inner(node: CstNode): CstNode {
  const [only, more] = childrenOf(node);
  return node.name === "step" && only !== undefined && more === undefined && isNode(only.element)
    ? only.element
    : node;
}

function firstWidth(node: CstNode): number {
  const first = childrenOf(node)[0]?.element;
  return first === undefined || isNode(first) ? 0 : widthOf(first.image);
}

function endOf(children: readonly Child[]): number {
  const last = children.at(-1)?.element;
  if (last === undefined) return -1;
  return (isNode(last) ? last.location?.endOffset : last.endOffset) ?? -1;
}
