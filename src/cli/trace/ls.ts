import { Option } from "commander";
import {
  decisionWords,
  type Filter,
  type SessionSummary,
  sessionsOf,
  type TraceKind,
  traceKinds,
  type TraceRecord,
  type TraceStore,
  visible,
} from "../../index.js";
import type { AddCommand } from "../command.js";
import { shortened } from "../decision/call.js";
import { verdict } from "../decision/text.js";
import { ExitCode } from "../exit-codes.js";
import { counted, type Format, formatOption, jsonLine } from "../format.js";
import { hang } from "../layout.js";
import type { Output, Terminal } from "../terminal.js";
import { recordLine, timeText } from "./line.js";
import { withTrace } from "./place.js";
import { pastTime } from "./times.js";

const examples = `
Example:
  $ reshimu trace ls trace.db
  $ reshimu trace ls trace.db --since 7d --decision return`;

interface Options {
  readonly session?: string;
  readonly since?: string;
  readonly tool?: string;
  readonly decision?: string;
  readonly kind?: TraceKind;
  readonly format: Format;
}

/** `reshimu trace ls PLACE`: the sessions of a trace, or records of it. */
export const lsCommand: AddCommand = (program, run, terminal) => {
  program
    .command("ls")
    .summary("list sessions; with a filter, records")
    .description(
      "Lists the sessions of a trace: when each was opened, what was decided in it, and what waits. With any filter it lists records instead.",
    )
    .argument("<place>", "a trace: a file or postgres://…")
    .option("--session <id>", "records of this session")
    .option("--since <time>", "records from this time on, as 2026-01-31T09:00:00Z, or so long ago, as 7d")
    .option("--tool <name>", "decisions on this tool, and what it returned")
    .addOption(
      new Option("--decision <word>", "decisions of this word").choices([...decisionWords].reverse()),
    )
    .addOption(new Option("--kind <kind>", "records of this kind").choices(traceKinds))
    .addOption(formatOption("one session or record a line"))
    .addHelpText("after", examples)
    .action((place: string, options: Options) =>
      run(() => withTrace(place, (trace) => list(trace, options, terminal))),
    );
};

async function list(trace: TraceStore, options: Options, { out }: Terminal): Promise<ExitCode> {
  const { session, since, tool, decision, kind, format } = options;
  const isFiltered = [session, since, tool, decision, kind].some((one) => one !== undefined);
  let count = 0;
  if (isFiltered)
    for await (const record of records(trace, options)) {
      count += 1;
      await out.write(format === "json" ? jsonLine(record) : recordLine(record, out));
    }
  else
    for await (const one of sessionsOf(trace)) {
      count += 1;
      await out.write(format === "json" ? jsonLine(one) : sessionText(one, out));
    }
  if (format === "text") await out.write(`${counted(count, isFiltered ? "record" : "session")}\n`);
  return ExitCode.Fine;
}

async function* records(
  trace: TraceStore,
  { session, since, tool, decision, kind }: Options,
): AsyncIterable<TraceRecord> {
  const kinds = decision === undefined ? kind : kind === undefined || kind === "decided" ? "decided" : null;
  if (kinds === null) return;
  const filter: Filter = {
    ...(session === undefined ? {} : { session }),
    ...(since === undefined ? {} : { since: pastTime("--since", since) }),
    ...(tool === undefined ? {} : { tool }),
    ...(kinds === undefined ? {} : { kinds: [kinds] }),
  };
  for await (const record of trace.records(filter))
    if (decision === undefined || (record.kind === "decided" && record.body.decision.decision === decision))
      yield record;
}

function sessionText(one: SessionSummary, out: Output): string {
  const { session, root, policy, opened, tier, actor, closed } = one;
  const { paint } = out;
  const where = [
    visible(policy.name),
    `opened ${timeText(opened)} by ${shortened(visible(actor), 60)}`,
    ...(tier === null ? [] : [`at ${visible(tier)}`]),
    ...(root === session ? [] : [`below ${shortened(visible(root), 60)}`]),
  ];
  const first = `${paint.bold(shortened(visible(session), 100))} ${paint.dim(where.join(" "))}`;
  const state = [standingText(one, out), ...(closed ? ["closed"] : [])].join(", ");
  return `${hang(first, out.width, "  ", "")}\n${hang(state, out.width, "  ")}\n`;
}

/** `3 authorize, 1 return, 1 waiting`, or that nothing was decided. */
export function standingText(
  { decided, waiting }: Pick<SessionSummary, "decided" | "waiting">,
  out: Pick<Output, "paint">,
): string {
  const words = [...decisionWords].reverse().filter((word) => decided[word] > 0);
  const told = words.map((word) => `${decided[word]} ${verdict(out, word)}`);
  if (told.length === 0) return "nothing decided";
  return [...told, ...(waiting === 0 ? [] : [`${waiting} waiting`])].join(", ");
}
