import { describe, expect, test } from "vitest";
import { commission } from "../../../src/compiler/check/rules/snippets.js";
import { compilePolicy } from "../../../src/compiler/compile.js";
import { compile, memory, policyOf, type Texts } from "../support.js";

const compiled = (files: Texts, path = "policy.reshimu") => policyOf(compilePolicy(path, memory(files)));

test("what a server says of a tool is kept, where it says something", () => {
  const list = [
    { name: "bare", inputSchema: {} },
    { name: "drop", inputSchema: {}, annotations: { readOnlyHint: false } },
  ];
  const policy = policyOf(
    compile(commission({ tools: 'tools "./tools.json"', scope: "permit drop, bare" }), {
      "tools.json": JSON.stringify(list),
    }),
  );
  expect(policy.tools.filter(({ params }) => params.length === 0)).toStrictEqual([
    { name: "bare", params: [] },
    { name: "drop", params: [], annotated: ["writing", "destructive", "open world"] },
  ]);
});

test("without an intent a policy has none", () => {
  expect(policyOf(compile("policy base")).intent).toBeNull();
});

describe("a source's file", () => {
  const source = (kind: string, written: string) => `policy base
    grounding { source a is ${kind} ${JSON.stringify(written)} trust 0.9 }`;
  const locator = (kind: string, written: string) => {
    const files = {
      "/p/q/policy.reshimu": 'policy entry extends "../base/base.reshimu"',
      "/p/base/base.reshimu": source(kind, written),
    };
    const [found] = compiled(files, "/p/q/policy.reshimu").sources;
    return found !== undefined && "locator" in found ? found.locator : undefined;
  };

  test.each([
    ["sqlite", "./a.db", "../base/a.db"],
    ["json", "a.json", "../base/a.json"],
    ["json", "./a.json:", "../base/a.json:"],
    ["sqlite", ":memory:", ":memory:"],
    ["sqlite", "/p/a.db", "/p/a.db"],
    ["postgres", "postgres://db.example/a", "postgres://db.example/a"],
    ["http", "https://x.example/a", "https://x.example/a"],
    ["mcp", "books", "books"],
  ])("of %s %j is found at %j", (kind, written, path) => {
    expect(locator(kind, written)).toBe(path);
  });
});

describe("`escalate`", () => {
  const escalate = (who: string, hours: number, header = `policy ${who}`) => `${header}
    principal ${who} "Somebody"
    discernment { threshold 0.3 escalate ${who} within ${hours}h }`;
  const to = (principal: string, hours: number) => [{ principal, within: hours * 3_600_000 }];
  const silent = { discernment: "threshold 0.3" };

  test("is the base's own, or none", () => {
    expect(compiled({ "policy.reshimu": escalate("day", 2) }).escalate).toEqual(to("day", 2));
    const bare = compiled({ "policy.reshimu": "policy base" });
    expect(bare.escalate).toEqual([]);
    expect(bare.spans).not.toHaveProperty("escalate");
  });

  test("of the file with the intent counts before that of what it extends", () => {
    const header = 'policy notes.summary extends "./day.reshimu"';
    const files = { "day.reshimu": escalate("day", 2) };
    const own = { ...files, "policy.reshimu": commission({}, { header }) };
    expect(compiled(own).escalate).toEqual(to("owner", 4));
    const none = { ...files, "policy.reshimu": commission({}, { header, ...silent }) };
    expect(compiled(none).escalate).toEqual(to("day", 2));
  });
});
