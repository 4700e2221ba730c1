import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic as LspDiagnostic,
  type TextEdit,
} from "vscode-languageserver";
import { compatible } from "../compiler/fix.js";
import type { Diagnostic, Edit } from "../diagnostics/diagnostic.js";
import { toLsp } from "./diagnostics.js";
import type { Range, Workspace } from "./workspace.js";

/** A repair for each diagnostic that has one and touches the range, and all of a file's at once. */
export function codeActions(
  path: string,
  range: Range,
  diagnostics: readonly Diagnostic[],
  workspace: Workspace,
): CodeAction[] {
  const document = workspace.document(path);
  const [from, to] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  const fixable = diagnostics.filter((one) => one.fix !== undefined);
  const here = fixable.filter(({ span }) => span.start <= to && from <= span.end);
  const single = here.map((diagnostic) => quickFix(diagnostic, toLsp(diagnostic, workspace), workspace));
  const edits = compatible(fixable).flatMap(({ fix }) => fix?.edits ?? []);
  if (edits.length === 0) return single;
  return [
    ...single,
    {
      title: "Repair all that can be repaired in this file",
      kind: CodeActionKind.SourceFixAll,
      edit: { changes: changesOf(edits, workspace) },
    },
  ];
}

function quickFix(diagnostic: Diagnostic, shown: LspDiagnostic, workspace: Workspace): CodeAction {
  return {
    title: diagnostic.fix?.title ?? "",
    kind: CodeActionKind.QuickFix,
    diagnostics: [shown],
    isPreferred: true,
    edit: { changes: changesOf(diagnostic.fix?.edits ?? [], workspace) },
  };
}

function changesOf(edits: readonly Edit[], workspace: Workspace): { [uri: string]: TextEdit[] } {
  const changes: { [uri: string]: TextEdit[] } = {};
  for (const { span, text } of edits) {
    const uri = workspace.uriOf(span.file);
    const edit = { range: workspace.rangeOf(span), newText: text };
    changes[uri] = [...(changes[uri] ?? []), edit];
  }
  return changes;
}
