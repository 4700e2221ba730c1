import { Option } from "commander";
import { matrixOf } from "../../index.js";
import type { AddCommand } from "../command.js";
import { matrixText } from "../coverage/matrix-text.js";
import { ExitCode } from "../exit-codes.js";
import { jsonLine } from "../format.js";
import { matrixPage } from "../html/matrix-page.js";
import { loadTold } from "../load.js";
import { type Terminal, uncoloured } from "../terminal.js";
import { writeWhole } from "../write-file.js";

const examples = `
Example:
  $ reshimu coverage agent.reshimu
  $ reshimu coverage agent.reshimu --format html -o agent.html`;

type Format = "text" | "json" | "html";

interface Options {
  readonly format: Format;
  readonly output: string;
}

/** `reshimu coverage POLICY`: which validator speaks of which tool, and what serves which bullet. */
export const coverageCommand: AddCommand = (program, run, terminal) => {
  program
    .command("coverage")
    .summary("show where a policy has holes: tools by validators, bullets by rules")
    .description(
      "Shows which rules of each validator speak of each tool, which serve each bullet, and where none does. Nothing is evaluated.",
    )
    .argument("<policy>", "a policy in source or built, or a folder with a policy.reshimu")
    .addOption(
      new Option("--format <format>", "text for people, json: one object, html: a page by itself")
        .choices(["text", "json", "html"])
        .default("text"),
    )
    .option("-o, --output <file>", "where to write it; - is stdout", "-")
    .addHelpText("after", examples)
    .action((policy: string, options: Options) => run(() => coverage(policy, options, terminal)));
};

async function coverage(file: string, { format, output }: Options, terminal: Terminal): Promise<ExitCode> {
  const loaded = await loadTold(file, terminal);
  if (loaded.policy === null) return loaded.unreadable ? ExitCode.CouldNotRun : ExitCode.No;
  const matrix = matrixOf(loaded.policy);
  const out = output === "-" ? terminal.out : uncoloured(terminal.out);
  const text =
    format === "json"
      ? jsonLine(matrix)
      : format === "html"
        ? await matrixPage(matrix)
        : matrixText(matrix, out);
  if (output === "-") await terminal.out.write(text);
  else await writeWhole(output, text);
  return ExitCode.Fine;
}
