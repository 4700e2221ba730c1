import { type Diagnostic, indexLines, type Severity, visible } from "../../index.js";
import type { Sources } from "../diagnostics.js";
import { annotation } from "./annotation.js";

const commands = { error: "error", warning: "warning", hint: "notice" } as const satisfies Record<
  Severity,
  string
>;

/** Diagnostics as workflow commands of GitHub Actions, a line each: they are shown beside the lines of a change. */
export function githubText(diagnostics: readonly Diagnostic[], sources: Sources): string {
  return diagnostics.map((one) => `${annotationOf(one, sources)}\n`).join("");
}

function annotationOf({ code, severity, message, span, help }: Diagnostic, sources: Sources): string {
  const index = indexLines(sources.get(span.file) ?? "");
  const [from, to] = [index.positionAt(span.start), index.positionAt(span.end)];
  const place = { file: span.file, line: from.line, endLine: to.line };
  // Columns are only taken where the line is one.
  const columns = from.line === to.line ? { col: from.column, endColumn: to.column } : {};
  const text =
    help === undefined
      ? visible(message)
      : `${visible(message)}\n${help.split("\n").map(visible).join("\n")}`;
  return annotation(commands[severity], { ...place, ...columns, title: code }, text);
}
