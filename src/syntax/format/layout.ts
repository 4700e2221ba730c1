import type { CstElement, CstNode, IToken, TokenType } from "chevrotain";
import { isNode } from "../build/tree.js";
import * as t from "../tokens.js";
import { type Child, childrenOf, core, typeOf } from "./children.js";
import {
  type Atom,
  concat,
  type Doc,
  fill,
  fitted,
  group,
  hardline,
  indent,
  line,
  softline,
  widthOf,
} from "./doc.js";

/**
 * Where a statement breaks, by the names of the parts before which it does: with `own` always, with `line` where the statement
 * does not stand on one line, with `fit` where the part does not fit behind what stands before it. Parts that are not named
 * follow behind a space.
 */
const clauses: Readonly<Record<string, Readonly<Record<string, "fit" | "line" | "own">>>> = {
  header: { Extends: "line", Zone: "line" },
  principal: { Key: "line" },
  given: { asks: "line" },
  permit: { Serving: "fit", when: "line", because: "own" },
  limit: { Sum: "line", To: "line", Each: "line" },
  source: { Trust: "line", Fresh: "line", Timeout: "line" },
  toolOrigin: { when: "line" },
  fact: { from: "own", Agree: "own" },
  ground: { expr: "own", because: "own" },
  class: { Above: "line", Confidence: "line", Confirm: "line", Limit: "line" },
  treat: { As: "fit", when: "line", By: "line", because: "own" },
  gray: { when: "line", Weight: "line", asks: "own", because: "own" },
  rowsStep: { row: "own" },
  observeStep: { end: "fit" },
  claimStep: { confidence: "fit" },
  proposeStep: { confidence: "fit", Message: "fit" },
  assert: { when: "line", Without: "fit" },
};

/** Statements whose `own` parts do not make the others break. */
const apart = new Set(["gray"]);

const closing = new Map<TokenType | undefined, TokenType>([
  [t.LParen, t.RParen],
  [t.LSquare, t.RSquare],
  [t.LCurly, t.RCurly],
]);

/** Lists whose commas count as those of the brackets around them. */
const lists = new Set(["params", "fields", "literals", "strings", "names"]);

/** What begins where its statement begins: the statement's own indentation is enough for what follows. */
const flush = new Set(["tool", "fact", "factStep", "example"]);

const isCall = (parent: string, open: Child | undefined): boolean =>
  typeOf(open?.element) === t.LParen && parent !== "group" && parent !== "type";

/** Lays out the concrete tree: what stands in one line, and where lines may break. */
export class Layout {
  constructor(private readonly atoms: ReadonlyMap<IToken, Atom>) {}

  /** A statement or the head of a block, of these children of a node; `pad` is how wide its first word is made. */
  statement({ name }: CstNode, children: readonly Child[], pad = 0): Doc {
    const breaks = clauses[name];
    if (breaks === undefined) return group(indent(this.sequence(name, children, pad)));
    const together: Doc[] = [];
    const behind: Doc[] = [];
    // Under what a rule serves its condition stands on a line of its own, so that those of several rules stand below each other.
    const serves = children.some(({ key }) => key === "Serving");
    for (const part of split(children, ({ key }) => breaks[key] !== undefined)) {
      const [first] = part;
      const kind = first === undefined ? undefined : breaks[first.key];
      const own = kind === "own" || (first?.key === "when" && (serves || this.isLong(first.element)));
      const target = kind === "own" && apart.has(name) ? behind : together;
      const doc = this.sequence(name, part);
      if (kind === undefined) target.push(doc);
      else if (kind === "fit") target.push(fitted(doc));
      else target.push(own ? hardline : line, doc);
    }
    return concat([group(indent(concat(together))), indent(concat(behind))]);
  }

  /** Whether a `when` has more than one comparison. */
  private isLong(element: CstElement): boolean {
    if (!isNode(element)) return false;
    const condition = this.reached((element.children.expr as CstElement[])[0] as CstElement);
    return isNode(condition) && (condition.name === "chain" || condition.name === "open");
  }

  /** What stands at a place, seen through parentheses that were left out. */
  private reached(element: CstElement): CstElement {
    const at = core(element);
    if (!isNode(at) || at.name !== "group" || this.atoms.has(at.children.LParen?.[0] as IToken)) return at;
    return this.reached((at.children.expr as CstElement[])[0] as CstElement);
  }

  private element(element: CstElement): Doc {
    if (!isNode(element)) return this.token(element);
    const children = childrenOf(element);
    const [only] = children;
    if (children.length === 1 && only !== undefined) return this.element(only.element);
    switch (element.name) {
      case "chain":
        return this.chain(children);
      case "add":
      case "mul":
        return this.operands(children);
      case "relation":
      case "match":
        return this.comparison(children);
      case "open":
        return typeOf(only?.element) === t.keyword("if")
          ? this.choice(children)
          : this.sequence("open", children);
      case "over":
        return this.over(children);
      case "str":
        return this.strings(children);
      case "toolOrigin":
        return this.statement(element, children);
      default:
        return this.sequence(element.name, children);
    }
  }

  private token(token: IToken): Doc {
    return this.atoms.get(token) ?? "";
  }

  /** Parts behind each other; where commas stand between them, as many on a line as fit. */
  private sequence(parent: string, children: readonly Child[], pad = 0): Doc {
    const parts = splitBehindCommas(children).map((part) => this.run(parent, part, pad));
    return parts.length === 1 ? (parts[0] as Doc) : fill(parts);
  }

  private run(parent: string, children: readonly Child[], pad = 0): Doc {
    const docs: Doc[] = [];
    for (let i = 0; i < children.length; i += 1) {
      const { element } = children[i] as Child;
      if (i > 0 && isSpaced(parent, (children[i - 1] as Child).element, element)) docs.push(" ");
      const close = closing.get(typeOf(element));
      const end =
        close === undefined ? -1 : children.findIndex((one, at) => at > i && typeOf(one.element) === close);
      if (end < 0) docs.push(this.element(element));
      else {
        docs.push(this.brackets(parent, children.slice(i, end + 1)));
        i = end;
      }
      if (i === 0 && !isNode(element) && pad > 0)
        docs.push(" ".repeat(Math.max(0, pad - widthOf(element.image))));
    }
    return docs.length === 1 ? (docs[0] as Doc) : concat(docs);
  }

  /** Arguments and parameters: as many on a line as fit. Else on one line, or its items deeper on lines of their own. */
  private brackets(parent: string, children: readonly Child[]): Doc {
    const open = this.element((children[0] as Child).element);
    const close = this.element((children.at(-1) as Child).element);
    const inner = children.slice(1, -1);
    const [only] = inner;
    const node = inner.length === 1 && only !== undefined && isNode(only.element) ? only.element : undefined;
    const items = splitBehindCommas(node !== undefined && lists.has(node.name) ? childrenOf(node) : inner);
    // Parentheses that were left out.
    if (open === "") return concat(items.map((item) => this.run("", item)));
    if (items.length === 0) return concat([open, close]);
    const docs = items.map((item) => this.run(node?.name ?? "", item));
    if (isCall(parent, children[0])) {
      const filled = concat([open, fill(docs), close]);
      return flush.has(parent) ? filled : indent(filled);
    }
    const edge = typeOf(children[0]?.element) === t.LCurly ? line : softline;
    const isShort = items.every(
      ([first, comma]) => first !== undefined && !isNode(this.reached(first.element)) && isComma(comma),
    );
    const body = isShort
      ? fill(docs)
      : concat(docs.flatMap((doc, index) => (index === 0 ? [doc] : [line, doc])));
    return group(concat([open, indent(concat([edge, body])), edge, close]));
  }

  // ---------------------------------------------------------------- conditions

  /** Operands of `or`, each of them operands of `and`: lines break before `or` first, and those before `and` start deeper. */
  private chain(children: readonly Child[]): Doc {
    const isOr = ({ element }: Child): boolean => typeOf(element) === t.keyword("or");
    const parts = split(children, isOr);
    if (parts.length === 1) return this.operands(children);
    const docs = parts.map((part, index) =>
      index === 0
        ? indent(this.operands(part))
        : concat([this.element((part[0] as Child).element), " ", this.operands(part.slice(1))]),
    );
    return stacked(docs);
  }

  /** Operands and the operators between them: lines break before the operators. */
  private operands(children: readonly Child[]): Doc {
    return stacked(split(children, ({ element }) => !isNode(element)).map((part) => this.run("", part)));
  }

  private comparison(children: readonly Child[]): Doc {
    const operator = this.run("", children.slice(0, -1));
    const right = (children.at(-1) as Child).element;
    const reached = this.reached(right);
    const isList = isNode(reached) && reached.name === "listing";
    return group(
      concat([
        operator,
        isList ? " " : indent(line),
        isList ? this.element(right) : indent(this.element(right)),
      ]),
    );
  }

  private choice(children: readonly Child[]): Doc {
    const isBranch = ({ element }: Child): boolean =>
      typeOf(element) === t.keyword("then") || typeOf(element) === t.keyword("else");
    return stacked(split(children, isBranch).map((part) => this.run("", part)));
  }

  private over(children: readonly Child[]): Doc {
    const body = this.element((children.at(-1) as Child).element);
    return group(concat([this.sequence("over", children.slice(0, -1)), indent(concat([line, body]))]));
  }

  /** A text in several strings has a line for each. */
  private strings(children: readonly Child[]): Doc {
    const [first, ...others] = children.map(({ element }) => this.element(element));
    return concat([first ?? "", indent(concat(others.flatMap((other) => [hardline, other])))]);
  }
}

/** The first on the line, the others behind it or on deeper lines below it. */
function stacked([first, ...others]: readonly Doc[]): Doc {
  if (others.length === 0) return first ?? "";
  return group(concat([first ?? "", indent(concat(others.flatMap((other) => [line, other])))]));
}

/** Parts of which each but the first begins with a child that `begins` one. */
function split(children: readonly Child[], begins: (child: Child) => boolean): readonly (readonly Child[])[] {
  const parts: Child[][] = [];
  for (const child of children) {
    const part = parts.at(-1);
    if (part === undefined || (begins(child) && part.length > 0)) parts.push([child]);
    else part.push(child);
  }
  return parts;
}

/** Parts that end with a comma, but for the last; commas between brackets are left to them. */
function splitBehindCommas(children: readonly Child[]): readonly (readonly Child[])[] {
  const parts: Child[][] = [];
  let end: TokenType | undefined;
  let isDone = true;
  for (const child of children) {
    const type = typeOf(child.element);
    if (isDone) parts.push([]);
    parts.at(-1)?.push(child);
    isDone = end === undefined && type === t.Comma;
    if (end === undefined) end = closing.get(type);
    else if (type === end) end = undefined;
  }
  return parts;
}

const isComma = (child: Child | undefined): boolean =>
  child === undefined || typeOf(child.element) === t.Comma;

const tightBefore = new Set<TokenType | undefined>([
  t.LParen,
  t.RParen,
  t.RSquare,
  t.Comma,
  t.Colon,
  t.Dot,
  t.Question,
]);
const tightBehind = new Set<TokenType | undefined>([t.LParen, t.LSquare, t.Dot]);

/** Whether a space stands between two children of a node. */
function isSpaced(parent: string, left: CstElement, right: CstElement): boolean {
  const [before, after] = [typeOf(left), typeOf(right)];
  if (tightBehind.has(before) || tightBefore.has(after)) return false;
  if (parent === "toolref") return false;
  if (parent === "type") return before !== t.Less && after !== t.Less && after !== t.Greater;
  if (parent === "expectRemedy" && (before === t.Minus || after === t.Minus)) return false;
  if (before === t.Minus && (parent === "unary" || parent === "literal")) return startsWithMinus(right);
  return true;
}

// `--x` would be read well, and looked at twice.
const startsWithMinus = (element: CstElement): boolean =>
  isNode(element) && element.name === "unary" && typeOf(element.children.Minus?.[0]) === t.Minus;
