import type { CstElement, CstNode } from "chevrotain";
import type * as ast from "../ast.js";
import { condition } from "./expression.js";
import { params } from "./literal.js";
import * as statement from "./statement.js";
import { step } from "./step.js";
import * as tree from "./tree.js";
import type { Building } from "./tree.js";

type Build<T> = (at: Building, node: CstNode) => T;

// ------------------------------------------------------------------ the file

export function header(at: Building, file: CstNode): ast.Header | undefined {
  const node = tree.maybeNode(file, "header");
  if (node === undefined) return undefined;
  const extended = tree.maybeNode(node, "strings");
  const zone = tree.maybeToken(node, "String");
  return {
    span: tree.nodeSpan(at, node),
    name: tree.dotted(at, tree.oneNode(node, "dotted")),
    extends: tree.tokens(extended ?? empty, "String").map((token) => tree.textToken(at, token)),
    zone: zone === undefined ? undefined : tree.textToken(at, zone),
  };
}

const empty: CstNode = { name: "empty", children: {} };

export function declarations(at: Building, file: CstNode): readonly ast.Declaration[] {
  return tree.nodes(file, "decl").map((node) => declaration(at, node));
}

function declaration(at: Building, node: CstNode): ast.Declaration {
  const { key, element } = tree.choice(node);
  const build = declarationBuilders[key];
  if (!tree.isNode(element) || build === undefined) return tree.invalid(tree.nodeSpan(at, node));
  return build(at, element);
}

const declarationBuilders: Readonly<Record<string, Build<ast.Declaration>>> = {
  principal,
  intent: (at, node) => ({
    kind: "Intent",
    span: tree.nodeSpan(at, node),
    statements: body(at, node, "intentBody", intentStatements),
  }),
  tool: (at, node) => ({
    kind: "Tool",
    span: tree.nodeSpan(at, node),
    name: tree.dotted(at, tree.oneNode(node, "dotted")),
    params: params(at, tree.oneNode(node, "params")),
  }),
  toolsImport: (at, node) => ({
    kind: "ToolsImport",
    span: tree.nodeSpan(at, node),
    path: tree.textToken(at, tree.oneToken(node, "String")),
  }),
  scope: (at, node) => ({
    kind: "Scope",
    span: tree.nodeSpan(at, node),
    statements: body(at, node, "scopeBody", scopeStatements),
  }),
  grounding: (at, node) => ({
    kind: "Grounding",
    span: tree.nodeSpan(at, node),
    statements: body(at, node, "groundingBody", groundingStatements),
  }),
  reversibility: (at, node) => ({
    kind: "Reversibility",
    span: tree.nodeSpan(at, node),
    statements: body(at, node, "reversibilityBody", reversibilityStatements),
  }),
  discernment: (at, node) => ({
    kind: "Discernment",
    span: tree.nodeSpan(at, node),
    statements: body(at, node, "discernmentBody", discernmentStatements),
  }),
  tiers: (at, node) => ({ kind: "Tiers", span: tree.nodeSpan(at, node), names: tree.names(at, node) }),
  boundary: (at, node) => ({
    kind: "Boundary",
    span: tree.nodeSpan(at, node),
    from: tree.nameOf(at, node, "from"),
    to: tree.nameOf(at, node, "to"),
    statements: body(at, node, "boundaryBody", boundaryStatements),
  }),
  assert: (at, node) => ({
    kind: "Assert",
    span: tree.nodeSpan(at, node),
    tools: tree.tools(at, tree.oneNode(node, "tools")),
    never: condition(at, tree.maybeNode(node, "when")) ?? "without confirmation",
  }),
  test: (at, node) => ({
    kind: "Test",
    span: tree.nodeSpan(at, node),
    name: tree.textToken(at, tree.oneToken(node, "String")),
    steps: tree.nodes(tree.oneNode(node, "testBody"), "step").map((child) => step(at, child)),
  }),
};

function principal(at: Building, node: CstNode): ast.PrincipalDeclaration {
  const key = tree.maybeToken(node, "key");
  return {
    kind: "Principal",
    span: tree.nodeSpan(at, node),
    name: tree.nameOf(at, node),
    display: tree.textToken(at, tree.oneToken(node, "display")),
    key: key === undefined ? undefined : tree.textToken(at, key),
  };
}

// ------------------------------------------------------------------ blocks

const intentStatements = { bullet: statement.bullet, given: statement.given };
const scopeStatements = { permit: statement.permit, limit: statement.limit };
const groundingStatements = {
  source: statement.source,
  fact: statement.fact,
  claim: statement.claim,
  ground: statement.ground,
  tolerance: statement.tolerance,
  unsupported: statement.unsupported,
};
const reversibilityStatements = {
  class: statement.reversibilityClass,
  treat: statement.treat,
  otherwise: statement.otherwise,
};
const discernmentStatements = {
  threshold: statement.threshold,
  gray: statement.gray,
  fidelity: statement.fidelity,
  escalate: statement.escalate,
};
const boundaryStatements = { hold: statement.hold, because: statement.boundaryBecause };

type Builders = Readonly<Record<string, Build<unknown>>>;
type Built<B extends Builders> = ReturnType<B[keyof B]> | ast.Invalid;

/** The statements of a block in the order in which they were written. */
function body<B extends Builders>(
  at: Building,
  block: CstNode,
  rule: string,
  builders: B,
): readonly Built<B>[] {
  const found: { readonly start: number; readonly statement: Built<B> }[] = [];
  for (const [key, children] of Object.entries(tree.oneNode(block, rule).children)) {
    for (const child of children) {
      found.push({ start: startOf(child), statement: built(at, child, builders[key]) as Built<B> });
    }
  }
  return found.toSorted((a, b) => a.start - b.start).map((each) => each.statement);
}

function built(at: Building, element: CstElement, build: Build<unknown> | undefined): unknown {
  if (!tree.isNode(element)) return tree.invalid(tree.tokenSpan(at, element));
  return build === undefined ? tree.invalid(tree.nodeSpan(at, element)) : build(at, element);
}

function startOf(element: CstElement): number {
  return tree.isNode(element) ? (element.location?.startOffset ?? 0) : element.startOffset;
}
