import type { LineRange } from "./lines.js";
import { graphemeBoundary, visible, visibleWidth } from "./visible.js";

/** A stretch of one source line to underline, in offsets from the start of that line. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly primary: boolean;
  readonly text: string;
}

/** A line, or the part of a long line, as it is printed, with its marks in terminal columns. */
export interface Excerpt {
  readonly text: string;
  readonly marks: readonly PlacedMark[];
}

/** A mark with its place on the terminal: how many columns to skip and how many to underline. */
export interface PlacedMark {
  readonly indent: number;
  readonly width: number;
  readonly primary: boolean;
  readonly text: string;
}

/** The part of a line to print, in offsets from the start of that line. */
interface Window {
  readonly start: number;
  readonly end: number;
}

const LONGEST_LINE = 200;
const WINDOW = 120;
/** How much of a long line is kept in front of the first mark. */
const LEAD = 40;
const ELLIPSIS = "…";

/**
 * Cuts what is worth printing out of the line at `line` in `source`. A line of ordinary length is one excerpt. A long one is cut
 * around its marks, and marks far apart get excerpts of their own; the cost does not depend on how long the line is.
 */
export function excerptsOf(source: string, line: LineRange, marks: readonly Mark[]): Excerpt[] {
  const length = line.end - line.start;
  if (length <= LONGEST_LINE) return [excerpt(source, line, { start: 0, end: length }, marks)];

  return groupByWindow(source, line, marks).map(({ window, members }) =>
    excerpt(source, line, window, members),
  );
}

/** What to print of a line without marks. */
export function beginningOf(source: string, line: LineRange): string {
  const [only] = excerptsOf(source, line, [{ start: 0, end: 0, primary: false, text: "" }]);
  return only?.text ?? "";
}

interface WindowGroup {
  readonly window: Window;
  readonly members: Mark[];
}

function groupByWindow(source: string, line: LineRange, marks: readonly Mark[]): WindowGroup[] {
  const groups: WindowGroup[] = [];
  for (const mark of marks) {
    const group = groups.find(({ window }) => mark.start >= window.start && mark.start <= window.end);
    if (group) group.members.push(mark);
    else groups.push({ window: windowAround(source, line, mark.start), members: [mark] });
  }
  return groups;
}

function windowAround(source: string, line: LineRange, at: number): Window {
  const length = line.end - line.start;
  const start = Math.max(0, Math.min(at - LEAD, length - WINDOW));
  const end = Math.min(length, start + WINDOW);
  return { start: skipHalf(source, line, start), end: skipHalf(source, line, end) };
}

/** Moves an offset that would cut a surrogate pair to behind it. */
function skipHalf(source: string, line: LineRange, offset: number): number {
  const at = line.start + offset;
  const code = source.charCodeAt(at);
  const cutsPair = offset > 0 && at < line.end && code >= 0xdc00 && code <= 0xdfff;
  return cutsPair ? offset + 1 : offset;
}

function excerpt(source: string, line: LineRange, window: Window, marks: readonly Mark[]): Excerpt {
  const raw = source.slice(line.start + window.start, line.start + window.end);
  const before = window.start > 0 ? ELLIPSIS : "";
  const after = window.end < line.end - line.start ? ELLIPSIS : "";
  return {
    text: before + visible(raw) + after,
    marks: marks.map((mark) => place(raw, mark, window.start, before.length)),
  };
}

function place(raw: string, mark: Mark, shift: number, indent: number): PlacedMark {
  const inside = (offset: number) => Math.min(Math.max(offset - shift, 0), raw.length);
  const start = graphemeBoundary(raw, inside(mark.start), false);
  const end = graphemeBoundary(raw, inside(mark.end), true);
  return {
    indent: indent + visibleWidth(raw.slice(0, start)),
    // An empty span, as at the end of a file, still gets a caret.
    width: Math.max(1, visibleWidth(raw.slice(start, end))),
    primary: mark.primary,
    text: mark.text,
  };
}
