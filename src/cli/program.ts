import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import type { AddCommand } from "./command.js";
import { buildCommand } from "./commands/build.js";
import { checkCommand } from "./commands/check.js";
import { confirmCommand } from "./commands/confirm.js";
import { coverageCommand } from "./commands/coverage.js";
import { evalCommand } from "./commands/eval.js";
import { explainCommand } from "./commands/explain.js";
import { fmtCommand } from "./commands/fmt.js";
import { initCommand } from "./commands/init.js";
import { lspCommand } from "./commands/lsp.js";
import { signCommand } from "./commands/sign.js";
import { reportsCommand } from "./commands/reports.js";
import { ruleCommand } from "./commands/rule.js";
import { testCommand } from "./commands/test.js";
import { traceCommand } from "./commands/trace.js";
import { ExitCode, exitCodesHelp } from "./exit-codes.js";
import { reportError } from "./failure.js";
import type { Terminal } from "./terminal.js";

const commands: readonly AddCommand[] = [
  initCommand,
  checkCommand,
  testCommand,
  fmtCommand,
  evalCommand,
  signCommand,
  explainCommand,
  coverageCommand,
  traceCommand,
  reportsCommand,
  ruleCommand,
  confirmCommand,
  buildCommand,
  lspCommand,
];

/** Runs the programme with the arguments of a command line; gives the code to end with and never throws. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code = ExitCode.Fine;
  const program = createProgram(terminal);
  const act = async (action: () => Promise<ExitCode>): Promise<void> => {
    code = await action();
  };
  for (const add of commands) add(program, act, terminal);
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.Fine : ExitCode.WronglyUsed;
    return reportError(error, terminal);
  }
}

function createProgram({ out, err }: Terminal): Command {
  return new Command("reshimu")
    .description("Says what an AI agent may do by itself, and why: authorize, confirm, clarify or return.")
    .version(version(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand(false)
    .addHelpText("after", `\n${exitCodesHelp}`)
    .configureOutput({
      writeOut: (text) => void out.write(text),
      writeErr: (text) => void err.write(text),
      getOutHelpWidth: () => out.width,
      getErrHelpWidth: () => err.width,
      getOutHasColors: () => out.color,
      getErrHasColors: () => err.color,
    })
    .showHelpAfterError("run it with --help to see how it is used")
    .exitOverride();
}

/** The version of the package this file belongs to. */
function version(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
