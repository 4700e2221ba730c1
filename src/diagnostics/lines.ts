/** A place as people count it: both from 1, the column in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The half-open range of offsets of one line, its line ending left out. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/** A text seen as lines. Built once in time linear to the text; each question is then a binary search. */
export interface LineIndex {
  readonly text: string;
  readonly lineCount: number;
  /** The place of an offset; an offset outside the text counts as its nearest end. */
  positionAt(offset: number): Position;
  /** The range of a line, counted from 1; a line outside the text is an empty range at its end. */
  rangeOf(line: number): LineRange;
}

/** Finds the lines of a text. A line ends with `\n`, `\r\n` or a lone `\r`. */
export function indexLines(text: string): LineIndex {
  const lines = findLines(text);

  return {
    text,
    lineCount: lines.length,
    positionAt(offset) {
      const inside = Math.min(Math.max(offset, 0), text.length);
      const index = lastStartingAtOrBefore(lines, inside);
      return { line: index + 1, column: inside - (lines[index]?.start ?? 0) + 1 };
    },
    rangeOf(line) {
      return lines[line - 1] ?? { start: text.length, end: text.length };
    },
  };
}

function findLines(text: string): LineRange[] {
  const lines: LineRange[] = [];
  let start = 0;
  for (const ending of text.matchAll(/\r\n?|\n/g)) {
    lines.push({ start, end: ending.index });
    start = ending.index + ending[0].length;
  }
  lines.push({ start, end: text.length });
  return lines;
}

function lastStartingAtOrBefore(lines: readonly LineRange[], offset: number): number {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
