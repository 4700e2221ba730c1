import { type Diagnostic, diskFiles, findProject, formatPolicy, visible } from "../../index.js";
import type { AddCommand } from "../command.js";
import { diagnosticsJson, diagnosticsText } from "../diagnostics.js";
import { unifiedDiff } from "../diff.js";
import { ExitCode } from "../exit-codes.js";
import { Failure, wronglyUsed } from "../failure.js";
import { counted, type Format, formatOption, jsonLine } from "../format.js";
import { findPolicies } from "../policies.js";
import { stdinText } from "../stdin.js";
import type { Terminal } from "../terminal.js";
import { writeWhole } from "../write-file.js";

const examples = `
Example:
  $ reshimu fmt policies/
  policies/agent.reshimu
  1 of 3 files formatted
  $ reshimu fmt --check policies/
  $ reshimu fmt - < agent.reshimu`;

interface Options {
  readonly check?: true;
  readonly format: Format;
}

/** What became of a file. `text` is its canonical form, where it has one. */
interface Outcome {
  readonly file: string;
  readonly result: "same" | "changed" | "broken" | "failed";
  readonly source?: string;
  readonly text?: string;
  readonly diagnostics: readonly Diagnostic[];
  /** Why it was not formatted though it may well be a policy. */
  readonly problem?: string;
}

/** `reshimu fmt [PATHS…]`: policies in their one canonical form. */
export const fmtCommand: AddCommand = (program, run, terminal) => {
  program
    .command("fmt")
    .summary("write policies in their canonical form")
    .description(
      "Lays policies out anew; only white space and parentheses that group nothing change. Prints the names of the files that were changed.",
    )
    .argument(
      "[paths...]",
      "policies, or folders: every *.reshimu below them (default: see reshimu.json); - is stdin to stdout",
    )
    .option(
      "--check",
      "write nothing: print what would change as a unified diff, and end with 1 if anything would",
    )
    .addOption(formatOption("an array with what became of each file"))
    .addHelpText("after", examples)
    .action((paths: string[], options: Options) => run(() => fmt(paths, options, terminal)));
};

async function fmt(paths: readonly string[], options: Options, terminal: Terminal): Promise<ExitCode> {
  if (paths.includes("-")) return fmtStdin(paths, options, terminal);
  const project = findProject(".");
  if (paths.length === 0 && project.diagnostics.length > 0) {
    // Which policies are meant is not known.
    const sources = new Map([[project.file ?? "", project.text]]);
    await terminal.err.write(diagnosticsText(project.diagnostics, sources, terminal.err.color));
    return ExitCode.CouldNotRun;
  }
  const outcomes: Outcome[] = [];
  for (const file of await findPolicies(paths, project)) {
    const outcome = outcomeOf(file, diskFiles.read(file));
    outcomes.push(options.check ? outcome : await written(outcome));
    await tell(outcomes.at(-1) as Outcome, options, terminal);
  }
  if (options.format === "json") await terminal.out.write(jsonLine(outcomes.map(asJson)));
  else await terminal.err.write(`${summary(outcomes, options.check === true, terminal)}\n`);
  return exitCode(outcomes, options);
}

async function fmtStdin(paths: readonly string[], options: Options, terminal: Terminal): Promise<ExitCode> {
  if (paths.length > 1) throw wronglyUsed("`-` is stdin, and stands alone");
  const outcome = outcomeOf("stdin", await stdinText());
  if (options.format === "json") await terminal.out.write(jsonLine([asJson(outcome)]));
  else if (options.check !== true) await terminal.out.write(outcome.text ?? "");
  await tell(outcome, options, terminal, true);
  return exitCode([outcome], options);
}

function outcomeOf(file: string, read: { readonly text: string } | { readonly error: string }): Outcome {
  if ("error" in read)
    return { file, result: "failed", diagnostics: [], problem: `cannot read \`${file}\`: ${read.error}` };
  const source = read.text;
  const made = formatPolicy({ file, text: source });
  if (made.ok)
    return {
      file,
      result: made.text === source ? "same" : "changed",
      source,
      text: made.text,
      diagnostics: [],
    };
  if (made.fault === undefined) return { file, result: "broken", source, diagnostics: made.diagnostics };
  const problem = `\`${file}\` is left as it is: ${made.fault}; please report this policy`;
  return { file, result: "failed", source, diagnostics: [], problem };
}

async function written(outcome: Outcome): Promise<Outcome> {
  if (outcome.result !== "changed" || outcome.text === undefined) return outcome;
  try {
    await writeWhole(outcome.file, outcome.text);
    return outcome;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { ...outcome, result: "failed", problem: error.message };
  }
}

/** Says what is to be said of one file: its name or its diff on stdout, what is wrong with it on stderr. */
async function tell(
  outcome: Outcome,
  { check, format }: Options,
  terminal: Terminal,
  isStdin = false,
): Promise<void> {
  const { file, result, source = "", text = "", diagnostics, problem } = outcome;
  const { out, err } = terminal;
  if (format === "json") return;
  if (problem !== undefined) await err.write(`${err.paint.red("error:")} ${visible(problem)}\n`);
  await err.write(diagnosticsText(diagnostics, new Map([[file, source]]), err.color));
  if (result !== "changed") return;
  if (check) await out.write(unifiedDiff(file, source, text, out.paint));
  else if (!isStdin) await out.write(`${visible(file)}\n`);
}

function asJson({ file, result, source = "", text = "", diagnostics, problem }: Outcome): object {
  return {
    file,
    result,
    ...(result === "changed" ? { text } : {}),
    ...(diagnostics.length === 0
      ? {}
      : { diagnostics: diagnosticsJson(diagnostics, new Map([[file, source]])) }),
    ...(problem === undefined ? {} : { problem }),
  };
}

function summary(outcomes: readonly Outcome[], isCheck: boolean, { err: { paint } }: Terminal): string {
  const count = (result: Outcome["result"]): number => outcomes.filter((one) => one.result === result).length;
  const changed = count("changed");
  const failed = count("broken") + count("failed");
  const files = counted(outcomes.length, "file");
  const told =
    changed === 0
      ? `${files}, ${isCheck ? "nothing to change" : "nothing changed"}`
      : `${changed} of ${files} ${isCheck ? "would be formatted" : "formatted"}`;
  return failed === 0 ? told : `${told}; ${paint.red(`${failed} could not be formatted`)}`;
}

function exitCode(outcomes: readonly Outcome[], { check }: Options): ExitCode {
  if (outcomes.some(({ result }) => result === "failed")) return ExitCode.CouldNotRun;
  const isNo = ({ result }: Outcome): boolean =>
    result === "broken" || (check === true && result === "changed");
  return outcomes.some(isNo) ? ExitCode.No : ExitCode.Fine;
}
