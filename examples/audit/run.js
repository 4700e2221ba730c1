// The whole example: builds the databases, starts the mirror, and has `reshimu eval` decide what two tiers propose.
// Usage: node examples/audit/run.js [options of `reshimu eval`, for example --format json]

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildDatabases, now } from "./build-database.js";
import { mirrorPort, startMirror } from "./mirror.js";

/** Who proposes what; where no tier is named, it is the lowest, `implementation`. */
const runs = [
  {
    heading: "The workflow tier audits the accounts",
    proposals: "proposals.jsonl",
    options: ["--tier", "workflow"],
  },
  { heading: "The worker below it", proposals: "worker.jsonl", options: [] },
];

/**
 * Decides all proposals with the policy in a folder; gives the exit code that is to be given for both runs.
 *
 * @param {string} folder where policy.reshimu and the proposals are, and where `out/` is made
 * @param {(args: string[]) => Promise<number>} reshimu runs the command line, and gives its exit code
 * @param {{ port?: number, options?: string[], heading?: (text: string) => void }} [how]
 */
export async function audit(folder, reshimu, { port = mirrorPort, options = [], heading = () => {} } = {}) {
  const out = join(folder, "out");
  buildDatabases(out);
  const mirror = await startMirror(out, port);
  const codes = [];
  try {
    for (const run of runs) {
      heading(run.heading);
      const files = [join(folder, "policy.reshimu"), join(folder, run.proposals)];
      const args = ["eval", ...files, "--given", "region=EU", "--now", now, ...run.options, ...options];
      const code = await reshimu(args);
      if (code !== 0) codes.push(code);
      if (code !== 0 && code < 10) break;
    }
  } finally {
    await mirror.stop();
  }
  // The least is what failed, or with `--exit-code` the least clearance.
  return codes.length === 0 ? 0 : Math.min(...codes);
}

/** Runs the built command line as its users do. */
function runBuilt(/** @type {string} */ program, /** @type {string[]} */ args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: "inherit" });
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 3));
  });
}

async function main(/** @type {string[]} */ options) {
  const program = fileURLToPath(new URL("../../dist/cli/start/main.cjs", import.meta.url));
  if (!existsSync(program)) throw new Error("the command line is not built yet: run `npm run build` first");
  // Relative, as a person would write it: so are the places that the decisions name.
  const folder = relative(process.cwd(), fileURLToPath(new URL(".", import.meta.url))) || ".";
  const forPrograms = options.some((option) => option.endsWith("json"));
  const heading = (/** @type {string} */ text) => {
    if (!forPrograms) console.log(`\n=== ${text} ===\n`);
  };
  return audit(folder, (args) => runBuilt(program, args), { options, heading });
}

/** Why it could not run, for a person. */
function reasonOf(/** @type {unknown} */ error) {
  if (error?.code === "EADDRINUSE")
    return `port ${mirrorPort} on 127.0.0.1 is taken, and policy.reshimu asks its second source there; end what uses it and try again`;
  return error instanceof Error ? error.message : String(error);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    console.error(`error: ${reasonOf(error)}`);
    process.exitCode = 3;
  }
}
