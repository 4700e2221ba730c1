// The whole example: an intent is handed down five times, goes thin on the way, and is repaired.
// Usage: node examples/descent/run.js    prints what happens; the trace is kept in out/trace.db

import { existsSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import Database from "libsql";
import { buildDatabases, now } from "../audit/build-database.js";
import { briefs, query, repaired, report } from "./agents.js";

/** The tool itself: what the worker's query finds. */
function inactiveIn(/** @type {string} */ out, /** @type {{ region: string, before: string }} */ args) {
  const database = new Database(join(out, "crm.db"), { readonly: true });
  const sql = "select count(*) as inactive from accounts where region = ? and last_login < ?";
  const { inactive } = database.prepare(sql).get(args.region, args.before);
  database.close();
  return inactive;
}

/**
 * Plays it, on a real database and in a real trace.
 *
 * @param {string} folder where policy.reshimu is, and where `out/` is made
 * @param {typeof import("reshimu")} reshimu
 * @param {(line: string) => void} say
 */
export async function descend(folder, reshimu, say) {
  const out = join(folder, "out");
  buildDatabases(out);
  for (const end of ["", "-wal", "-shm"]) rmSync(join(out, `trace.db${end}`), { force: true });
  const { policy, root } = await reshimu.loadPolicyFile(join(folder, "policy.reshimu"));
  const sources = reshimu.openSources(policy, { root });
  const trace = await reshimu.openTrace(join(out, "trace.db"));
  const start = new Date(now);
  let tick = start.getTime();
  const store = new reshimu.Store(reshimu.createEngine(policy), sources, { trace, clock: () => tick++ });
  try {
    return await play({ store, out, start, say });
  } finally {
    await sources.close();
    await trace.close();
  }
}

/** What was not known, of all validators. */
const unknowns = (/** @type {import("reshimu").Decision} */ { assessments }) =>
  [assessments.scope, assessments.grounding, assessments.reversibility].flatMap(
    (assessment) => assessment.unknowns,
  );

/**
 * What the six tiers do, in order; gives the decisions on the worker's queries and the reports.
 *
 * @param {{ store: import("reshimu").Store, out: string, start: Date, say: (line: string) => void }} stage
 */
async function play({ store, out, start, say }) {
  const told = (who, what, decision) => {
    say(
      `${who} ${what}: ${decision.decision}${decision.stoppedBy.length === 0 ? "" : ` (${decision.stoppedBy.join(", ")})`}`,
    );
    for (const { reason } of unknowns(decision)) say(`    ${reason}`);
    return decision.decision;
  };
  const hand = async (from, tier, args) => {
    const { decision, session } = await from.delegate({ tier, ...args }, { confidence: 0.9 });
    told(from.id, `hands down to ${tier}`, decision);
    const { retention, bullets, givens } = await session.context();
    const carried = [
      ...bullets.map(({ name }) => `intent.${name}`),
      ...givens.map(({ name }) => `given.${name}`),
    ];
    say(`    ${session.id} carries ${carried.join(", ")}; retention ${retention}`);
    return session;
  };

  say("=== the commission ===");
  const root = await store.open({
    id: "audit",
    tier: "root",
    givens: { region: "EU" },
    instruction: "Audit the inactive customer accounts.",
  });
  const strategy = await hand(root, "strategy", briefs.strategy);
  const council = await hand(strategy, "council", briefs.council);
  const design = await hand(council, "design", briefs.design);

  say("\n=== the first descent: the brief leaves out what inactive means ===");
  const workflow = await hand(design, "workflow", briefs.workflow);
  const worker = await hand(workflow, "implementation", briefs.implementation);
  const words = [];
  words.push(told(worker.id, "looks 30 days back", await worker.propose(query(start, 30))));
  words.push(told(worker.id, "looks 90 days back", await worker.propose(query(start, 90))));

  say("\n=== the owner answers, and the worker goes on ===");
  await worker.rule({ by: "owner", given: "inactive_after", answer: "90d" });
  const asked = query(start, 90);
  words.push(told(worker.id, "looks 90 days back", await worker.propose(asked)));
  const inactive = inactiveIn(out, asked.args);
  await worker.observe({ tool: asked.tool, args: asked.args, output: { inactive } });
  say(`    ${inactive} accounts`);
  words.push(told(workflow.id, "reports it", await workflow.propose(report(inactive))));

  say("\n=== the next iteration: the whole of it is handed down ===");
  const again = await hand(design, "workflow", repaired);
  words.push(told(again.id, "reports it", await again.propose(report(inactive))));
  return words;
}

async function main() {
  const built = new URL("../../dist/index.js", import.meta.url);
  if (!existsSync(built)) throw new Error("the package is not built yet: run `npm run build` first");
  const reshimu = await import(built.href);
  // Relative, as a person would write it: so are the places that the records name.
  const folder = relative(process.cwd(), fileURLToPath(new URL(".", import.meta.url))) || ".";
  await descend(folder, reshimu, (line) => console.log(line));
  console.log("\nThe trace is in examples/descent/out/trace.db; ask it:");
  console.log("  npx reshimu trace descent examples/descent/out/trace.db audit");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 3;
  }
}
