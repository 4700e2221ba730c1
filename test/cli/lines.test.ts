import { describe, expect, test } from "vitest";
import { type Line, linesOf, maxLineBytes } from "../../src/cli/lines.js";

async function read(...chunks: readonly (string | Uint8Array)[]): Promise<Line[]> {
  async function* stream(): AsyncGenerator<Uint8Array> {
    for (const chunk of chunks) yield typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk;
  }
  const lines: Line[] = [];
  for await (const line of linesOf(stream())) lines.push(line);
  return lines;
}

describe("lines of a stream", () => {
  test("come whole, however the stream is cut", async () => {
    const text = '{"a":"é😀"}\r\n\n  \nb\n\nc';
    const bytes = new TextEncoder().encode(text);
    const whole = await read(bytes);
    expect(whole).toEqual([
      { number: 1, text: '{"a":"é😀"}\r' },
      { number: 4, text: "b" },
      { number: 6, text: "c" },
    ]);
    expect(await read(...[...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(whole);
  });

  test("may begin with a byte order mark", async () => {
    expect(await read("\ufeffa\n\ufeffb")).toEqual([
      { number: 1, text: "a" },
      { number: 2, text: "\ufeffb" },
    ]);
  });

  test("that are too long are passed over", async () => {
    const half = "x".repeat(maxLineBytes / 2);
    expect(await read(half, half, "x\nb\n", half, half, "\n")).toEqual([
      { number: 1, problem: "is longer than 1048576 bytes" },
      { number: 2, text: "b" },
      { number: 3, text: half + half },
    ]);
    expect(await read(half, half, "x")).toEqual([{ number: 1, problem: "is longer than 1048576 bytes" }]);
  });

  test("that are not UTF-8 are told, the others read", async () => {
    expect(await read("a\n", Uint8Array.of(0x7b, 0xe9, 0x0a), "b")).toEqual([
      { number: 1, text: "a" },
      { number: 2, problem: "is not UTF-8" },
      { number: 3, text: "b" },
    ]);
  });

  test("of UTF-16 are told once", async () => {
    expect(await read(Uint8Array.of(0xff, 0xfe, 0x61, 0, 0x0a, 0))).toEqual([
      { number: 1, problem: "is UTF-16: save the file as UTF-8" },
    ]);
  });

  test("of an empty stream are none", async () => {
    expect(await read()).toEqual([]);
    expect(await read("")).toEqual([]);
  });
});
