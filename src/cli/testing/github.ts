import { type Place, type TestResult, visible } from "../../index.js";
import { diagnosticsJson } from "../diagnostics.js";
import { problemSentence, unmetSentence } from "./failure-text.js";
import type { Tested } from "./tested.js";

/** Failures as workflow commands, which GitHub shows beside the lines of a change. */
export function githubText(all: readonly Tested[]): string {
  return all
    .flatMap((tested) => [...brokenNotes(tested), ...tested.results.flatMap(notesOf)])
    .map((note) => `${note}\n`)
    .join("");
}

function brokenNotes({ loaded }: Tested): string[] {
  if (loaded.policy !== null) return [];
  const errors = loaded.diagnostics.filter((one) => one.severity === "error");
  return diagnosticsJson(errors, loaded.sources).map((json, i) => {
    const { span } = json as { span: { file: string; line: number; column: number } };
    return annotation({ ...span }, errors[i]?.code ?? "error", errors[i]?.message ?? "");
  });
}

function notesOf(result: TestResult): string[] {
  const { name, place, expectations, problem, problemPlace } = result;
  return [
    ...expectations
      .filter((one) => !one.met)
      .map((one) => {
        const next = [...new Set(one.actual.remedies.map(({ satisfy }) => `- ${visible(satisfy)}`))];
        const row = result.row === undefined ? [] : [`row ${visible(result.row)}`];
        return annotation(one.place ?? place, name, [unmetSentence(one), ...row, ...next].join("\n"));
      }),
    ...(problem === undefined ? [] : [annotation(problemPlace ?? place, name, problemSentence(problem))]),
  ];
}

function annotation(
  place: Pick<Place, "file" | "line" | "column"> | undefined,
  title: string,
  message: string,
): string {
  const where =
    place === undefined ? [] : [`file=${property(place.file)}`, `line=${place.line}`, `col=${place.column}`];
  return `::error ${[...where, `title=${property(visible(title))}`].join(",")}::${data(message)}`;
}

/** A command is one line: what would end it, or a property of it, is written by its code. */
const data = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (text: string): string => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
