import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createEngine,
  openTrace,
  Store,
  type TraceRecord,
  type TraceStore,
  verifyTrace,
} from "../../src/index.js";
import { commission, compiled } from "../support/policy.js";
import { all } from "../trace/stores.js";
import { runCli } from "./run-cli.js";

const folder = mkdtempSync(join(tmpdir(), "reshimu-feedback-"));
const place = join(folder, "trace.db");
const text = commission({
  tools: "tool write(path: path)\ntool restore(path: path, version: int)\ntool wipe()",
  reversibility:
    "class undoable\n class grave above undoable confirm owner\n treat write as undoable by restore(path: path, version: result.meta.version) within 1d\n treat restore as undoable\n otherwise grave",
});
const policy = join(folder, "policy.reshimu");
writeFileSync(policy, text);
const engine = createEngine(compiled(text));
const done: { [name: string]: string } = {};
let trace: TraceStore;

/** An action, what it returned, and the hash of its decision. */
async function acted(name: string, now: number, output?: unknown): Promise<void> {
  const session = await new Store(engine, undefined, { trace, clock: () => now }).open({ id: name });
  const args = { path: `/${name}` };
  await session.propose({ tool: "write", args, confidence: 0.9 });
  if (output !== undefined) await session.observe({ tool: "write", args, output: output as never });
  await session.outcome({ result: "worked" });
  const [decided] = await all(trace.records({ session: name, kinds: ["decided"] }));
  done[name] = decided?.hash ?? "";
}

beforeAll(async () => {
  trace = await openTrace(place);
  const day = 86_400_000;
  await acted("late", Date.now() - 2 * day, { meta: { version: 1 } });
  await acted("fine", Date.now() - 1_000, { meta: { version: 7 } });
  await acted("mcp", Date.now() - 900, { content: [{ type: "text", text: '{"meta":{"version":8}}' }] });
  await acted("unseen", Date.now() - 800);
  await acted("other", Date.now() - 700, { version: 7, __proto__: { meta: 1 } });
});
afterAll(() => trace.close());

describe("trace undo", () => {
  const undo = (id: string, ...more: readonly string[]) =>
    runCli("trace", "undo", place, id, "--policy", policy, ...more);
  test("shows what would be proposed, and records nothing", async () => {
    const before = (await all(trace.records())).length;
    const { out, code } = await undo(done.fine ?? "", "--dry-run");
    expect(out).toContain('undoes write(path: "/fine")\n  by restore(path: "/fine", version: 7), until ');
    expect(code).toBe(0);
    const json = JSON.parse((await undo((done.mcp ?? "").slice(0, 16), "--dry-run", "--format", "json")).out);
    expect(json).toMatchObject({
      undoes: done.mcp,
      proposal: { tool: "restore", args: { path: "/mcp", version: 8 } },
    });
    expect((await all(trace.records())).length).toBe(before);
  });
  test("proposes it in the session of the action, following from that", async () => {
    const { out, code } = await undo(done.fine ?? "", "--format", "json", "--confidence", "0.9");
    expect(JSON.parse(out)).toMatchObject({
      decision: { decision: "authorize", action: { tool: "restore" } },
    });
    expect(code).toBe(0);
    const proposed = (await all(trace.records({ session: "fine", kinds: ["proposed"] }))).at(
      -1,
    ) as TraceRecord<"proposed">;
    expect(proposed.cause).toBe(done.fine);
    expect((await verifyTrace(trace.records())).flaw).toBeUndefined();
    const session = await new Store(engine, undefined, { trace }).session("fine");
    await session.outcome({ decided: done.fine ?? "", result: "undone" });
    expect(await undo(done.fine ?? "")).toMatchObject({
      code: 3,
      err: expect.stringContaining("undone already"),
    });
  });
  test.each<readonly [string, string, number]>([
    ["late", "its time ended at", 1],
    ["unseen", "nothing that it returned was observed", 3],
    ["other", "has no `meta.version`, which the undo needs", 3],
  ])("of one that is %s says so", async (name, message, code) => {
    expect(await undo(done[name] ?? "")).toMatchObject({ code, err: expect.stringContaining(message) });
  });
  test("of what is no record says so", async () => {
    expect(await undo("#9999")).toMatchObject({
      code: 2,
      err: expect.stringContaining("no record has the place 9999"),
    });
    expect(await undo("x")).toMatchObject({ code: 2, err: expect.stringContaining("names no record") });
    expect(await runCli("trace", "undo", join(folder, "none.db"), "#1", "--policy", policy)).toMatchObject({
      code: 3,
    });
  });
});

describe("trace calibrate", () => {
  test("tells that there is not enough, as text, data and a drawing", async () => {
    const svg = join(folder, "r.svg");
    const { out, code } = await runCli("trace", "calibrate", place, "--svg", svg);
    expect(code).toBe(0);
    expect(out).toMatch(/all actions +5 +not enough data/);
    expect(readFileSync(svg, "utf8")).toContain("not enough data");
    const { groups } = JSON.parse((await runCli("trace", "calibrate", place, "--format", "json")).out);
    expect(groups[0]).toMatchObject({ by: "all", reliability: { n: 5, enough: false } });
  });
});
