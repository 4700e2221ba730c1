import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const child = fileURLToPath(new URL("memory-child.js", import.meta.url));

/** What a fresh process takes to compile a text once, in MB: at its height, over what it has when it begins; and what is kept. */
export function memory(text) {
  const { stdout, status, stderr } = spawnSync(process.execPath, ["--expose-gc", child], {
    input: text,
    maxBuffer: 1_024 * 1_024,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
