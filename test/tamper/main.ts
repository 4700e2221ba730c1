import { Command } from "commander";
import fc from "fast-check";
import { whole } from "../support/options.js";
import { type Choose, changeBytes, cutOff, moveRecords, swapRecords, type Tally } from "./changes.js";
import { exported } from "./trace.js";

/** T14 to its last byte: all single changes of an export, and whether each is found. */

interface Options {
  readonly records: number;
  readonly each: number;
  readonly seed: number;
}

const { records, each, seed } = new Command("tamper")
  .description(
    "Changes every byte of an exported trace, removes, repeats, swaps and cuts off records; each must be found.",
  )
  .option("--records <n>", "of the trace", whole(2, 100_000), 1_000)
  .option("--each <n>", "so many other bytes in the place of each; 255: all", whole(1, 255), 1)
  .option("--seed <n>", "of the choice of bytes", whole(0, 2 ** 31 - 1), 1)
  .parse()
  .opts<Options>();

const random = fc.sample(fc.infiniteStream(fc.nat()), { seed, numRuns: 1 })[0] as Iterator<number>;
const choose: Choose = (below) => (random.next().value as number) % below;

const trace = await exported(records);
const failures: string[] = [];
async function tried(what: string, work: (tally: Tally) => Promise<void>): Promise<void> {
  const tally: Tally = { changes: 0, missed: [] };
  const start = performance.now();
  await work(tally);
  const seconds = Number(((performance.now() - start) / 1_000).toFixed(1));
  failures.push(...tally.missed);
  console.log(JSON.stringify({ what, changes: tally.changes, missed: tally.missed.slice(0, 10), seconds }));
}

const bytes = trace.lines.reduce((sum, line) => sum + line.length + 1, 0);
console.log(JSON.stringify({ what: "an export", records, bytes }));
await tried("removed, repeated or put in", (tally) => moveRecords(trace, choose, tally));
await tried("cut off", (tally) => cutOff(trace, 1, tally));
await tried("swapped", (tally) => swapRecords(trace, tally));
await tried("bytes", async (tally) => {
  for (const place of trace.lines.keys()) {
    await changeBytes(trace, place, { each, choose, tally });
    if ((place + 1) % 50 === 0) process.stderr.write(`the bytes of ${place + 1} of ${records} records\n`);
  }
});
process.exitCode = failures.length === 0 ? 0 : 1;
