import { afterAll, describe, expect, test } from "vitest";
import { SessionError } from "../../src/session/opening.js";
import { Store } from "../../src/session/store.js";
import type { Session } from "../../src/session/session.js";
import { exportTrace, readLines } from "../../src/trace/export.js";
import { verifyTrace } from "../../src/trace/verify.js";
import { engineOf } from "../support/policy.js";
import { memory, postgres, sqlite } from "../trace/stores.js";

const long = "x".repeat(20_000);
const nested = JSON.parse(`${"[".repeat(20_000)}1${"]".repeat(20_000)}`) as never;

/** What a host, or a tool through it, may hand over that no record may hold. */
const odd: readonly (readonly [string, (session: Session) => Promise<unknown>])[] = [
  ["a result that is none", (s) => s.outcome({ result: "fine" as never })],
  ["an outcome with something more", (s) => s.outcome({ result: "worked", more: 1 } as never)],
  ["a long note", (s) => s.outcome({ result: "worked", note: long })],
  ["a long reason", (s) => s.close(long)],
  ["a tool with a long name", (s) => s.observe({ tool: long, args: {}, output: 1 })],
  ["a tool with NUL in its name", (s) => s.observe({ tool: "a\0b", args: {}, output: 1 })],
  ["half of a surrogate pair as a tool", (s) => s.observe({ tool: "\ud800", args: {}, output: 1 })],
  ["an output without end", (s) => s.observe({ tool: "act", args: {}, output: nested })],
  [
    "an output that is too long to be read again",
    (s) => s.observe({ tool: "act", args: {}, output: "x".repeat(17_000_000) }),
  ],
  ["an error that is neither", (s) => s.observe({ tool: "act", args: {}, output: 1, error: "no" as never })],
  ["a text that is none", (s) => s.said({ by: "owner", text: 5 as never })],
];

const server = await postgres();
afterAll(() => server.stop());
const kinds = [memory, sqlite, server];

describe.each(kinds)("what cannot be recorded in $name is told, and nothing is recorded", ({ open }) => {
  test("by a session", async () => {
    const { store: trace, remove } = await open();
    const session = await new Store(engineOf(), undefined, { trace }).open();
    await session.propose({ tool: "act", args: { n: 1 }, confidence: 1 });
    for (const [what, act] of odd) {
      const before = await trace.head();
      await expect(act(session), what).rejects.toThrow(SessionError);
      expect(await trace.head(), what).toEqual(before);
    }
    expect((await session.propose({ tool: "idle", args: {}, confidence: 1 })).decision).toBe("authorize");
    expect((await verifyTrace(readLines(exportTrace(trace)))).flaw).toBeUndefined();
    await trace.close();
    await remove();
  });
  test("as it is opened, or by a clock that tells no time", async () => {
    const { store: trace, remove } = await open();
    const store = new Store(engineOf(), undefined, { trace });
    await expect(store.open({ roles: [long] })).rejects.toThrow(SessionError);
    for (const now of [Number.NaN, 0.5, Number.POSITIVE_INFINITY])
      await expect(new Store(engineOf(), undefined, { trace, clock: () => now }).open()).rejects.toThrow(
        SessionError,
      );
    expect(await trace.head()).toBeNull();
    await trace.close();
    await remove();
  });
});

test("the name of the next session is found in few steps, however many there are", async () => {
  const store = new Store(engineOf(), undefined);
  const ids: string[] = [];
  for (let count = 0; count < 40; count += 1) ids.push((await store.open()).id);
  expect(ids).toEqual(["session", ...Array.from({ length: 39 }, (_, at) => `session-${at + 2}`)]);
});
