import { type Diagnostic, loadPolicyFile, type PolicyFile } from "../../index.js";
import type { AddCommand } from "../command.js";
import { diagnosticsJson, diagnosticsText, gathered, isUnreadable } from "../diagnostics.js";
import { ExitCode } from "../exit-codes.js";
import { counted, type Format, formatOption, jsonLine } from "../format.js";
import { findPolicies } from "../policies.js";
import type { Output, Terminal } from "../terminal.js";

const examples = `
Example:
  $ reshimu check policies/ agent.reshimu
  3 policies, no problems`;

/** `reshimu check [PATHS…]`: what is wrong with policies, before anything is decided by them. */
export const checkCommand: AddCommand = (program, run, terminal) => {
  program
    .command("check")
    .summary("find what is wrong with policies")
    .description(
      "Checks policies and all they extend. Ends with 1 if there is an error; a warning alone is fine.",
    )
    .argument("[paths...]", "policies, or folders: every *.reshimu below them (default: this folder)")
    .addOption(formatOption("an array of diagnostics"))
    .addHelpText("after", examples)
    .action((paths: string[], options: { format: Format }) =>
      run(() => check(paths, options.format, terminal)),
    );
};

async function check(paths: readonly string[], format: Format, terminal: Terminal): Promise<ExitCode> {
  const files = await loadAll(await findPolicies(paths), terminal);
  const { diagnostics, sources } = gathered(files);
  const { out } = terminal;
  if (format === "json") await out.write(jsonLine(diagnosticsJson(diagnostics, sources)));
  else {
    const text = diagnosticsText(diagnostics, sources, out.color);
    await out.write(text === "" ? "" : `${text}\n`);
    await out.write(`${summary(diagnostics, files.length, out)}\n`);
  }
  if (files.some(isUnreadable)) return ExitCode.CouldNotRun;
  return files.some((file) => file.policy === null) ? ExitCode.No : ExitCode.Fine;
}

async function loadAll(paths: readonly string[], terminal: Terminal): Promise<PolicyFile[]> {
  const files: PolicyFile[] = [];
  for (const path of paths) {
    const done = terminal.progress(`checking ${path} (${files.length + 1} of ${paths.length})`);
    files.push(await loadPolicyFile(path));
    done();
  }
  return files;
}

function summary(diagnostics: readonly Diagnostic[], policies: number, { paint }: Output): string {
  if (diagnostics.length === 0) return `${paint.green(counted(policies, "policy", "policies"))}, no problems`;
  const errors = diagnostics.filter((one) => one.severity === "error").length;
  const warnings = diagnostics.length - errors;
  const told = [
    ...(errors > 0 ? [paint.red(counted(errors, "error"))] : []),
    ...(warnings > 0 ? [paint.yellow(counted(warnings, "warning"))] : []),
  ];
  const files = new Set(diagnostics.map((one) => one.span.file)).size;
  return `${told.join(", ")} in ${counted(files, "file")}${policies === 1 ? "" : `, of ${policies} policies`}`;
}
