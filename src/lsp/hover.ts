import type { Hover } from "vscode-languageserver";
import type { CheckContext, Definition } from "../compiler/program.js";
import { functions } from "../compiler/check/typing/functions.js";
import { showFields, showType } from "../ir/type.js";
import { visible } from "../diagnostics/visible.js";
import { cursorAt } from "../syntax/cursor.js";
import { classesOf, classText, expressionAt, gravityOf, rulesFor, rulesOf } from "./tools.js";
import type { Checked, Workspace } from "./workspace.js";

/** No hover lists more rules, or quotes longer texts. */
const mostRules = 12;
const longestQuote = 600;

/** What stands at an offset: the declaration, its comment, and what is known of it; a keyword's form; an expression's type. */
export function hoverAt(checked: Checked, offset: number, workspace: Workspace): Hover | null {
  const { path, context } = checked;
  if (context === undefined) return null;
  const mention = checked.names.at(path, offset);
  const [first] = mention?.definitions ?? [];
  if (mention !== undefined && first !== undefined) {
    const shown = mention.definitions
      .slice(0, mostRules)
      .map((one) => definitionText(one, context, workspace));
    return {
      contents: markdown([...new Set(shown)].join("\n\n---\n\n")),
      range: workspace.rangeOf(mention.span),
    };
  }
  return typeAt(checked, offset, workspace) ?? keywordAt(checked, offset, workspace);
}

const markdown = (value: string) => ({ kind: "markdown" as const, value });
const code = (text: string): string => `\`\`\`reshimu\n${clipped(text)}\n\`\`\``;

function clipped(text: string): string {
  const shown = visible(text.length > longestQuote ? `${text.slice(0, longestQuote)} …` : text);
  // Nothing quoted may end the fence.
  return shown.replaceAll("```", "` ` `");
}

function definitionText(definition: Definition, context: CheckContext, workspace: Workspace): string {
  const comment = commentAbove(definition, workspace);
  return [
    code(declarationText(definition, workspace)),
    ...comment,
    ...moreOf(definition, context, workspace),
  ].join("\n\n");
}

function declarationText(definition: Definition, workspace: Workspace): string {
  const { kind, name, tool, type, node } = definition;
  if (kind === "tool" && tool !== undefined) return `tool ${name}(${showFields(tool.params)})`;
  const typed = type === undefined ? name : `${name}: ${showType(type)}`;
  if (kind === "parameter") return `(parameter of ${tool?.name}) ${typed}`;
  if (kind === "variable") return `(variable) ${typed}`;
  if (kind === "tier" || node === undefined) return `${kind} ${name}`;
  return sourceText(node.span, workspace);
}

const sourceText = (span: Definition["span"], workspace: Workspace): string =>
  workspace.document(span.file).getText().slice(span.start, span.end);

/** The lines of comments that stand directly above a declaration. */
function commentAbove({ node, span }: Definition, workspace: Workspace): string[] {
  const document = workspace.document(span.file);
  let line = document.positionAt((node?.span ?? span).start).line - 1;
  const lines: string[] = [];
  const comments = new Map(
    workspace
      .pieces(span.file)
      .filter(({ kind }) => kind === "comment")
      .map((piece) => [document.positionAt(piece.start).line, piece]),
  );
  for (let comment = comments.get(line); comment !== undefined; comment = comments.get(line)) {
    const before = document.getText().slice(document.offsetAt({ line, character: 0 }), comment.start);
    if (before.trim() !== "") break;
    lines.unshift(comment.text.replace(/^\/\/+ ?/, ""));
    line -= 1;
  }
  return lines.length === 0 ? [] : [clipped(lines.join("  \n"))];
}

function moreOf(definition: Definition, context: CheckContext, workspace: Workspace): string[] {
  if (definition.kind === "tool") return toolFacts(definition, context, workspace);
  if (definition.kind === "class") return classFacts(definition.name, context);
  return [];
}

function toolFacts({ tool }: Definition, context: CheckContext, workspace: Workspace): string[] {
  if (tool === undefined) return [];
  const all = rulesOf(context);
  const classes = classesOf(tool, all, context);
  const rules = rulesFor(tool, all, context);
  const listed = rules.slice(0, mostRules).map((rule) => {
    const { line } = workspace.rangeOf(rule.span).start;
    const place = `${workspace.uriOf(rule.span.file)}#L${line + 1}`;
    const text = sourceText(rule.span, workspace).replace(/\s+/g, " ");
    return `- [${line + 1}](${place}) \`${clipped(text.length > 110 ? `${text.slice(0, 110)} …` : text).replaceAll("`", "'")}\``;
  });
  const rest = rules.length - listed.length;
  return [
    `class: ${classes.length === 0 ? "none" : classText(classes)}`,
    rules.length === 0
      ? "no rule speaks of it"
      : [...listed, ...(rest > 0 ? [`- and ${rest} more`] : [])].join("\n"),
  ];
}

function classFacts(name: string, context: CheckContext): string[] {
  const chain = gravityOf(context)
    .map((one) => (one === name ? `**${one}**` : one))
    .join(" < ");
  const all = rulesOf(context);
  const tools = [...context.program.symbols.tools.values()].filter((tool) =>
    classesOf(tool, all, context).some((one) => one.name === name),
  );
  const names = tools.slice(0, mostRules).map((tool) => `\`${tool.name}\``);
  const more = tools.length > names.length ? ` and ${tools.length - names.length} more` : "";
  return [chain, tools.length === 0 ? "no tool has it" : `${names.join(", ")}${more}`];
}

function typeAt({ path, context }: Checked, offset: number, workspace: Workspace): Hover | null {
  const unit = context?.program.units.find((one) => one.source.file === path);
  const expression = unit && expressionAt(unit.document, offset);
  if (expression === undefined || context === undefined) return null;
  const type = context.typing.types.get(expression);
  const called = expression.kind === "Reference" && expression.args !== undefined;
  if (type === undefined) return null;
  const text = expression.kind === "Reference" ? sourceText(expression.span, workspace) : "";
  const signature = called ? functions.get(expression.name.text) : undefined;
  const lines = [code(text === "" ? showType(type) : `${text}: ${showType(type)}`)];
  if (signature !== undefined) lines.push(`takes ${signature.takes}`);
  const isOnWord = expression.kind === "Reference";
  return isOnWord
    ? { contents: markdown(lines.join("\n\n")), range: workspace.rangeOf(expression.span) }
    : null;
}

/** How the statement is written that a keyword begins. */
function keywordAt({ path }: Checked, offset: number, workspace: Workspace): Hover | null {
  const piece = workspace
    .pieces(path)
    .find(({ kind, start, end }) => kind === "keyword" && start <= offset && offset < end);
  if (piece === undefined) return null;
  const cursor = cursorAt({ file: path, text: workspace.document(path).getText() }, piece.end);
  if (cursor === undefined || !cursor.fresh) return null;
  const form = cursor.formOf(piece.text);
  if (form === undefined) return null;
  return { contents: markdown(code(form)), range: workspace.rangeOf({ file: path, ...piece }) };
}
