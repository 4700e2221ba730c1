import { beforeAll, describe, expect, test } from "vitest";
import { recordFields } from "../../src/asking/fields.js";
import { pushedDown } from "../../src/asking/pushdown.js";
import { judgeOf, type QueryCount, queryTrace } from "../../src/asking/query.js";
import { compileCondition } from "../../src/compiler/condition.js";
import type { Predicate } from "../../src/ir/predicate.js";
import { MemoryTrace } from "../../src/trace/memory.js";
import type { Filter, TraceStore } from "../../src/trace/store.js";
import { filledTree, policy, recordsOf, start } from "./tree.js";

const now = start + 60_000;
const trace = new MemoryTrace();
beforeAll(() => filledTree(trace));

function whenOf(text: string, params?: Parameters<typeof recordFields>[0]): Predicate {
  const { when, diagnostics } = compileCondition({ file: "c", text }, recordFields(params));
  if (when === null) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return when;
}

async function found(text: string): Promise<number[]> {
  const seqs: number[] = [];
  for await (const { seq } of queryTrace(trace, { when: whenOf(text) }, { now })) seqs.push(seq);
  return seqs;
}

/** By reading all, and judging by hand. */
const seqsOf = async (fits: (record: Awaited<ReturnType<typeof recordsOf>>[number]) => boolean) =>
  (await recordsOf(trace)).filter(fits).map(({ seq }) => seq);

describe("a query", () => {
  test.each<readonly [string, Parameters<typeof seqsOf>[0]]>([
    ['kind == "decided"', ({ kind }) => kind === "decided"],
    ['kind in ["said", "closed"]', ({ kind }) => kind === "said" || kind === "closed"],
    ['session.id == "s/1" and root == "s"', ({ session }) => session === "s/1"],
    [
      'has tool and tool == "crm.query"',
      (r) =>
        (r.kind === "decided" ? r.body.decision.action?.tool : r.kind === "observed" ? r.body.tool : "") ===
        "crm.query",
    ],
    [
      'has decision and decision == "return"',
      (r) => r.kind === "decided" && r.body.decision.decision === "return",
    ],
    [
      'has scope and scope == "outside" and has stopped and "scope" in stopped',
      (r) => r.kind === "decided" && r.body.decision.assessments.scope.finding === "outside",
    ],
    [
      'has rules and some id in rules: id like "forbid/*"',
      (r) =>
        r.kind === "decided" &&
        r.body.decision.assessments.scope.rules.some(({ effect }) => effect === "forbid"),
    ],
    [
      'has class and class == "heavy"',
      (r) => r.kind === "decided" && r.body.decision.assessments.reversibility.class === "heavy",
    ],
    [
      "has confidence and confidence < 1",
      (r) => r.kind === "decided" && r.body.decision.assessments.grounding.confidence < 1,
    ],
    ['has by and by == "owner" and has answer and answer', (r) => r.kind === "confirmed"],
    ['has text and lower(text) like "*quick*"', (r) => r.kind === "opened"],
    ['has tier and tier == "worker"', (r) => r.kind === "delegated" && r.body.hop.to === "worker"],
    ['has result and result == "worked"', (r) => r.kind === "outcome"],
    ['has error and not error and has sources and "crm" in sources', (r) => r.kind === "observed"],
    ['body like "*All is well.*"', (r) => JSON.stringify(r.body).includes("All is well.")],
    ["seq > 3 and seq <= 5", ({ seq }) => seq > 3 && seq <= 5],
    ['policy == "books.audit" and not has cause', ({ cause }) => cause === null],
    ["seq > 2 or not has cause", ({ seq, cause }) => seq > 2 || cause === null],
  ])("%s finds what it says", async (text, fits) => {
    const expected = await seqsOf(fits);
    expect(expected.length).toBeGreaterThan(0);
    expect(await found(text)).toEqual(expected);
  });

  test("by time, on the bound and beside it", async () => {
    const { at } = (await recordsOf(trace))[4] as { at: number };
    const time = new Date(at).toISOString();
    for (const operator of [">", ">=", "<", "<=", "=="] as const) {
      const holds = {
        ">": (a: number) => a > at,
        ">=": (a: number) => a >= at,
        "<": (a: number) => a < at,
        "<=": (a: number) => a <= at,
        "==": (a: number) => a === at,
      }[operator];
      expect(await found(`at ${operator} "${time}"`)).toEqual(await seqsOf((r) => holds(r.at)));
    }
    expect(await found("at > now - 1ms")).toEqual([]);
    expect(await found("now - 1d < at")).toHaveLength((await recordsOf(trace)).length);
  });

  test("counts what it looked at, and what cannot be told", async () => {
    const count: QueryCount = { judged: 0, found: 0, unknown: 0 };
    const when = whenOf('kind == "decided" and 1 / (seq - 3) > 0');
    for await (const _ of queryTrace(trace, { when }, { now, count }));
    const decided = await seqsOf(({ kind }) => kind === "decided");
    expect(decided).toContain(3);
    expect(count).toEqual({ judged: decided.length, found: decided.length - 1, unknown: 1 });
  });

  test("reads arguments as their tool declares them; where they do not fit it, nobody can tell", async () => {
    const params = policy.tools.find(({ name }) => name === "crm.query")?.params ?? [];
    const when = whenOf('has tool and tool == "crm.query" and has args and args.days > 100', params);
    const judged = async (of: typeof params) => {
      const judge = judgeOf({ when, params: of }, now);
      return (await recordsOf(trace, { kinds: ["decided"], tool: "crm.query" })).map(judge).map(String);
    };
    expect(await judged(params)).toEqual(["false", "true"]);
    expect(await judged([{ name: "days", type: "string" }])).toEqual(["Symbol(unknown)", "Symbol(unknown)"]);
  });
});

describe("what a store sorts out", () => {
  test.each<readonly [string, ReturnType<typeof pushedDown>]>([
    ['kind == "said"', { kinds: ["said"] }],
    ['kind in ["said", "closed"] and kind == "closed"', { kinds: ["closed"] }],
    ['kind == "said" and kind == "closed"', { kinds: [] }],
    ['has tool and "x" == tool', { tool: "x" }],
    ['session.id == "a" and root == "b" and policy == "c"', { session: "a", root: "b", policy: "c" }],
    ["at >= now - 1s and at < now", { since: now - 1_000, until: now }],
    ["now > at and seq > 5 and seq <= 9", { until: now, after: 5, upTo: 9 }],
    ["seq == 7", { after: 6, upTo: 7 }],
    ['kind == "said" or seq > 3', {}],
    ['not kind == "said"', {}],
    ['kind != "said"', {}],
    ["seq > seq", {}],
  ])("of %s", (text, filter) => {
    expect(pushedDown(whenOf(text), now)).toEqual(filter);
  });

  test("is all that is read", async () => {
    const asked: (Filter | undefined)[] = [];
    const spy = {
      records: (filter?: Filter) => {
        asked.push(filter);
        return trace.records(filter);
      },
    } as unknown as TraceStore;
    for await (const _ of queryTrace(spy, { when: whenOf('kind == "said" and seq > 1') }, { now }));
    for await (const _ of queryTrace(spy, { when: whenOf('kind == "said" and kind == "closed"') }, { now }));
    expect(asked).toEqual([{ kinds: ["said"], after: 1 }]);
  });
});
