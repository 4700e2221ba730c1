#!/usr/bin/env node
// Where each nanosecond of a decision goes, by file and by function: `npm run bench:profile -- many 100`.
import { mkdirSync, writeFileSync } from "node:fs";
import Table from "cli-table3";
import { Command, Option } from "commander";
import { ours } from "./decide/peers/index.js";
import { profiled, summaryOf } from "./decide/profile.js";
import { workload, workloads } from "./decide/workloads/index.js";

const namesOf = (list) => list.map((one) => one.name);
const command = new Command("bench:profile")
  .description("tell where the time of a decision goes")
  .argument("[workload]", `one of ${namesOf(workloads).join(", ")}`, "many")
  .argument("[size]", "of that workload", Number)
  .addOption(new Option("--peer <peer>", "who decides").choices(namesOf(ours)).default("reshimu"))
  .option("--seconds <n>", "how long", Number, 3)
  .option("--top <n>", "so many functions", Number, 30)
  .option("--only <decision>", "only requests that are decided so")
  .parse();
const [name, asked] = command.processedArgs;
const { peer: peerName, seconds, top, only } = command.opts();
const shape = workloads.find((one) => one.name === name) ?? command.error(`error: there is no ${name}`);
const size = asked ?? shape.sizes[0];
if (!Number.isInteger(size) || size < 1) command.error("error: the size is a whole number above 0");

const made = workload(shape, size);
const texts = made.requests
  .filter((_, i) => only === undefined || made.expected[i].decision === only)
  .map((request) => JSON.stringify(request));
if (texts.length === 0) command.error(`error: no request of ${name} ${size} is decided so`);
const peer = ours.find((one) => one.name === peerName);
if (peer.cannot(made) !== undefined) command.error(`error: ${peerName}: ${peer.cannot(made)}`);
const { input, decide } = await peer.prepare(made);

let decided = 0;
let spent = 0;

function decisions(inputs) {
  for (let i = 0; i < inputs.length; i += 1) decide(inputs[i]);
}

/** Objects are made outside of what is looked at. */
function run(milliseconds) {
  const end = performance.now() + milliseconds;
  while (performance.now() < end) {
    const inputs = texts.map((text) => input(JSON.parse(text)));
    const start = performance.now();
    decisions(inputs);
    spent += performance.now() - start;
    decided += inputs.length;
  }
}

run(1_000);
[decided, spent] = [0, 0];
const profile = await profiled(() => run(seconds * 1_000));
const each = (spent * 1e6) / decided;
const summary = summaryOf(profile, "decisions");

const nanoseconds = (share) => Math.round(share * each).toLocaleString("en");
const percent = (share) => `${(share * 100).toFixed(1)} %`;
const tableOf = (head, rows) => {
  const table = new Table({
    head,
    colAligns: ["left", "right", "right", "right"],
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows);
  return table.toString();
};
console.log(
  `${peer.title} in ${name} ${size}: ${Math.round(each).toLocaleString("en")} ns a decision (mean of ${decided.toLocaleString("en")}); collecting garbage is ${percent(summary.collecting)} more, with what the making of requests leaves`,
);
console.log(
  tableOf(
    ["file", "ns", ""],
    summary.files.slice(0, top).map((one) => [one.name, nanoseconds(one.self), percent(one.self)]),
  ),
);
console.log(
  tableOf(
    ["function", "ns in it", "", "ns with what it calls"],
    summary.functions
      .slice(0, top)
      .map((one) => [one.name, nanoseconds(one.self), percent(one.self), nanoseconds(one.total)]),
  ),
);
const out = new URL("out/", import.meta.url);
mkdirSync(out, { recursive: true });
writeFileSync(new URL("decide.cpuprofile", out), JSON.stringify(profile));
