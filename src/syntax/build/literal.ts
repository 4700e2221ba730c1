import type { CstNode } from "chevrotain";
import type {
  ColumnLiteral,
  Degree,
  ExampleCall,
  Literal,
  Name,
  Param,
  TestValue,
  TypeNode,
} from "../ast.js";
import { durationValue, isDecimal, numberValue } from "../literals.js";
import * as tree from "./tree.js";
import type { Building } from "./tree.js";

/** A `type` rule. */
export function type(at: Building, node: CstNode): TypeNode {
  const span = tree.nodeSpan(at, node);
  const element = tree.maybeNode(node, "type");
  if (element !== undefined) return { kind: "ListType", span, element: type(at, element) };
  const members = tree.maybeNode(node, "strings");
  if (members !== undefined) {
    const texts = tree.tokens(members, "String").map((token) => tree.textToken(at, token));
    return { kind: "EnumType", span, members: texts };
  }
  const record = tree.maybeNode(node, "params");
  if (record !== undefined) return { kind: "RecordType", span, fields: params(at, record) };
  return { kind: "NamedType", span, name: tree.oneToken(node, "Ident").image };
}

export function params(at: Building, node: CstNode): readonly Param[] {
  return tree.nodes(node, "param").map((child) => ({
    span: tree.nodeSpan(at, child),
    name: tree.nameOf(at, child),
    optional: tree.maybeToken(child, "Question") !== undefined,
    sensitive: tree.maybeToken(child, "Sensitive") !== undefined,
    type: type(at, tree.oneNode(child, "type")),
  }));
}

/** A `literal` rule. */
export function literal(at: Building, node: CstNode): Literal {
  const span = tree.nodeSpan(at, node);
  const text = tree.maybeNode(node, "str");
  if (text !== undefined) return { kind: "StringLiteral", span, value: tree.text(at, text).value };
  const elements = tree.maybeNode(node, "literals");
  if (elements !== undefined) return { kind: "ListLiteral", span, elements: literals(at, elements) };
  const record = tree.maybeNode(node, "fields");
  if (record !== undefined) return { kind: "RecordLiteral", span, fields: fields(at, record) };
  const named = tree.maybeNode(node, "column");
  if (named !== undefined) return column(at, named);
  return (
    numeric(node, span) ?? { kind: "BoolLiteral", span, value: tree.maybeToken(node, "True") !== undefined }
  );
}

function numeric(node: CstNode, span: Literal["span"]): Literal | undefined {
  const sign = tree.maybeToken(node, "Minus") === undefined ? 1 : -1;
  const number = tree.maybeToken(node, "Number")?.image;
  if (number !== undefined) {
    return {
      kind: "NumberLiteral",
      span,
      value: signed(sign, numberValue(number)),
      decimal: isDecimal(number),
    };
  }
  const duration = tree.maybeToken(node, "Duration")?.image;
  if (duration === undefined) return undefined;
  return { kind: "DurationLiteral", span, milliseconds: signed(sign, durationValue(duration)) };
}

export function literals(at: Building, node: CstNode): readonly Literal[] {
  return tree.nodes(node, "literal").map((child) => literal(at, child));
}

function fields(at: Building, node: CstNode): readonly { readonly name: Name; readonly value: Literal }[] {
  const values = literals(at, node);
  return tree.names(at, node).flatMap((name, index) => {
    const value = values[index];
    return value === undefined ? [] : [{ name, value }];
  });
}

/** A `column` rule: a name in the place of a value. */
export function column(at: Building, node: CstNode): ColumnLiteral {
  const token = tree.oneToken(node, "Column");
  if (noValues.has(token.image))
    at.tell("syntax/null", tree.tokenSpan(at, token), `the language has no \`${token.image}\``, {
      help: "in a test write `unknown` for what is not known, and `absent` for what has no value; leave out what is not there",
    });
  return { kind: "ColumnLiteral", span: tree.tokenSpan(at, token), name: tree.name(at, token) };
}

/** What other languages call nothing. */
export const noValues: ReadonlySet<string> = new Set(["null", "nil", "none", "undefined"]);

/** A `degree` rule. */
export function degree(at: Building, node: CstNode): Degree {
  const named = tree.maybeNode(node, "column");
  return named === undefined ? tree.number(at, tree.oneToken(node, "Number")) : column(at, named);
}

/** A `cell` rule: a word is the column literal of its name. */
export function cell(at: Building, node: CstNode): Literal {
  const word = tree.maybeToken(node, "word");
  if (word === undefined) return literal(at, tree.oneNode(node, "literal"));
  return { kind: "ColumnLiteral", span: tree.tokenSpan(at, word), name: tree.name(at, word) };
}

/** A `value` rule: `unknown`, `absent`, or a literal. */
export function testValue(at: Building, node: CstNode): TestValue {
  const child = tree.maybeNode(node, "literal");
  if (child !== undefined) return literal(at, child);
  return tree.maybeToken(node, "Absent") === undefined ? "unknown" : "absent";
}

/** An `example` rule. */
export function example(at: Building, node: CstNode): ExampleCall {
  return {
    span: tree.nodeSpan(at, node),
    tool: tree.dotted(at, tree.oneNode(node, "dotted")),
    args: fields(at, tree.oneNode(node, "fields")),
  };
}

// Zero has no sign here.
function signed(sign: number, value: number): number {
  return value === 0 ? 0 : sign * value;
}
