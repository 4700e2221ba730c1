import type { CstNode, IToken } from "chevrotain";
import type { Span } from "../../diagnostics/diagnostic.js";
import type {
  BinaryOperator,
  CallsExpression,
  DurationNode,
  Expression,
  NamedArgument,
  Reference,
  ToolRef,
} from "../ast.js";
import { durationValue, isDecimal, numberValue } from "../literals.js";
import * as tree from "./tree.js";
import type { Building } from "./tree.js";

/** A chain of more operands than this makes a tree that is too deep to be walked safely. */
export const longestChain = 500;
/** And so do chains inside of chains, with more operands in all than this. */
const mostLinks = 1_000;

/** An expression and the range it was read from, parentheses included. */
interface Part {
  readonly value: Expression;
  readonly span: Span;
}

/** An `expr` rule. */
export function expression(at: Building, node: CstNode): Expression {
  const { key, element } = tree.choice(node);
  const child = element as CstNode;
  if (key === "chain") return chain(at, child);
  return key === "open" ? open(at, child) : tally(at, child);
}

export function maybeExpression(at: Building, node: CstNode | undefined): Expression | undefined {
  return node === undefined ? undefined : expression(at, node);
}

/** A `when` rule, where there is one. */
export function condition(at: Building, node: CstNode | undefined): Expression | undefined {
  return node === undefined ? undefined : expression(at, tree.oneNode(node, "expr"));
}

export function named(at: Building, node: CstNode): NamedArgument {
  return {
    span: tree.nodeSpan(at, node),
    name: tree.nameOf(at, node),
    value: expression(at, tree.oneNode(node, "expr")),
  };
}

// ------------------------------------------------------------------ if, every, some, no, count, sum

function open(at: Building, node: CstNode): Expression {
  const span = tree.nodeSpan(at, node);
  const word = tree.maybeToken(node, "word");
  if (word !== undefined) {
    const quantifier = word.image as "every" | "some" | "no";
    return { kind: "Quantified", span, quantifier, ...over(at, tree.oneNode(node, "over")) };
  }
  const [test, yes, no] = tree.nodes(node, "expr").map((child) => expression(at, child));
  if (test === undefined || yes === undefined || no === undefined) return tree.invalid(span);
  return { kind: "If", span, condition: test, then: yes, else: no };
}

function tally(at: Building, node: CstNode): Expression {
  const word = tree.oneToken(node, "word").image as "count" | "sum";
  return {
    kind: "Tally",
    span: tree.nodeSpan(at, node),
    tally: word,
    ...over(at, tree.oneNode(node, "over")),
  };
}

function over(at: Building, node: CstNode) {
  return {
    variable: tree.nameOf(at, node),
    lists: tree.nodes(node, "primary").map((child) => primary(at, child)),
    body: expression(at, tree.oneNode(node, "expr")),
  };
}

// ------------------------------------------------------------------ chains of operators

function chain(at: Building, node: CstNode): Expression {
  const only = onlyOperand(node);
  if (only !== undefined) return chainOperand(at, only);
  const operands = parts(at, node, chainOperand);
  if (operands === undefined) return tree.invalid(tree.nodeSpan(at, node));
  return foldLogic(operands, tree.tokens(node, "operator")).value;
}

function chainOperand(at: Building, node: CstNode): Expression {
  return node.name === "open" ? open(at, node) : neg(at, node);
}

function part(at: Building, node: CstNode, build: (at: Building, node: CstNode) => Expression): Part {
  return { value: build(at, node), span: tree.nodeSpan(at, node) };
}

/** `and` binds tighter than `or`: groups of `and` are folded first, then joined by `or`. */
function foldLogic(operands: readonly Part[], operators: readonly IToken[]): Part {
  const groups: Part[] = [];
  operands.forEach((operand, index) => {
    const operator = operators[index - 1]?.image;
    const group = groups.at(-1);
    if (operator === "and" && group !== undefined) groups[groups.length - 1] = binary("and", group, operand);
    else groups.push(operand);
  });
  return groups.reduce((left, right) => binary("or", left, right));
}

function binary(operator: BinaryOperator, left: Part, right: Part): Part {
  const span = tree.join(left.span, right.span);
  return { span, value: { kind: "Binary", span, operator, left: left.value, right: right.value } };
}

/** Most chains are of one operand, and then are what it is. */
function onlyOperand(node: CstNode): CstNode | undefined {
  const { operand = [] } = node.children;
  const [only] = operand;
  return operand.length === 1 && only !== undefined && tree.isNode(only) ? only : undefined;
}

/** The operands of a chain, or undefined where they are too many. */
function parts(
  at: Building,
  node: CstNode,
  build: (at: Building, node: CstNode) => Expression,
): Part[] | undefined {
  const operands = tree.nodes(node, "operand");
  const links = at.links + operands.length - 1;
  if (operands.length > longestChain || links > mostLinks) return tooLong(at, node);
  const inside = { ...at, links };
  return operands.map((child) => part(inside, child, build));
}

function tooLong(at: Building, node: CstNode): undefined {
  at.tell("syntax/too-long", tree.nodeSpan(at, node), "this chain has too many operands", {
    label: `no more than ${longestChain}, and no more than ${mostLinks} with the chains around it`,
    help: "write several statements, or compare with a list by `in`",
  });
}

function neg(at: Building, node: CstNode): Expression {
  const inner = tree.maybeNode(node, "neg");
  if (inner !== undefined) return { kind: "Not", span: tree.nodeSpan(at, node), operand: neg(at, inner) };
  return compare(at, tree.oneNode(node, "compare"));
}

function add(at: Building, node: CstNode): Expression {
  return arithmetic(at, node, mul);
}

function mul(at: Building, node: CstNode): Expression {
  return arithmetic(at, node, unary);
}

/** `a + b - c` and `a * b / c`: from the left. */
function arithmetic(
  at: Building,
  node: CstNode,
  operand: (at: Building, node: CstNode) => Expression,
): Expression {
  const only = onlyOperand(node);
  if (only !== undefined) return operand(at, only);
  const operands = parts(at, node, operand);
  if (operands === undefined) return tree.invalid(tree.nodeSpan(at, node));
  const operators = tree.tokens(node, "operator");
  const folded = operands.reduce((left, right, index) =>
    binary((operators[index - 1]?.image ?? "+") as BinaryOperator, left, right),
  );
  return folded.value;
}

// ------------------------------------------------------------------ comparisons

function compare(at: Building, node: CstNode): Expression {
  const left = add(at, tree.oneNode(node, "add"));
  const relation = tree.maybeNode(node, "relation");
  if (relation !== undefined) return related(at, left, relation, tree.nodeSpan(at, node));
  const match = tree.maybeNode(node, "match");
  if (match !== undefined) return matched(at, left, match, tree.nodeSpan(at, node));
  const traced = tree.maybeNode(node, "traced");
  if (traced !== undefined) return tracedTo(at, left, traced, tree.nodeSpan(at, node));
  return left;
}

function related(at: Building, left: Expression, node: CstNode, span: Span): Expression {
  const words = tree.tokens(node, "operator").map((token) => token.image);
  const right = add(at, tree.oneNode(node, "add"));
  return { kind: "Binary", span, operator: words.join(" ") as BinaryOperator, left, right };
}

function matched(at: Building, operand: Expression, node: CstNode, span: Span): Expression {
  const operator = tree.oneToken(node, "operator").image as "like" | "matches";
  return { kind: "Match", span, operator, operand, pattern: tree.text(at, tree.oneNode(node, "str")) };
}

function tracedTo(at: Building, operand: Expression, node: CstNode, span: Span): Expression {
  const list = tree.maybeNode(node, "names");
  return { kind: "TracedTo", span, operand, sources: tree.names(at, list ?? node) };
}

// ------------------------------------------------------------------ the tightest

function unary(at: Building, node: CstNode): Expression {
  const inner = tree.maybeNode(node, "unary");
  if (inner !== undefined)
    return { kind: "Negate", span: tree.nodeSpan(at, node), operand: unary(at, inner) };
  const held = tree.maybeNode(node, "ref");
  if (held !== undefined) return { kind: "Has", span: tree.nodeSpan(at, node), of: reference(at, held) };
  return primary(at, tree.oneNode(node, "primary"));
}

function primary(at: Building, node: CstNode): Expression {
  const { key, element } = tree.choice(node);
  return tree.isNode(element) ? compound(at, key, element) : constant(at, key, element);
}

function compound(at: Building, key: string, node: CstNode): Expression {
  switch (key) {
    case "calls":
      return calls(at, node);
    case "ref":
      return reference(at, node);
    case "str":
      return { kind: "String", ...tree.text(at, node) };
    case "listing": {
      const elements = tree.nodes(node, "expr").map((child) => expression(at, child));
      return { kind: "List", span: tree.nodeSpan(at, node), elements };
    }
    default:
      return expression(at, tree.oneNode(node, "expr"));
  }
}

function constant(at: Building, key: string, token: IToken): Expression {
  const span = tree.tokenSpan(at, token);
  switch (key) {
    case "Number":
      return { kind: "Number", span, value: numberValue(token.image), decimal: isDecimal(token.image) };
    case "Duration":
      return { kind: "Duration", span, milliseconds: durationValue(token.image) };
    case "Now":
      return { kind: "Now", span };
    default:
      return { kind: "Bool", span, value: key === "True" };
  }
}

function reference(at: Building, node: CstNode): Reference {
  const root = tree.maybeToken(node, "root");
  const written = tree.oneToken(node, "Name");
  const called = tree.maybeToken(node, "LParen") !== undefined;
  if (written.image === "null" && root === undefined && !called) tellNull(at, written);
  return {
    kind: "Reference",
    span: tree.nodeSpan(at, node),
    root: (root?.image ?? "name") as Reference["root"],
    name: tree.name(at, written),
    args: called ? tree.nodes(node, "expr").map((child) => expression(at, child)) : undefined,
    fields: tree.tokens(node, "field").map((token) => tree.name(at, token)),
  };
}

function tellNull(at: Building, token: IToken): void {
  at.tell("syntax/null", tree.tokenSpan(at, token), "the language has no `null`", {
    help: "write `has x` to ask whether an optional value is there; an argument that is named null is written in backquotes",
  });
}

function calls(at: Building, node: CstNode): CallsExpression {
  const [window, ...more] = tree.tokens(node, "Duration").map((token) => tree.duration(at, token));
  const tools: readonly ToolRef[] = tree.nodes(node, "toolref").map((child) => tree.toolRef(at, child));
  for (const second of more) tellSecondWindow(at, second);
  const args = tree.nodes(node, "named").map((child) => named(at, child));
  return { kind: "Calls", span: tree.nodeSpan(at, node), tools, window, args };
}

function tellSecondWindow(at: Building, second: DurationNode): void {
  at.tell("syntax/two-windows", second.span, "`calls` looks back over one duration only", {
    help: "leave the second duration out",
  });
}
