import { createReadStream } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import {
  exportTrace,
  fits,
  importTrace,
  readLine,
  reasonOf,
  type TraceRecord,
  type TraceStore,
  verifyTrace,
} from "../../index.js";
import type { AddCommand } from "../command.js";
import { ExitCode } from "../exit-codes.js";
import { couldNotRun, wronglyUsed } from "../failure.js";
import { counted, type Format, formatOption, jsonLine } from "../format.js";
import { linesOf } from "../lines.js";
import type { Terminal } from "../terminal.js";
import { flawText } from "./flaw.js";
import { withOpened, withTrace } from "./place.js";

/** A record holds a proposal, its decision and the answers of sources. */
const longestLine = 64 * 1_048_576;

/** `reshimu trace export PLACE [FILE]`: the records as JSON Lines. */
export const exportCommand: AddCommand = (program, run, terminal) => {
  program
    .command("export")
    .summary("write a trace as JSON Lines")
    .description(
      "Writes each record as a line of canonical JSON, in order. What is written can be verified, and taken over by `import`.",
    )
    .argument("<place>", "a trace: a file or postgres://…")
    .argument("[file]", "where to write it; - is stdout. A file that is there is not overwritten", "-")
    .addOption(formatOption("says how many records were written"))
    .addHelpText("after", "\nExample:\n  $ reshimu trace export trace.db trace.jsonl")
    .action((place: string, file: string, { format }: { readonly format: Format }) =>
      run(() => withTrace(place, (trace) => exported(trace, file, format, terminal))),
    );
};

async function exported(
  trace: TraceStore,
  file: string,
  format: Format,
  { out, err, progress }: Terminal,
): Promise<ExitCode> {
  const handle = file === "-" ? undefined : await newFile(file);
  const done = progress("exporting");
  let records = 0;
  try {
    for await (const line of exportTrace(trace)) {
      records += 1;
      await (handle === undefined ? out.write(`${line}\n`) : handle.appendFile(`${line}\n`));
    }
    await handle?.sync();
  } finally {
    done();
    await handle?.close();
  }
  const told = format === "json" ? jsonLine({ records }) : `${counted(records, "record")} written\n`;
  await (handle === undefined ? err : out).write(told);
  return ExitCode.Fine;
}

async function newFile(file: string): Promise<FileHandle> {
  try {
    // What a session holds is not for everybody's eyes.
    return await open(file, "wx", 0o600);
  } catch (error) {
    throw couldNotRun(`cannot write \`${file}\`: ${reasonOf(error)}`);
  }
}

/** `reshimu trace import PLACE FILE`: takes over an export that holds. */
export const importCommand: AddCommand = (program, run, terminal) => {
  program
    .command("import")
    .summary("take over an export")
    .description(
      "Takes over the records of an export behind those that are there, which they must follow. The export is verified first; where it does not hold, nothing is taken over.",
    )
    .argument("<place>", "a trace: a file, made where there is none, or postgres://…")
    .argument("<file>", "an export")
    .addOption(formatOption("says how many records were taken over"))
    .addHelpText("after", "\nExample:\n  $ reshimu trace import copy.db trace.jsonl")
    .action((place: string, file: string, { format }: { readonly format: Format }) =>
      run(() => imported(place, file, format, terminal)),
    );
};

async function imported(
  place: string,
  file: string,
  format: Format,
  { out, err, progress }: Terminal,
): Promise<ExitCode> {
  if (file === "-") throw wronglyUsed("an export is read twice: name a file");
  const done = progress("importing");
  try {
    const { flaw } = await verifyTrace(recordsIn(file), { base: await baseIn(file) });
    if (flaw !== undefined) {
      await err.write(`${err.paint.red("error:")} ${flawText(flaw)}\n`);
      return ExitCode.No;
    }
    const records = await withOpened(place, (trace) => taken(trace, file));
    await out.write(format === "json" ? jsonLine({ records }) : `${counted(records, "record")} taken over\n`);
    return ExitCode.Fine;
  } finally {
    done();
  }
}

async function taken(trace: TraceStore, file: string): Promise<number> {
  try {
    return await importTrace(trace, checkedRecords(file));
  } catch (error) {
    throw couldNotRun(`cannot take over \`${file}\`: ${reasonOf(error)}`);
  }
}

/** The file may have been changed since it was verified; the store checks the chain, and this what it is made of. */
async function* checkedRecords(file: string): AsyncIterable<TraceRecord> {
  for await (const found of recordsIn(file)) {
    if (!fits("traceRecord", found)) throw new Error("it was changed meanwhile");
    yield found as TraceRecord;
  }
}

/** What each line of an export says, to be verified; a file that cannot be read ends the command. */
export async function* recordsIn(file: string): AsyncIterable<unknown> {
  const stream = file === "-" ? process.stdin : createReadStream(file);
  try {
    for await (const line of linesOf(stream, longestLine))
      yield "text" in line ? readLine(line.text) : undefined;
  } catch (error) {
    throw couldNotRun(`cannot read \`${file === "-" ? "stdin" : file}\`: ${reasonOf(error)}`);
  }
}

/** What an export of a trace that was pruned stands on: what its first record says is before it. */
export async function baseIn(file: string): ReturnType<TraceStore["base"]> {
  for await (const found of recordsIn(file)) return baseOf(found);
  return null;
}

/** As its first record says; null where that is the first of its trace, or none. */
export function baseOf(found: unknown): Awaited<ReturnType<TraceStore["base"]>> {
  const { seq, prev, at } = (found ?? {}) as Partial<TraceRecord>;
  if (typeof seq !== "number" || typeof at !== "number" || typeof prev !== "string" || seq <= 1) return null;
  return { seq: seq - 1, hash: prev, at };
}
