import { fstatSync, openSync, readSync, writeSync } from "node:fs";
import type { Input } from "../eval/evaluate.js";
import type { Output, Paint, Terminal } from "../terminal.js";
import { defaultWidth, wantsColor } from "../color.js";

// Streams of the process, read and written at once: to make those of Node takes longer than to decide.

/** No colours: what a stream that is no terminal gets. */
const plain = new Proxy({} as Paint, { get: () => String });

/** The process's streams, where neither is a terminal and nobody wants colours; undefined elsewhere. */
export function quickTerminal(): Terminal | undefined {
  if ([1, 2].some((fd) => isTerminal(fd)) || wantsColor(false, process.env)) return undefined;
  return { out: outputTo(1), err: outputTo(2), progress: () => () => {} };
}

function isTerminal(fd: number): boolean {
  if (!fstatSync(fd).isCharacterDevice()) return false;
  const { isatty } = process.getBuiltinModule("node:tty");
  return isatty(fd);
}

function outputTo(fd: number): Output {
  return {
    paint: plain,
    color: false,
    width: defaultWidth,
    async write(text) {
      const bytes = Buffer.from(text);
      try {
        for (let from = 0; from < bytes.length; )
          from += whenReady(() => writeSync(fd, bytes, from, bytes.length - from));
      } catch (error) {
        // Who reads may stop reading (`reshimu … | head`): then there is nothing left to do.
        if ((error as NodeJS.ErrnoException).code === "EPIPE") process.exit();
        throw error;
      }
    },
  };
}

/** What lines are read from; undefined where that is a terminal. Throws where it cannot be opened. */
export function quickInput(proposals: string): Input | undefined {
  if (proposals === "-") return isTerminal(0) ? undefined : { name: "stdin", stream: chunksOf(0) };
  return { name: proposals, stream: chunksOf(openSync(proposals, "r")) };
}

const chunkBytes = 65_536;

async function* chunksOf(fd: number): AsyncGenerator<Uint8Array> {
  for (;;) {
    // A new one each time: a line may be made of parts of several.
    const chunk = Buffer.allocUnsafe(chunkBytes);
    const length = whenReady(() => readSync(fd, chunk, 0, chunkBytes, null));
    if (length === 0) return;
    yield chunk.subarray(0, length);
  }
}

const pause = 5;

/** Does it again after a while, where the other end of a pipe is not ready and the pipe does not wait by itself. */
function whenReady(work: () => number): number {
  for (;;) {
    try {
      return work();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause);
    }
  }
}
