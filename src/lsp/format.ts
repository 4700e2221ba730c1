import type { TextEdit } from "vscode-languageserver";
import { formatPolicy } from "../syntax/format/format.js";
import type { Workspace } from "./workspace.js";

/** The edits that put a file into its canonical form, or why it is left as it is. */
export type Formatted = { readonly edits: TextEdit[] } | { readonly refused: string };

export function format(path: string, workspace: Workspace): Formatted {
  const document = workspace.document(path);
  const text = document.getText();
  const formatted = formatPolicy({ file: path, text });
  if (!formatted.ok)
    return {
      refused:
        formatted.fault === undefined
          ? "a file with syntax errors is not formatted"
          : `it is not formatted, for that would change it: ${formatted.fault}`,
    };
  const range = { start: document.positionAt(0), end: document.positionAt(text.length) };
  return { edits: formatted.text === text ? [] : [{ range, newText: formatted.text }] };
}
