#!/usr/bin/env node
// What a decision costs, beside other ways to decide the same. `npm run bench` prints tables and writes bench/out/decide.json and a
// picture beside it.
//
// Workloads are the same on every machine; every peer is held against an oracle, request by request, before it is timed; rounds of all
// peers take turns. Machines are noisy: compare ratios, not single times. docs/performance.md says what is measured and how.
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { chartOf, panelsOf } from "./decide/chart.js";
import { writeDocs } from "./decide/docs.js";
import { chosenPeers, optionsOf } from "./decide/options.js";
import { ours } from "./decide/peers/index.js";
import { progress } from "./decide/progress.js";
import { measured } from "./decide/run.js";
import { tableOf } from "./decide/table.js";
import { workloads } from "./decide/workloads/index.js";

const names = (list) => list.map(({ name }) => name);

/** Of packages with an installation of their own. */
const others = await import("./others/index.js").then(
  (module) => module.others,
  (error) => {
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    process.stderr.write("without other packages: `npm ci --prefix bench/others` installs them\n");
    return [];
  },
);
const peers = [...ours, ...others];
const options = optionsOf(names(workloads), names(peers));
const settings = {
  rounds: options.rounds ?? (options.quick ? 5 : 9),
  // Milliseconds: of a round of one peer, about; and of the repetitions of one request.
  budget: options.quick ? 15 : 40,
  batch: 0.02,
  progress: progress(process),
};

const results = [];
for (const shape of workloads.filter(({ name }) => options.only?.includes(name) ?? true))
  for (const size of shape.sizes.filter((one) => one <= options.most)) {
    const result = await measured(shape, size, chosenPeers(peers, options.peers), settings);
    settings.progress.done();
    console.log(`${tableOf(result)}\n`);
    results.push(result);
  }

const machine = {
  node: process.version,
  processor: cpus()[0]?.model ?? "unknown",
  system: `${process.platform} ${process.arch}`,
};
const told = { ...machine, rounds: settings.rounds, results };
const out = new URL("out/", import.meta.url);
mkdirSync(out, { recursive: true });
writeFileSync(new URL("decide.json", out), `${JSON.stringify(told, null, 2)}\n`);
const panels = panelsOf(results);
if (panels.length > 0) writeFileSync(new URL("decide.svg", out), chartOf(panels));
if (options.writeDocs) writeDocs(told, chartOf(panels));
