import pc from "picocolors";
import { type TestResult, visible } from "../../index.js";
import { diagnosticsText } from "../diagnostics.js";
import { xmlText } from "../reports/xml.js";
import { failureText, sentencesOf, type Style } from "./failure-text.js";
import { passedIn, type Tested } from "./tested.js";

const plain: Style = { paint: pc.createColors(false), color: false, width: 100 };

/** Results as JUnit reports them: a suite a policy, a case a test; a policy with errors is a case that could not be run. */
export function junitText(all: readonly Tested[]): string {
  const suites = all.map(suiteOf);
  const sum = (name: "@_tests" | "@_failures" | "@_errors"): number =>
    suites.reduce((total, suite) => total + suite[name], 0);
  const root = {
    "@_name": "reshimu",
    "@_tests": sum("@_tests"),
    "@_failures": sum("@_failures"),
    "@_errors": sum("@_errors"),
    "@_time": secondsOf(all.flatMap(({ results }) => results)),
    testsuite: suites,
  };
  return xmlText({ testsuites: root });
}

function suiteOf(tested: Tested) {
  const { file, loaded, results } = tested;
  const name = visible(file);
  const broken = loaded.policy === null;
  return {
    "@_name": name,
    "@_tests": results.length + (broken ? 1 : 0),
    "@_failures": results.length - passedIn(results),
    "@_errors": broken ? 1 : 0,
    "@_time": secondsOf(results),
    testcase: broken ? [brokenCase(tested)] : results.map((result) => caseOf(result, tested)),
  };
}

function caseOf(result: TestResult, tested: Tested) {
  const { place } = result;
  return {
    "@_name": visible(result.name),
    "@_classname": visible(tested.file),
    ...(place === undefined ? {} : { "@_file": visible(place.file), "@_line": place.line }),
    "@_time": secondsOf([result]),
    ...(result.passed
      ? {}
      : {
          failure: {
            "@_message": sentencesOf(result).join("; "),
            "@_type": result.problem === undefined ? "unmet" : "problem",
            "#text": `\n${failureText(result, tested, plain)}\n`,
          },
        }),
  };
}

function brokenCase({ file, loaded }: Tested) {
  const errors = loaded.diagnostics.filter((one) => one.severity === "error");
  return {
    "@_name": "the policy has no errors",
    "@_classname": visible(file),
    "@_file": visible(file),
    error: {
      "@_message": errors.map((one) => visible(one.message)).join("; "),
      "@_type": "error",
      "#text": `\n${diagnosticsText(errors, loaded.sources, false)}`,
    },
  };
}

/** Seconds, with three places. */
const secondsOf = (results: readonly TestResult[]): string =>
  (results.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1_000).toFixed(3);
