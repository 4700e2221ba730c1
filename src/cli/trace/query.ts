import {
  compileCondition,
  equalTo,
  keptPolicy,
  type QueryCount,
  queryTrace,
  recordFields,
  type TraceStore,
} from "../../index.js";
import type { AddCommand } from "../command.js";
import { diagnosticsText } from "../diagnostics.js";
import { ExitCode } from "../exit-codes.js";
import { counted, type Format, formatOption, jsonLine } from "../format.js";
import type { Terminal } from "../terminal.js";
import { recordLine } from "./line.js";
import { withTrace } from "./place.js";

const examples = `
A condition is written as in a policy, over the fields of a record; what not every record has is guarded by \`has\`:
  always  seq hash kind at root policy digest body session.id now
  has     cause tool decision scope grounding reversibility discernment stopped class confidence support ambiguity
          trust rules args proposal by answer question text error result tier who sources

Example:
  $ reshimu trace query trace.db 'has decision and decision == "return" and at > now - 7d'
  $ reshimu trace query trace.db 'has tool and tool == "refund.pay" and has args and args.amount > 100'`;

/** `reshimu trace query PLACE CONDITION`: the records that a condition holds of. */
export const queryCommand: AddCommand = (program, run, terminal) => {
  program
    .command("query")
    .summary("find records by a condition in the language's own syntax")
    .description(
      "Lists the records that a condition holds of. One that can be neither true nor false of a record is counted, and the record is left out. " +
        "With `tool ==` the arguments are those that the tool takes under the policy of the last record.",
    )
    .argument("<place>", "a trace: a file or postgres://…")
    .argument("<condition>", "a condition over records")
    .addOption(formatOption("one record a line"))
    .addHelpText("after", examples)
    .action((place: string, condition: string, { format }: { readonly format: Format }) =>
      run(() => withTrace(place, (trace) => query(trace, condition, format, terminal))),
    );
};

async function query(
  trace: TraceStore,
  text: string,
  format: Format,
  { out, err }: Terminal,
): Promise<ExitCode> {
  const source = { file: "condition", text };
  const params = await paramsOf(trace, equalTo(source, "tool"));
  const { when, diagnostics, sources } = compileCondition(source, recordFields(params));
  if (when === null) {
    await err.write(diagnosticsText(diagnostics, sources, err.color));
    return ExitCode.WronglyUsed;
  }
  const count: QueryCount = { judged: 0, found: 0, unknown: 0 };
  for await (const record of queryTrace(trace, { when, params }, { now: Date.now(), count }))
    await out.write(format === "json" ? jsonLine(record) : recordLine(record, out));
  const unknown = count.unknown === 0 ? "" : `; of ${counted(count.unknown, "record")} it cannot be told`;
  if (format === "text") await out.write(`${counted(count.found, "record")}${unknown}\n`);
  else if (unknown !== "") await err.write(`${unknown.slice(2)}\n`);
  return ExitCode.Fine;
}

/** What the one tool takes that is asked about, as the last policy of the trace declares it. */
async function paramsOf(trace: TraceStore, tool: string | undefined) {
  const head = tool === undefined ? null : await trace.head();
  if (head === null) return undefined;
  for await (const { policy } of trace.records({ after: head.seq - 1 })) {
    const kept = await keptPolicy(trace, policy.digest);
    return kept?.tools.find(({ name }) => name === tool)?.params;
  }
  return undefined;
}
