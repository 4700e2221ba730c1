import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { median } from "./stats.js";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");
const used = () => getHeapStatistics().used_heap_size;

const tries = 7;
/** Few enough that nothing is collected meanwhile: new objects have some megabytes to themselves. */
const mostBytes = 2_000_000;

/** Bytes that a decision leaves on the heap, garbage or not; the median of some tries. */
export function bytesADecision({ input, decide }, { texts }) {
  const count = Math.max(5, Math.min(200, Math.floor(mostBytes / (once(input, decide, texts, 5) + 1))));
  return Math.max(0, median(Array.from({ length: tries }, () => once(input, decide, texts, count))));
}

function once(input, decide, texts, count) {
  const inputs = Array.from({ length: count }, (_, i) => input(JSON.parse(texts[i % texts.length])));
  collect({ type: "minor" });
  // What asking costs, and the first asking more.
  const asked = used();
  const before = used();
  let good = 0;
  for (let i = 0; i < count; i += 1) if (decide(inputs[i]) !== "") good += 1;
  const after = used();
  return (after - before - (before - asked)) / good;
}
