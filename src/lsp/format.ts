import type { TextEdit } from "vscode-languageserver";
import { parsePolicy } from "../syntax/parse.js";
import { printDocument } from "../syntax/print.js";
import { pieces } from "../syntax/pieces.js";
import type { Workspace } from "./workspace.js";

/** The edits that put a file into its one form, or why it is left as it is. */
export type Formatted = { readonly edits: TextEdit[] } | { readonly refused: string };

export function format(path: string, workspace: Workspace): Formatted {
  const document = workspace.document(path);
  const text = document.getText();
  const parsed = parsePolicy({ file: path, text });
  if (parsed.diagnostics.some(({ severity }) => severity === "error"))
    return { refused: "a file with syntax errors is not formatted" };
  const printed = printDocument(parsed.document);
  const comments = pieces({ file: path, text: printed }).filter(({ kind }) => kind === "comment").length;
  // Whatever the printer does, nothing that somebody wrote may be lost.
  if (comments !== parsed.comments.length) return { refused: "formatting would lose comments" };
  return { edits: printed === text ? [] : [{ range: wholeOf(document, text), newText: printed }] };
}

function wholeOf(document: ReturnType<Workspace["document"]>, text: string) {
  return { start: document.positionAt(0), end: document.positionAt(text.length) };
}
