import { setTimeout } from "node:timers/promises";
import { type Checkpoint, type Every, keepCheckpoint, parseDuration, type TraceStore } from "../../index.js";
import type { AddCommand } from "../command.js";
import { ExitCode } from "../exit-codes.js";
import { wronglyUsed } from "../failure.js";
import { type Format, formatOption, jsonLine } from "../format.js";
import type { Terminal } from "../terminal.js";
import { privateKeyFrom } from "./key-files.js";
import { withTrace } from "./place.js";

const examples = `
Example:
  $ reshimu trace checkpoint trace.db --key trace.pem
  $ reshimu trace checkpoint trace.db --key trace.pem --every 1000 --follow`;

interface Options {
  readonly key: string;
  readonly every?: string;
  readonly follow?: true;
  readonly format: Format;
}

/** How often the end of a trace is looked at, in milliseconds. */
const pause = 1_000;

/** `reshimu trace checkpoint PLACE`: signs the end of a trace. */
export const checkpointCommand: AddCommand = (program, run, terminal) => {
  program
    .command("checkpoint")
    .summary("sign the end of a trace")
    .description(
      "Signs the last record, and with it all before it, and keeps the signature in the trace. Does nothing where nothing was recorded since the last checkpoint.",
    )
    .argument("<place>", "a trace: a file or postgres://…")
    .requiredOption("--key <file>", "the private key, as `trace key` makes it")
    .option("--every <n>", "only when so many records, or so much time (as 10m), came since the last one")
    .option("--follow", "stay, and sign whenever it is time; end with Ctrl-C")
    .addOption(formatOption("a checkpoint a line"))
    .addHelpText("after", examples)
    .action((place: string, options: Options) =>
      run(() => withTrace(place, (trace) => checkpoint(trace, options, terminal))),
    );
};

async function checkpoint(trace: TraceStore, options: Options, terminal: Terminal): Promise<ExitCode> {
  const key = await privateKeyFrom(options.key);
  const every = everyFrom(options.every);
  const sign = async (): Promise<void> => {
    const made = await keepCheckpoint(trace, key, Date.now(), every);
    await told(made, options, terminal);
  };
  await sign();
  if (options.follow) await untilStopped(sign);
  return ExitCode.Fine;
}

/** Again and again, until somebody ends it; then what is under way is finished. */
async function untilStopped(work: () => Promise<void>): Promise<void> {
  const stop = new AbortController();
  const end = (): void => stop.abort();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, end);
  try {
    while (!stop.signal.aborted) {
      // Woken early, it rejects: that is the end of waiting, and no fault.
      await setTimeout(pause, undefined, { signal: stop.signal }).catch(() => undefined);
      await work();
    }
  } finally {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, end);
  }
}

async function told(
  made: Checkpoint | undefined,
  { format, follow }: Options,
  { out }: Terminal,
): Promise<void> {
  if (made === undefined) {
    if (format === "text" && !follow) await out.write("nothing new to be signed\n");
    return;
  }
  await out.write(format === "json" ? jsonLine(made) : `signed #${made.seq} ${made.hash}\n`);
}

/** Each so many records, or each time so much time has passed. */
function everyFrom(text: string | undefined): Every {
  if (text === undefined) return { records: 1 };
  if (/^[1-9]\d{0,14}$/u.test(text)) return { records: Number(text) };
  const milliseconds = parseDuration(text);
  if (milliseconds === undefined)
    throw wronglyUsed(
      `\`--every ${text.slice(0, 100)}\`: write a number of records, as 1000, or a duration, as 10m`,
    );
  return { milliseconds };
}
