/** A line of a stream: its text, or why it has none. */
export type Line = { readonly number: number } & ({ readonly text: string } | { readonly problem: string });

/** Longer lines are not taken in, where nothing else is said: a stream may come from anywhere. */
export const maxLineBytes = 1_048_576;

const newline = 0x0a;

/**
 * The lines of a stream of UTF-8, as they arrive. Lines end with `\n` or `\r\n`; a byte order mark at the start is left out, and
 * so are lines with nothing but white space. One that is too long is passed over without being kept.
 */
export async function* linesOf(stream: AsyncIterable<Uint8Array>, most = maxLineBytes): AsyncGenerator<Line> {
  const line = new LineBytes(most);
  let number = 0;
  let first = true;
  for await (const chunk of stream) {
    if (first && isUtf16(chunk)) {
      yield { number: 1, problem: "is UTF-16: save the file as UTF-8" };
      return;
    }
    first = false;
    for (let from = 0; from < chunk.length; ) {
      const end = chunk.indexOf(newline, from);
      line.add(chunk.subarray(from, end < 0 ? chunk.length : end));
      if (end < 0) break;
      from = end + 1;
      number += 1;
      yield* told(number, line.take(), most);
    }
  }
  yield* told(number + 1, line.take(), most);
}

/** The bytes of the line that is being read. */
class LineBytes {
  #parts: Uint8Array[] = [];
  #length = 0;
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  add(bytes: Uint8Array): void {
    this.#length += bytes.length;
    if (this.#length > this.#most) this.#parts = [];
    else if (bytes.length > 0) this.#parts.push(bytes);
  }

  /** The line, or undefined where it was too long; begins the next one. */
  take(): Uint8Array | undefined {
    const line = this.#length > this.#most ? undefined : Buffer.concat(this.#parts);
    this.#parts = [];
    this.#length = 0;
    return line;
  }
}

function* told(number: number, bytes: Uint8Array | undefined, most: number): Generator<Line> {
  if (bytes === undefined) {
    yield { number, problem: `is longer than ${most} bytes` };
    return;
  }
  const text = decode(bytes);
  if (text === undefined) yield { number, problem: "is not UTF-8" };
  else if (text.trim() !== "") yield { number, text: number === 1 ? text.replace(/^\ufeff/, "") : text };
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function isUtf16([a, b]: Uint8Array): boolean {
  return (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
}
