import { type FoldingRange, FoldingRangeKind } from "vscode-languageserver";
import type { Workspace } from "./workspace.js";

/** Blocks in braces, brackets and parentheses, and comments of several lines. Works by tokens, so that the text may be broken. */
export function foldingRanges(path: string, workspace: Workspace): FoldingRange[] {
  const document = workspace.document(path);
  const lineOf = (offset: number): number => document.positionAt(offset).line;
  const ranges: FoldingRange[] = [];
  const open: number[] = [];
  let comment: { readonly from: number; to: number } | undefined;
  const endComment = (): void => {
    if (comment !== undefined && comment.to > comment.from)
      ranges.push({ startLine: comment.from, endLine: comment.to, kind: FoldingRangeKind.Comment });
    comment = undefined;
  };
  let lastLine = -1;
  for (const piece of workspace.pieces(path)) {
    const line = lineOf(piece.start);
    if (piece.kind === "comment" && line > lastLine) {
      if (comment !== undefined && line === comment.to + 1) comment.to = line;
      else {
        endComment();
        comment = { from: line, to: line };
      }
    } else if (piece.kind !== "comment") endComment();
    lastLine = line;
    if (piece.kind !== "sign") continue;
    if ("{[(".includes(piece.text)) open.push(line);
    else if ("}])".includes(piece.text)) {
      const from = open.pop();
      // The closing line stays in sight.
      if (from !== undefined && line - 1 > from) ranges.push({ startLine: from, endLine: line - 1 });
    }
  }
  endComment();
  return ranges;
}
