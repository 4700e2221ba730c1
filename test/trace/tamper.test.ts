import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { TraceRecord } from "../../src/ir/trace.js";
import { hashOf } from "../../src/trace/chain.js";
import { makeCheckpoint } from "../../src/trace/checkpoint.js";
import { exportTrace, importTrace, readLines } from "../../src/trace/export.js";
import { newKey, readPrivateKey } from "../../src/trace/keys.js";
import { MemoryTrace } from "../../src/trace/memory.js";
import type { Checkpoint } from "../../src/trace/store.js";
import { verifyTrace, type VerifyOptions } from "../../src/trace/verify.js";
import { all, filled } from "./stores.js";

const count = 60;
const { pem, key } = newKey();
let lines: readonly string[];
let checkpoint: Checkpoint;

beforeAll(async () => {
  const store = new MemoryTrace();
  await filled(store, count);
  lines = await all(exportTrace(store));
  const head = await store.head();
  if (head === null) throw new Error("no head");
  checkpoint = makeCheckpoint(head, 2_000, readPrivateKey(pem));
});

const flawOf = async (changed: readonly string[], options: VerifyOptions = {}) =>
  (await verifyTrace(readLines(changed), options)).flaw;
const place = fc.nat(count - 1);
const runs = { numRuns: 60, seed: 1 };

describe("T14 tamper-evident", () => {
  it("an export that nobody touched holds", async () => {
    expect(await flawOf(lines, { checkpoints: [checkpoint], key })).toBeUndefined();
  });

  it("any change of any byte is found where it is", async () => {
    const change = fc.record({ at: place, byte: fc.nat(), to: fc.integer({ min: 0, max: 255 }) });
    await fc.assert(
      fc.asyncProperty(change, async ({ at, byte, to }) => {
        const bytes = Buffer.from(lines[at] as string);
        const where = byte % bytes.length;
        fc.pre(bytes[where] !== to);
        bytes[where] = to;
        const found = await flawOf(lines.with(at, bytes.toString("utf8")));
        expect(found?.seq).toBe(at + 1);
      }),
      { ...runs, numRuns: 400 },
    );
  });

  it("a removed, repeated, moved or foreign record is found", async () => {
    await fc.assert(
      fc.asyncProperty(place, place, async (one, other) => {
        const without = lines.toSpliced(one, 1);
        if (one < count - 1) expect((await flawOf(without))?.kind).toBe("broken");
        expect((await flawOf(lines.toSpliced(one, 0, lines[other] as string)))?.kind).toBe("broken");
        fc.pre(one !== other);
        const swapped = lines.with(one, lines[other] as string).with(other, lines[one] as string);
        expect((await flawOf(swapped))?.seq).toBe(Math.min(one, other) + 1);
      }),
      runs,
    );
  });

  it("a removed tail is told from tampering by a checkpoint", async () => {
    await fc.assert(
      fc.asyncProperty(place, async (end) => {
        const found = await flawOf(lines.slice(0, end), { checkpoints: [checkpoint], key });
        expect(found).toMatchObject({ kind: "truncated", seq: count });
      }),
      runs,
    );
  });

  it("a chain that was made anew is found by a checkpoint", async () => {
    const records = (await all(readLines(lines))) as TraceRecord[];
    let prev: string | null = null;
    const forged = records.map((record, at) => {
      const body = at === 10 ? { by: "owner", text: "something else" } : record.body;
      const made = { ...record, body, prev } as TraceRecord;
      prev = hashOf(made);
      return { ...made, hash: prev };
    });
    expect((await verifyTrace(forged)).flaw).toBeUndefined();
    const found = (await verifyTrace(forged, { checkpoints: [checkpoint], key })).flaw;
    expect(found).toMatchObject({ kind: "replaced", seq: count });
  });

  it("a checkpoint by another key, or that says something else, is none", async () => {
    const other = makeCheckpoint(checkpoint, 2_000, readPrivateKey(newKey().pem));
    expect((await flawOf(lines, { checkpoints: [other], key }))?.kind).toBe("unsigned");
    const moved = { ...checkpoint, seq: 3 };
    expect((await flawOf(lines, { checkpoints: [moved] }))?.kind).toBe("unsigned");
    const nonsense = { ...checkpoint, key: "ed25519:AAAA" };
    expect((await flawOf(lines, { checkpoints: [nonsense] }))?.kind).toBe("unsigned");
  });

  it("a record that follows from none that is there is found", async () => {
    const records = (await all(readLines(lines.slice(0, 1)))) as TraceRecord[];
    const odd = { ...(records[0] as TraceRecord), cause: `sha256:${"a".repeat(64)}` };
    const found = (await verifyTrace([{ ...odd, hash: hashOf(odd) }])).flaw;
    expect(found?.kind).toBe("lineage");
  });
});

describe("an export is taken over", () => {
  const read = async () => (await all(readLines(lines))) as TraceRecord[];

  it("as it was", async () => {
    const store = new MemoryTrace();
    expect(await importTrace(store, await read())).toBe(count);
    expect(await all(exportTrace(store))).toEqual(lines);
  });

  it("from where it starts, if what was before was removed", async () => {
    const store = new MemoryTrace();
    await importTrace(store, (await read()).slice(10));
    expect((await store.base())?.seq).toBe(10);
    expect((await verifyTrace(store.records(), { base: await store.base() })).flaw).toBeUndefined();
  });

  it("not where it does not follow what is there", async () => {
    const store = new MemoryTrace();
    const records = await read();
    await importTrace(store, records.slice(0, 3));
    await expect(importTrace(store, records.slice(5))).rejects.toThrow("record 6 does not follow");
    await expect(importTrace(new MemoryTrace(), [{ ...(records[0] as TraceRecord), at: 7 }])).rejects.toThrow(
      "is not what its hash says",
    );
    expect((await store.head())?.seq).toBe(3);
  });
});
