#!/usr/bin/env node
// Durable decisions, and what is found in a long trace. `npm run bench:trace` prints tables and writes bench/out/trace.json.
//
// Decisions: one session proposes one thing after another, each decided and recorded before the next; memory, SQLite (WAL, synchronous
// FULL) and PostgreSQL (fsync on, where one can start) take turns in the same run, and beside them a bare SQLite insert of the same
// bytes in a transaction of its own. Compare ratios, not single times: machines are noisy.
//
// `npm run bench:trace -- --records 1000000` also makes an SQLite trace of so many records (some 1.5 GB for a million, in the
// folder for temporary files) and looks things up in it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { decisions } from "./trace/decisions.js";
import { lookUps } from "./trace/look-ups.js";

const whole = (text) => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 10_000_000)
    throw new InvalidArgumentError("give a whole number up to 10000000");
  return value;
};
const options = new Command("bench:trace")
  .option("--records <n>", "look things up in a trace of so many records", whole, 0)
  .option("--decisions <n>", "so many decisions a store and round", whole, 200)
  .parse()
  .opts();

const folder = mkdtempSync(join(tmpdir(), "reshimu-bench-"));
try {
  const found = {};
  if (options.decisions > 0) {
    found.decisions = await decisions(folder, options.decisions);
    console.table(found.decisions);
  }
  if (options.records > 0) {
    found.lookUps = await lookUps(folder, options.records);
    console.table(found.lookUps);
  }
  const out = new URL("out/", import.meta.url);
  mkdirSync(out, { recursive: true });
  writeFileSync(new URL("trace.json", out), `${JSON.stringify(found, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
