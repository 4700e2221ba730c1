import { stat } from "node:fs/promises";
import path from "node:path";
import { findProject, ownPath, policiesBelow, type Project, reasonOf } from "../index.js";
import { couldNotRun, wronglyUsed } from "./failure.js";

/**
 * The policy files that paths mean: a file itself, a folder every `*.reshimu` below it. Each once, in the order of their names.
 * Without paths those that the project names (of the nearest `reshimu.json` unless one is given), else this folder.
 */
export async function findPolicies(paths: readonly string[], project?: Project): Promise<string[]> {
  const meant = paths.length > 0 ? paths : ((project ?? findProject(".")).policies ?? ["."]);
  const found: string[] = [];
  for (const given of meant) found.push(...(await policiesAt(given)));
  if (found.length === 0)
    throw wronglyUsed(
      `no policies (*.reshimu) in ${meant.map((one) => `\`${one}\``).join(", ")}\ngive the path of a policy, or of a folder that has some`,
    );
  return [...new Set(found.map(ownPath))].sort();
}

async function policiesAt(given: string): Promise<string[]> {
  const at = path.normalize(given);
  try {
    return (await stat(at)).isDirectory() ? await policiesBelow(at) : [at];
  } catch (error) {
    throw couldNotRun(`cannot read \`${given}\`: ${reasonOf(error)}`);
  }
}
