import { stat } from "node:fs/promises";
import path from "node:path";
import { policiesBelow, reasonOf } from "../index.js";
import { couldNotRun, wronglyUsed } from "./failure.js";

/** The policy files that paths mean: a file itself, a folder every `*.reshimu` below it. Each once, in the order of their names. */
export async function findPolicies(paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const given of paths.length === 0 ? ["."] : paths) found.push(...(await policiesAt(given)));
  if (found.length === 0)
    throw wronglyUsed(
      `no policies (*.reshimu) in ${(paths.length === 0 ? ["."] : paths).map((one) => `\`${one}\``).join(", ")}\ngive the path of a policy, or of a folder that has some`,
    );
  return [...new Set(found)].sort();
}

async function policiesAt(given: string): Promise<string[]> {
  const at = path.normalize(given);
  try {
    return (await stat(at)).isDirectory() ? await policiesBelow(at) : [at];
  } catch (error) {
    throw couldNotRun(`cannot read \`${given}\`: ${reasonOf(error)}`);
  }
}
