#!/usr/bin/env node
// What a decision costs, beside other ways to decide the same. `npm run bench` prints tables and writes bench/out/decide.json and a
// picture beside it.
//
// Workloads are the same on every machine; every peer is held against an oracle, request by request, before it is timed; rounds of all
// peers take turns. Machines are noisy: compare ratios, not single times. docs/performance.md says what is measured and how.
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { measuredApart } from "./decide/apart.js";
import { chartOf, panelsOf } from "./decide/chart.js";
import { writeDocs } from "./decide/docs.js";
import { optionsOf } from "./decide/options.js";
import { allPeers } from "./decide/peers/all.js";
import { progress } from "./decide/progress.js";
import { tableOf } from "./decide/table.js";
import { workloads } from "./decide/workloads/index.js";

const namesOf = (list) => list.map(({ name }) => name);

const { peers, missing } = await allPeers();
if (missing) process.stderr.write("without other packages: `npm ci --prefix bench/others` installs them\n");
const options = optionsOf(namesOf(workloads), namesOf(peers));
const settings = {
  rounds: options.rounds ?? (options.quick ? 5 : 7),
  // Milliseconds: of a round of one peer, about; and of the repetitions of one request.
  budget: options.quick ? 15 : 40,
  batch: 0.02,
};
const tasks = workloads
  .filter(({ name }) => options.only?.includes(name) ?? true)
  .flatMap(({ name, sizes }) =>
    sizes.map((size) => ({ workload: name, size, peers: options.peers, settings })),
  )
  .filter(({ size }) => size <= options.most);

const shown = progress(process);
const results = [];
for (const task of tasks) {
  const result = await measuredApart(task, shown);
  shown.done();
  console.log(`${tableOf(result)}\n`);
  results.push(result);
}

const [processor] = cpus();
const told = {
  node: process.version,
  processor: processor?.model ?? "unknown",
  system: `${process.platform} ${process.arch}`,
  rounds: settings.rounds,
  results,
};
mkdirSync(options.out, { recursive: true });
writeFileSync(join(options.out, "decide.json"), `${JSON.stringify(told, null, 2)}\n`);
const panels = panelsOf(results);
if (panels.length > 0) writeFileSync(join(options.out, "decide.svg"), chartOf(panels));
if (options.writeDocs) writeDocs(told, chartOf(panels));
