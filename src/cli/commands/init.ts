import { access, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { Option } from "commander";
import {
  compilePolicy,
  type Diagnostic,
  diskFiles,
  reasonOf,
  runTests,
  type StarterFile,
  starterFromTemplate,
  starterFromTools,
  type TemplateName,
  templates,
} from "../../index.js";
import type { AddCommand } from "../command.js";
import { diagnosticsText } from "../diagnostics.js";
import { ExitCode } from "../exit-codes.js";
import { couldNotRun, wronglyUsed } from "../failure.js";
import { type Format, formatOption, jsonLine } from "../format.js";
import type { Terminal } from "../terminal.js";

const widest = Math.max(...Object.keys(templates).map((name) => name.length));
const details = `
Templates:
${Object.entries(templates)
  .map(([name, summary]) => `  ${name.padEnd(widest)}  ${summary}`)
  .join("\n")}

Example:
  $ reshimu init agent --template coding
  agent/policy.reshimu
  $ reshimu init agent --tools tools-list.json`;

interface Options {
  readonly template: TemplateName;
  readonly tools?: string;
  readonly format: Format;
}

/** `reshimu init [DIR]`: a policy to begin with, which checks and passes its tests. Nothing that is there is overwritten. */
export const initCommand: AddCommand = (program, run, terminal) => {
  program
    .command("init")
    .summary("write a policy to begin with")
    .description(
      "Writes a policy that checks and passes its tests, from a template or for the tools of an MCP server. Files that are there stay as they are.",
    )
    .argument("[dir]", "the folder to write to; it is made where it is not there", ".")
    .addOption(
      new Option("--template <name>", "what to begin from")
        .choices(Object.keys(templates))
        .default("minimal"),
    )
    .addOption(
      new Option(
        "--tools <file>",
        "an MCP server's answer to `tools/list`, in place of a template",
      ).conflicts("template"),
    )
    .addOption(formatOption("an object with the files written"))
    .addHelpText("after", details)
    .action((dir: string, options: Options) => run(() => init(dir, options, terminal)));
};

async function init(dir: string, options: Options, terminal: Terminal): Promise<ExitCode> {
  const { template, tools, format } = options;
  const files = tools === undefined ? starterFromTemplate(template) : fromTools(tools);
  const tests = await tried(files, tools);
  const written = await writeAll(dir, files);
  if (format === "json") {
    await terminal.out.write(jsonLine({ files: written, tests }));
    return ExitCode.Fine;
  }
  await terminal.out.write(`${written.join("\n")}\n`);
  const policy = written.find((file) => file.endsWith("policy.reshimu")) ?? dir;
  await terminal.err.write(
    [
      "",
      `It checks, and its ${tests} tests pass. Next:`,
      `  read and change it       ${policy}`,
      `  find what is wrong       reshimu check ${dir}`,
      `  run its tests            reshimu test ${dir}`,
      `  decide what is proposed  reshimu eval ${policy} proposals.jsonl`,
      "",
    ].join("\n"),
  );
  return ExitCode.Fine;
}

function fromTools(file: string): readonly StarterFile[] {
  const found = diskFiles.read(path.resolve(file));
  if ("error" in found) throw couldNotRun(`cannot read \`${file}\`: ${found.error}`);
  const starter = starterFromTools(found.text);
  if ("error" in starter)
    throw wronglyUsed(
      `\`${file}\` is no list of tools: ${starter.error}\ngive the answer of an MCP server to \`tools/list\``,
    );
  return starter.files;
}

/** Checks a starter and runs its tests before anything is written; gives how many tests there are. */
async function tried(files: readonly StarterFile[], tools: string | undefined): Promise<number> {
  const { policy, diagnostics, sources } = compilePolicy("policy.reshimu", {
    read(file) {
      const starter = files.find(({ name }) => name === file);
      return starter === undefined ? diskFiles.read(file) : { text: starter.text };
    },
  });
  if (policy === null || diagnostics.length > 0)
    throw wronglyUsed(
      `no policy can be written for ${tools === undefined ? "this template" : `the tools of \`${tools}\``}\n${told(diagnostics, sources)}`,
    );
  const results = await runTests(policy);
  const failed = results.find(({ passed }) => !passed);
  if (failed !== undefined)
    throw couldNotRun(
      `the policy for ${tools === undefined ? "this template" : `the tools of \`${tools}\``} fails its test \`${failed.name}\`, and is not written`,
    );
  return results.length;
}

const told = (diagnostics: readonly Diagnostic[], sources: ReadonlyMap<string, string>): string =>
  diagnosticsText(diagnostics, sources, false);

/** Writes all files, or none where one is there already. */
async function writeAll(dir: string, files: readonly StarterFile[]): Promise<string[]> {
  const paths = files.map(({ name, text }) => ({ at: path.join(dir, name), text }));
  const there = [];
  for (const { at } of paths) if (await exists(at)) there.push(`\`${at}\``);
  if (there.length > 0)
    throw wronglyUsed(
      `${there.join(" and ")} ${there.length === 1 ? "is" : "are"} there already, and nothing is overwritten\ngive another folder, or move ${there.length === 1 ? "it" : "them"} away`,
    );
  for (const { at, text } of paths) {
    try {
      await mkdir(path.dirname(at), { recursive: true });
      await writeFile(at, text, { flag: "wx" });
    } catch (error) {
      throw couldNotRun(`cannot write \`${at}\`: ${reasonOf(error)}`);
    }
  }
  return paths.map(({ at }) => at);
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}
