import { type Diagnostic, indexLines, type Severity, visible } from "../../index.js";
import type { Sources } from "../diagnostics.js";

const commands = { error: "error", warning: "warning", hint: "notice" } as const satisfies Record<
  Severity,
  string
>;

/** Diagnostics as workflow commands of GitHub Actions, a line each: they are shown beside the lines of a change. */
export function githubText(diagnostics: readonly Diagnostic[], sources: Sources): string {
  return diagnostics.map((one) => `${annotation(one, sources)}\n`).join("");
}

function annotation({ code, severity, message, span, help }: Diagnostic, sources: Sources): string {
  const index = indexLines(sources.get(span.file) ?? "");
  const [from, to] = [index.positionAt(span.start), index.positionAt(span.end)];
  const place = { file: span.file, line: from.line, endLine: to.line };
  // Columns are only taken where the line is one.
  const columns = from.line === to.line ? { col: from.column, endColumn: to.column } : {};
  const properties = Object.entries({ ...place, ...columns, title: code })
    .map(([name, value]) => `${name}=${property(`${value}`)}`)
    .join(",");
  const text =
    help === undefined
      ? visible(message)
      : `${visible(message)}\n${help.split("\n").map(visible).join("\n")}`;
  return `::${commands[severity]} ${properties}::${data(text)}`;
}

/** As the runner reads it: what ends a command or a line is escaped. */
const data = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (text: string): string => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
