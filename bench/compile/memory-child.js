// Reads a policy from its input, compiles it once, and writes what memory that took.
import { readFileSync } from "node:fs";
import { smallPolicy } from "./policies.js";
import { compileWhole } from "./stages.js";

const text = readFileSync(0, "utf8");
compileWhole(smallPolicy(1));
globalThis.gc();
const before = process.memoryUsage();
const policy = compileWhole(text);
const peak = process.resourceUsage().maxRSS * 1_024 - before.rss;
globalThis.gc();
const kept = process.memoryUsage().heapUsed - before.heapUsed;

const mb = (bytes) => Math.round(bytes / 1e5) / 10;
process.stdout.write(
  JSON.stringify({
    tools: policy.tools.length,
    "MB at most": mb(peak),
    "MB kept": mb(kept),
    "bytes for a unit": Math.round(peak / text.length),
  }),
);
