import type { CstNode } from "chevrotain";
import type { Invalid, TestStep } from "../ast.js";
import { expectStep, subject } from "./expect.js";
import { cell, column, degree, example, literal, literals, testValue } from "./literal.js";
import * as tree from "./tree.js";
import type { Building } from "./tree.js";

type Build = (at: Building, node: CstNode, span: TestStep["span"]) => TestStep;

const builders: Readonly<Record<string, Build>> = {
  rowsStep: (at, node, span) => ({
    kind: "RowsStep",
    span,
    columns: tree.nodes(node, "column").map((child) => column(at, child).name),
    rows: tree.nodes(node, "row").map((row) => ({
      span: tree.nodeSpan(at, row),
      cells: tree.nodes(row, "cell").map((child) => cell(at, child)),
    })),
  }),
  tierStep: (at, node, span) => ({ kind: "TierStep", span, tier: tree.nameOf(at, node) }),
  circumstanceStep: (at, node, span) => ({
    kind: "CircumstanceStep",
    span,
    root: tree.oneToken(node, "root").image as "actor" | "session",
    name: tree.nameOf(at, node),
    value: literal(at, tree.oneNode(node, "literal")),
  }),
  givenStep: (at, node, span) => ({
    kind: "GivenStep",
    span,
    name: tree.nameOf(at, node),
    value: testValue(at, tree.oneNode(node, "value")),
  }),
  nowStep: (at, node, span) => ({ kind: "NowStep", span, time: literal(at, tree.oneNode(node, "literal")) }),
  factStep: (at, node, span) => {
    const source = tree.maybeToken(node, "source");
    return {
      kind: "FactStep",
      span,
      name: tree.nameOf(at, node),
      args: literals(at, tree.oneNode(node, "literals")),
      from: source === undefined ? undefined : tree.name(at, source),
      value: testValue(at, tree.oneNode(node, "value")),
    };
  },
  saidStep: (at, node, span) => ({
    kind: "SaidStep",
    span,
    by: tree.nameOf(at, node),
    text: tree.text(at, tree.oneNode(node, "str")),
  }),
  observeStep: (at, node, span) => ({
    kind: "ObserveStep",
    span,
    call: example(at, tree.oneNode(node, "example")),
    fails: tree.oneToken(node, "end").image === "fails",
    returns: literal(at, tree.oneNode(node, "literal")),
  }),
  claimStep: (at, node, span) => ({
    kind: "ClaimStep",
    span,
    name: tree.nameOf(at, node),
    value: literal(at, tree.oneNode(node, "literal")),
    confidence: confidence(at, node),
  }),
  proposeStep: (at, node, span) => ({
    kind: "ProposeStep",
    span,
    call: example(at, tree.oneNode(node, "example")),
    confidence: confidence(at, node),
    message: tree.maybeText(at, tree.maybeNode(node, "str")),
  }),
  wordStep: (at, node, span) => ({
    kind: tree.oneToken(node, "word").image === "refused" ? "RefusedStep" : "ConfirmedStep",
    span,
    by: tree.nameOf(at, node),
  }),
  answeredStep: (at, node, span) => ({
    kind: "AnsweredStep",
    span,
    by: tree.nameOf(at, node),
    about: subject(at, tree.oneNode(node, "subject")),
    answer: literal(at, tree.oneNode(node, "literal")),
  }),
  expectStep,
};

function confidence(at: Building, node: CstNode) {
  const child = tree.maybeNode(node, "confidence");
  return child === undefined ? undefined : degree(at, tree.oneNode(child, "degree"));
}

/** A `step` rule. */
export function step(at: Building, node: CstNode): TestStep | Invalid {
  const { key, element } = tree.choice(node);
  const build = builders[key];
  if (!tree.isNode(element)) return tree.invalid(tree.tokenSpan(at, element));
  if (build === undefined) return tree.invalid(tree.nodeSpan(at, node));
  return build(at, element, tree.nodeSpan(at, element));
}
