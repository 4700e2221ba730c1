import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import pc from "picocolors";
import { ensureBuilt, reshimu, type Ran } from "../../e2e/binary.js";
import type { Decision } from "../../../src/ir/decision.js";
import type { Case } from "../cases.js";
import type { Answer, Driver } from "../run.js";
import { type Batch, batchesOfDecisions } from "./cli-decisions.js";
import { batchesOfPredicates, batchesOfValues } from "./cli-batches.js";

/**
 * Asks the built programme, `reshimu eval`: cases that have a setting in common are lines of one run, each in a session
 * of its own. What eval has no way to be told is uncovered, with the reason.
 */
export const cli: Driver = {
  name: "built CLI",
  async run(cases) {
    await ensureBuilt();
    const answers = new Map<Case, Answer>();
    const uncovered = (one: Case, why: string): void => void answers.set(one, { uncovered: why });
    const batches = [
      ...batchesOfPredicates(cases, uncovered),
      ...batchesOfValues(cases, uncovered),
      ...batchesOfDecisions(cases, uncovered),
    ];
    for (const batch of batches) for (const [one, answer] of await asked(batch)) answers.set(one, answer);
    return cases.map((one) => answers.get(one) ?? { uncovered: "eval decides proposals, and nothing else" });
  },
};

/** One line of output: a decision, or what was wrong with a line of input. */
export type Line = Decision | { readonly error: { readonly message: string } };

/** Runs one batch in a folder of its own. */
async function asked({ policy, files, options, entries }: Batch): Promise<[Case, Answer][]> {
  const folder = mkdtempSync(join(tmpdir(), "reshimu-conformance-"));
  try {
    writeFileSync(join(folder, "policy.json"), JSON.stringify(policy));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const input = `${entries.flatMap(({ lines }) => lines).join("\n")}\n`;
    const all = ["--format", "json", ...options];
    const ran =
      entries.length >= enoughForAProcess
        ? await asProcess(folder, input, all)
        : await withinThis(folder, input, all);
    const told = ran.out.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as Line]));
    return answersOf(entries, told, ran.err);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A process takes its time to start: shorter runs call the same built programme within this one. */
const enoughForAProcess = 100;

const asProcess = (cwd: string, input: string, options: readonly string[]): Promise<Ran> =>
  reshimu(["eval", "policy.json", "-", ...options], { cwd, input });

/** The entry of the built programme, as its file `main.js` calls it. */
interface Programme {
  run(args: readonly string[], terminal: object): Promise<number>;
}

async function withinThis(folder: string, input: string, options: readonly string[]): Promise<Ran> {
  const { run } = (await import(pathToFileURL(resolve("dist/cli/program.js")).href)) as Programme;
  const proposals = join(folder, "proposals.jsonl");
  writeFileSync(proposals, input);
  const written = { out: "", err: "" };
  const output = (name: "out" | "err") => ({
    color: false,
    width: 100,
    paint: pc.createColors(false),
    write: async (text: string) => {
      written[name] += text;
    },
  });
  const terminal = { out: output("out"), err: output("err"), progress: () => () => {} };
  const code = await run(["eval", join(folder, "policy.json"), proposals, ...options], terminal);
  return { code, ...written };
}

/** Each entry has as many lines of output as it asks for. */
function answersOf(entries: Batch["entries"], told: readonly Line[], problem: string): [Case, Answer][] {
  const wanted = entries.reduce((sum, { outputs }) => sum + outputs, 0);
  if (told.length !== wanted)
    throw new Error(`eval gave ${told.length} lines instead of ${wanted}: ${problem.slice(0, 500)}`);
  let at = 0;
  return entries.map(({ one, outputs, read }) => {
    at += outputs;
    return [one, read(told.slice(at - outputs, at))];
  });
}
