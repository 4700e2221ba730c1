import { comparisonsMade } from "../support/must.js";
import { properties } from "../all.js";
import type { Said, Task } from "./task.js";

/**
 * A process of a hunt: tries what it is told to, one after another. Of its own, so that one that hangs can be ended, and so
 * that the memory of all is bounded.
 */
const say = (said: Said): void => void process.send?.(said);

/** So often at most it is told that checks come to an end. */
const beat = 1_000;
let last = 0;

function onCheck(): void {
  const now = Date.now();
  if (now - last < beat) return;
  last = now;
  say({ kind: "alive" });
}

process.on("message", async ({ property, ...trial }: Task) => {
  const one = properties.find(({ id }) => id === property);
  if (one === undefined) throw new Error(`no property is called ${property}`);
  const before = { comparisons: comparisonsMade(), cpu: process.cpuUsage() };
  const outcome = await one.try({
    ...trial,
    onCheck,
    onFailure: (reason) => say({ kind: "failing", reason }),
  });
  const { user, system } = process.cpuUsage(before.cpu);
  say({
    kind: "tried",
    ...outcome,
    comparisons: comparisonsMade() - before.comparisons,
    seconds: (user + system) / 1e6,
  });
});
process.on("disconnect", () => process.exit());
