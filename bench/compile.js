#!/usr/bin/env node
// How fast policies are compiled and formatted. `npm run bench:compile` prints tables and writes bench/out/compile.json.
//
// Ordinary long policies of three sizes and one of 10,000 short rules, stage by stage; beside them chevrotain's lexer alone on the same
// text, with a token definition as small as this language allows. `growth` is the time for a unit beside that of the smallest policy:
// 1 is linear. The dearest rules by themselves, then a folder of 2,000 small policies as `reshimu check` goes through it, then what
// memory a compilation takes. Times are of the processor, not of the clock: rounds are interleaved, and the median is told.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { spent } from "./compile/clock.js";
import { folders } from "./compile/folders.js";
import { memory } from "./compile/memory.js";
import { longPolicy, shortRules } from "./compile/policies.js";
import { stages } from "./compile/table.js";

const whole = (text) => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 100_000)
    throw new InvalidArgumentError("give a whole number from 1 to 100000");
  return value;
};
const options = new Command("bench:compile")
  .option("--rounds <n>", "so many rounds", whole, 5)
  .option("--kib <n>", "the longest policy has so many KiB", whole, 1_000)
  .option("--rules <n>", "so many short rules", whole, 10_000)
  .option("--files <n>", "so many small files", whole, 2_000)
  .parse()
  .opts();

const start = process.cpuUsage();
const texts = new Map([
  ...[options.kib / 16, options.kib / 4, options.kib].map((kib) => {
    const text = longPolicy(kib * 1_024);
    return [`${Math.round(text.length / 1_024)} KiB`, text];
  }),
  [`${options.rules} rules`, shortRules(options.rules)],
]);
const found = stages(texts, options.rounds);
console.table(found.stages);
console.table(found.rules);

const folder = mkdtempSync(join(tmpdir(), "reshimu-bench-"));
try {
  found.folders = await folders(folder, options.files, options.rounds);
} finally {
  rmSync(folder, { recursive: true });
}
console.table(found.folders);
found.memory = [...texts].map(([policy, text]) => ({ policy, ...memory(text) }));
console.table(found.memory);

const out = new URL("out/", import.meta.url);
mkdirSync(out, { recursive: true });
writeFileSync(new URL("compile.json", out), `${JSON.stringify(found, null, 2)}\n`);
console.log(`${(spent(start) / 1_000).toFixed(0)} s of the processor; all of it in bench/out/compile.json`);
