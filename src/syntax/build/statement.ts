import type { CstNode } from "chevrotain";
import type * as ast from "../ast.js";
import { condition, expression, maybeExpression, named } from "./expression.js";
import { literal, params, type } from "./literal.js";
import * as tree from "./tree.js";
import type { Building } from "./tree.js";

/** The statements of intent, scope, grounding, reversibility, discernment and boundary; each from its rule. */

function because(at: Building, node: CstNode): ast.Text | undefined {
  const clause = tree.maybeNode(node, "because");
  return clause === undefined ? undefined : tree.text(at, tree.oneNode(clause, "str"));
}

function when(at: Building, node: CstNode): ast.Expression | undefined {
  return condition(at, tree.maybeNode(node, "when"));
}

function asks(at: Building, node: CstNode): ast.Asks | undefined {
  const clause = tree.maybeNode(node, "asks");
  if (clause === undefined) return undefined;
  return {
    span: tree.nodeSpan(at, clause),
    principal: tree.nameOf(at, clause),
    question: tree.text(at, tree.oneNode(clause, "str")),
  };
}

function toolList(at: Building, node: CstNode): readonly ast.ToolRef[] {
  return tree.tools(at, tree.oneNode(node, "tools"));
}

function window(at: Building, node: CstNode): ast.Window {
  const found = tree.oneNode(node, "window");
  const per = tree.maybeDuration(at, tree.maybeToken(found, "Duration")) ?? "session";
  return { span: tree.nodeSpan(at, found), per };
}

function numberOf(at: Building, node: CstNode, key = "Number"): ast.NumberNode {
  return tree.number(at, tree.oneToken(node, key));
}

// ------------------------------------------------------------------ intent

export function bullet(at: Building, node: CstNode): ast.Bullet {
  const text = tree.text(at, tree.oneNode(node, "str"));
  return { kind: "Bullet", span: tree.nodeSpan(at, node), name: tree.nameOf(at, node), text };
}

export function given(at: Building, node: CstNode): ast.Given {
  const value = tree.maybeNode(node, "literal");
  return {
    kind: "Given",
    span: tree.nodeSpan(at, node),
    name: tree.nameOf(at, node),
    type: type(at, tree.oneNode(node, "type")),
    value: value === undefined ? undefined : literal(at, value),
    asks: asks(at, node),
  };
}

// ------------------------------------------------------------------ scope

export function permit(at: Building, node: CstNode): ast.PermitStatement {
  const serving = tree.maybeNode(node, "names");
  return {
    kind: "Permit",
    span: tree.nodeSpan(at, node),
    effect: tree.maybeToken(node, "Forbid") === undefined ? "permit" : "forbid",
    tools: toolList(at, node),
    serving: serving === undefined ? [] : tree.names(at, serving),
    when: when(at, node),
    because: because(at, node),
  };
}

export function limit(at: Building, node: CstNode): ast.LimitStatement {
  return {
    kind: "Limit",
    span: tree.nodeSpan(at, node),
    tools: toolList(at, node),
    sum: maybeExpression(at, tree.maybeNode(node, "sum")),
    to: numberOf(at, node),
    window: window(at, node),
    each: maybeExpression(at, tree.maybeNode(node, "each")),
  };
}

// ------------------------------------------------------------------ grounding

export function source(at: Building, node: CstNode): ast.SourceStatement {
  return {
    kind: "Source",
    span: tree.nodeSpan(at, node),
    name: tree.nameOf(at, node),
    origin: origin(at, node),
    trust: numberOf(at, node),
    fresh: tree.maybeDuration(at, tree.maybeToken(node, "fresh")),
    timeout: tree.maybeDuration(at, tree.maybeToken(node, "timeout")),
  };
}

function origin(at: Building, node: CstNode): ast.WorldOrigin | ast.ToolOrigin {
  const tool = tree.maybeNode(node, "toolOrigin");
  if (tool !== undefined) return toolOrigin(at, tool);
  const world = tree.oneNode(node, "worldOrigin");
  const locator = tree.textToken(at, tree.oneToken(world, "String"));
  return { kind: "World", span: tree.nodeSpan(at, world), type: tree.nameOf(at, world), locator };
}

function toolOrigin(at: Building, node: CstNode): ast.ToolOrigin {
  return {
    kind: "ToolOrigin",
    span: tree.nodeSpan(at, node),
    tools: toolList(at, node),
    fields: tree.nodes(node, "dotted").map((child) => tree.dotted(at, child)),
    asText: tree.maybeToken(node, "Text") !== undefined,
    when: when(at, node),
  };
}

export function fact(at: Building, node: CstNode): ast.FactStatement {
  return {
    kind: "Fact",
    span: tree.nodeSpan(at, node),
    name: tree.nameOf(at, node),
    optional: tree.maybeToken(node, "Question") !== undefined,
    params: params(at, tree.oneNode(node, "params")),
    type: type(at, tree.oneNode(node, "type")),
    from: tree.nodes(node, "from").map((child) => factOrigin(at, child)),
    agree: tree.maybeNumber(at, tree.maybeToken(node, "Number")),
  };
}

function factOrigin(at: Building, node: CstNode): ast.FactOrigin {
  const lookup = tree.maybeText(at, tree.maybeNode(node, "str"));
  return { span: tree.nodeSpan(at, node), source: tree.nameOf(at, node), lookup };
}

export function claim(at: Building, node: CstNode): ast.ClaimStatement {
  const claimed = type(at, tree.oneNode(node, "type"));
  return { kind: "Claim", span: tree.nodeSpan(at, node), name: tree.nameOf(at, node), type: claimed };
}

export function ground(at: Building, node: CstNode): ast.GroundStatement {
  return {
    kind: "Ground",
    span: tree.nodeSpan(at, node),
    tools: toolList(at, node),
    on: tree.oneToken(node, "aspect").image as ast.GroundAspect,
    condition: expression(at, tree.oneNode(node, "expr")),
    because: because(at, node),
  };
}

export function tolerance(at: Building, node: CstNode): ast.ToleranceStatement {
  return { kind: "Tolerance", span: tree.nodeSpan(at, node), value: numberOf(at, node) };
}

export function unsupported(at: Building, node: CstNode): ast.UnsupportedStatement {
  return { kind: "Unsupported", span: tree.nodeSpan(at, node), atMost: numberOf(at, node) };
}

// ------------------------------------------------------------------ reversibility

export function reversibilityClass(at: Building, node: CstNode): ast.ClassStatement {
  const above = tree.maybeToken(node, "above");
  const confirm = tree.maybeToken(node, "confirm");
  const to = tree.maybeNumber(at, tree.maybeToken(node, "limit"));
  return {
    kind: "Class",
    span: tree.nodeSpan(at, node),
    name: tree.nameOf(at, node),
    above: above === undefined ? undefined : tree.name(at, above),
    confidence: tree.maybeNumber(at, tree.maybeToken(node, "confidence")),
    confirm: confirm === undefined ? undefined : tree.name(at, confirm),
    limit: to === undefined ? undefined : { to, window: window(at, node) },
  };
}

export function treat(at: Building, node: CstNode): ast.TreatStatement {
  return {
    kind: "Treat",
    span: tree.nodeSpan(at, node),
    tools: toolList(at, node),
    as: tree.nameOf(at, node),
    when: when(at, node),
    undo: undo(at, node),
    because: because(at, node),
  };
}

function undo(at: Building, node: CstNode): ast.TreatStatement["undo"] {
  const found = tree.maybeNode(node, "call");
  if (found === undefined) return undefined;
  const call: ast.UndoCall = {
    span: tree.nodeSpan(at, found),
    tool: tree.dotted(at, tree.oneNode(found, "dotted")),
    args: tree.nodes(found, "named").map((child) => named(at, child)),
  };
  return { call, within: tree.duration(at, tree.oneToken(node, "Duration")) };
}

export function otherwise(at: Building, node: CstNode): ast.OtherwiseStatement {
  return { kind: "Otherwise", span: tree.nodeSpan(at, node), name: tree.nameOf(at, node) };
}

// ------------------------------------------------------------------ discernment

export function threshold(at: Building, node: CstNode): ast.ThresholdStatement {
  const meant = tree.maybeToken(node, "Name");
  return {
    kind: "Threshold",
    span: tree.nodeSpan(at, node),
    value: numberOf(at, node),
    for: meant === undefined ? undefined : tree.name(at, meant),
  };
}

export function gray(at: Building, node: CstNode): ast.GrayStatement {
  return {
    kind: "Gray",
    span: tree.nodeSpan(at, node),
    tools: toolList(at, node),
    when: when(at, node),
    weight: numberOf(at, node),
    asks: asks(at, node),
    because: because(at, node),
  };
}

export function fidelity(at: Building, node: CstNode): ast.FidelityStatement {
  return { kind: "Fidelity", span: tree.nodeSpan(at, node), atLeast: numberOf(at, node) };
}

export function escalate(at: Building, node: CstNode): ast.EscalateStatement {
  const steps = tree.nodes(node, "rung").map((rung) => ({
    span: tree.nodeSpan(at, rung),
    principal: tree.nameOf(at, rung),
    within: tree.duration(at, tree.oneToken(rung, "Duration")),
  }));
  return { kind: "Escalate", span: tree.nodeSpan(at, node), steps };
}

// ------------------------------------------------------------------ boundary

export function hold(at: Building, node: CstNode): ast.HoldStatement {
  return {
    kind: "Hold",
    span: tree.nodeSpan(at, node),
    verb: tree.oneToken(node, "verb").image as ast.HoldStatement["verb"],
    held: tree.nodes(node, "held").map((child) => held(at, child)),
  };
}

function held(at: Building, node: CstNode): ast.Held {
  const span = tree.nodeSpan(at, node);
  const tool = tree.maybeNode(node, "toolref");
  if (tool === undefined) {
    const written = tree.maybeToken(node, "Name");
    return { kind: "HeldGiven", span, name: written === undefined ? "*" : tree.name(at, written).text };
  }
  const bulletName = heldBullet(at, tool);
  if (bulletName !== undefined) return { kind: "HeldBullet", span, name: bulletName };
  return { kind: "HeldTool", span, pattern: tree.toolRef(at, tool).pattern };
}

/** `intent.NAME` and `intent.*`; a tool whose name starts so is written in backquotes. */
function heldBullet(at: Building, node: CstNode): string | undefined {
  const segments = tree.tokens(node, "Name");
  const [first, second, third] = segments;
  if (first?.image !== "intent" || third !== undefined || tree.maybeToken(node, "Dot") === undefined)
    return undefined;
  const star = tree.maybeToken(node, "Star") !== undefined;
  if (second === undefined) return star ? "*" : undefined;
  return star ? undefined : tree.name(at, second).text;
}

export function boundaryBecause(at: Building, node: CstNode): ast.BoundaryBecause {
  return { kind: "Because", span: tree.nodeSpan(at, node), text: tree.text(at, tree.oneNode(node, "str")) };
}
