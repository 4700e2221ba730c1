import path from "node:path";
import { Option } from "commander";
import { RE2JS } from "re2js";
import type { AddCommand } from "../command.js";
import { type CoverageOptions, gatherCoverage, withCoverageOptions } from "../coverage/tested.js";
import { diagnosticsText, isUnreadable } from "../diagnostics.js";
import { ExitCode } from "../exit-codes.js";
import { wronglyUsed } from "../failure.js";
import { jsonLine } from "../format.js";
import { findPolicies } from "../policies.js";
import type { Terminal } from "../terminal.js";
import { githubText } from "../testing/github.js";
import { isFine, type Tested, testFile, type TestFileOptions } from "../testing/tested.js";
import { summary, testedText } from "../testing/text.js";

const examples = `
Example:
  $ reshimu test agent.reshimu
  ✓ a routine query is carried out
  ✓ mail to strangers goes back
  2 passed in 0.01 s`;

interface TestOptions extends CoverageOptions {
  readonly format: "text" | "json" | "junit" | "github";
  readonly filter?: string;
  readonly bail?: boolean;
  readonly watch?: boolean;
}

/** `reshimu test [PATHS…]`: runs the `test` blocks of policies. */
export const testCommand: AddCommand = (program, run, terminal) => {
  const command = program
    .command("test")
    .summary("run the tests that policies write")
    .description("Runs the `test` blocks of policies. Ends with 1 if one fails, or if none ran.")
    .argument("[paths...]", "policies, or folders: every *.reshimu below them (default: see reshimu.json)")
    .addOption(
      new Option(
        "--format <format>",
        "text for people; json: an array of results; junit: a report as XML; github: annotations",
      )
        .choices(["text", "json", "junit", "github"])
        .default("text"),
    )
    .option("--filter <pattern>", "run only tests whose name has a match of this RE2 pattern")
    .option("--bail", "stop at the first test that fails")
    .option("--watch", "run again what depends on a file when it changes, until interrupted")
    .addHelpText("after", examples)
    .action((paths: string[], options: TestOptions) => run(() => test(paths, options, terminal)));
  withCoverageOptions(command);
};

async function test(paths: readonly string[], options: TestOptions, terminal: Terminal): Promise<ExitCode> {
  const only = filterOf(options.filter);
  if (options.watch === true && options.format !== "text")
    throw wronglyUsed("`--watch` writes text, and nothing else");
  const coverage = gatherCoverage(options);
  if (options.watch === true && coverage !== undefined)
    throw wronglyUsed("`--watch` runs what changed, and coverage is of a whole run: ask for one of them");
  const how: TestFileOptions = {
    ...(options.bail === undefined ? {} : { bail: options.bail }),
    ...(only === undefined ? {} : { only }),
    ...(coverage === undefined ? {} : { observing: coverage.observing.bind(coverage) }),
  };
  const runAll = (files: readonly string[]): Promise<Run> => runFiles(files, how, terminal);
  const first = await runAll(await findPolicies(paths));
  await tell(first, options, terminal);
  if (options.watch === true) return watched(paths, first, options, runAll, terminal);
  const covered = (await coverage?.tell(options.format, terminal)) ?? ExitCode.Fine;
  return Math.max(covered, exitCodeOf(first.tested));
}

/** Which names are wanted; a pattern that cannot be read is a slip. */
function filterOf(pattern: string | undefined): ((name: string) => boolean) | undefined {
  if (pattern === undefined) return undefined;
  try {
    const compiled = RE2JS.compile(pattern);
    return (name) => compiled.matcher(name).find();
  } catch (error) {
    const why = error instanceof Error ? error.message.split("\n")[0] : "";
    throw wronglyUsed(`\`--filter\` takes an RE2 pattern, and \`${pattern}\` is none: ${why}`);
  }
}

interface Run {
  readonly tested: readonly Tested[];
  readonly milliseconds: number;
}

async function runFiles(
  files: readonly string[],
  options: TestFileOptions,
  terminal: Terminal,
): Promise<Run> {
  const begun = performance.now();
  const tested: Tested[] = [];
  for (const file of files) {
    const done = terminal.progress(`testing ${file} (${tested.length + 1} of ${files.length})`);
    const one = await testFile(file, options);
    done();
    tested.push(one);
    if (options.bail === true && !isFine(one)) break;
  }
  return { tested, milliseconds: performance.now() - begun };
}

async function tell({ tested, milliseconds }: Run, options: TestOptions, terminal: Terminal): Promise<void> {
  const { out, err } = terminal;
  for (const { loaded } of tested) {
    if (loaded.policy !== null) continue;
    const errors = loaded.diagnostics.filter((one) => one.severity === "error");
    await err.write(`${diagnosticsText(errors, loaded.sources, err.color)}\n`);
  }
  switch (options.format) {
    case "json":
      return out.write(
        jsonLine(tested.flatMap(({ file, results }) => results.map((result) => ({ file, ...result })))),
      );
    case "junit":
      return out.write((await import("../testing/junit.js")).junitText(tested));
    case "github":
      await out.write(githubText(tested));
      return err.write(`${summary(tested, options.filter, milliseconds, err)}\n`);
    case "text": {
      for (const one of tested) await out.write(testedText(one, tested.length > 1, out));
      return out.write(`${summary(tested, options.filter, milliseconds, out)}\n`);
    }
  }
}

function exitCodeOf(tested: readonly Tested[]): ExitCode {
  if (tested.some(({ loaded }) => loaded.policy === null && isUnreadable(loaded)))
    return ExitCode.CouldNotRun;
  const ran = tested.some(({ results }) => results.length > 0);
  return ran && tested.every(isFine) ? ExitCode.Fine : ExitCode.No;
}

/** Runs the policies again that read what changed, until interrupted; ends as all of them last did. */
async function watched(
  paths: readonly string[],
  first: Run,
  options: TestOptions,
  runAll: (files: readonly string[]) => Promise<Run>,
  terminal: Terminal,
): Promise<ExitCode> {
  const { watchFiles } = await import("../testing/watch.js");
  const last = new Map(first.tested.map((one) => [one.file, one]));
  await watchFiles({
    paths: paths.length === 0 ? ["."] : paths,
    also: () =>
      [...last.values()].flatMap(({ reads }) => [...reads].filter((one) => !one.startsWith("std/"))),
    onReady: () => terminal.err.write("watching for changes; Ctrl-C ends it\n"),
    async onChange(changed) {
      const files = await findPolicies(paths).catch((): string[] => []);
      for (const file of last.keys()) if (!files.includes(file)) last.delete(file);
      const touched = ({ reads }: Tested): boolean =>
        [...reads].some((one) => changed.has(path.resolve(one)));
      const affected = files.filter((file) => {
        const known = last.get(file);
        return known === undefined || touched(known);
      });
      if (affected.length === 0) return;
      const again = await runAll(affected);
      for (const one of again.tested) last.set(one.file, one);
      await terminal.clear?.();
      await tell(again, options, terminal);
    },
  });
  return exitCodeOf([...last.values()]);
}
