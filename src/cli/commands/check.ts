import { Option } from "commander";
import {
  type Diagnostic,
  loadPolicyFile,
  loadProject,
  type PolicyFile,
  type Project,
  type Severity,
  severityPaint,
  visible,
} from "../../index.js";
import type { AddCommand } from "../command.js";
import { diagnosticsJson, diagnosticsText, gathered, isUnreadable, type Sources } from "../diagnostics.js";
import { ExitCode } from "../exit-codes.js";
import { fixPolicies, type Repair } from "../fix.js";
import { counted, jsonLine } from "../format.js";
import { findPolicies } from "../policies.js";
import { githubText } from "../reports/github.js";
import { junitText } from "../reports/junit.js";
import { sarifOf } from "../reports/sarif.js";
import type { Output, Terminal } from "../terminal.js";

const examples = `
Example:
  $ reshimu check policies/ agent.reshimu
  3 policies, no problems
  $ reshimu check --fix policies/
  $ reshimu check --format sarif > check.sarif`;

const formats = ["text", "json", "sarif", "github", "junit"] as const;

interface Options {
  readonly format: (typeof formats)[number];
  readonly fix?: true;
  readonly config?: string;
}

/** `reshimu check [PATHS…]`: what is wrong with policies, before anything is decided by them. */
export const checkCommand: AddCommand = (program, run, terminal) => {
  program
    .command("check")
    .summary("find what is wrong with policies")
    .description(
      "Checks policies and all they extend. Ends with 1 if there is an error; a warning alone is fine.",
    )
    .argument("[paths...]", "policies, or folders: every *.reshimu below them (default: see reshimu.json)")
    .addOption(
      new Option(
        "--format <format>",
        "text for people, json: an array of diagnostics, sarif, github: annotations of a workflow, or junit",
      )
        .choices(formats)
        .default("text"),
    )
    .option("--fix", "repair in the named policies what has a certain repair; what is left is reported")
    .option("--config <path>", "the reshimu.json to go by (default: the nearest, from each policy up)")
    .addHelpText("after", examples)
    .action((paths: string[], options: Options) =>
      run(() => check(paths, options, terminal, program.version() ?? "")),
    );
};

async function check(
  paths: readonly string[],
  options: Options,
  terminal: Terminal,
  version: string,
): Promise<ExitCode> {
  const project = options.config === undefined ? undefined : loadProject(options.config);
  const found = await findPolicies(paths, project);
  const { files, repairs } = options.fix
    ? await fixPolicies(found, project)
    : { files: await loadAll(found, project, terminal), repairs: [] };
  await tellRepairs(repairs, terminal.err);
  const { diagnostics, sources } = gathered(files);
  await tell(options.format, { found, diagnostics, sources, version }, terminal.out);
  if (files.some(isUnreadable)) return ExitCode.CouldNotRun;
  return files.some((file) => file.policy === null) ? ExitCode.No : ExitCode.Fine;
}

interface Checked {
  readonly found: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: Sources;
  readonly version: string;
}

async function tell(format: Options["format"], checked: Checked, out: Output): Promise<void> {
  const { found, diagnostics, sources, version } = checked;
  switch (format) {
    case "json":
      return out.write(jsonLine(diagnosticsJson(diagnostics, sources)));
    case "sarif":
      return out.write(`${JSON.stringify(sarifOf(diagnostics, sources, version), null, 2)}\n`);
    case "github":
      return out.write(githubText(diagnostics, sources));
    case "junit":
      return out.write(junitText(found, diagnostics, sources));
    case "text": {
      const text = diagnosticsText(diagnostics, sources, out.color);
      return out.write(`${text === "" ? "" : `${text}\n`}${summary(diagnostics, found.length, out)}\n`);
    }
  }
}

async function loadAll(
  paths: readonly string[],
  project: Project | undefined,
  terminal: Terminal,
): Promise<PolicyFile[]> {
  const files: PolicyFile[] = [];
  for (const path of paths) {
    const done = terminal.progress(`checking ${path} (${files.length + 1} of ${paths.length})`);
    files.push(await loadPolicyFile(path, { project }));
    done();
  }
  return files;
}

async function tellRepairs(repairs: readonly Repair[], { paint, write }: Output): Promise<void> {
  if (repairs.length === 0) return;
  const lines = repairs.map(
    ({ diagnostic: { code, span, fix }, line, column }) =>
      `${paint.green("fixed")} ${visible(`${span.file}:${line}:${column}`)} ${code}: ${visible(fix?.title ?? "")}\n`,
  );
  await write(`${lines.join("")}${counted(repairs.length, "repair")}\n`);
}

function summary(diagnostics: readonly Diagnostic[], policies: number, { paint }: Output): string {
  if (diagnostics.length === 0) return `${paint.green(counted(policies, "policy", "policies"))}, no problems`;
  const told = (["error", "warning", "hint"] satisfies Severity[]).flatMap((severity) => {
    const count = diagnostics.filter((one) => one.severity === severity).length;
    return count === 0 ? [] : [severityPaint(severity, paint)(counted(count, severity))];
  });
  const files = new Set(diagnostics.map((one) => one.span.file)).size;
  return `${told.join(", ")} in ${counted(files, "file")}${policies === 1 ? "" : `, of ${policies} policies`}`;
}
