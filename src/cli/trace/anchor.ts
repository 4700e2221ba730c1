import { type Anchor, makeCheckpoint, putAnchor, reasonOf, type TraceStore } from "../../index.js";
import type { AddCommand } from "../command.js";
import { ExitCode } from "../exit-codes.js";
import { couldNotRun } from "../failure.js";
import { type Format, formatOption, jsonLine } from "../format.js";
import type { Terminal } from "../terminal.js";
import { privateKeyFrom } from "./key-files.js";
import { withTrace } from "./place.js";

const examples = `
Example:
  $ reshimu trace anchor trace.db --to /mnt/elsewhere/anchors.jsonl
  $ reshimu trace anchor trace.db --to https://anchors.example/trace --key trace.pem
  $ reshimu trace anchor trace.db --to git:.`;

interface Options {
  readonly to: string;
  readonly key?: string;
  readonly format: Format;
}

/** `reshimu trace anchor PLACE --to WHERE`: puts the end of a trace where its writer cannot take it back. */
export const anchorCommand: AddCommand = (program, run, terminal) => {
  program
    .command("anchor")
    .summary("put the end of a trace out of its writer's reach")
    .description(
      "Writes place and hash of the last record to where who writes the trace cannot change it. `verify --checkpoints` finds with it " +
        "that the trace was cut off or replaced. The end is signed where there is a checkpoint of it, or with --key.",
    )
    .argument("<place>", "a trace: a file or postgres://…")
    .requiredOption(
      "--to <where>",
      "a file that a line is appended to, a URL that is sent JSON, or git:DIR, a note on the commit that is checked out",
    )
    .option("--key <file>", "sign it with this private key")
    .addOption(formatOption("the anchor"))
    .addHelpText("after", examples)
    .action((place: string, options: Options) =>
      run(() => withTrace(place, (trace) => anchor(trace, options, terminal))),
    );
};

async function anchor(trace: TraceStore, { to, key, format }: Options, { out }: Terminal): Promise<ExitCode> {
  const put = await anchorOf(trace, key);
  if (put === undefined) {
    if (format === "text") await out.write("the trace holds no record: there is nothing to be anchored\n");
    return ExitCode.Fine;
  }
  try {
    await putAnchor(put, to);
  } catch (error) {
    throw couldNotRun(`cannot anchor to \`${withoutSecrets(to)}\`: ${reasonOf(error)}`);
  }
  await out.write(
    format === "json" ? jsonLine(put) : `anchored #${put.seq} ${put.hash} to ${withoutSecrets(to)}\n`,
  );
  return ExitCode.Fine;
}

async function anchorOf(trace: TraceStore, key: string | undefined): Promise<Anchor | undefined> {
  const head = await trace.head();
  if (head === null) return undefined;
  if (key !== undefined) return makeCheckpoint(head, Date.now(), await privateKeyFrom(key));
  return (
    (await trace.checkpoints()).findLast((one) => one.seq === head.seq && one.hash === head.hash) ?? head
  );
}

/** A URL may carry a password or a token. */
function withoutSecrets(to: string): string {
  if (!/^https?:/iu.test(to) || !URL.canParse(to)) return to;
  const { protocol, host, pathname } = new URL(to);
  return `${protocol}//${host}${pathname}`;
}
