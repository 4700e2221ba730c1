import { ErrorCodes, ResponseError, type WorkspaceEdit } from "vscode-languageserver";
import { coversTool } from "../compiler/holdings.js";
import { standard } from "../compiler/paths.js";
import type { Definition, Mention } from "../compiler/program.js";
import type { Span } from "../diagnostics/diagnostic.js";
import { writtenName } from "../syntax/literals.js";
import { mentionsOf } from "./navigate.js";
import type { Checked, Range, Workspace } from "./workspace.js";

/** Why something cannot be renamed, for the person who tried. */
const refuse = (message: string): never => {
  throw new ResponseError(ErrorCodes.InvalidRequest, message);
};

interface Renamed {
  readonly definition: Definition;
  readonly mentions: readonly Mention[];
  /** Where the name stands that the cursor is on. */
  readonly span: Span;
}

/** What a rename at an offset would change. Refuses what is not declared in a file of the user's. */
export function prepareRename(
  checked: Checked,
  offset: number,
  workspace: Workspace,
): { readonly range: Range; readonly placeholder: string } {
  const { span, definition } = renamedAt(checked, offset, workspace);
  return { range: workspace.rangeOf(span), placeholder: definition.name };
}

function renamedAt(checked: Checked, offset: number, workspace: Workspace): Renamed {
  const mention = checked.names.at(checked.path, offset);
  const [definition] = mention?.definitions ?? [];
  if (mention === undefined || definition === undefined) return refuse("there is no declared name here");
  if (isPattern(mention, workspace))
    return refuse("a pattern covers several tools: rename one where it is named");
  const mentions = mentionsOf(mention.definitions, workspace, true);
  for (const one of mentions.flatMap(({ definitions }) => definitions)) {
    if (one.kind !== definition.kind) continue;
    if (!one.written) return refuse(`\`${one.name}\` comes from an imported list of tools`);
    if (one.span.file.startsWith(standard)) return refuse(`\`${one.name}\` belongs to a standard policy`);
  }
  return { definition, mentions, span: mention.span };
}

function isPattern({ span, definitions }: Mention, workspace: Workspace): boolean {
  return definitions[0]?.kind === "tool" && textOf(span, workspace).endsWith("*");
}

const textOf = ({ file, start, end }: Span, workspace: Workspace): string =>
  workspace.document(file).getText().slice(start, end);

/**
 * Renames in all policies of the workspace. It is tried on them first: where it would change what a pattern covers, or give an
 * error that was not there, it is refused.
 */
export function rename(
  checked: Checked,
  offset: number,
  wanted: string,
  workspace: Workspace,
): WorkspaceEdit {
  const { definition, mentions } = renamedAt(checked, offset, workspace);
  const written = newName(definition, wanted);
  const named = mentions.filter((mention) => !isPattern(mention, workspace));
  if (definition.kind === "tool") keepsPatterns(definition.name, wanted, workspace);
  const byFile = new Map<string, Span[]>();
  for (const { span } of named) byFile.set(span.file, [...(byFile.get(span.file) ?? []), span]);
  tryOn(byFile, written, workspace);
  const changes: { [uri: string]: { range: Range; newText: string }[] } = {};
  for (const [file, spans] of byFile)
    changes[workspace.uriOf(file)] = spans.map((span) => ({
      range: workspace.rangeOf(span),
      newText: written,
    }));
  return { changes };
}

/** The name as it is written: in backquotes where it has to be. */
function newName({ kind }: Definition, wanted: string): string {
  const bare = wanted.trim().replace(/^`([^`]*)`$/, "$1");
  if (bare === "" || /[`\n\r]/.test(bare)) return refuse("a name has no backquotes and no line breaks");
  if (kind !== "tool") return writtenName(bare);
  if (bare.includes("*")) return refuse("the name of a tool has no `*`");
  const segments = bare.split(".");
  if (segments.includes("")) return refuse("a segment of the name is empty");
  return segments.map((segment) => writtenName(segment)).join(".");
}

function keepsPatterns(before: string, after: string, workspace: Workspace): void {
  for (const path of workspace.entries)
    for (const { span, definitions } of workspace.check(path).names.all) {
      if (definitions[0]?.kind !== "tool") continue;
      const pattern = textOf(span, workspace).replaceAll(/[`\s]/g, "");
      if (!pattern.endsWith("*") || coversTool(pattern, before) === coversTool(pattern, after)) continue;
      const { line } = workspace.rangeOf(span).start;
      refuse(
        `the pattern \`${pattern}\` in line ${line + 1} ${coversTool(pattern, before) ? "covers" : "does not cover"} \`${before}\`, and would ${coversTool(pattern, after) ? "" : "not "}cover \`${after}\``,
      );
    }
}

function tryOn(byFile: ReadonlyMap<string, readonly Span[]>, written: string, workspace: Workspace): void {
  const texts = new Map<string, string>();
  for (const [file, spans] of byFile) {
    let text = workspace.document(file).getText();
    for (const { start, end } of [...spans].sort((a, b) => b.start - a.start))
      text = `${text.slice(0, start)}${written}${text.slice(end)}`;
    texts.set(file, text);
  }
  for (const path of workspace.entries) {
    const now = workspace.check(path);
    if (![...byFile.keys()].some((file) => now.reads.has(file))) continue;
    const errors = ({ analysis }: Checked) => analysis.diagnostics.filter((one) => one.severity === "error");
    const then = errors(workspace.checkAs(path, texts));
    if (then.length > errors(now).length)
      refuse(`renamed so, the policy has an error: ${then[0]?.message ?? ""}`);
  }
}
