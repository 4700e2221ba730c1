import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { InvalidArgumentError } from "commander";
import {
  compileNarrowing,
  createEngine,
  type Decision,
  type Engine,
  type Explanation,
  explanationOf,
  type Observer,
  openSources,
} from "../../index.js";
import type { AddCommand } from "../command.js";
import {
  decideAll,
  type EvalOptions,
  exitCode,
  type Input,
  inMemory,
  openSessions,
} from "../eval/evaluate.js";
import { ExitCode } from "../exit-codes.js";
import { wronglyUsed } from "../failure.js";
import { formatOption } from "../format.js";
import { loadTold } from "../load.js";
import { createReport } from "../report.js";
import type { Terminal } from "../terminal.js";
import { withOpened } from "../trace/place.js";

const examples = `
A line is a proposal, {"tool":…,"args":{…},"confidence":…,"claims":{…}}, or one of
  {"observe":{"tool":…,"args":{…},"output":…}}                    what a tool returned
  {"said":{"by":"owner","text":…}}                                what a principal said
  {"confirm":{"by":"owner"}}                                      a yes to the last proposal, decided afresh
  {"rule":{"by":"owner","given":…,"answer":…}}                    an answer to a question
  {"outcome":{"result":"worked","claims":{"fits":true}}}          what became of the last action
and may name its "session"; one is opened when it is first named, and with --trace goes on where it is there already.
A policy in source is compiled once and kept: RESHIMU_CACHE_DIR says where, \`off\` keeps none.
A principal with a key adds "expires" and "signature" to its word; a decision shows what it signs, by \`reshimu sign\`.

Example:
  $ reshimu eval agent.reshimu proposals.jsonl --given region=EU
  $ reshimu eval agent.reshimu proposals.jsonl --given region=EU --trace trace.db
  $ echo '{"tool":"notes.read","args":{"path":"/notes/1.md"}}' | reshimu eval agent.json --format json`;

const collected = (value: string, before: readonly string[] = []): string[] => [...before, value];

const notEmpty = (value: string): string => {
  if (value === "") throw new InvalidArgumentError("it is empty.");
  return value;
};

/** `reshimu eval POLICY [PROPOSALS|-]`: decides what an agent proposes, line by line. */
export const evalCommand: AddCommand = (program, run, terminal) => {
  program
    .command("eval")
    .summary("decide what an agent proposes, line by line")
    .description(
      "Reads JSON Lines and writes a decision a proposal. Ends with 0 when every line was decided, else with 3.",
    )
    .argument("<policy>", "a policy in source or built, or a folder with a policy.reshimu")
    .argument("[proposals]", "a file of JSON Lines; - is stdin", "-")
    .option("--given <name=value>", "the value of a given; again for each", collected)
    .option("--instruction <text>", "what the principal said as the session was opened")
    .option("--tier <name>", "the tier that acts (default: the lowest)")
    .option("--actor <id>", "who acts", notEmpty)
    .option("--role <name>", "a role of who acts; again for each", collected)
    .option("--now <time>", "the time of all decisions, as 2026-01-31T09:00:00Z (default: the clock)")
    .option("--root <dir>", "where relative paths of sources start (default: the folder of the policy)")
    .option(
      "--trace <place>",
      "where sessions are kept: memory:, a file (SQLite) or postgres://…",
      notEmpty,
      inMemory,
    )
    .option("--explain", "show how the conditions that decide were evaluated, value by value")
    .option("--words", "with --format json: tell in `words` what principals with a key sign to answer")
    .option("--exit-code", "end with the least clearance: 10 return, 11 clarify, 12 confirm")
    .addOption(formatOption("one decision a line"))
    .addHelpText("after", examples)
    .action((policy: string, proposals: string, options: EvalOptions) =>
      run(() => evaluate(policy, proposals, options, terminal)),
    );
};

async function evaluate(
  file: string,
  proposals: string,
  options: EvalOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const loaded = await loadTold(file, terminal);
  if (loaded.policy === null) return ExitCode.CouldNotRun;
  const { policy } = loaded;
  const sources = openSources(policy, {
    root: options.root === undefined ? loaded.root : await folder(options.root),
  });
  try {
    const engine = createEngine(policy);
    const explainer = options.explain ? explainerOf(engine) : undefined;
    return await withOpened(options.trace, async (trace) => {
      const deciding = { engine, sources, trace, narrow: compileNarrowing, observer: explainer?.observer };
      const sessions = await openSessions(deciding, options);
      const input = await openInput(proposals, terminal);
      const { format } = options;
      const report = createReport({
        policy,
        format,
        terminal,
        name: input.name,
        explain: explainer?.explain,
        withWords: options.words === true,
      });
      await decideAll(input, sessions, report);
      await report.end();
      return exitCode(report, options.exitCode === true);
    });
  } finally {
    await sources.close();
  }
}

async function folder(root: string): Promise<string> {
  const isFolder = await stat(root).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw wronglyUsed(`\`--root ${root}\` is no folder`);
  return root;
}

/** Explains each decision as it is made: afterwards what it rests on has changed. */
function explainerOf(engine: Engine): { observer: Observer; explain: (decision: Decision) => Explanation } {
  const told = new WeakMap<Decision, Explanation>();
  return {
    observer: {
      decided(proposal, knowledge, decision) {
        told.set(decision, explanationOf(engine.policy, decision, engine.examine(proposal, knowledge)));
      },
    },
    explain: (decision) => told.get(decision) ?? [],
  };
}

async function openInput(proposals: string, { err }: Terminal): Promise<Input> {
  if (proposals !== "-") return { name: proposals, stream: createReadStream(proposals) };
  if (process.stdin.isTTY) await err.write("reading lines from the terminal; end with Ctrl-D\n");
  return { name: "stdin", stream: process.stdin };
}
