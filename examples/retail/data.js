import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

/**
 * The recorded tasks and the shop they were recorded in. They are not part of this repository: README.md says how to
 * get them.
 *
 * @typedef {{ function: string, args: Record<string, any>, gt_output: string, gt_output_len: number, mutated_db?: boolean }} Call
 * @typedef {{ id: number, user_id: string, ground_truth: Call[] }} Task
 * @typedef {{ orders: Record<string, any>, products: Record<string, any>, users: Record<string, any> }} World
 */

/** Where the data is: `RESHIMU_TAUBENCH`, or beside the repository. */
export const dataFolder = resolve(
  process.env.RESHIMU_TAUBENCH ?? fileURLToPath(new URL("../../../shared/data/taubench", import.meta.url)),
);

const tasksFile = join(dataFolder, "retail.json");
const worldFile = join(dataFolder, "retail.world.json.gz");

export const hasData = existsSync(tasksFile) && existsSync(worldFile);

export const howToGetIt =
  "the tau-bench data is not there: set RESHIMU_TAUBENCH to a folder with retail.json and retail.world.json.gz (examples/retail/README.md says how to get them)";

/** @returns {Task[]} the 115 test tasks */
export function readTasks() {
  return JSON.parse(readFileSync(tasksFile, "utf8")).tasks.test;
}

/** @returns {World} the shop before anything happened */
export function readWorld() {
  return JSON.parse(gunzipSync(readFileSync(worldFile)).toString("utf8"));
}

/** Whether a call was refused where it was recorded. */
export const isError = (/** @type {string} */ output) => output.startsWith("Error");
