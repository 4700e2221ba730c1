import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/engine/engine.js";
import { Store } from "../../src/session/store.js";
import { MemoryTrace } from "../../src/trace/memory.js";
import { cutBefore } from "../../src/trace/retention.js";
import { commission, compiled } from "../support/policy.js";

const day = 86_400_000;

/** Sessions that are opened on some days, and propose on others. */
async function traceOf(
  scope: string,
  ...sessions: readonly (readonly [id: string, ...days: number[]])[]
): Promise<MemoryTrace> {
  const trace = new MemoryTrace();
  let now = 0;
  const store = new Store(createEngine(compiled(commission({ scope }))), undefined, {
    trace,
    clock: () => now,
  });
  const steps = sessions
    .flatMap(([id, ...days]) => days.map((at, i) => ({ id, at: at * day, opens: i === 0 })))
    .sort((a, b) => a.at - b.at);
  for (const { id, at, opens } of steps) {
    now = at;
    if (opens) await store.open({ id });
    else await (await store.session(id)).propose({ tool: "act", args: { n: 1 }, confidence: 1 });
  }
  return trace;
}

const seqsOf = async (trace: MemoryTrace): Promise<string[]> => {
  const told: string[] = [];
  for await (const { session, kind } of trace.records()) told.push(`${session} ${kind}`);
  return told;
};

describe("what is old", () => {
  it("is what was recorded before a time, of sessions that ended before it", async () => {
    const trace = await traceOf("permit *", ["a", 1, 2], ["b", 3, 4], ["c", 9, 10]);
    expect(await cutBefore(trace, 3 * day, 20 * day)).toEqual({ seq: 3, records: 3 });
    expect(await cutBefore(trace, 0, 20 * day)).toEqual({ seq: 0, records: 0 });
    expect(await cutBefore(trace, 50 * day, 60 * day)).toEqual({ seq: 9, records: 9 });
    await trace.prune((await cutBefore(trace, 3 * day, 20 * day)).seq);
    expect((await seqsOf(trace))[0]).toBe("b opened");
    // What is gone is not counted again.
    expect(await cutBefore(trace, 9 * day, 20 * day)).toEqual({ seq: 6, records: 3 });
    expect(await cutBefore(trace, 2 * day, 20 * day)).toEqual({ seq: 0, records: 0 });
  });

  it("ends where a session begins that went on later", async () => {
    const trace = await traceOf("permit *", ["a", 1, 2], ["b", 3, 12], ["c", 4, 5]);
    expect(await cutBefore(trace, 10 * day, 20 * day)).toEqual({ seq: 3, records: 3, heldBy: "b" });
  });

  it("ends where the limits of a policy still count", async () => {
    const trace = await traceOf("permit *\n limit act to 5 per 30d", ["a", 1, 2], ["b", 30, 31]);
    expect(await cutBefore(trace, 30 * day, 31 * day)).toEqual({
      seq: 0,
      records: 0,
      countedBy: { policy: "test", since: day },
    });
    expect(await cutBefore(trace, 30 * day, 59 * day)).toEqual({
      seq: 3,
      records: 3,
      countedBy: { policy: "test", since: 29 * day },
    });
    expect(await cutBefore(trace, 30 * day, 60 * day)).toEqual({ seq: 3, records: 3 });
  });

  it("is nothing of nothing", async () => {
    expect(await cutBefore(new MemoryTrace(), day, 2 * day)).toEqual({ seq: 0, records: 0 });
  });
});
