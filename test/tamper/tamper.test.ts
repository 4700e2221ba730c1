import fc from "fast-check";
import { expect, test } from "vitest";
import { type Choose, changeBytes, cutOff, moveRecords, swapRecords, type Tally } from "./changes.js";
import { exported } from "./trace.js";
import { isEndFound, isFound } from "./found.js";

/** A small part of what `npm run tamper` tries. */
const whole = await exported(40);
const random = fc.sample(fc.infiniteStream(fc.nat()), { seed: 1, numRuns: 1 })[0] as Iterator<number>;
const choose: Choose = (below) => (random.next().value as number) % below;
const tally = (): Tally => ({ changes: 0, missed: [] });

test("what nobody touched holds, line by line and as a whole", async () => {
  for (const [place, line] of whole.lines.entries()) expect(await isFound(whole, place, line)).toBe(false);
  expect(await isEndFound(whole, 0, whole.lines)).toBe(false);
});

test("each byte changed is found", async () => {
  const seen = tally();
  for (const place of whole.lines.keys()) await changeBytes(whole, place, { each: 1, choose, tally: seen });
  expect(seen.missed).toEqual([]);
  expect(seen.changes).toBe(whole.lines.reduce((sum, line) => sum + line.length + 1, 0) - 1);
});

test("each byte changed to each other is found, in one record", async () => {
  const seen = tally();
  const short = whole.lines.findIndex((line) => line.includes('"kind":"said"'));
  await changeBytes(whole, short, { each: 255, choose, tally: seen });
  expect(seen.missed).toEqual([]);
  expect(seen.changes).toBe(255 * ((whole.lines[short]?.length ?? 0) + 1));
});

test("each record removed, repeated, swapped or put in is found, and each end cut off", async () => {
  const seen = tally();
  await moveRecords(whole, choose, seen);
  await swapRecords(whole, seen);
  await cutOff(whole, 1, seen);
  expect(seen.missed).toEqual([]);
  expect(seen.changes).toBeGreaterThan(40 * 20 + 100);
});
