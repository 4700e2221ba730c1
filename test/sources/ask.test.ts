import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PolicyIr } from "../../src/ir/policy.js";
import { fact, onlyAnswer, source, withSources } from "./policy.js";

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "reshimu-ask-"));
  writeFileSync(join(root, "one.json"), '{"a":1}');
  writeFileSync(join(root, "two.json"), '{"a":2}');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const tool: PolicyIr["sources"][number] = {
  name: "read",
  kind: "tool",
  tools: ["crm.read"],
  fields: [],
  asText: false,
  when: true,
  trust: 0.5,
};

describe("asking", () => {
  test("every source of a fact gives one entry, in the fact's order", async () => {
    const names = ["two", "gone", "one", "read", "pg", "mcp"];
    const policy = {
      sources: [
        source("json", "one.json", { name: "one" }),
        source("json", "two.json", { name: "two" }),
        source("postgres", "postgres://user:secret@127.0.0.1:1/db", { name: "pg" }),
        source("mcp", "no-such-program", { name: "mcp" }),
        tool,
      ],
      facts: [{ ...fact("int", [], "/a"), from: names.map((name) => ({ source: name, lookup: "/a" })) }],
    };
    const [answer] = await withSources(policy, root, (sources) => sources.ask([{ fact: "f", args: [] }]));
    expect(answer).toEqual({
      fact: "f",
      args: [],
      answers: [
        { source: "two", value: 2 },
        { source: "gone", silent: "is no source for facts in this policy" },
        { source: "one", value: 1 },
        { source: "read", silent: "is no source for facts in this policy" },
        { source: "pg", silent: "its database cannot be reached" },
        { source: "mcp", silent: "its server cannot be started or reached" },
      ],
    });
  });

  test("a fact nobody declared has no answers, and nothing asked gives nothing", async () => {
    const policy = { sources: [], facts: [] };
    await withSources(policy, root, async (sources) => {
      expect(await sources.ask([{ fact: "toString", args: [] }])).toEqual([
        { fact: "toString", args: [], answers: [] },
      ]);
      expect(await sources.ask([])).toEqual([]);
    });
  });

  test("a timeout of nothing and one beyond what timers count", async () => {
    const policy = (timeout: number) => ({
      sources: [source("json", "one.json", { timeout })],
      facts: [fact("int", [], "/a")],
    });
    const ask = (timeout: number) =>
      withSources(policy(timeout), root, async (sources) =>
        onlyAnswer((await sources.ask([{ fact: "f", args: [] }]))[0]),
      );
    expect(await ask(Number.MAX_SAFE_INTEGER)).toEqual({ source: "s", value: 1 });
    expect(await ask(0)).toMatchObject({ source: "s" });
  });

  test("closing twice is closing once", async () => {
    await withSources({ sources: [source("json", "one.json")], facts: [] }, root, (sources) =>
      sources.close(),
    );
  });
});
