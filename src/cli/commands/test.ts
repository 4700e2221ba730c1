import {
  type Expectation,
  loadPolicyFile,
  type PolicyFile,
  type PolicyIr,
  runTests,
  type TestResult,
  validatorNames,
  visible,
} from "../../index.js";
import type { AddCommand } from "../command.js";
import { type CoverageOptions, gatherCoverage, withCoverageOptions } from "../coverage/tested.js";
import { decisionText, verdict } from "../decision/text.js";
import { diagnosticsText, isUnreadable } from "../diagnostics.js";
import { ExitCode } from "../exit-codes.js";
import { type Format, formatOption, jsonLine } from "../format.js";
import { hang, indented } from "../layout.js";
import { findPolicies } from "../policies.js";
import type { Output, Terminal } from "../terminal.js";

const examples = `
Example:
  $ reshimu test agent.reshimu
  ✓ a routine query is carried out
  ✓ mail to strangers goes back
  2 passed`;

/** `reshimu test [PATHS…]`: runs the `test` blocks of policies. */
export const testCommand: AddCommand = (program, run, terminal) => {
  const command = program
    .command("test")
    .summary("run the tests that policies write")
    .description("Runs the `test` blocks of policies. Ends with 1 if one fails, or if there is none.")
    .argument("[paths...]", "policies, or folders: every *.reshimu below them (default: this folder)")
    .addOption(formatOption("an array of results"))
    .addHelpText("after", examples)
    .action((paths: string[], options: Options) => run(() => test(paths, options, terminal)));
  withCoverageOptions(command);
};

interface Options extends CoverageOptions {
  readonly format: Format;
}

/** The tests of one policy, run. */
interface Tested {
  readonly file: string;
  readonly policy: PolicyIr;
  readonly results: readonly TestResult[];
}

async function test(paths: readonly string[], options: Options, terminal: Terminal): Promise<ExitCode> {
  const { format } = options;
  const coverage = gatherCoverage(options);
  const files = await findPolicies(paths);
  const tested: Tested[] = [];
  let broken: ExitCode = ExitCode.Fine;
  for (const file of files) {
    const done = terminal.progress(`testing ${file} (${tested.length + 1} of ${files.length})`);
    const loaded = await loadPolicyFile(file);
    const results =
      loaded.policy === null ? [] : await runTests(loaded.policy, coverage?.observing(loaded.policy, loaded));
    done();
    if (loaded.policy !== null) tested.push({ file, policy: loaded.policy, results });
    else broken = Math.max(broken, await tellBroken(loaded, terminal.err));
  }
  if (format === "json")
    await terminal.out.write(
      jsonLine(tested.flatMap(({ file, results }) => results.map((result) => ({ file, ...result })))),
    );
  else await tell(tested, terminal.out);
  const covered = (await coverage?.tell(format, terminal)) ?? ExitCode.Fine;
  const all = tested.flatMap(({ results }) => results);
  return Math.max(
    broken,
    covered,
    all.length > 0 && all.every((result) => result.passed) ? ExitCode.Fine : ExitCode.No,
  );
}

async function tellBroken(file: PolicyFile, err: Output): Promise<ExitCode> {
  const errors = file.diagnostics.filter((one) => one.severity === "error");
  await err.write(`${diagnosticsText(errors, file.sources, err.color)}\n`);
  return isUnreadable(file) ? ExitCode.CouldNotRun : ExitCode.No;
}

async function tell(tested: readonly Tested[], out: Output): Promise<void> {
  const some = tested.filter(({ results }) => results.length > 0);
  for (const { file, policy, results } of some) {
    if (tested.length > 1) await out.write(`${out.paint.bold(visible(file))}\n`);
    for (const result of results) await out.write(`${resultText(result, policy, out)}\n`);
    if (tested.length > 1) await out.write("\n");
  }
  await out.write(
    `${summary(
      some.flatMap(({ results }) => results),
      out,
    )}\n`,
  );
}

function summary(results: readonly TestResult[], { paint }: Output): string {
  if (results.length === 0)
    return 'no tests found: write some as\n  test "what it shows" { propose … expect … }';
  const failed = results.filter((result) => !result.passed).length;
  const passed = results.length - failed;
  return [
    ...(failed > 0 ? [paint.red(`${failed} failed`)] : []),
    ...(passed > 0 ? [paint.green(`${passed} passed`)] : []),
  ].join(", ");
}

function resultText(result: TestResult, policy: PolicyIr, out: Output): string {
  const { paint } = out;
  const name = visible(result.name);
  if (result.passed) return `${paint.green("✓")} ${name}`;
  const place =
    result.place === undefined
      ? ""
      : `  ${paint.cyan(`${visible(result.place.file)}:${result.place.line}:${result.place.column}`)}`;
  const unmet = result.expectations.filter((one) => !one.met);
  return [
    `${paint.red("✗")} ${paint.bold(name)}${place}`,
    ...unmet.map((one) => unmetText(one, policy, out)),
    ...(result.problem === undefined
      ? []
      : [hang(`could not be run to its end: ${visible(result.problem)}`, out.width, "  ")]),
  ].join("\n");
}

/** What was expected, and what came instead, with why. */
function unmetText({ expected, actual, proposal }: Expectation, policy: PolicyIr, out: Output): string {
  const from = (names: readonly string[]): string =>
    names.length === 0 ? "" : ` from ${validatorNames.filter((name) => names.includes(name)).join(", ")}`;
  const page = { policy, paint: out.paint, width: out.width - 4, session: undefined };
  return [
    hang(
      `expected ${verdict(out, expected.decision)}${from(expected.from)}, got ${verdict(out, actual.decision)}${from(actual.stoppedBy)}`,
      out.width,
      "  ",
    ),
    indented(decisionText(page, proposal, actual, "").trimEnd(), "    "),
  ].join("\n");
}
