import { once } from "node:events";
import pc from "picocolors";
import { defaultWidth, wantsColor } from "./color.js";

/** Colours, or functions that give back the text as it is. */
export type Paint = ReturnType<typeof pc.createColors>;

/** One of the two streams a command writes to, judged by itself. */
export interface Output {
  readonly paint: Paint;
  readonly color: boolean;
  /** Columns to wrap at. */
  readonly width: number;
  /** Writes text; waits where the reader is slow. */
  write(text: string): Promise<void>;
}

/** The same without colours: for what goes to a file. */
export const uncoloured = (output: Output): Output => ({
  ...output,
  color: false,
  paint: pc.createColors(false),
});

/** Where a command reads and writes. Data goes to `out` and nothing else; all that is said about it goes to `err`. */
export interface Terminal {
  readonly out: Output;
  readonly err: Output;
  /** Says on a terminal what takes so long; gives back how to end it. Elsewhere it says nothing. */
  progress(text: string): () => void;
  /** Clears the screen of a terminal; absent elsewhere. */
  readonly clear?: () => Promise<void>;
}

const leastWidth = 40;

/** How long a command may take before it says what it does. */
const patience = 500;

/** The process's own streams. */
export function processTerminal(): Terminal {
  const err = outputTo(process.stderr, process.env);
  const out = outputTo(process.stdout, process.env);
  return {
    out,
    err,
    ...(process.stdout.isTTY ? { clear: () => out.write("\u001b[2J\u001b[3J\u001b[H") } : {}),
    progress: (text) => (process.stderr.isTTY ? announce(text) : () => {}),
  };
}

function outputTo(stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): Output {
  const color = wantsColor(stream.isTTY === true, environment);
  return {
    color,
    paint: pc.createColors(color),
    width: stream.isTTY ? Math.max(leastWidth, stream.columns || defaultWidth) : defaultWidth,
    async write(text) {
      if (text !== "" && !stream.write(text)) await once(stream, "drain");
    },
  };
}

function announce(text: string): () => void {
  const clear = "\r\u001b[2K";
  let said = false;
  const timer = setTimeout(() => {
    said = true;
    process.stderr.write(`${clear}${text}`);
  }, patience);
  timer.unref();
  return () => {
    clearTimeout(timer);
    if (said) process.stderr.write(clear);
  };
}
