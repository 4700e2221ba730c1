import { type Command, InvalidArgumentError } from "commander";
import {
  type Coverage,
  coverageOf,
  type Exercise,
  exerciseOf,
  type Observing,
  percent,
  type PolicyFile,
  type PolicyIr,
} from "../../index.js";
import { ExitCode } from "../exit-codes.js";
import type { Format } from "../format.js";
import { coveragePage } from "../html/coverage-page.js";
import type { Terminal } from "../terminal.js";
import { writeWhole } from "../write-file.js";
import { lcovText } from "./lcov.js";
import { coverageText } from "./text.js";

/** The options of `test` that are about coverage. */
export interface CoverageOptions {
  readonly coverage?: true;
  readonly min?: number;
  readonly lcov?: string;
  readonly html?: string;
}

/** Adds them to the command. */
export const withCoverageOptions = (command: Command): Command =>
  command
    .option("--coverage", "say what of the policies the tests exercise")
    .option(
      "--min <percent>",
      "fail below so many percent of the statements, or of the conditions",
      percentFrom,
    )
    .option("--lcov <file>", "write the coverage as an lcov tracefile")
    .option("--html <file>", "write the coverage as a page");

function percentFrom(text: string): number {
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || value > 100)
    throw new InvalidArgumentError("it is a number from 0 to 100.");
  return value;
}

/** Gathers what the tests of several policies exercise; undefined where nobody asks. */
export function gatherCoverage(options: CoverageOptions): GatheredCoverage | undefined {
  const { coverage, min, lcov, html } = options;
  return [coverage, min, lcov, html].some((one) => one !== undefined)
    ? new GatheredCoverage(options)
    : undefined;
}

class GatheredCoverage {
  readonly #options: CoverageOptions;
  readonly #exercises: Exercise[] = [];
  readonly #sources = new Map<string, string>();

  constructor(options: CoverageOptions) {
    this.#options = options;
  }

  /** Who looks on at the tests of a policy. */
  observing(policy: PolicyIr, { sources }: PolicyFile): Observing {
    const exercise = exerciseOf(policy);
    this.#exercises.push(exercise);
    for (const [file, text] of sources) this.#sources.set(file, text);
    return exercise.observe;
  }

  /** Writes what was asked for. The table goes to stdout with the results in text, beside other formats to stderr. */
  async tell(format: string, { out, err }: Terminal): Promise<ExitCode> {
    const { lcov, html, min } = this.#options;
    const coverage = coverageOf(this.#exercises.flatMap(({ statements }) => statements));
    const to = format === ("text" satisfies Format) ? out : err;
    await to.write(`\n${coverageText(coverage, to)}`);
    if (lcov !== undefined) await writeWhole(lcov, lcovText(coverage));
    if (html !== undefined) await writeWhole(html, await coveragePage(coverage, this.#sources));
    if (min === undefined || least(coverage) >= min) return ExitCode.Fine;
    await err.write(
      `${err.paint.red("error:")} ${least(coverage)} % are exercised, and ${min} % are asked for\n`,
    );
    return ExitCode.No;
  }
}

const least = ({ statements, directions }: Coverage): number =>
  Math.min(percent(statements), percent(directions));
