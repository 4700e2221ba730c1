import type * as ast from "./ast.js";
import { printExpression, printNamed } from "./print-expression.js";
import {
  cell,
  column,
  dotted,
  duration,
  fields,
  literal,
  name,
  number,
  params,
  string,
  testValue,
  toolPattern,
  type,
} from "./print-literal.js";

/** Each statement on one line; clauses that are absent leave nothing behind. */
export function line(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join(" ");
}

export function tools(all: readonly ast.ToolRef[]): string {
  return all.map((tool) => toolPattern(tool.pattern)).join(", ");
}

export function names(all: readonly ast.Name[]): string {
  return all.map((each) => name(each.text)).join(", ");
}

/** A word and what follows it, where there is something. */
export function clause<T>(
  word: string,
  value: T | undefined,
  print: (value: T) => string,
): string | undefined {
  return value === undefined ? undefined : `${word} ${print(value)}`;
}

const nameText = (node: ast.Name): string => name(node.text);
const numberText = (node: ast.NumberNode): string => number(node.value, node.decimal);
const durationText = (node: ast.DurationNode): string => duration(node.milliseconds);
const textOf = (node: ast.Text): string => string(node.value);

const because = (text: ast.Text | undefined): string | undefined => clause("because", text, textOf);
const when = (condition: ast.Expression | undefined): string | undefined =>
  clause("when", condition, printExpression);
const asks = (node: ast.Asks | undefined): string | undefined =>
  clause("asks", node, ({ principal, question }) => `${nameText(principal)} ${textOf(question)}`);

function window(node: ast.Window): string {
  return `per ${node.per === "session" ? node.per : durationText(node.per)}`;
}

export type Statement =
  | ast.IntentDeclaration["statements"][number]
  | ast.ScopeBlock["statements"][number]
  | ast.GroundingBlock["statements"][number]
  | ast.ReversibilityBlock["statements"][number]
  | ast.DiscernmentBlock["statements"][number]
  | ast.BoundaryDeclaration["statements"][number]
  | ast.TestDeclaration["steps"][number];

type Printers = { readonly [K in Statement["kind"]]: (node: Extract<Statement, { kind: K }>) => string };

const printers: Printers = {
  Bullet: (node) => line(nameText(node.name), textOf(node.text)),
  Given: (node) =>
    line(
      "given",
      `${nameText(node.name)}:`,
      type(node.type),
      clause("=", node.value, literal),
      asks(node.asks),
    ),

  Permit: (node) =>
    line(
      node.effect,
      tools(node.tools),
      node.serving.length === 0 ? undefined : `serving ${names(node.serving)}`,
      when(node.when),
      because(node.because),
    ),
  Limit: (node) =>
    line(
      "limit",
      tools(node.tools),
      clause("sum", node.sum, printExpression),
      `to ${numberText(node.to)}`,
      window(node.window),
      clause("each", node.each, printExpression),
    ),

  Source: (node) =>
    line(
      `source ${nameText(node.name)} is`,
      origin(node.origin),
      `trust ${numberText(node.trust)}`,
      clause("fresh", node.fresh, durationText),
      clause("timeout", node.timeout, durationText),
    ),
  Fact: (node) =>
    line(
      `fact ${nameText(node.name)}${node.optional ? "?" : ""}(${params(node.params)}): ${type(node.type)}`,
      ...node.from.map((from) => line("from", nameText(from.source), from.lookup && textOf(from.lookup))),
      clause("agree within", node.agree, numberText),
    ),
  Claim: (node) => `claim ${nameText(node.name)}: ${type(node.type)}`,
  Ground: (node) =>
    line("ground", tools(node.tools), "on", node.on, printExpression(node.condition), because(node.because)),
  Tolerance: (node) => `tolerance ${numberText(node.value)}`,
  Unsupported: (node) => `unsupported at most ${numberText(node.atMost)}`,

  Class: (node) =>
    line(
      `class ${nameText(node.name)}`,
      clause("above", node.above, nameText),
      clause("confidence", node.confidence, numberText),
      clause("confirm", node.confirm, nameText),
      clause("limit", node.limit, (limit) => `${numberText(limit.to)} ${window(limit.window)}`),
    ),
  Treat: (node) =>
    line(
      "treat",
      tools(node.tools),
      `as ${nameText(node.as)}`,
      when(node.when),
      clause("by", node.undo, (undo) => `${call(undo.call)} within ${durationText(undo.within)}`),
      because(node.because),
    ),
  Otherwise: (node) => `otherwise ${nameText(node.name)}`,

  Threshold: (node) => line("threshold", numberText(node.value), clause("for", node.for, nameText)),
  Gray: (node) =>
    line(
      "gray",
      tools(node.tools),
      when(node.when),
      `weight ${numberText(node.weight)}`,
      asks(node.asks),
      because(node.because),
    ),
  Fidelity: (node) => `fidelity at least ${numberText(node.atLeast)}`,
  Escalate: (node) =>
    `escalate ${node.steps.map((step) => `${nameText(step.principal)} within ${durationText(step.within)}`).join(", then ")}`,

  Hold: (node) => line(node.verb, node.held.map(held).join(", ")),
  Because: (node) => `because ${textOf(node.text)}`,

  RowsStep: (node) =>
    line(
      `for each ${node.columns.map((one) => column(one.text)).join(", ")} in`,
      node.rows.map((row) => `[${row.cells.map(cell).join(", ")}]`).join(", "),
    ),
  CircumstanceStep: (node) => `${node.root}.${nameText(node.name)} = ${literal(node.value)}`,
  TierStep: (node) => `tier ${nameText(node.tier)}`,
  GivenStep: (node) => `given ${nameText(node.name)} = ${testValue(node.value)}`,
  NowStep: (node) => `now = ${literal(node.time)}`,
  FactStep: (node) =>
    line(
      `fact ${nameText(node.name)}(${node.args.map(literal).join(", ")})`,
      clause("from", node.from, nameText),
      `= ${testValue(node.value)}`,
    ),
  SaidStep: (node) => `said ${nameText(node.by)} ${textOf(node.text)}`,
  ObserveStep: (node) =>
    `observe ${example(node.call)} ${node.fails ? "fails" : "returns"} ${literal(node.returns)}`,
  ClaimStep: (node) =>
    line(
      `claim ${nameText(node.name)} = ${literal(node.value)}`,
      clause("confidence", node.confidence, degree),
    ),
  ProposeStep: (node) =>
    line(
      "propose",
      example(node.call),
      clause("confidence", node.confidence, degree),
      clause("message", node.message, textOf),
    ),
  ConfirmedStep: (node) => `confirmed by ${nameText(node.by)}`,
  RefusedStep: (node) => `refused by ${nameText(node.by)}`,
  AnsweredStep: (node) =>
    `answered by ${nameText(node.by)} about ${subject(node.about)} = ${literal(node.answer)}`,

  ExpectStep: (node) =>
    line(
      "expect",
      typeof node.decision === "string" ? node.decision : literal(node.decision),
      node.from.length === 0 ? undefined : `from ${names(node.from)}`,
      clause("by", node.by, ruleRef),
    ),
  // `within` is the one finding that is a reserved word.
  ExpectFindingStep: ({ validator, finding }) =>
    `expect ${validator.text} ${finding.text === "within" ? finding.text : nameText(finding)}`,
  ExpectClassStep: (node) => `expect class ${nameText(node.class)}`,
  ExpectConfidenceStep: (node) =>
    line("expect confidence", node.bound && `at ${node.bound}`, degree(node.value)),
  ExpectRemedyStep: (node) => line(`expect remedy ${node.remedy.text}`, clause("by", node.by, ruleRef)),
  ExpectAsksStep: (node) =>
    line(`expect asks ${nameText(node.principal)}`, clause("about", node.about, subject)),

  Invalid: () => "",
};

/** One statement of a block as one line; nothing for what could not be parsed. */
export function printStatement<K extends Statement["kind"]>(node: Extract<Statement, { kind: K }>): string {
  const print = printers[node.kind as K] as (statement: typeof node) => string;
  return print(node);
}

function origin(node: ast.SourceStatement["origin"]): string {
  if (node.kind === "World") return `${nameText(node.type)} ${textOf(node.locator)}`;
  return line(
    "tool",
    tools(node.tools),
    node.fields.length === 0 ? undefined : `fields ${node.fields.map(dotted).join(", ")}`,
    node.asText ? "as text" : undefined,
    when(node.when),
  );
}

function call(node: ast.UndoCall): string {
  return `${dotted(node.tool)}(${node.args.map(printNamed).join(", ")})`;
}

const degree = (node: ast.Degree): string => ("kind" in node ? literal(node) : numberText(node));

function ruleRef(node: ast.RuleRef): string {
  return line(node.rule, clause("serving", node.serving, nameText), because(node.because));
}

function subject(node: ast.Subject): string {
  return node.kind === "GivenSubject" ? `given.${nameText(node.name)}` : ruleRef(node.rule);
}

function example(node: ast.ExampleCall): string {
  return `${dotted(node.tool)}(${fields(node.args)})`;
}

function held(node: ast.Held): string {
  switch (node.kind) {
    case "HeldGiven":
      return `given.${starOr(node.name)}`;
    case "HeldBullet":
      return `intent.${starOr(node.name)}`;
    case "HeldTool":
      return toolPattern(node.pattern, true);
  }
}

function starOr(text: string): string {
  return text === "*" ? text : name(text);
}
