import { Option } from "commander";
import type { AddCommand } from "../command.js";
import { nowOption } from "../clock.js";
import { ExitCode } from "../exit-codes.js";
import { type Format, formatOption, jsonLine } from "../format.js";
import type { Terminal } from "../terminal.js";
import { decisionOf } from "../trace/ids.js";
import { withTrace } from "../trace/place.js";
import { refusable, sessionOf, withStore } from "../waiting/place.js";
import { afreshText } from "../waiting/text.js";

const examples = `
Example:
  $ reshimu confirm 4f1c09a2 --trace trace.db --policy agent.reshimu --by owner
  $ reshimu confirm 4f1c09a2 --trace trace.db --policy agent.reshimu --by owner --answer no`;

interface Options {
  readonly trace: string;
  readonly now?: string;
  readonly policy: string;
  readonly by: string;
  readonly answer: "yes" | "no";
  readonly format: Format;
}

/** `reshimu confirm ID`: a principal's yes or no to one action. */
export const confirmCommand: AddCommand = (program, run, terminal) => {
  program
    .command("confirm")
    .summary("record a principal's yes or no to an action that waits")
    .description(
      "Records a principal's word on one decision, decides its proposal afresh, and writes what came of it. A yes releases it once; a no stays.",
    )
    .argument("<id>", "6 or more hex digits of the hash of the decision, as `reshimu reports` shows it")
    .requiredOption("--trace <place>", "a file, or postgres://…")
    .requiredOption("--policy <file>", "the policy of its session, in source or built")
    .requiredOption("--by <principal>", "whose word it is")
    .addOption(new Option("--answer <answer>", "the word").choices(["yes", "no"]).default("yes"))
    .option(...nowOption)
    .addOption(formatOption("the decision on one line"))
    .addHelpText("after", examples)
    .action((id: string, options: Options) => run(() => confirm(id, options, terminal)));
};

async function confirm(id: string, options: Options, terminal: Terminal): Promise<ExitCode> {
  const { by, answer, format, policy: file, now } = options;
  return withTrace(options.trace, async (trace) => {
    const record = await decisionOf(trace, id);
    const done = await withStore({ trace, file, now, terminal }, async (store) => {
      const session = await sessionOf(store, record);
      const word = { by, answer: answer === "yes", decided: record.hash };
      const decision = await refusable(() => session.confirm(word));
      const text =
        format === "json" ? jsonLine(decision) : afreshText(store.engine.policy, decision, terminal.out);
      await terminal.out.write(text);
      return ExitCode.Fine;
    });
    return done ?? ExitCode.CouldNotRun;
  });
}
