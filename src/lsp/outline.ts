import { type DocumentSymbol, SymbolKind, type WorkspaceSymbol } from "vscode-languageserver";
import type { NameKind } from "../compiler/program.js";
import type * as Ast from "../syntax/ast.js";
import { locationOf } from "./navigate.js";
import type { Checked, Workspace } from "./workspace.js";

/** No answer lists more symbols of a workspace. */
const mostSymbols = 500;
const longestName = 80;

type AnyNode = Ast.Node & { readonly kind: string };

/** The declarations and statements of a file as a tree; what could not be parsed is left out. */
export function outlineOf({ path, context }: Checked, workspace: Workspace): DocumentSymbol[] {
  const unit = context?.program.units.find((one) => one.source.file === path);
  if (unit === undefined) return [];
  const { document } = unit;
  const header = document.kind === "Policy" ? document.header : undefined;
  const inside = document.declarations.flatMap((node) => symbolOf(node, workspace) ?? []);
  if (header === undefined) return inside;
  const policy = symbol(
    header.name.text,
    SymbolKind.Module,
    { span: header.span, at: header.name.span },
    workspace,
  );
  return [policy, ...inside];
}

function symbolOf(node: AnyNode, workspace: Workspace): DocumentSymbol | undefined {
  const described = describe(node as Ast.Declaration | Statement);
  if (described === undefined) return undefined;
  const [text, kind, at = node.span] = described;
  const children = childrenOf(node).flatMap((child) => symbolOf(child, workspace) ?? []);
  return {
    ...symbol(text, kind, { span: node.span, at }, workspace),
    ...(children.length === 0 ? {} : { children }),
  };
}

function symbol(
  text: string,
  kind: SymbolKind,
  { span, at }: { readonly span: Ast.Node["span"]; readonly at: Ast.Node["span"] },
  workspace: Workspace,
): DocumentSymbol {
  const name = text.replace(/\s+/g, " ").trim().slice(0, longestName);
  return {
    name: name === "" ? "(no name)" : name,
    kind,
    range: workspace.rangeOf(span),
    selectionRange: workspace.rangeOf(at),
  };
}

type Block = Extract<Ast.Declaration, { readonly statements: readonly unknown[] }>;
type Statement = Block["statements"][number];
type Described = readonly [text: string, kind: SymbolKind, at?: Ast.Node["span"]];

const childrenOf = (node: AnyNode): readonly AnyNode[] =>
  "statements" in node ? (node as Block).statements : [];

const tools = (refs: readonly Ast.ToolRef[]): string => refs.map(({ pattern }) => pattern).join(", ");

function describe(node: Ast.Declaration | Statement): Described | undefined {
  switch (node.kind) {
    case "Principal":
      return [node.name.text, SymbolKind.Object, node.name.span];
    case "Tool":
      return [node.name.text, SymbolKind.Function, node.name.span];
    case "ToolsImport":
      return [`tools ${node.path.value}`, SymbolKind.Package];
    case "Intent":
    case "Scope":
    case "Grounding":
    case "Reversibility":
    case "Discernment":
      return [node.kind.toLowerCase(), SymbolKind.Namespace];
    case "Tiers":
      return [`tiers ${node.names.map(({ text }) => text).join(" > ")}`, SymbolKind.Enum];
    case "Boundary":
      return [`boundary ${node.from.text} -> ${node.to.text}`, SymbolKind.Namespace];
    case "Assert":
      return [`assert never authorize ${tools(node.tools)}`, SymbolKind.Event];
    case "Test":
      return [`test ${node.name.value}`, SymbolKind.Event, node.name.span];
    case "Bullet":
      return [node.name.text, SymbolKind.Property, node.name.span];
    case "Given":
      return [`given ${node.name.text}`, SymbolKind.Variable, node.name.span];
    case "Permit":
      return [`${node.effect} ${tools(node.tools)}`, SymbolKind.Key];
    case "Source":
      return [`source ${node.name.text}`, SymbolKind.File, node.name.span];
    case "Fact":
      return [`fact ${node.name.text}`, SymbolKind.Function, node.name.span];
    case "Claim":
      return [`claim ${node.name.text}`, SymbolKind.Variable, node.name.span];
    case "Class":
      return [`class ${node.name.text}`, SymbolKind.Class, node.name.span];
    case "Limit":
    case "Ground":
    case "Treat":
    case "Gray":
      return [`${node.kind.toLowerCase()} ${tools(node.tools)}`, SymbolKind.Key];
    case "Otherwise":
      return [`otherwise ${node.name.text}`, SymbolKind.Key];
    case "Escalate":
      return [`escalate ${node.steps.map(({ principal }) => principal.text).join(", ")}`, SymbolKind.Key];
    default:
      return undefined;
  }
}

const symbolKinds: Readonly<Record<NameKind, SymbolKind>> = {
  principal: SymbolKind.Object,
  bullet: SymbolKind.Property,
  given: SymbolKind.Variable,
  tool: SymbolKind.Function,
  parameter: SymbolKind.Field,
  source: SymbolKind.File,
  fact: SymbolKind.Function,
  claim: SymbolKind.Variable,
  class: SymbolKind.Class,
  tier: SymbolKind.EnumMember,
  variable: SymbolKind.Variable,
};

/** The names that all policies of the workspace declare and that hold the letters of the query in their order. */
export function workspaceSymbols(query: string, workspace: Workspace): WorkspaceSymbol[] {
  const found = new Map<string, WorkspaceSymbol>();
  for (const path of workspace.entries)
    for (const { definitions, declares } of workspace.check(path).names.all) {
      const [definition] = definitions;
      if (!declares || definition === undefined || found.has(definition.key)) continue;
      if (definition.kind === "parameter" || !holds(definition.name, query)) continue;
      found.set(definition.key, {
        name: definition.name,
        kind: symbolKinds[definition.kind],
        location: locationOf(definition.span, workspace),
        containerName: definition.kind,
      });
      if (found.size >= mostSymbols) return [...found.values()];
    }
  return [...found.values()];
}

/** Whether a name holds the letters of a query in their order, whatever their case. */
function holds(name: string, query: string): boolean {
  let from = 0;
  const lower = name.toLowerCase();
  for (const letter of query.toLowerCase()) {
    from = lower.indexOf(letter, from) + 1;
    if (from === 0) return false;
  }
  return true;
}
