import type * as Ast from "../../../syntax/ast.js";
import type { CheckContext, Program, Rule } from "../../program.js";
import { degreeOf } from "../../rows.js";
import { type Found, quote } from "./support/found.js";
import { nodesOfKind, statementsOf, stepsOf } from "./support/walk.js";

export const outOfRange: Rule = {
  code: "check/out-of-range",
  severity: "error",
  summary: "degrees lie between 0 and 1, limits are not negative, and durations are longer than nothing",
  why:
    "Trust, confidence, tolerance, weight and fidelity are shares of certainty: 0 is none and 1 is all. A threshold stays below 1, " +
    "for at 1 nothing unknown would ever be asked about. A limit counts actions, and a duration of nothing is over before it begins.",
  avoid: `policy notes.sources

grounding {
  source archive is sqlite "./archive.db" trust 90
}
`,
  prefer: `policy notes.sources

grounding {
  source archive is sqlite "./archive.db" trust 0.9
}
`,
  *check({ program }: CheckContext): Iterable<Found> {
    for (const [name, node] of sharesOf(program)) {
      if (node !== undefined && !(node.value >= 0 && node.value <= 1)) yield share(name, node);
    }
    for (const { node } of statementsOf(program, "Threshold")) {
      if (node.value.value < 0 || node.value.value >= 1) yield threshold(node.value);
    }
    for (const { limit, counts } of limitsOf(program)) yield* limited(limit, counts);
    for (const [name, node] of durationsOf(program)) {
      if (node !== undefined && node.milliseconds <= 0) yield tooShort(name, node);
    }
  },
};

type Named<N> = readonly [name: string, node: N | undefined];

function* sharesOf(program: Program): Generator<Named<Ast.NumberNode>> {
  for (const { node } of statementsOf(program, "Source")) yield ["trust", node.trust];
  for (const { node } of statementsOf(program, "Fact")) yield ["agree within", node.agree];
  for (const { node } of statementsOf(program, "Tolerance")) yield ["tolerance", node.value];
  for (const { node } of statementsOf(program, "Unsupported")) yield ["unsupported at most", node.atMost];
  for (const { node } of statementsOf(program, "Class")) yield ["confidence", node.confidence];
  for (const { node } of statementsOf(program, "Gray")) yield ["weight", node.weight];
  for (const { node } of statementsOf(program, "Fidelity")) yield ["fidelity at least", node.atLeast];
  for (const { node } of stepsOf(program, "ClaimStep")) yield ["confidence", degreeOf(node.confidence)];
  for (const { node } of stepsOf(program, "ProposeStep")) yield ["confidence", degreeOf(node.confidence)];
  for (const { node } of stepsOf(program, "ExpectConfidenceStep")) yield ["confidence", degreeOf(node.value)];
}

function* durationsOf(program: Program): Generator<Named<Ast.DurationNode>> {
  const window = ({ per }: Ast.Window): Named<Ast.DurationNode> => [
    "per",
    per === "session" ? undefined : per,
  ];
  for (const { node } of statementsOf(program, "Source")) {
    yield ["fresh", node.fresh];
    yield ["timeout", node.timeout];
  }
  for (const { node } of statementsOf(program, "Limit")) yield window(node.window);
  for (const { node } of statementsOf(program, "Class")) if (node.limit) yield window(node.limit.window);
  for (const { node } of statementsOf(program, "Treat")) yield ["within", node.undo?.within];
  for (const { node } of statementsOf(program, "Escalate")) {
    for (const step of node.steps) yield ["within", step.within];
  }
  for (const { document } of program.units) {
    for (const node of nodesOfKind<Ast.CallsExpression>(document, "Calls")) yield ["calls", node.window];
  }
}

function* limitsOf(
  program: Program,
): Generator<{ readonly limit: Ast.NumberNode; readonly counts: boolean }> {
  for (const { node } of statementsOf(program, "Limit"))
    yield { limit: node.to, counts: node.sum === undefined };
  for (const { node } of statementsOf(program, "Class"))
    if (node.limit) yield { limit: node.limit.to, counts: true };
}

const share = (name: string, node: Ast.NumberNode): Found => ({
  message: `${quote(name)} lies between 0 and 1, and this is ${node.value}`,
  span: node.span,
  label: "out of range",
  help:
    node.value > 1 && node.value <= 100
      ? `write ${quote(String(node.value / 100))} for ${node.value} per cent`
      : "write 0 for none, 1 for all",
});

const threshold = (node: Ast.NumberNode): Found => ({
  message: `a threshold is at least 0 and below 1, and this is ${node.value}`,
  span: node.span,
  label: "out of range",
  help: "at 1 nothing unknown would be asked about; write a degree of ambiguity to bear, such as `0.3`",
});

function* limited(node: Ast.NumberNode, counts: boolean): Generator<Found> {
  if (node.value >= 0 && (!counts || Number.isInteger(node.value))) return;
  const negative = node.value < 0;
  yield {
    message: `a limit ${negative ? "is not negative" : "counts actions"}, and this is ${node.value}`,
    span: node.span,
    label: negative ? "negative" : "not a whole number",
    help: negative ? "write 0 to let nothing through" : "write a whole number, or `sum …` to bound an amount",
  };
}

const tooShort = (name: string, node: Ast.DurationNode): Found => ({
  message: `the duration of ${quote(name)} is nothing`,
  span: node.span,
  label: "must be longer than 0",
  help: "write a duration such as `30s`, `10m` or `4h`",
});
