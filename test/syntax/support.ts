import { readFileSync } from "node:fs";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.js";
import type { Declaration, Expression, PolicyDocument } from "../../src/syntax/ast.js";
import { parseExpression, parsePolicy } from "../../src/syntax/parse.js";

/** The policy of the language's description, written out in full. */
export const accounts = readFileSync(new URL("../fixtures/accounts.audit.reshimu", import.meta.url), "utf8");

export function policy(text: string) {
  return parsePolicy({ file: "test.reshimu", text });
}

export function expression(text: string) {
  return parseExpression({ file: "test.reshimu", text });
}

/** A tree without its places, as plain data. */
export function bare<T>(tree: T): unknown {
  return JSON.parse(JSON.stringify(tree, (key, value) => (key === "span" ? undefined : value)));
}

export function codes(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map((diagnostic) => diagnostic.code);
}

/** `line: code message`, as a reader of the terminal sees it. */
export function told(text: string, diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map((diagnostic) => {
    const line = text.slice(0, diagnostic.span.start).split("\n").length;
    return `${line}: ${diagnostic.code.replace("syntax/", "")}: ${diagnostic.message}`;
  });
}

/** The kinds of the declarations, and of the statements in their blocks. */
export function outline(document: PolicyDocument): string {
  return document.declarations.map(outlineOf).join(" ");
}

function outlineOf(node: Declaration): string {
  if (node.kind === "Test") return `Test(${node.steps.map(({ kind }) => kind).join(" ")})`;
  if (!("statements" in node)) return node.kind;
  return `${node.kind}(${node.statements.map(({ kind }) => kind).join(" ")})`;
}

/** Reads the single statement of a block. */
export function statement(block: string, line: string): unknown {
  const { document, diagnostics } = policy(`policy p\n${block} {\n  ${line}\n}\n`);
  if (diagnostics.length > 0) throw new Error(told(line, diagnostics).join("; "));
  const [only] = document.declarations;
  const statements = only !== undefined && "statements" in only ? only.statements : [];
  return bare(only?.kind === "Test" ? only.steps[0] : statements[0]);
}

/** Reads a single declaration. */
export function declaration(line: string): unknown {
  const { document, diagnostics } = policy(`policy p\n${line}\n`);
  if (diagnostics.length > 0) throw new Error(told(line, diagnostics).join("; "));
  return bare(document.declarations[0]);
}

/** An expression as fully parenthesised text: enough to see its shape. */
export function shape(text: string): string {
  const { document, diagnostics } = expression(text);
  if (diagnostics.length > 0) throw new Error(told(text, diagnostics).join("; "));
  return shapeOf(document);
}

function shapeOf(node: Expression): string {
  switch (node.kind) {
    case "Binary":
      return `(${shapeOf(node.left)} ${node.operator} ${shapeOf(node.right)})`;
    case "Not":
      return `(not ${shapeOf(node.operand)})`;
    case "Negate":
      return `(- ${shapeOf(node.operand)})`;
    case "If":
      return `(if ${shapeOf(node.condition)} ${shapeOf(node.then)} ${shapeOf(node.else)})`;
    case "Quantified":
      return `(${node.quantifier} ${node.variable.text} [${node.lists.map(shapeOf).join(" ")}] ${shapeOf(node.body)})`;
    case "Tally":
      return `(${node.tally} ${node.variable.text} [${node.lists.map(shapeOf).join(" ")}] ${shapeOf(node.body)})`;
    case "Match":
      return `(${shapeOf(node.operand)} ${node.operator} "${node.pattern.value}")`;
    case "TracedTo":
      return `(${shapeOf(node.operand)} traced ${node.sources.map((source) => source.text).join(" ")})`;
    case "Has":
      return `(has ${shapeOf(node.of)})`;
    case "Reference": {
      const args = node.args === undefined ? "" : `(${node.args.map(shapeOf).join(" ")})`;
      const root = node.root === "name" ? "" : `${node.root}.`;
      return `${root}${node.name.text}${args}${node.fields.map((field) => `.${field.text}`).join("")}`;
    }
    case "Number":
    case "Bool":
      return String(node.value);
    case "String":
      return JSON.stringify(node.value);
    case "Duration":
      return `${node.milliseconds}ms`;
    case "List":
      return `[${node.elements.map(shapeOf).join(" ")}]`;
    default:
      return node.kind.toLowerCase();
  }
}
