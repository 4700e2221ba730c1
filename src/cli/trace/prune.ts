import { type Cut, cutBefore, formatTime, parseDuration, type TraceStore, visible } from "../../index.js";
import type { AddCommand } from "../command.js";
import { ExitCode } from "../exit-codes.js";
import { wronglyUsed } from "../failure.js";
import { counted, type Format, formatOption, jsonLine } from "../format.js";
import { hang } from "../layout.js";
import type { Output, Terminal } from "../terminal.js";
import { withTrace } from "./place.js";
import { pastTime } from "./times.js";

const examples = `
Example:
  $ reshimu trace prune trace.db --keep 365d --dry-run`;

interface Options {
  readonly before?: string;
  readonly keep?: string;
  readonly dryRun?: true;
  readonly format: Format;
}

/** `reshimu trace prune PLACE`: removes what is old. */
export const pruneCommand: AddCommand = (program, run, terminal) => {
  program
    .command("prune")
    .summary("remove what is old")
    .description(
      "Removes records from the beginning of a trace. What the limits of its policies still count stays, and so does a session from its " +
        "beginning that went on later. Export and anchor first: what is removed is gone.",
    )
    .argument("<place>", "a trace: a file or postgres://…")
    .option("--before <time>", "records before this time, as 2026-01-31T09:00:00Z")
    .option("--keep <duration>", "records older than so much, as 365d")
    .option("--dry-run", "say what would be removed, and remove nothing")
    .addOption(formatOption("one object"))
    .addHelpText("after", examples)
    .action((place: string, options: Options) =>
      run(async () => {
        const before = timeFrom(options);
        return withTrace(place, (trace) => prune(trace, before, options, terminal));
      }),
    );
};

function timeFrom({ before, keep }: Options): number {
  if ((before === undefined) === (keep === undefined))
    throw wronglyUsed("say what is old: either --before or --keep");
  if (before !== undefined) return pastTime("--before", before);
  if (parseDuration(keep ?? "") === undefined)
    throw wronglyUsed(`\`--keep ${keep}\` is no duration: write one as 365d`);
  return pastTime("--keep", keep ?? "");
}

async function prune(
  trace: TraceStore,
  before: number,
  { dryRun, format }: Options,
  { out }: Terminal,
): Promise<ExitCode> {
  const cut = await cutBefore(trace, before, Date.now());
  const removed = dryRun || cut.seq === 0 ? 0 : await trace.prune(cut.seq);
  await out.write(
    format === "json"
      ? jsonLine({ ...cut, removed })
      : cutText(cut, dryRun === true, out)
          .map((line) => `${hang(line, out.width, "  ", "")}\n`)
          .join(""),
  );
  return ExitCode.Fine;
}

function cutText({ seq, records, heldBy, countedBy }: Cut, isDry: boolean, { paint }: Output): string[] {
  const told = isDry ? "would be removed" : "removed";
  return [
    seq === 0 ? `nothing ${told}` : `${counted(records, "record")} ${told}, up to #${seq}`,
    ...(heldBy === undefined
      ? []
      : [paint.dim(`the session ${visible(heldBy)} went on later: it stays from its beginning`)]),
    ...(countedBy === undefined
      ? []
      : [
          paint.dim(
            `limits of ${visible(countedBy.policy)} still count what was done since ${formatTime(countedBy.since) ?? ""}: that stays`,
          ),
        ]),
  ];
}
