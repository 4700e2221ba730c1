#!/usr/bin/env node
// What a decision costs, beside other ways to decide the same. `npm run bench` prints tables and writes bench/out/decide.json.
//
// Workloads are the same on every machine; every peer is held against an oracle, request by request, before it is timed; rounds of all
// peers take turns. Machines are noisy: compare ratios, not single times. docs/performance.md says what is measured and how.
import { mkdirSync, writeFileSync } from "node:fs";
import { Command, InvalidArgumentError, Option } from "commander";
import { peers } from "./decide/peers/index.js";
import { measured } from "./decide/run.js";
import { tableOf } from "./decide/table.js";
import { workloads } from "./decide/workloads/index.js";

const namesIn = (list, known) => {
  const names = list.split(",").map((name) => name.trim());
  const odd = names.find((name) => !known.includes(name));
  if (odd !== undefined) throw new InvalidArgumentError(`there is no ${odd}; there are ${known.join(", ")}`);
  return names;
};
const whole = (text) => {
  if (!/^[1-9]\d{0,6}$/u.test(text)) throw new InvalidArgumentError("give a whole number above 0");
  return Number(text);
};
const names = (list) => list.map(({ name }) => name);

const options = new Command("bench")
  .description("measure what a decision costs, beside other ways to decide the same")
  .option("--only <workloads>", `of ${names(workloads).join(", ")}`, (list) =>
    namesIn(list, names(workloads)),
  )
  .option("--peers <peers>", `of ${names(peers).join(", ")}`, (list) => namesIn(list, names(peers)))
  .option("--most <n>", "no workload of more rules than this", whole, 1_000_000)
  .addOption(new Option("--rounds <n>", "so many rounds").argParser(whole))
  .option("--quick", "fewer and shorter rounds: good for a first look", false)
  .parse()
  .opts();

const told = (text) => process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${text}` : `${text}\n`);
/** `hand` is all that are written by hand, `reshimu` all three of Reshimu. */
const isChosen = ({ name }) =>
  options.peers?.some((one) => name === one || name.startsWith(`${one}-`)) ?? true;
const chosen = peers.filter(isChosen);
const settings = {
  rounds: options.rounds ?? (options.quick ? 5 : 15),
  /** Milliseconds that a round of one peer takes, about; and how long a request's repetitions take together. */
  budget: options.quick ? 20 : 60,
  batch: 0.02,
  told,
};

const results = [];
for (const shape of workloads) {
  if (!(options.only?.includes(shape.name) ?? true)) continue;
  for (const size of shape.sizes.filter((one) => one <= options.most)) {
    const result = await measured(shape, size, chosen, settings);
    if (process.stderr.isTTY) told("");
    console.log(`${tableOf(result)}\n`);
    results.push(result);
  }
}
const out = new URL("out/", import.meta.url);
mkdirSync(out, { recursive: true });
writeFileSync(
  new URL("decide.json", out),
  `${JSON.stringify({ node: process.version, results }, null, 2)}\n`,
);
