import { type Place, type TestResult, visible } from "../../index.js";
import { annotation } from "../reports/annotation.js";
import { githubText as diagnosticsAsCommands } from "../reports/github.js";
import { problemSentence, unmetSentence } from "./failure-text.js";
import type { Tested } from "./tested.js";

/** Failures as workflow commands, which GitHub shows beside the lines of a change. */
export function githubText(all: readonly Tested[]): string {
  return all
    .map(({ loaded, results }) => {
      const errors = loaded.diagnostics.filter((one) => one.severity === "error");
      const broken = loaded.policy === null ? diagnosticsAsCommands(errors, loaded.sources) : "";
      return (
        broken +
        results
          .flatMap(notesOf)
          .map((one) => `${one}\n`)
          .join("")
      );
    })
    .join("");
}

function notesOf(result: TestResult): string[] {
  const { name, place, expectations, problem, problemPlace } = result;
  return [
    ...expectations
      .filter((one) => !one.met)
      .map((one) => {
        const next = [...new Set(one.actual.remedies.map(({ satisfy }) => `- ${visible(satisfy)}`))];
        const row = result.row === undefined ? [] : [`row ${visible(result.row)}`];
        return note(one.place ?? place, name, [unmetSentence(one), ...row, ...next].join("\n"));
      }),
    ...(problem === undefined ? [] : [note(problemPlace ?? place, name, problemSentence(problem))]),
  ];
}

function note(
  place: Pick<Place, "file" | "line" | "column"> | undefined,
  name: string,
  message: string,
): string {
  const where = place === undefined ? {} : { file: place.file, line: place.line, col: place.column };
  return annotation("error", { ...where, title: visible(name) }, message);
}
