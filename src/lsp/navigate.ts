import type { Location } from "vscode-languageserver";
import type { Definition, Mention } from "../compiler/program.js";
import { folderOf, resolvePath } from "../compiler/paths.js";
import { nodesIn } from "../compiler/check/rules/support/walk.js";
import type { Span } from "../diagnostics/diagnostic.js";
import { asBasePath } from "../compiler/layers.js";
import { filesOf } from "../files.js";
import type { Project } from "../project.js";
import type { Checked, Workspace } from "./workspace.js";

/** Where what stands at an offset is declared; for the path of another file, that file. */
export function definitionsAt(checked: Checked, offset: number, workspace: Workspace): Location[] {
  const mention = checked.names.at(checked.path, offset);
  const spans = mention?.definitions.map(({ span }) => span) ?? fileAt(checked, offset);
  return unique(spans).map((span) => locationOf(span, workspace));
}

export function locationOf(span: Span, workspace: Workspace): Location {
  return { uri: workspace.uriOf(span.file), range: workspace.rangeOf(span) };
}

function fileAt({ path, project, context }: Checked, offset: number): Span[] {
  const unit = context?.program.units.find((one) => one.source.file === path);
  if (unit === undefined || unit.document.kind !== "Policy") return [];
  const within = ({ span }: { readonly span: Span }): boolean => span.start <= offset && offset <= span.end;
  const base = unit.document.header?.extends.find(within);
  if (base !== undefined) return [startOf(asBasePath(path, base.value), project)];
  const tools = unit.document.declarations.find((one) => one.kind === "ToolsImport" && within(one.path));
  if (tools?.kind !== "ToolsImport") return [];
  return [startOf(resolvePath(folderOf(path), tools.path.value), project)];
}

const startOf = (file: string, { std }: Project): Span => ({
  file: filesOf({ std }).locate?.(file) ?? file,
  start: 0,
  end: 0,
});

function unique(spans: readonly Span[]): Span[] {
  return [...new Map(spans.map((span) => [`${span.file} ${span.start}`, span])).values()];
}

/**
 * Every mention, over all policies of the workspace, of what a mention names. With `linked`, also of what stands under one name
 * with it: a bare name is a parameter of every tool that its line speaks of, so that none can be renamed without the others.
 */
export function mentionsOf(
  definitions: readonly Definition[],
  workspace: Workspace,
  linked = false,
): readonly Mention[] {
  const keys = new Set(definitions.map(({ key }) => key));
  const entries = workspace.entries.map((path) => workspace.check(path).names);
  const found = new Map<string, Mention>();
  let before = -1;
  while (before < keys.size) {
    before = keys.size;
    for (const { all } of entries)
      for (const mention of all) {
        if (!mention.definitions.some(({ key }) => keys.has(key))) continue;
        const { span } = mention;
        found.set(`${span.file} ${span.start}`, mention);
        if (linked) for (const one of mention.definitions) if (one.kind === "parameter") keys.add(one.key);
      }
    if (!linked) break;
  }
  return [...found.values()];
}

export function referencesAt(
  checked: Checked,
  offset: number,
  declarations: boolean,
  workspace: Workspace,
): Location[] {
  const mention = checked.names.at(checked.path, offset);
  if (mention === undefined) return [];
  return mentionsOf(mention.definitions, workspace)
    .filter(({ declares }) => declarations || !declares)
    .map(({ span }) => locationOf(span, workspace));
}

/** The same name in the same file, for the editor to mark. */
export function highlightsAt(checked: Checked, offset: number): Span[] {
  const mention = checked.names.at(checked.path, offset);
  if (mention === undefined) return [];
  const keys = new Set(mention.definitions.map(({ key }) => key));
  return checked.names
    .in(checked.path)
    .filter(({ definitions }) => definitions.some(({ key }) => keys.has(key)))
    .map(({ span }) => span);
}

/** The spans of all names that a document writes, resolved or not. */
export function nameSpans(document: object): ReadonlySet<number> {
  const starts = new Set<number>();
  for (const node of nodesIn(document as never))
    if (node.kind === undefined && "text" in node && !("segments" in node)) starts.add(node.span.start);
  return starts;
}
