import { isZone, statsOf, type TraceStore } from "../../index.js";
import type { AddCommand } from "../command.js";
import { ExitCode } from "../exit-codes.js";
import { wronglyUsed } from "../failure.js";
import { type Format, formatOption, jsonLine } from "../format.js";
import type { Terminal } from "../terminal.js";
import { withTrace } from "./place.js";
import { statsText } from "./stats-text.js";
import { pastTime } from "./times.js";

const examples = `
Example:
  $ reshimu trace stats trace.db --since 30d --zone Europe/Berlin`;

interface Options {
  readonly since?: string;
  readonly zone: string;
  readonly format: Format;
}

/** `reshimu trace stats PLACE`: figures of a trace. */
export const statsCommand: AddCommand = (program, run, terminal) => {
  program
    .command("stats")
    .summary("count decisions, findings and false alarms")
    .description(
      "Counts records, decisions by tool, by finding and by day, and how often principals said yes to what they were asked: an alarm that was none.",
    )
    .argument("<place>", "a trace: a file or postgres://…")
    .option("--since <time>", "from this time on, as 2026-01-31T09:00:00Z, or so long ago, as 30d")
    .option("--zone <zone>", "where days begin, as Europe/Berlin", "UTC")
    .addOption(formatOption("one object"))
    .addHelpText("after", examples)
    .action((place: string, options: Options) =>
      run(() => withTrace(place, (trace) => stats(trace, options, terminal))),
    );
};

async function stats(
  trace: TraceStore,
  { since, zone, format }: Options,
  { out, progress }: Terminal,
): Promise<ExitCode> {
  if (!isZone(zone)) throw wronglyUsed(`\`--zone ${zone}\` is no time zone: write one as Europe/Berlin`);
  const days = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short" });
  const done = progress("counting");
  const filter = since === undefined ? {} : { since: pastTime("--since", since) };
  const counted = await statsOf(trace, (at) => days.format(at), filter).finally(done);
  await out.write(format === "json" ? jsonLine(counted) : statsText(counted, out));
  return ExitCode.Fine;
}
