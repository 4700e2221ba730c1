import { type InlayHint, InlayHintKind } from "vscode-languageserver";
import { classesOf, classText, rulesOf } from "./tools.js";
import type { Checked, Range, Workspace } from "./workspace.js";

/** The class of each tool, behind the line that declares it. */
export function inlayHints({ path, context }: Checked, range: Range, workspace: Workspace): InlayHint[] {
  if (context === undefined) return [];
  const document = workspace.document(path);
  const [from, to] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  const rules = rulesOf(context);
  return [...context.program.symbols.tools.values()].flatMap((tool) => {
    const { line } = tool;
    if (line === undefined || line.span.file !== path || line.span.end < from || line.span.start > to)
      return [];
    const classes = classesOf(tool, rules, context);
    if (classes.length === 0) return [];
    return {
      position: document.positionAt(line.span.end),
      label: `: ${classText(classes)}`,
      kind: InlayHintKind.Type,
      paddingLeft: false,
      tooltip: classes.some(({ conditional }) => conditional)
        ? "the class of this tool; where a condition is true, the graver one"
        : "the class of this tool",
    };
  });
}
