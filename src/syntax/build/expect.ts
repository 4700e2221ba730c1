import type { CstNode } from "chevrotain";
import type { DecisionWord, ExpectStep, RuleRef, Subject } from "../ast.js";
import { column, degree } from "./literal.js";
import * as tree from "./tree.js";
import type { Building } from "./tree.js";

type Build = (at: Building, node: CstNode, span: ExpectStep["span"]) => ExpectStep;

const builders: Readonly<Record<string, Build>> = {
  expectDecision: (at, node, span) => {
    const from = tree.maybeNode(node, "names");
    const named = tree.maybeNode(node, "column");
    return {
      kind: "ExpectStep",
      span,
      decision:
        named === undefined ? (tree.oneToken(node, "decision").image as DecisionWord) : column(at, named),
      from: from === undefined ? [] : tree.names(at, from),
      by: by(at, node),
    };
  },
  expectFinding: (at, node, span) => ({
    kind: "ExpectFindingStep",
    span,
    validator: tree.nameOf(at, node, "validator"),
    finding: tree.name(at, tree.maybeToken(node, "within") ?? tree.oneToken(node, "Name")),
  }),
  expectClass: (at, node, span) => ({ kind: "ExpectClassStep", span, class: tree.nameOf(at, node) }),
  expectConfidence: (at, node, span) => ({
    kind: "ExpectConfidenceStep",
    span,
    bound: tree.maybeToken(node, "bound")?.image as "least" | "most" | undefined,
    value: degree(at, tree.oneNode(node, "degree")),
  }),
  expectRemedy: (at, node, span) => {
    const words = tree.names(at, node);
    const [first = tree.nameOf(at, node), last = first] = words;
    return {
      kind: "ExpectRemedyStep",
      span,
      remedy: { span: tree.join(first.span, last.span), text: words.map((word) => word.text).join("-") },
      by: by(at, node),
    };
  },
  expectAsks: (at, node, span) => {
    const about = tree.maybeNode(node, "subject");
    return {
      kind: "ExpectAsksStep",
      span,
      principal: tree.nameOf(at, node),
      about: about === undefined ? undefined : subject(at, about),
    };
  },
};

/** An `expectStep` rule. */
export function expectStep(at: Building, node: CstNode, span: ExpectStep["span"]): ExpectStep {
  for (const [key, build] of Object.entries(builders)) {
    const child = tree.maybeNode(node, key);
    if (child !== undefined) return build(at, child, span);
  }
  throw new tree.IncompleteTree("an expectation without what is expected");
}

/** A `subject` rule. */
export function subject(at: Building, node: CstNode): Subject {
  const span = tree.nodeSpan(at, node);
  const named = tree.maybeNode(node, "rule");
  return named === undefined
    ? { kind: "GivenSubject", span, name: tree.nameOf(at, node) }
    : { kind: "RuleSubject", span, rule: rule(at, named) };
}

function by(at: Building, node: CstNode): RuleRef | undefined {
  const child = tree.maybeNode(node, "by");
  return child === undefined ? undefined : rule(at, tree.oneNode(child, "rule"));
}

function rule(at: Building, node: CstNode): RuleRef {
  const bullet = tree.maybeToken(node, "Name");
  const because = tree.maybeNode(node, "because");
  return {
    span: tree.nodeSpan(at, node),
    rule: tree.oneToken(node, "rule").image as RuleRef["rule"],
    serving: bullet === undefined ? undefined : tree.name(at, bullet),
    because: because === undefined ? undefined : tree.text(at, tree.oneNode(because, "str")),
  };
}
