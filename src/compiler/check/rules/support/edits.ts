import type { Edit, Span } from "../../../../diagnostics/diagnostic.js";

/** Takes a statement or a comment away: with its lines, where nothing else stands on them, and with the space before it at the end of one. */
export function removal(text: string, { file, start, end }: Span): Edit {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const next = /\r\n|\r|\n/.exec(text.slice(end));
  const to = next === null ? text.length : end + next.index;
  const isAlone = text.slice(from, start).trim() === "" && text.slice(end, to).trim() === "";
  if (isAlone) return { span: { file, start: from, end: to + (next?.[0].length ?? 0) }, text: "" };
  const isLast = text.slice(end, to).trim() === "";
  const before = isLast ? from + text.slice(from, start).trimEnd().length : start;
  return { span: { file, start: before, end: isLast ? to : end }, text: "" };
}

/** Takes an item of a list away, with the comma and the space that set it apart from its neighbour. */
export function itemRemoval(items: readonly { readonly span: Span }[], index: number): Edit | undefined {
  const item = items[index];
  const [before, after] = [items[index - 1], items[index + 1]];
  if (item === undefined) return undefined;
  if (before !== undefined) return { span: { ...item.span, start: before.span.end }, text: "" };
  return after === undefined ? undefined : { span: { ...item.span, end: after.span.start }, text: "" };
}
