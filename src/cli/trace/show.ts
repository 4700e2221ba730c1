import { stringify } from "yaml";
import { byHash, type Json, keptPolicy, type TraceRecord, type TraceStore, visible } from "../../index.js";
import type { AddCommand } from "../command.js";
import { noPolicy, type Page } from "../decision/page.js";
import { decisionText } from "../decision/text.js";
import { ExitCode } from "../exit-codes.js";
import { type Format, formatOption, jsonLine } from "../format.js";
import { hang } from "../layout.js";
import { defaultSession } from "../sessions.js";
import type { Output, Terminal } from "../terminal.js";
import { idHelp, recordOf } from "./ids.js";
import { timeText } from "./line.js";
import { withTrace } from "./place.js";

const examples = `
Example:
  $ reshimu trace show trace.db '#12'
  $ reshimu trace show trace.db 8f9f32f0 --format json`;

/** `reshimu trace show PLACE ID`: one record, whole. */
export const showCommand: AddCommand = (program, run, terminal) => {
  program
    .command("show")
    .summary("show one record, whole")
    .description("Shows one record with all it holds. A decision is shown as `eval` shows it.")
    .argument("<place>", "a trace: a file or postgres://…")
    .argument("<id>", idHelp)
    .addOption(formatOption("the record"))
    .addHelpText("after", examples)
    .action((place: string, id: string, { format }: { readonly format: Format }) =>
      run(() => withTrace(place, (trace) => show(trace, id, format, terminal))),
    );
};

async function show(trace: TraceStore, id: string, format: Format, { out }: Terminal): Promise<ExitCode> {
  const record = await recordOf(trace, id);
  const text =
    format === "json"
      ? jsonLine(record)
      : `${headText(record, out)}\n${record.kind === "decided" ? await decidedText(trace, record, out) : bodyText(record, out)}`;
  await out.write(text);
  return ExitCode.Fine;
}

/** The envelope of a record, a line a field. */
function headText({ seq, kind, at, session, root, policy, hash, cause }: TraceRecord, out: Output): string {
  const { paint } = out;
  const lines = [
    ["session", root === session ? visible(session) : `${visible(session)}, below ${visible(root)}`],
    ["policy", `${visible(policy.name)} ${policy.digest}`],
    ["hash", hash],
    ["follows", cause ?? "from nothing"],
  ];
  return [
    `${paint.bold(`#${seq}`)} ${paint.cyan(kind)} ${timeText(at)}`,
    ...lines.map(([name = "", value]) => `  ${paint.dim(name.padEnd(8))} ${value}`),
  ].join("\n");
}

/** The decision as `eval` would have written it, with what it was made on. */
async function decidedText(trace: TraceStore, record: TraceRecord<"decided">, out: Output): Promise<string> {
  const policy = (await keptPolicy(trace, record.policy.digest)) ?? noPolicy;
  const session = record.session === defaultSession ? undefined : record.session;
  const page: Page = { policy, paint: out.paint, width: out.width, session };
  const cause = await byHash(trace, record.cause);
  const { decision, answers } = record.body;
  const proposal = cause?.kind === "proposed" ? (cause.body.proposal ?? null) : decision.action;
  const asked = answers.length === 0 ? "" : `\n${blockText({ answers }, out)}`;
  return `\n${decisionText(page, proposal as Json, decision, "")}${asked}`;
}

function bodyText({ body }: TraceRecord, out: Output): string {
  return Object.keys(body).length === 0 ? "" : `\n${blockText(body, out)}`;
}

/** Data as YAML, which people read; whatever could steer a terminal is made visible. */
function blockText(value: object, out: Output): string {
  const text = stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line) => {
      const told = visible(line);
      const indent = `  ${/^ */.exec(told)?.[0] ?? ""}`;
      return hang(told.trimStart(), out.width, `${indent}    `, indent);
    });
  return `${lines.join("\n")}\n`;
}
