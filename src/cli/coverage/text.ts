import {
  type Coverage,
  type Direction,
  directionsOf,
  type FileCoverage,
  type Measured,
  percent,
  type Share,
  visible,
} from "../../index.js";
import { shortened } from "../decision/call.js";
import { hang } from "../layout.js";
import type { Output } from "../terminal.js";
import { plainTable } from "./table.js";

/** So many of what is missing are told of each file. */
const mostMissing = 20;
const longestQuote = 60;

/** Coverage for a person: a table of the files, and what of each was not exercised. */
export function coverageText(coverage: Coverage, out: Output): string {
  const { files } = coverage;
  const row = (name: string, { statements, directions }: Pick<FileCoverage, "statements" | "directions">) => [
    name,
    shareText(statements, out),
    shareText(directions, out),
  ];
  const table = plainTable(
    ["file", "statements", "conditions"].map((name) => out.paint.dim(name)),
    [
      ...files.map((file) => row(visible(file.file), file)),
      ...(files.length > 1 ? [row(out.paint.bold("all"), coverage)] : []),
    ],
  );
  return `${[table, ...files.flatMap((file) => missingText(file, out))].join("\n")}\n`;
}

const shareText = (share: Share, { paint }: Output): string => {
  const told = `${share.hit} of ${share.of}, ${percent(share)} %`;
  return share.hit === share.of ? paint.green(told) : paint.yellow(told);
};

function missingText({ file, all }: FileCoverage, out: Output): string[] {
  const missing = all.flatMap((statement) => missingOf(statement));
  const more = missing.length - mostMissing;
  return [
    ...missing
      .slice(0, mostMissing)
      .map(({ line, column, text }) =>
        hang(`${out.paint.cyan(`${visible(file)}:${line}:${column}`)} ${text}`, out.width, "    ", "  "),
      ),
    ...(more > 0 ? [out.paint.dim(`  and ${more} more in ${visible(file)}`)] : []),
  ];
}

interface Missing {
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/** What a statement lacks: itself, or directions of its conditions. */
export function missingOf(statement: Measured): Missing[] {
  const { place, count, conditions } = statement;
  const quote = (text: string): string => `\`${shortened(visible(text), longestQuote)}\``;
  if (count === 0)
    return [{ line: place.line, column: place.column, text: `${quote(place.text)} is never reached` }];
  return conditions.flatMap((condition): Missing[] => {
    const never = directionsOf(condition).filter((direction) => condition.counts[direction] === 0);
    if (never.length === 0) return [];
    const { line, column } = condition.extent ?? place;
    const name = condition.extent === undefined ? visible(condition.text) : quote(condition.text);
    return [{ line, column, text: `${name} is ${neverText(never)}` }];
  });
}

export const neverText = (never: readonly Direction[]): string => `never ${never.join(", never ")}`;
