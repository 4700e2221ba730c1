import { type Diagnostic, indexLines, visible } from "../../index.js";
import type { Sources } from "../diagnostics.js";
import { xmlText } from "./xml.js";

/** Diagnostics as JUnit reports them: a case a file, a failure an error; what is no error is told in its output. */
export function junitText(
  files: readonly string[],
  diagnostics: readonly Diagnostic[],
  sources: Sources,
): string {
  const byFile = new Map<string, Diagnostic[]>(files.map((file) => [file, []]));
  for (const one of diagnostics) byFile.set(one.span.file, [...(byFile.get(one.span.file) ?? []), one]);
  const cases = [...byFile].map(([file, own]) => caseOf(file, own, sources));
  const counts = {
    "@_tests": cases.length,
    "@_failures": cases.filter((one) => "failure" in one).length,
    "@_errors": 0,
  };
  const suite = { "@_name": "reshimu check", ...counts };
  return xmlText({
    testsuites: { ...suite, testsuite: { ...suite, testcase: cases } },
  });
}

function caseOf(file: string, own: readonly Diagnostic[], sources: Sources) {
  const errors = own.filter((one) => one.severity === "error");
  const others = own.filter((one) => one.severity !== "error");
  return {
    "@_name": visible(file),
    "@_classname": "reshimu check",
    "@_file": visible(file),
    ...(errors.length === 0
      ? {}
      : {
          failure: errors.map((one) => ({
            "@_type": one.code,
            "@_message": visible(one.message),
            "#text": lineOf(one, sources),
          })),
        }),
    ...(others.length === 0 ? {} : { "system-out": others.map((one) => lineOf(one, sources)).join("\n") }),
  };
}

function lineOf({ code, severity, message, span, help }: Diagnostic, sources: Sources): string {
  const { line, column } = indexLines(sources.get(span.file) ?? "").positionAt(span.start);
  const advice = help === undefined ? "" : `; ${help.replaceAll("\n", " ")}`;
  return visible(`${span.file}:${line}:${column} ${severity}[${code}]: ${message}${advice}`);
}
