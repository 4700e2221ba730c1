import type * as ast from "./ast.js";
import { printExpression } from "./print-expression.js";
import { dotted, name, params, string } from "./print-literal.js";
import { clause, line, printStatement, type Statement, tools } from "./print-statement.js";

export { printExpression } from "./print-expression.js";

/** A document as text: one statement a line, two spaces of indentation, no comments. What is `Invalid` is left out. */
export function printDocument(document: ast.PolicyDocument | ast.NarrowingDocument): string {
  const printed = document.declarations.filter((each) => each.kind !== "Invalid").map(printDeclaration);
  const head =
    document.kind === "Policy" && document.header !== undefined ? [printHeader(document.header)] : [];
  const parts = [...head, ...printed];
  return parts.map((part, index) => `${isApart(part, parts[index - 1]) ? "\n" : ""}${part}\n`).join("");
}

/** Lines of the same kind stand together; blocks and other kinds are set apart. */
function isApart(part: string, previous: string | undefined): boolean {
  if (previous === undefined) return false;
  const kind = (text: string): string => text.slice(0, text.indexOf(" "));
  return kind(part) !== kind(previous) || part.includes("\n");
}

function printHeader(header: ast.Header): string {
  return line(
    `policy ${dotted(header.name)}`,
    header.extends.length === 0
      ? undefined
      : `extends ${header.extends.map((path) => string(path.value)).join(", ")}`,
    clause("zone", header.zone, (zone) => string(zone.value)),
  );
}

function printDeclaration(node: ast.Declaration): string {
  switch (node.kind) {
    case "Principal":
      return line(
        `principal ${name(node.name.text)} ${string(node.display.value)}`,
        clause("key", node.key, (key) => string(key.value)),
      );
    case "Tool":
      return `tool ${dotted(node.name)}(${params(node.params)})`;
    case "ToolsImport":
      return `tools ${string(node.path.value)}`;
    case "Tiers":
      return `tiers ${node.names.map((each) => name(each.text)).join(" > ")}`;
    case "Assert":
      return `assert never authorize ${tools(node.tools)} ${printNever(node.never)}`;
    case "Invalid":
      return "";
    default:
      return printBlock(node);
  }
}

function printNever(never: ast.AssertDeclaration["never"]): string {
  return never === "without confirmation" ? never : `when ${printExpression(never)}`;
}

type Block = Extract<
  ast.Declaration,
  { kind: "Intent" | "Scope" | "Grounding" | "Reversibility" | "Discernment" | "Boundary" | "Test" }
>;

function printBlock(node: Block): string {
  const statements: readonly Statement[] = node.kind === "Test" ? node.steps : node.statements;
  const lines = statements.map(printStatement).filter((text) => text !== "");
  return [`${opening(node)} {`, ...lines.map((text) => `  ${text}`), "}"].join("\n");
}

function opening(node: Block): string {
  if (node.kind === "Boundary") return `boundary ${name(node.from.text)} -> ${name(node.to.text)}`;
  if (node.kind === "Test") return `test ${string(node.name.value)}`;
  return node.kind.toLowerCase();
}
