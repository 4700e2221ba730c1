import type { CodeLens } from "vscode-languageserver";
import { lowerAnalysis } from "../compiler/compile.js";
import { type Decision, type DecisionWord, decisionWords } from "../ir/decision.js";
import { runTests, type TestResult } from "../testing/run.js";
import type { Checked, Workspace } from "./workspace.js";

/** The command that runs tests: of a policy by its URI, all or the one of a name. */
export const runTestsCommand = "reshimu.runTests";

/** What running the tests of a policy came to, told to who asked. */
export interface Report {
  readonly passed: number;
  readonly failed: number;
  /** One sentence for a person. */
  readonly summary: string;
  /** What each test that failed expected and got. */
  readonly details: readonly string[];
}

type Counts = { readonly [W in DecisionWord]: number };

/** Runs tests and shows over each what came of it, as long as the policy is the one that was run. */
export class TestRuns {
  readonly #runs = new WeakMap<Checked, readonly TestResult[]>();

  async run(checked: Checked, name?: string): Promise<Report> {
    const { policy } = lowerAnalysis(checked.analysis);
    if (policy === null)
      return { passed: 0, failed: 0, summary: "the policy has errors: no test was run", details: [] };
    const all = await runTests(policy);
    this.#runs.set(checked, all);
    const results = name === undefined ? all : all.filter((result) => result.name === name);
    const failed = results.filter((result) => !result.passed);
    const passed = results.length - failed.length;
    return {
      passed,
      failed: failed.length,
      summary:
        results.length === 0
          ? "no tests were found"
          : [...(failed.length > 0 ? [`${failed.length} failed`] : []), `${passed} passed`].join(", "),
      details: failed.map(failureText),
    };
  }

  /** A lens over each test, and one over the first line for all; results and decision counts where they are known. */
  lenses(checked: Checked, workspace: Workspace): CodeLens[] {
    const { path, context } = checked;
    const unit = context?.program.units.find((one) => one.source.file === path);
    if (unit === undefined || context === undefined) return [];
    const results = this.#runs.get(checked);
    const uri = workspace.uriOf(path);
    const tests = unit.document.declarations.filter((node) => node.kind === "Test");
    const lenses = tests.map((node): CodeLens => {
      // A test with rows has a result for each.
      const own = results?.filter((one) => one.name === node.name.value && one.place?.file === path) ?? [];
      const passed = own.every((one) => one.passed);
      const title = own.length === 0 ? "run test" : `${passed ? "✓" : "✗"} run test · ${countsText(own)}`;
      return {
        range: workspace.rangeOf({ ...node.span, end: node.name.span.end }),
        command: { title, command: runTestsCommand, arguments: [uri, node.name.value] },
      };
    });
    if (tests.length === 0) return lenses;
    const header = unit.document.kind === "Policy" ? unit.document.header : undefined;
    const title = results === undefined ? "run all tests" : `run all tests · ${totalText(results)}`;
    const first = header?.span ?? { file: path, start: 0, end: 0 };
    return [
      { range: workspace.rangeOf(first), command: { title, command: runTestsCommand, arguments: [uri] } },
      ...lenses,
      ...(results === undefined ? [] : ruleLenses(checked, results, workspace)),
    ];
  }
}

/** Over each rule, the decisions of the tests in which it was true. */
function ruleLenses({ path }: Checked, results: readonly TestResult[], workspace: Workspace): CodeLens[] {
  const byLine = new Map<number, DecisionWord[]>();
  for (const actual of results.flatMap(decisionsOf)) {
    const { scope, reversibility } = actual.assessments;
    for (const { at, value } of [...scope.rules, ...reversibility.rules]) {
      const [, file, line] = /^(.*):(\d+):\d+$/.exec(at ?? "") ?? [];
      if (value !== "true" || file !== path || line === undefined) continue;
      byLine.set(Number(line) - 1, [...(byLine.get(Number(line) - 1) ?? []), actual.decision]);
    }
  }
  const lines = workspace.document(path).lineCount;
  return [...byLine]
    .filter(([line]) => line < lines)
    .map(([line, words]) => ({
      range: { start: { line, character: 0 }, end: { line, character: 0 } },
      command: { title: `in tests: ${wordsText(words)}`, command: "" },
    }));
}

function totalText(results: readonly TestResult[]): string {
  const failed = results.filter((result) => !result.passed).length;
  const outcome = failed === 0 ? `✓ ${results.length} passed` : `✗ ${failed} of ${results.length} failed`;
  return `${outcome} · ${countsText(results)}`;
}

const countsText = (results: readonly TestResult[]): string =>
  wordsText(results.flatMap(decisionsOf).map(({ decision }) => decision));

/** The decisions of a test, each once, however many expectations speak of it. */
const decisionsOf = ({ expectations }: TestResult): readonly Decision[] => [
  ...new Set(expectations.map(({ actual }) => actual)),
];

/** How often each decision was given: `3 authorize, 1 return`. */
function wordsText(words: readonly DecisionWord[]): string {
  const counts = Object.fromEntries(
    decisionWords.map((word) => [word, words.filter((one) => one === word).length]),
  ) as Counts;
  const told = decisionWords.filter((word) => counts[word] > 0).map((word) => `${counts[word]} ${word}`);
  return told.length === 0 ? "no decisions" : told.join(", ");
}

function failureText({ name, row, place, problem, expectations }: TestResult): string {
  const at = place === undefined ? "" : ` (${place.file}:${place.line}:${place.column})`;
  const unmet = expectations
    .filter((one) => !one.met)
    .map(({ wanted, got, proposal, actual }) => {
      const deciding = actual.stoppedBy.map(
        (validator) => `    ${validator}: ${actual.assessments[validator].finding}`,
      );
      return [`  ${proposal.tool}: expected ${wanted}, got ${got}`, ...deciding].join("\n");
    });
  return [
    `✗ ${name}${row === undefined ? "" : ` ${row}`}${at}`,
    ...unmet,
    ...(problem === undefined ? [] : [`  could not be run: ${problem}`]),
  ].join("\n");
}
