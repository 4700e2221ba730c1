import { Option } from "commander";
import {
  createEngine,
  formatTime,
  type Json,
  type PolicyIr,
  reportText,
  type Store,
  type TraceStore,
  type Waiting,
} from "../../index.js";
import type { AddCommand } from "../command.js";
import { nowOption } from "../clock.js";
import { ExitCode } from "../exit-codes.js";
import { Failure } from "../failure.js";
import { jsonLine } from "../format.js";
import { loadTold } from "../load.js";
import type { Terminal } from "../terminal.js";
import { decisionOf } from "../trace/ids.js";
import { withTrace } from "../trace/place.js";
import { readingStore, refusable } from "../waiting/place.js";
import { waitingText } from "../waiting/text.js";

const examples = `
Example:
  $ reshimu reports --trace trace.db
  $ reshimu reports 4f1c09a2 --trace trace.db --format markdown`;

type Format = "text" | "markdown" | "json";

interface Options {
  readonly trace: string;
  readonly now?: string;
  readonly policy?: string;
  readonly format: Format;
}

/** `reshimu reports [ID] --trace PLACE`: what waits for a principal. */
export const reportsCommand: AddCommand = (program, run, terminal) => {
  program
    .command("reports")
    .summary("show what waits for a principal's answer, or one whole report")
    .description(
      "Lists each question that waits in the sessions of a trace, once, with whose turn it is and until when. With the ID of a decision: its whole report.",
    )
    .argument("[id]", "6 or more hex digits of the hash of a decision")
    .requiredOption("--trace <place>", "a file, or postgres://…")
    .option("--policy <file>", "only of sessions under this policy")
    .option(...nowOption)
    .addOption(
      new Option("--format <format>", "text, markdown for a ticket or a mail, or json: one question a line")
        .choices(["text", "markdown", "json"])
        .default("text"),
    )
    .addHelpText("after", examples)
    .action((id: string | undefined, options: Options) => run(() => reports(id, options, terminal)));
};

async function reports(id: string | undefined, options: Options, terminal: Terminal): Promise<ExitCode> {
  let only: PolicyIr | undefined;
  if (options.policy !== undefined) {
    const loaded = await loadTold(options.policy, terminal);
    if (loaded.policy === null) return loaded.unreadable ? ExitCode.CouldNotRun : ExitCode.No;
    only = loaded.policy;
  }
  const wanted = only === undefined ? undefined : createEngine(only).digest;
  return withTrace(options.trace, (trace) =>
    id === undefined ? listed(trace, wanted, options, terminal) : whole(trace, id, options, terminal),
  );
}

async function listed(
  trace: TraceStore,
  wanted: string | undefined,
  { format, now }: Options,
  { out, progress }: Terminal,
): Promise<ExitCode> {
  const done = progress("reading the trace");
  const texts: string[] = [];
  for await (const { policy, store, roots } of storesOf(trace, wanted, now)) {
    const waiting: Waiting[] = [];
    for (const root of roots) waiting.push(...(await waitingOf(store, root)));
    if (waiting.length > 0) texts.push(toldAs(format, { policy, waiting, at: store.now() }, out));
  }
  done();
  if (texts.length === 0 && format !== "json") texts.push("nothing waits for an answer\n");
  await out.write(texts.join(format === "json" ? "" : "\n"));
  return ExitCode.Fine;
}

interface Stored {
  readonly policy: PolicyIr;
  readonly store: Store;
  /** Sessions that were opened under it. */
  readonly roots: readonly string[];
}

/** The policies that sessions were opened under, as the trace keeps them. */
async function* storesOf(
  trace: TraceStore,
  wanted: string | undefined,
  now: string | undefined,
): AsyncGenerator<Stored> {
  const roots = new Map<string, string[]>();
  for await (const record of trace.records({ kinds: ["opened"] })) {
    if (record.kind !== "opened") continue;
    const digest = record.body.narrowing?.of ?? record.policy.digest;
    if (wanted === undefined || wanted === digest)
      roots.set(digest, [...(roots.get(digest) ?? []), record.session]);
  }
  for (const [digest, sessions] of roots) {
    const policy = await trace.policy(digest);
    if (policy !== undefined)
      yield { policy, store: readingStore(trace, createEngine(policy), now), roots: sessions };
  }
}

const waitingOf = async (store: Store, root: string): Promise<Waiting[]> =>
  refusable(async () => (await store.session(root)).waiting());

function toldAs(
  format: Format,
  {
    policy,
    waiting,
    at,
  }: { readonly policy: PolicyIr; readonly waiting: readonly Waiting[]; readonly at: number },
  out: Terminal["out"],
): string {
  if (format === "json") return waiting.map((one) => jsonLine(jsonOf(one))).join("");
  if (format === "text") return waitingText(policy, waiting, at, out);
  const decisions = new Map(
    waiting.flatMap(({ proposals }) => proposals.map((one) => [one.record, one.decision])),
  );
  return [...decisions]
    .map(([record, decision]) => `## ${record}\n\n${reportText(decision, policy, { format: "markdown" })}`)
    .join("\n");
}

/** Times as RFC 3339. */
const jsonOf = ({ question, kind, text, condition, turn, since, lapses, proposals }: Waiting): Json => ({
  question,
  kind,
  text,
  ...(condition === undefined ? {} : { condition }),
  ...(turn === undefined ? {} : { ask: turn.principal, until: time(turn.until) }),
  ...(since === undefined ? {} : { since: time(since) }),
  ...(lapses === undefined ? {} : { lapses: time(lapses) }),
  proposals: proposals.map(({ session, record, decision }) => ({
    id: record,
    session,
    decision: decision.decision,
    action: decision.action as Json,
  })),
});

const time = (at: number): Json => formatTime(at) ?? at;

async function whole(
  trace: TraceStore,
  id: string,
  { format }: Options,
  { out }: Terminal,
): Promise<ExitCode> {
  const record = await decisionOf(trace, id);
  const policy = await trace.policy(record.policy.digest);
  const { decision } = record.body;
  if (format === "json") {
    await out.write(jsonLine(decision));
    return ExitCode.Fine;
  }
  if (policy === undefined || decision.report === null)
    throw new Failure(`the decision \`${decision.decision}\` carries no report`, ExitCode.No);
  await out.write(reportText(decision, policy, { format, width: out.width }));
  return ExitCode.Fine;
}
