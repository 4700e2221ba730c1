import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { indexLines } from "../../src/diagnostics/lines.js";

const lineText = (text: string, line: number) => {
  const { start, end } = indexLines(text).rangeOf(line);
  return text.slice(start, end);
};

describe("indexLines", () => {
  test("counts lines and columns from one, in UTF-16 units", () => {
    const lines = indexLines("ab\n😀c\n");
    expect(lines.lineCount).toBe(3);
    expect(lines.positionAt(0)).toEqual({ line: 1, column: 1 });
    expect(lines.positionAt(2)).toEqual({ line: 1, column: 3 });
    expect(lines.positionAt(3)).toEqual({ line: 2, column: 1 });
    expect(lines.positionAt(5)).toEqual({ line: 2, column: 3 });
    expect(lines.positionAt(7)).toEqual({ line: 3, column: 1 });
  });

  test("takes every kind of line ending, and leaves it out of the range", () => {
    const text = "a\r\nb\rc\nd";
    expect(indexLines(text).lineCount).toBe(4);
    expect([1, 2, 3, 4].map((line) => lineText(text, line))).toEqual(["a", "b", "c", "d"]);
    expect(indexLines(text).positionAt(3)).toEqual({ line: 2, column: 1 });
  });

  test("an offset or a line outside the text counts as its nearest end", () => {
    const lines = indexLines("ab\nc");
    expect(lines.positionAt(-5)).toEqual({ line: 1, column: 1 });
    expect(lines.positionAt(99)).toEqual({ line: 2, column: 2 });
    expect(lines.rangeOf(9)).toEqual({ start: 4, end: 4 });
    expect(indexLines("").positionAt(0)).toEqual({ line: 1, column: 1 });
  });

  test("a place leads back to its offset", () => {
    const texts = fc
      .array(fc.constantFrom("a", "ש", "😀", "\n", "\r", "\r\n", "\t"))
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(texts, fc.nat(40), (text, anywhere) => {
        const offset = Math.min(anywhere, text.length);
        const lines = indexLines(text);
        const { line, column } = lines.positionAt(offset);
        expect(lines.rangeOf(line).start + column - 1).toBe(offset);
      }),
    );
  });
});
