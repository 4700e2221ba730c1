import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from "diff";
import { visible } from "../index.js";
import type { Paint } from "./terminal.js";

/** Texts that differ in more lines are not compared line by line: the time for that grows with the square. */
const mostEdits = 4_000;

/**
 * What changes from one text to another, as a unified diff that cannot steer a terminal. Line ends and a byte order mark are told
 * apart: else every line of a file with `\r\n` would differ.
 */
export function unifiedDiff(file: string, before: string, after: string, paint: Paint): string {
  const lines = before.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  const patch = structuredPatch(file, file, lines, after, "", "", { context: 3, maxEditLength: mostEdits });
  const notes = [
    ...(before.startsWith("\ufeff") ? ["the byte order mark goes"] : []),
    ...(before.includes("\r") ? ["lines end in \\n"] : []),
    ...(patch === undefined ? ["differs in too many lines to be shown"] : []),
  ];
  const text =
    patch === undefined || patch.hunks.length === 0
      ? `--- ${file}\n+++ ${file}\n`
      : formatPatch(patch, FILE_HEADERS_ONLY);
  const shown = text
    .trimEnd()
    .split("\n")
    .map((line) => painted(line, paint));
  return `${[...shown.slice(0, 2), ...notes.map((note) => `# ${note}`), ...shown.slice(2)].join("\n")}\n`;
}

function painted(line: string, paint: Paint): string {
  const text = visible(line);
  if (line.startsWith("---") || line.startsWith("+++")) return paint.bold(text);
  if (line.startsWith("@@")) return paint.cyan(text);
  if (line.startsWith("-")) return paint.red(text);
  return line.startsWith("+") ? paint.green(text) : text;
}
