import { type Calibration, calibrationOf, enoughPairs, type Interval, type TraceStore } from "../../index.js";
import type { AddCommand } from "../command.js";
import { plainTable } from "../coverage/table.js";
import { ExitCode } from "../exit-codes.js";
import { counted, type Format, formatOption, jsonLine } from "../format.js";
import { groupName, reliabilitySvg } from "../html/reliability-svg.js";
import { hang } from "../layout.js";
import type { Output, Terminal } from "../terminal.js";
import { writeWhole } from "../write-file.js";
import { withTrace } from "./place.js";

const examples = `
Outcomes are recorded by Session.outcome and by {"outcome":…} lines of \`reshimu eval\`.

Example:
  $ reshimu trace calibrate trace.db --svg reliability.svg`;

interface Options {
  readonly svg?: string;
  readonly format: Format;
}

/** `reshimu trace calibrate PLACE`: holds confidence against what was found. */
export const calibrateCommand: AddCommand = (program, run, terminal) => {
  program
    .command("calibrate")
    .summary("hold agents' confidence against what came of it")
    .description(
      "Tells, by tool, tier and claim, how the confidence that agents stated tracked what was found: Brier score, expected calibration error, and the share that was right by confidence.",
    )
    .argument("<place>", "a trace: a file or postgres://…")
    .option("--svg <file>", "draw a reliability diagram of each group")
    .addOption(formatOption("one object"))
    .addHelpText("after", examples)
    .action((place: string, options: Options) =>
      run(() => withTrace(place, (trace) => calibrate(trace, options, terminal))),
    );
};

async function calibrate(
  trace: TraceStore,
  { svg, format }: Options,
  { out, err }: Terminal,
): Promise<ExitCode> {
  const kinds = ["opened", "delegated", "proposed", "decided", "outcome"] as const;
  const calibration = await calibrationOf(trace.records({ kinds }));
  if (svg !== undefined) {
    await writeWhole(svg, reliabilitySvg(calibration.groups));
    await err.write(`wrote ${svg}\n`);
  }
  await out.write(format === "json" ? jsonLine(calibration) : calibrationText(calibration, out));
  return ExitCode.Fine;
}

function calibrationText({ groups, unstated }: Calibration, out: Output): string {
  const rows = groups.map((group) => {
    const { n, brier, error, excess } = group.reliability;
    const figures =
      brier === null || error === null || excess === null
        ? ["not enough data", "", ""]
        : [withInterval(brier), withInterval(error), `${excess > 0 ? "+" : ""}${excess.toFixed(3)}`];
    return [groupName(group), String(n), ...figures];
  });
  const table = plainTable(["", "n", "Brier", "calibration error", "too sure by"], rows);
  const bins = groups
    .filter(({ reliability }) => reliability.enough)
    .map((group) => `${out.paint.bold(groupName(group))}\n${binsText(group.reliability.bins)}`);
  const notes = [
    `Intervals are of 95%: of scores by drawing anew 1000 times, of shares by Wilson. Of fewer than ${enoughPairs} outcomes nothing is told.`,
    ...(unstated === 0
      ? []
      : [`${counted(unstated, "outcome")} of actions without a stated confidence left out.`]),
  ].map((note) => hang(out.paint.dim(note), out.width, ""));
  return `${[table, ...bins, notes.join("\n")].join("\n\n")}\n`;
}

const withInterval = ({ value, interval }: { readonly value: number; readonly interval: Interval }): string =>
  `${value.toFixed(3)} (${intervalText(interval)})`;
const intervalText = ([from, to]: Interval): string => `${from.toFixed(3)}–${to.toFixed(3)}`;

function binsText(bins: Calibration["groups"][number]["reliability"]["bins"]): string {
  return plainTable(
    ["  confidence", "n", "mean", "right", ""],
    bins.flatMap(({ from, to, n, confidence, rate, interval }) =>
      confidence === null || rate === null || interval === null
        ? []
        : [
            [
              `  ${from.toFixed(1)} to ${to.toFixed(1)}`,
              String(n),
              confidence.toFixed(3),
              rate.toFixed(3),
              intervalText(interval),
            ],
          ],
    ),
  );
}
