import { beforeAll, describe, expect, test } from "vitest";
import { descentOf } from "../../src/asking/descent.js";
import { findRecord } from "../../src/asking/find.js";
import { sessionsOf } from "../../src/asking/sessions.js";
import { statsOf } from "../../src/asking/stats.js";
import { type Why, whyOf } from "../../src/asking/why.js";
import type { TraceRecord } from "../../src/ir/trace.js";
import { MemoryTrace } from "../../src/trace/memory.js";
import { all } from "../trace/stores.js";
import { brief, filledTree, lastOf, query, recordsOf, storeOn } from "./tree.js";

const trace = new MemoryTrace();
beforeAll(() => filledTree(trace));

async function why(record: TraceRecord): Promise<Why> {
  const found = await whyOf(trace, record);
  if (!found.ok) throw new Error(found.problem);
  return found.why;
}

const returned = () => lastOf(trace, "decided", ({ body }) => body.decision.decision === "return");
const held = () => lastOf(trace, "decided", ({ body }) => body.decision.decision === "confirm");

describe("a record", () => {
  test("is found by its place, its hash and the beginning of that", async () => {
    const [record] = (await recordsOf(trace)).slice(6);
    const digits = record?.hash.slice("sha256:".length) ?? "";
    for (const id of [
      "#7",
      "7",
      record?.hash ?? "",
      digits,
      digits.slice(0, 6),
      `sha256:${digits.slice(0, 9)}`,
    ])
      expect(await findRecord(trace, id)).toEqual({ ok: true, record });
  });
  test.each([
    ["#99", "no record has the place 99"],
    ["0", "no record has the place 0"],
    ["abc", "`abc` is too short: write at least 6 digits of the hash"],
    ["000000000000", "no record has a hash that begins with `000000000000`"],
    ["s/1", "`s/1` names no record: write its place as #12, or its hash, or the beginning of that"],
  ])("%s is none", async (id, problem) => {
    expect(await findRecord(trace, id)).toEqual({ ok: false, problem });
  });
  test("is not taken for another one whose hash begins so", async () => {
    const [one] = await recordsOf(trace, { limit: 1 });
    const twice = {
      records: async function* () {
        yield one;
        yield one;
      },
    } as unknown as MemoryTrace;
    expect(await findRecord(twice, "abcdef")).toMatchObject({
      ok: false,
      problem: expect.stringContaining("several"),
    });
  });
});

describe("why", () => {
  test("goes from the intent down to what became of it", async () => {
    const told = await why(await returned());
    expect(told.opened?.body.givens).toEqual({ region: "EU" });
    expect(told.opened?.body.bullets.map(({ name }) => name)).toEqual(["find", "report", "restrain"]);
    expect(told.hops.map(({ session, body }) => [session, body.hop.from, body.hop.to, body.brief])).toEqual([
      ["s/1", "root", "lead", brief],
      ["s/1/1", "lead", "worker", brief],
    ]);
    expect(told.hops[1]?.body.hop.withheld).toContainEqual(
      expect.objectContaining({ thing: "intent.report" }),
    );
    expect(told.read).toMatchObject([{ tool: "crm.query", sources: ["crm"], trust: 0.7, error: false }]);
    expect(told.readings).toBe(1);
    expect(told.said.map(({ body }) => body.by)).toEqual(["owner"]);
    expect(told.proposed?.body.proposal).toEqual(query(2_000));
    expect(told.became).toEqual([]);
    expect(told.policy?.name).toBe("books.audit");
  });

  test("names the rule of each finding", async () => {
    const { findings } = await why(await returned());
    expect(findings.map(({ validator, finding, stops }) => [validator, finding, stops])).toEqual([
      ["scope", "outside", true],
      ["grounding", "grounded", false],
      ["reversibility", "recoverable", false],
      ["discernment", "clear", false],
    ]);
    expect(findings[0]?.rules).toEqual([
      expect.objectContaining({
        id: expect.stringMatching(/^forbid\//),
        at: "policy.reshimu:16:3",
        text: expect.stringContaining("days > 1_000"),
        because: "nobody needs so much",
      }),
    ]);
    expect(findings[2]?.rules.map(({ text }) => text)).toEqual(["treat crm.query, delegate as free"]);
    expect(findings[2]?.reasons).toEqual(["it is of class `free`"]);
  });

  test("tells the words of principals, and what was decided afresh", async () => {
    const first = await held();
    const told = await why(first);
    expect(told.words.map(({ kind, body }) => [kind, body.by, body.answer])).toEqual([
      ["confirmed", "owner", true],
    ]);
    expect(told.became.map(({ kind }) => kind)).toEqual(["decided"]);
    expect(told.findings.find(({ stops }) => stops)?.reasons).toEqual([
      "it is of class `heavy`",
      "`owner` has not confirmed it",
    ]);
    const afresh = await lastOf(trace, "decided", ({ body }) => body.shown === first.hash);
    const then = await why(afresh);
    expect(then.before?.seq).toBe(first.seq);
    expect(then.proposed?.seq).toBe(told.proposed?.seq);
    expect(then.became.map(({ kind }) => kind)).toEqual(["outcome"]);
  });

  test("can be asked of what is about a decision, and of nothing else", async () => {
    const first = await held();
    for (const kind of ["proposed", "confirmed"] as const) {
      const record = await lastOf(trace, kind);
      expect((await why(record)).decided.seq).toBe(first.seq);
    }
    const made = await lastOf(trace, "delegated");
    expect((await why(made)).decided.body.decision.action?.tool).toBe("delegate");
    expect(await whyOf(trace, await lastOf(trace, "opened"))).toEqual({
      ok: false,
      problem: "record 1 is `opened`, and of no decision",
    });
  });

  test("tells no more than the last of what was read, and that there was more", async () => {
    const own = new MemoryTrace();
    const session = await storeOn(own).open({ id: "s", tier: "lead", givens: { region: "EU" } });
    for (let i = 0; i < 25; i += 1)
      await session.observe({ tool: "crm.query", args: { region: "EU", days: i }, output: { i } });
    await session.propose(query(1));
    const found = await whyOf(own, await lastOf(own, "decided"));
    if (!found.ok) throw new Error(found.problem);
    expect([found.why.read.length, found.why.readings]).toEqual([20, 25]);
    expect(found.why.read.at(-1)?.seq).toBe(26);
  });

  test("is told without its beginning, where that was removed for its age", async () => {
    const own = new MemoryTrace();
    await filledTree(own);
    const last = await lastOf(own, "decided", ({ body }) => body.decision.decision === "return");
    await own.prune(last.seq - 1);
    const found = await whyOf(own, last);
    expect(found).toMatchObject({ ok: true, why: { opened: undefined, hops: [], proposed: undefined } });
  });
});

describe("the descent", () => {
  test("is the tree, whichever of its sessions is named", async () => {
    const root = await descentOf(trace, "s");
    expect(await descentOf(trace, "s/1/1")).toEqual(root);
    expect(root).toMatchObject({
      session: "s",
      tier: "root",
      told: "Audit the region; and be quick.",
      decided: { authorize: 1, confirm: 0, clarify: 0, return: 0 },
      children: [
        {
          session: "s/1",
          tier: "lead",
          told: brief,
          hop: { from: "root", to: "lead", withheld: [], retention: 1 },
          decided: { authorize: 2, confirm: 1, clarify: 0, return: 0 },
          waiting: 0,
          children: [
            {
              session: "s/1/1",
              tier: "worker",
              narrowing: "scope { permit crm.* }",
              decided: { authorize: 1, confirm: 0, clarify: 0, return: 1 },
              closed: true,
              children: [],
            },
          ],
        },
      ],
    });
    expect(root).not.toHaveProperty("hop");
  });
  test("of a session without delegations is that one, and of none is none", async () => {
    const own = new MemoryTrace();
    await storeOn(own).open({ id: "alone", givens: { region: "EU" } });
    expect(await descentOf(own, "alone")).toMatchObject({ session: "alone", children: [] });
    expect(await descentOf(own, "other")).toBeUndefined();
  });
});

test("the sessions of a trace are listed with what waits in them", async () => {
  const own = new MemoryTrace();
  const store = await filledTree(own);
  const session = await store.open({ id: "t", tier: "lead", givens: { region: "EU" }, actor: "me" });
  const write = { tool: "report.write", args: { body: "x" }, confidence: 1 };
  await session.propose(write);
  await session.propose(write);
  await session.propose({ ...write, args: { body: "y" } });
  await session.confirm({ by: "owner", answer: false });
  const listed = await all(sessionsOf(own));
  expect(
    listed.map(({ session: id, tier, actor, waiting, closed }) => [id, tier, actor, waiting, closed]),
  ).toEqual([
    ["s", "root", "agent", 0, false],
    ["s/1", "lead", expect.any(String), 0, false],
    ["s/1/1", "worker", expect.any(String), 0, true],
    ["t", "lead", "me", 1, false],
  ]);
  expect(listed[3]?.decided).toEqual({ authorize: 0, confirm: 3, clarify: 0, return: 1 });
});

describe("figures", () => {
  const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
  test("count kinds, decisions, findings, tools and days", async () => {
    const stats = await statsOf(trace, day);
    const records = await recordsOf(trace);
    expect(stats).toMatchObject({
      records: records.length,
      from: records[0]?.at,
      to: records.at(-1)?.at,
      sessions: 3,
      decisions: { authorize: 4, confirm: 1, clarify: 0, return: 1 },
      stopped: { scope: 1, grounding: 0, reversibility: 1, discernment: 0 },
      tools: {
        delegate: { authorize: 2 },
        "crm.query": { authorize: 1, return: 1 },
        "report.write": { authorize: 1, confirm: 1 },
      },
      days: { "2026-01-31": { authorize: 4 } },
      findings: { scope: { within: 5, outside: 1 }, reversibility: { recoverable: 5, held: 1 } },
    });
    expect(Object.values(stats.kinds).reduce((sum, count) => sum + count, 0)).toBe(records.length);
  });
  test("tell alarms that were none from those that were some; the last word on each counts", async () => {
    expect((await statsOf(trace, day)).alarms).toEqual({ asked: 1, yes: 1, no: 0 });
    const own = new MemoryTrace();
    const store = storeOn(own);
    const session = await store.open({ id: "t", tier: "lead", givens: { region: "EU" } });
    for (const [body, answer] of [
      ["a", true],
      ["b", false],
      ["c", undefined],
    ] as const) {
      await session.propose({ tool: "report.write", args: { body }, confidence: 1 });
      if (answer !== undefined) await session.confirm({ by: "owner", answer });
    }
    const { alarms, alarmsBy } = await statsOf(own, day);
    expect(alarms).toEqual({ asked: 3, yes: 1, no: 1 });
    expect(alarmsBy.reversibility).toEqual({ asked: 3, yes: 1, no: 1 });
    expect(alarmsBy.scope).toEqual({ asked: 0, yes: 0, no: 0 });
  });
  test("count tools whose names are keys of every object", async () => {
    const own = new MemoryTrace();
    const session = await storeOn(own).open({ id: "t", givens: { region: "EU" } });
    await session.propose({ tool: "__proto__", args: {} });
    expect(Object.keys((await statsOf(own, day)).tools)).toEqual(["(none)"]);
    expect(await statsOf(new MemoryTrace(), day)).toMatchObject({ records: 0, from: null, tools: {} });
  });
});
