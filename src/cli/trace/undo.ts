import { InvalidArgumentError } from "commander";
import {
  compileNarrowing,
  type Compensation,
  compensationFor,
  createEngine,
  type Decision,
  formatTime,
  type Json,
  openSources,
  type PolicyIr,
  SessionError,
  Store,
  type TraceRecord,
  type TraceStore,
} from "../../index.js";
import type { AddCommand } from "../command.js";
import { clockOf, nowOption } from "../clock.js";
import { callText } from "../decision/call.js";
import { decisionText } from "../decision/text.js";
import { ExitCode } from "../exit-codes.js";
import { couldNotRun } from "../failure.js";
import { type Format, formatOption, jsonLine } from "../format.js";
import { loadTold } from "../load.js";
import type { Terminal } from "../terminal.js";
import { decisionOf } from "./ids.js";
import { withTrace } from "./place.js";

const examples = `
Ends with 0 when the undo is authorized, or would be proposed (--dry-run), and with 1 when not. Carry it out, and record that:
  {"outcome":{"decided":"sha256:…","result":"undone"}}

Example:
  $ reshimu trace undo trace.db '#12' --policy policy.reshimu --dry-run`;

interface Options {
  readonly policy: string;
  readonly confidence?: number;
  readonly dryRun?: true;
  readonly now?: string;
  readonly format: Format;
}

function degree(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError("a confidence is a number from 0 to 1.");
  return value;
}

/** `reshimu trace undo PLACE ID --policy FILE`: proposes what undoes an action. */
export const undoCommand: AddCommand = (program, run, terminal) => {
  program
    .command("undo")
    .summary("propose what undoes an action")
    .description(
      "Finds how an authorized action is undone, with what it returned put in, and proposes that in its session. It is decided like any other action.",
    )
    .argument("<place>", "a trace: a file or postgres://…")
    .argument("<id>", "the decision: its place as #12, or its hash, or at least 6 digits of that")
    .requiredOption("--policy <policy>", "the policy that the session was opened under")
    .option("--confidence <degree>", "how sure you are of the undo, 0 to 1", degree)
    .option(...nowOption)
    .option("--dry-run", "only show what would be proposed")
    .addOption(formatOption("one object"))
    .addHelpText("after", examples)
    .action((place: string, id: string, options: Options) =>
      run(() => withTrace(place, (trace) => undo(trace, id, options, terminal))),
    );
};

async function undo(trace: TraceStore, id: string, options: Options, terminal: Terminal): Promise<ExitCode> {
  const loaded = await loadTold(options.policy, terminal);
  if (loaded.policy === null) return ExitCode.CouldNotRun;
  try {
    const record = await decisionOf(trace, id);
    const found = await compensationFor(trace, record);
    const clock = clockOf(options.now, loaded.policy.zone);
    const left = found.until - clock();
    const isLate = left <= 0;
    if (isLate) await terminal.err.write(`its time ended at ${formatTime(found.until) ?? ""}\n`);
    const decided =
      isLate || options.dryRun === true
        ? undefined
        : await propose(trace, found, { ...loaded, policy: loaded.policy, clock }, options.confidence);
    await tell({ found, record, decided, policy: loaded.policy }, options.format, terminal);
    const isFine = !isLate && (decided === undefined || decided.decision === "authorize");
    return isFine ? ExitCode.Fine : ExitCode.No;
  } catch (error) {
    if (error instanceof SessionError) throw couldNotRun(error.message);
    throw error;
  }
}

async function propose(
  trace: TraceStore,
  { session: id, tool, args, decided }: Compensation,
  { policy, root, clock }: { readonly policy: PolicyIr; readonly root: string; readonly clock: () => number },
  confidence: number | undefined,
): Promise<Decision> {
  const sources = openSources(policy, { root });
  try {
    const session = await new Store(createEngine(policy), sources, {
      trace,
      clock,
      narrow: compileNarrowing,
    }).session(id);
    const proposal = { tool, args, ...(confidence === undefined ? {} : { confidence }) };
    const decision = await session.propose(proposal, { follows: decided });
    return session.recorded(decision)?.decision ?? decision;
  } finally {
    await sources.close();
  }
}

interface Told {
  readonly found: Compensation;
  readonly record: TraceRecord<"decided">;
  readonly decided: Decision | undefined;
  readonly policy: PolicyIr;
}

async function tell(
  { found, record, decided, policy }: Told,
  format: Format,
  { out }: Terminal,
): Promise<void> {
  const { tool, args, until, rule } = found;
  const proposal = { tool, args: { ...args } };
  if (format === "json") {
    const decision = decided === undefined ? {} : { decision: decided };
    await out.write(jsonLine({ undoes: record.hash, rule, proposal, until: formatTime(until), ...decision }));
    return;
  }
  const done = record.body.decision.action;
  await out.write(
    `undoes ${callText(done as Json)}\n  by ${callText(proposal)}, until ${formatTime(until) ?? ""}\n`,
  );
  if (decided === undefined) return;
  const page = { policy, paint: out.paint, width: out.width, session: found.session };
  await out.write(`\n${decisionText(page, proposal, decided, "")}`);
}
