import type { CstNode } from "chevrotain";
import type { DecisionWord, Invalid, TestStep } from "../ast.js";
import { example, literal, literals, testValue } from "./literal.js";
import * as tree from "./tree.js";
import type { Building } from "./tree.js";

type Build = (at: Building, node: CstNode, span: TestStep["span"]) => TestStep;

const builders: Readonly<Record<string, Build>> = {
  tierStep: (at, node, span) => ({ kind: "TierStep", span, tier: tree.nameOf(at, node) }),
  givenStep: (at, node, span) => ({
    kind: "GivenStep",
    span,
    name: tree.nameOf(at, node),
    value: testValue(at, tree.oneNode(node, "value")),
  }),
  nowStep: (at, node, span) => ({
    kind: "NowStep",
    span,
    time: tree.textToken(at, tree.oneToken(node, "String")),
  }),
  factStep: (at, node, span) => ({
    kind: "FactStep",
    span,
    name: tree.nameOf(at, node),
    args: literals(at, tree.oneNode(node, "literals")),
    value: testValue(at, tree.oneNode(node, "value")),
  }),
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
    returns: literal(at, tree.oneNode(node, "literal")),
  }),
  claimStep: (at, node, span) => ({
    kind: "ClaimStep",
    span,
    name: tree.nameOf(at, node),
    value: literal(at, tree.oneNode(node, "literal")),
    confidence: tree.maybeNumber(at, tree.maybeToken(node, "Number")),
  }),
  proposeStep: (at, node, span) => ({
    kind: "ProposeStep",
    span,
    call: example(at, tree.oneNode(node, "example")),
    confidence: tree.maybeNumber(at, tree.maybeToken(node, "Number")),
  }),
  confirmedStep: (at, node, span) => ({ kind: "ConfirmedStep", span, by: tree.nameOf(at, node) }),
  expectStep: (at, node, span) => {
    const from = tree.maybeNode(node, "names");
    return {
      kind: "ExpectStep",
      span,
      decision: tree.oneToken(node, "decision").image as DecisionWord,
      from: from === undefined ? [] : tree.names(at, from),
    };
  },
};

/** A `step` rule. */
export function step(at: Building, node: CstNode): TestStep | Invalid {
  const { key, element } = tree.choice(node);
  const build = builders[key];
  if (!tree.isNode(element)) return tree.invalid(tree.tokenSpan(at, element));
  if (build === undefined) return tree.invalid(tree.nodeSpan(at, node));
  return build(at, element, tree.nodeSpan(at, element));
}
