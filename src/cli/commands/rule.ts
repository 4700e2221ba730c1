import { statSync } from "node:fs";
import path from "node:path";
import {
  diskFiles,
  type Json,
  ownPath,
  patchOf,
  type PolicyIr,
  type Session,
  type Store,
  type TraceRecord,
  type Waiting,
} from "../../index.js";
import type { AddCommand } from "../command.js";
import { nowOption } from "../clock.js";
import { ExitCode } from "../exit-codes.js";
import { Failure, wronglyUsed } from "../failure.js";
import { type Format, formatOption, jsonLine } from "../format.js";
import { readValue } from "../givens.js";
import type { Terminal } from "../terminal.js";
import { decisionOf } from "../trace/ids.js";
import { withTrace } from "../trace/place.js";
import { refusable, sessionOf, withStore } from "../waiting/place.js";
import { afreshText } from "../waiting/text.js";

const examples = `
Example:
  $ reshimu rule 4f1c09a2 --trace trace.db --policy agent.reshimu --by owner --answer yes
  $ reshimu rule 4f1c09a2 --trace trace.db --policy agent.reshimu --by owner --question given:region --answer EU
  $ reshimu rule 4f1c09a2 --trace trace.db --policy agent.reshimu --by owner --answer no --as-patch | git apply`;

interface Options {
  readonly trace: string;
  readonly now?: string;
  readonly policy: string;
  readonly by: string;
  readonly answer: string;
  readonly question?: string;
  readonly asPatch?: true;
  readonly format: Format;
}

/** `reshimu rule ID`: a principal's answer to what a decision asks. */
export const ruleCommand: AddCommand = (program, run, terminal) => {
  program
    .command("rule")
    .summary("record a principal's answer to a question, or write it as a change of the policy")
    .description(
      "Records a principal's answer to what a decision asks, and writes what the decision would be now; the agent gets it when it proposes again. A given's value holds for the session, a yes or no for this proposal. With --as-patch nothing is recorded: what is written is a change of the policy, for a person to commit.",
    )
    .argument("<id>", "6 or more hex digits of the hash of the decision, as `reshimu reports` shows it")
    .requiredOption("--trace <place>", "a file, or postgres://…")
    .requiredOption("--policy <file>", "the policy of its session")
    .requiredOption("--by <principal>", "who answers")
    .requiredOption("--answer <answer>", "yes or no; of a given its value, as --given of eval takes it")
    .option("--question <key>", "which question, where it asks several")
    .option(...nowOption)
    .option("--as-patch", "write the answer as a unified diff of the policy, and record nothing")
    .addOption(formatOption("the decision on one line"))
    .addHelpText("after", examples)
    .action((id: string, options: Options) => run(() => rule(id, options, terminal)));
};

async function rule(id: string, options: Options, terminal: Terminal): Promise<ExitCode> {
  return withTrace(options.trace, async (trace) => {
    const record = await decisionOf(trace, id);
    const done = await withStore(
      { trace, file: options.policy, now: options.now, terminal },
      async (store) => {
        const session = await sessionOf(store, record);
        const question = questionOf(await session.waiting(), record, options);
        const answer = answerOf(question, options.answer, store.engine.policy);
        const given = { record, session, store, question, answer };
        await terminal.out.write(
          await (options.asPatch ? patched(given, options) : ruled(given, options, terminal)),
        );
        return ExitCode.Fine;
      },
    );
    return done ?? ExitCode.CouldNotRun;
  });
}

interface Given {
  readonly record: TraceRecord<"decided">;
  readonly session: Session;
  readonly store: Store;
  readonly question: string;
  readonly answer: Json;
}

/** The question that is meant: the one that is named, or the only one that the decision asks. */
function questionOf(waiting: readonly Waiting[], { hash }: TraceRecord, { question }: Options): string {
  const asked = waiting.filter(({ proposals }) => proposals.some(({ record }) => record === hash));
  const keys = asked.filter(({ kind }) => kind !== "confirmation").map((one) => one.question);
  if (question !== undefined) return question;
  const [only, ...more] = keys;
  if (only === undefined)
    throw new Failure(
      asked.length > 0
        ? "it waits for a confirmation: use `reshimu confirm`"
        : "it waits for no answer any more: it was answered, decided afresh, or its time has passed",
      ExitCode.No,
    );
  if (more.length === 0) return only;
  throw wronglyUsed(
    `it asks several questions: name one by --question\n${keys.map((key) => `  ${key}`).join("\n")}`,
  );
}

const words: Readonly<Record<string, boolean>> = { yes: true, true: true, no: false, false: false };

function answerOf(question: string, text: string, { intent }: PolicyIr): Json {
  if (question.startsWith("given:")) {
    const given = intent?.givens.find(({ name }) => `given:${name}` === question);
    if (given === undefined) throw wronglyUsed(`no given is called \`${question.slice("given:".length)}\``);
    return given.type === "bool" && Object.hasOwn(words, text)
      ? (words[text] as boolean)
      : readValue(given, text, "--answer ");
  }
  if (!Object.hasOwn(words, text))
    throw wronglyUsed(`\`--answer ${text.slice(0, 100)}\`: the answer is yes or no`);
  return words[text] as boolean;
}

async function ruled(
  { record, session, store, question, answer }: Given,
  { by, format }: Options,
  { out }: Terminal,
): Promise<string> {
  const about = question.startsWith("given:")
    ? { given: question.slice("given:".length) }
    : { question, decided: record.hash };
  await refusable(() => session.rule({ by, answer, ...about }));
  const { proposal, knowledge } = await refusable(() => session.judgedOn(record.hash));
  const { decision } = store.engine.decide(proposal, knowledge);
  return format === "json" ? jsonLine(decision) : afreshText(store.engine.policy, decision, out);
}

async function patched(given: Given, { by, policy: named }: Options): Promise<string> {
  const file = statSync(named).isDirectory() ? path.join(named, "policy.reshimu") : named;
  const { record, session, store, question, answer } = given;
  const judged = await refusable(() => session.judgedOn(record.hash));
  const folder = path.dirname(file);
  const patch = patchOf({
    ...judged,
    policy: store.engine.policy,
    entry: ownPath(file),
    files: diskFiles,
    question,
    answer,
    by,
    shown: (name) => path.relative(folder, name).replaceAll(path.sep, "/"),
  });
  if (!patch.ok) throw new Failure(patch.problem, ExitCode.No);
  return patch.diff;
}
