import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Engine } from "../../src/engine/engine.js";
import { Store } from "../../src/session/store.js";
import { openTrace } from "../../src/trace/open.js";
import { verifyTrace } from "../../src/trace/verify.js";
import { type Blocks, engineOf } from "../support/policy.js";
import { startPostgres } from "../support/postgres.js";
import { all } from "../trace/stores.js";

const ask = { tool: "act", args: { n: 1 }, confidence: 1 };
const held: Blocks = {
  reversibility:
    "class free\n class grave above free confirm owner\n treat act as grave\n treat idle as free\n otherwise free",
};

const server = await startPostgres();
afterAll(() => server.stop());

describe.each(["sqlite", "postgres"])("sessions in %s", (medium) => {
  let folder: string;
  let place: string;
  const stores: Store[] = [];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "reshimu-session-"));
    place = medium === "sqlite" ? join(folder, "trace.db") : await server.createDatabase();
  });
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.trace.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A store on the trace, as another process would have it. */
  async function storeOn(engine: Engine): Promise<Store> {
    const store = new Store(engine, undefined, { trace: await openTrace(place) });
    stores.push(store);
    return store;
  }

  describe("a session goes on in another process", () => {
    test("with what was counted", async () => {
      const engine = engineOf({ scope: "permit *\n limit act to 2 per session" });
      const one = await (await storeOn(engine)).open({ id: "s" });
      const other = await (await storeOn(engine)).session("s");
      const decisions: string[] = [];
      for (const session of [one, other, one, other]) decisions.push((await session.propose(ask)).decision);
      expect(decisions).toEqual(["authorize", "authorize", "return", "return"]);
    });
    test("with what it was opened with, and was ruled, said and observed", async () => {
      const blocks: Blocks = {
        givens: 'given more: bool asks owner "More?"\n given region: string',
        tools: "tool act(n: int, who?: string)\ntool read()",
        grounding: "unsupported at most 1\n source crm is tool read trust 0.5",
        scope:
          'permit act when given.more and given.region == "EU" and actor.id == "me" and (not has who or who traced to [crm, owner])\n permit read',
      };
      const engine = engineOf(blocks);
      const first = await (await storeOn(engine)).open({ id: "s", actor: "me", givens: { region: "EU" } });
      await first.propose({ tool: "read", args: {} });
      await first.observe({ tool: "read", args: {}, output: { name: "Ann Lee" } });
      await first.said({ by: "owner", text: "and Bo Lind" });
      await first.rule({ by: "owner", given: "more", answer: true });
      const then = await (await storeOn(engine)).session("s");
      for (const who of ["Ann Lee", "Bo Lind"])
        expect((await then.propose({ ...ask, args: { n: 1, who } })).decision).toBe("authorize");
    });
    test("and a principal's word there releases what waits, by its record, once", async () => {
      const engine = engineOf(held);
      const first = await storeOn(engine);
      const agent = await first.open({ id: "s" });
      await agent.propose(ask);
      await agent.propose({ ...ask, args: { n: 2 } });
      const [shown] = await all(first.trace.records({ kinds: ["decided"] }));
      const decided = shown?.hash ?? "";
      const desk = await (await storeOn(engine)).session("s");
      const released = await desk.confirm({ by: "owner", decided });
      expect(released).toMatchObject({ decision: "authorize", action: { args: { n: 1 } } });
      await expect(agent.confirm({ by: "owner", decided })).rejects.toThrow("waits for a word");
    });
    test("until it is closed", async () => {
      const engine = engineOf();
      const one = await (await storeOn(engine)).open({ id: "s" });
      const other = await (await storeOn(engine)).session("s");
      await one.close("done");
      await expect(other.propose(ask)).rejects.toThrow("`s` is closed");
    });
    test("under the form of the policy that it was opened under", async () => {
      await (await storeOn(engineOf())).open({ id: "s" });
      const changed = await storeOn(engineOf({ scope: "permit idle" }));
      await expect(changed.session("s")).rejects.toThrow("another form of the policy");
      await expect(changed.session("t")).rejects.toThrow("no session is called `t`");
      await expect(changed.open({ id: "s" })).rejects.toThrow("`s` is there already");
    });
  });

  test("a limit over days counts what was done under an earlier form of the policy, as gravely as it can", async () => {
    const limited = (mild: string, grave: string): Blocks => ({
      reversibility: `class ${mild}\n class ${grave} above ${mild} limit 1 per 1d\n otherwise ${grave}`,
    });
    const before = await (await storeOn(engineOf(limited("free", "grave")))).open();
    expect((await before.propose(ask)).decision).toBe("authorize");
    const same = { ...limited("free", "grave"), scope: "permit *\n limit idle to 1 per session" };
    for (const blocks of [same, limited("free", "worst")]) {
      const after = await (await storeOn(engineOf(blocks))).open();
      expect((await after.propose(ask)).decision).toBe("confirm");
    }
  });

  test("an outcome is of an action that was authorized", async () => {
    const store = await storeOn(engineOf({ scope: "permit act when n == 1" }));
    const session = await store.open();
    await session.propose({ ...ask, args: { n: 2 } });
    await expect(session.outcome({ result: "worked" })).rejects.toThrow("no action was authorized");
    await session.propose(ask);
    await session.outcome({ result: "failed", claims: { a: false }, note: "x" });
    const records = await all(store.trace.records());
    expect(records.at(-1)).toMatchObject({ kind: "outcome", cause: records.at(-2)?.hash });
  });

  describe("several processes on one session", () => {
    const proposer = fileURLToPath(new URL("proposer.mjs", import.meta.url));
    const scope = "permit *\n limit act to 3 per session";

    /** Starts one; gives what it printed, and a way to end it at once. */
    function start(count: number): { lines: () => string[]; ended: Promise<void>; kill: () => void } {
      const args = [proposer, join(folder, "policy.json"), place, "s", String(count)];
      const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
      let text = "";
      child.stdout.on("data", (chunk) => {
        text += String(chunk);
      });
      return {
        lines: () => text.split("\n").slice(0, -1),
        ended: new Promise((done) => child.on("close", () => done())),
        kill: () => child.kill("SIGKILL"),
      };
    }

    async function prepared(blocks: Blocks): Promise<Store> {
      const engine = engineOf(blocks);
      writeFileSync(join(folder, "policy.json"), JSON.stringify(engine.policy));
      const store = await storeOn(engine);
      await store.open({ id: "s" });
      return store;
    }

    test("together take no more than the limit lets through", async () => {
      const store = await prepared({ scope });
      const children = Array.from({ length: 4 }, () => start(25));
      await Promise.all(children.map(({ ended }) => ended));
      const authorized = children.flatMap(({ lines }) => lines()).filter((line) => line === "authorize");
      expect(authorized).toHaveLength(3);
      expect(children.map(({ lines }) => lines().at(-1)?.startsWith("done"))).toEqual([
        true,
        true,
        true,
        true,
      ]);
      expect(await verifyTrace(store.trace.records())).toMatchObject({ records: 1 + 4 * 25 * 2 });
    });

    test("one that is killed leaves a trace that holds, with all it had acknowledged", async () => {
      const store = await prepared({});
      let acknowledged = 0;
      for (let round = 0; round < 3; round += 1) {
        const child = start(10_000);
        while (child.lines().length < 5 + round * 7) await new Promise((done) => setTimeout(done, 5));
        child.kill();
        await child.ended;
        acknowledged += child.lines().length;
      }
      const { flaw } = await verifyTrace(store.trace.records());
      expect(flaw).toBeUndefined();
      const decided = await all(store.trace.records({ kinds: ["decided"] }));
      expect(decided.length).toBeGreaterThanOrEqual(acknowledged);
      const proposed = await all(store.trace.records({ kinds: ["proposed"] }));
      expect(proposed).toHaveLength(decided.length);
    });
  });
});
