import { describe, expect, test } from "vitest";
import { commission, type Parts, type Replaced } from "../../../src/compiler/check/rules/snippets.js";
import { codes, found } from "./support.js";

/** The lints of a policy that must have no error. */
function lints(parts: Parts, instead: Replaced = {}): string[] {
  const given = codes(commission(parts, instead));
  expect(given.filter((code) => !code.startsWith("lint/"))).toEqual([]);
  return [...new Set(given)].map((code) => code.slice("lint/".length));
}

const tools =
  "tool mail.send(to: email, link: url, n: int, amount: decimal, tag: string, at: path, note?: string)";
const permit = (condition: string): string[] =>
  lints({ tools, scope: `permit mail.send serving read when ${condition}` });
const forbid = (condition: string): string[] =>
  lints({
    tools,
    scope: `permit mail.send serving read\nforbid mail.send serving restrain when ${condition}`,
  });

describe("what is certain of a condition", () => {
  test.each([
    "false",
    "not true",
    "n > 3 and n < 3",
    "n > 3 and n < 4",
    "n >= 4 and n < 4",
    "n == 1 and n == 2",
    "n in [1, 2] and n > 2",
    'tag == "a" and tag in ["b", "c"]',
    'tag == "a" and tag != "a"',
    'tag == "a" and not tag == "a"',
    "3 < n and 3 > n",
    "length(tag) < 0",
    "n != n",
    "amount < 0.5 and amount > 1",
    "false or n < 1 and n > 2",
    "n in []",
    "1 > 2",
  ])("%s is never true", (condition) => expect(forbid(condition)).toEqual(["never-applies"]));

  test.each([
    "n > 3 and n < 5",
    "amount > 3 and amount < 4",
    "n >= 4 and n <= 4",
    'tag == "a" or tag == "b"',
    'tag in ["a", "b"] and tag != "a"',
    // Two ways to write one path, one time, one address.
    'at == "/a" and at == "/a/"',
    'link == "https://a.example" and link == "https://a.example/"',
    "length(tag) > 0",
    "n < amount and amount < 5",
  ])("%s may be true", (condition) => expect(forbid(condition)).toEqual([]));

  test.each(["true", "length(tag) >= 0", "n == n", "1 < 2", "not false", "true or n > 3"])(
    "%s is true of everything",
    (condition) => expect(permit(condition)).toEqual(["idle-condition"]),
  );

  test("so or not so, not while it is unknown", () => {
    expect(forbid('tag == "a" or n > 1 or not tag == "a"')).toEqual(["excluded-middle"]);
    expect(forbid('(tag == "a" or n > 1) and not tag == "a"')).toEqual([]);
  });
});

describe("what a pattern lets through", () => {
  test.each([
    ['to like "*@acme.example"', []],
    ['to like "*acme.example"', ["loose-glob"]],
    ['host(link) like "*.acme.example"', []],
    ['host(link) like "*acme.example"', ["loose-glob"]],
    ['link like "https://acme.example/*"', []],
    ['link like "https://acme.example*"', ["loose-glob"]],
    ['link like "*acme.example/*"', ["loose-glob"]],
    ['at like "/home/*/notes"', ["loose-glob"]],
    ['at like "/home/*"', []],
    ['at like "/home*"', ["prefix-without-slash"]],
    ['at like "/home/2026-*"', []],
    ['at like "*/notes/*"', []],
    ['tag like "notes*"', []],
    ['not (to like "*acme.example")', []],
    ['tag matches "[draft]+"', ["loose-regex"]],
    ['tag matches "[aeiou]+[a-z0-9_]*[rwx]"', []],
    ['tag matches "[a|b]"', ["loose-regex"]],
    ['tag matches "a|b"', []],
    ['tag matches "acme.example"', ["loose-regex"]],
    ['tag matches "acme\\\\.example"', []],
    ['tag matches ".*acme.*"', []],
    ['tag matches "acme.+"', []],
    ['tag like "select * from notes"', ["sql-by-like"]],
    ['tag like "selected*"', []],
    ["n <= 5", ["one-sided-bound"]],
    ["n <= 5 and n >= 0", []],
    ["n <= 5 and amount <= 5", ["one-sided-bound"]],
    ["5 > n", ["one-sided-bound"]],
    ["n < amount", []],
    ['not has note or note == "x"', ["absent-opens"]],
    ['n == 1 and (not has note or note == "x")', []],
    ['has note and note == "x"', []],
    ["amount == n / 3", ["quotient-equality"]],
    ["amount * n / 3 != n", ["quotient-equality"]],
    ["abs(amount - n / 3) < 0.1", []],
    ["amount == n * 3", []],
  ] satisfies [string, string[]][])("permit … when %s", (condition, expected) =>
    expect(permit(condition)).toEqual(expected),
  );

  test("a forbid that matches more is only stricter", () => {
    expect(forbid('to like "*acme.example" or at like "/home*" or n <= 5')).toEqual([]);
  });
  test("a number that a forbid speaks of is bounded there", () => {
    expect(
      lints({
        tools,
        scope: "permit mail.send serving read when n <= 5\nforbid mail.send serving restrain when n < 1",
      }),
    ).toEqual([]);
  });
});

describe("rules beside rules", () => {
  const scope = (...lines: string[]) =>
    lints({}, { scope: [...lines, "limit * to 9 per session"].join("\n") });

  test.each([
    [
      [
        "permit notes.read serving read, summarise, restrain",
        'permit notes.read serving read when path == "/a"',
        "permit notes.write",
      ],
      1,
    ],
    [
      [
        "permit * serving read, summarise, restrain",
        "forbid notes.read serving restrain",
        'forbid notes.read when path == "/a"',
      ],
      1,
    ],
    [["permit notes.read, notes.write serving read, summarise, restrain", "forbid notes.write"], 0],
    [
      [
        "permit notes.read serving read, summarise",
        "permit notes.write serving restrain",
        "forbid notes.write",
      ],
      1,
    ],
    [["permit notes.read serving read", 'permit notes.* serving summarise, restrain when path == "/a"'], 0],
  ])("%j", (lines, count) => {
    const given = codes(commission({}, { scope: [...lines, "limit * to 9 per session"].join("\n") }));
    expect(given.filter((code) => code === "lint/shadowed")).toHaveLength(count);
  });

  test("a graver class that holds always", () => {
    const reversibility = (line: string) =>
      lints(
        {},
        {
          reversibility: `class read\nclass late above read confirm owner\ntreat notes.read as read\ntreat notes.write as late\n${line}\notherwise late`,
        },
      );
    expect(reversibility('treat notes.write as read when path == "/a"')).toEqual(["shadowed"]);
    expect(reversibility('treat notes.read as late when path == "/a"')).toEqual([]);
  });

  test("the same twice, and the same for another reason", () => {
    const line = "forbid notes.read serving restrain when has lines";
    expect(scope("permit notes.* serving read, summarise", line, line)).toEqual(["duplicate-rule"]);
    expect(scope("permit notes.* serving read, summarise", line, `${line} and lines > 3`)).toEqual([]);
  });

  test("everything forbidden", () => {
    expect(codes("policy base\nscope {\n  permit *\n  forbid *\n}")).toEqual(["lint/forbids-everything"]);
    expect(codes("policy base\nscope {\n  permit *\n  forbid * when session.trust < 1\n}")).toEqual([]);
  });
});

describe("declarations that nothing uses", () => {
  test("are nobody's business in a base, which others extend", () => {
    const base =
      'policy base\nprincipal owner "o"\ntool t(a: string)\ngrounding {\n  claim c: int\n  source s is json "./s.json" trust 0.9\n}\nreversibility {\n  class a\n}';
    expect(codes(base)).toEqual([]);
    const files = {
      "base.reshimu": base
        .replace('principal owner "o"\n', "")
        .replace("  class a\n", "")
        .replace("reversibility {\n}", ""),
    };
    expect(codes(commission({}, { header: 'policy c extends "base.reshimu"' }), files)).toEqual([]);
  });
  test("a tool source counts where `session.trust` is read", () => {
    const source = "source inbox is tool notes.read trust 0.3";
    expect(lints({ grounding: source })).toEqual(["unused-source"]);
    expect(
      lints({ grounding: source, scope: "forbid notes.write serving restrain when session.trust < 0.5" }),
    ).toEqual([]);
  });
  test("a given may be what a value is traced to, a claim what `unsupported` bounds", () => {
    expect(
      lints({ intent: "given week: int = 1", grounding: "ground notes.write on fact path traced to intent" }),
    ).toEqual([]);
    expect(lints({ grounding: "claim c: int" })).toEqual([]);
  });
  test("an undo, a source and an earlier call use a tool", () => {
    const other = "tool notes.list()";
    expect(
      lints(
        { tools: other },
        {
          scope:
            "permit notes.read serving read, restrain\npermit notes.write serving summarise when calls(notes.list) == 0",
        },
      ),
    ).toEqual([]);
  });
});

describe("what is trusted and what is undone", () => {
  test.each([
    ["http://facts.example/{fact}", ["http-without-tls"]],
    ["http://localhost:8080/{fact}", []],
    ["http://127.0.0.1/{fact}", []],
    ["http://[::1]:80/{fact}", []],
    ["http://localhost.evil.example/{fact}", ["http-without-tls"]],
    ["HTTP://10.0.0.1/{fact}", ["http-without-tls"]],
    ["https://facts.example/{fact}", []],
  ])("%s", (url, expected) => {
    const grounding = `source s is http "${url}" trust 0.9\nfact f(): int from s\nground notes.write on fact f() == 1`;
    expect(lints({ grounding })).toEqual(expected);
  });

  test("trust in what an agent can write", () => {
    const source = (of: string) =>
      lints({ grounding: `source s is tool ${of}\nground notes.write on fact path traced to s` });
    expect(source("notes.write trust 1")).toEqual(["trusts-agent"]);
    expect(source("notes.write trust 0.9")).toEqual([]);
    expect(source("notes.read trust 1")).toEqual([]);
    expect(source("* trust 1")).toEqual(["trusts-agent"]);
  });

  test("an undo that no tier above may use", () => {
    const descent = (given: string) =>
      lints({
        reversibility: "treat notes.write as permanent by notes.read(path: path) within 1d",
        more: `tiers root > lead > writer
            boundary root -> lead { carries intent.*, given.* ${given} }
            boundary lead -> writer { carries intent.*, given.* grants notes.write withholds notes.read }`,
      });
    expect(descent("grants notes.* ")).toEqual([]);
    expect(descent("passes notes.*")).toEqual(["undo-not-permitted"]);
  });
});

describe("text that is not what it looks like", () => {
  const because = (text: string) =>
    lints({ scope: `forbid notes.read serving restrain when has lines because "${text}"` });

  test.each([
    ["s\u0435cret", ["mixed-scripts"]],
    ["\u0441\u0435\u043a\u0440\u0435\u0442", []],
    ["\u0394t and 5 \u00b5m", []],
    ["\u0391cme", ["mixed-scripts"]],
    ["a\u202eb", ["hidden-character"]],
    ["\ud83d\udc69\u200d\ud83d\ude80", []],
    ["na\u00efve", []],
  ])("%j", (text, expected) => expect(because(text)).toEqual(expected));

  test("in a comment, and not where a file says how it is encoded", () => {
    expect(codes(`\ufeff${commission()}`)).toEqual([]);
    expect(codes(`${commission()}// a\u2066b\n`)).toEqual(["lint/hidden-character"]);
  });
});

describe("a validator that can never stop anything", () => {
  const whole = {
    grounding: "ground notes.write on effect length(body) <= 9",
    reversibility:
      "class read\nclass late above read confidence 0.5 confirm owner\ntreat notes.read as read\notherwise late",
    discernment: "threshold 0.3\nescalate owner within 4h",
  };
  const idle = (instead: Replaced): string[] =>
    found(commission({}, { ...whole, ...instead }))
      .filter((one) => one.startsWith("lint/idle-validator"))
      .map((one) => one.split(" ")[2] ?? "");
  const open = "permit * serving read, summarise, restrain";

  test.each<[string, Replaced, string[]]>([
    ["nothing", {}, []],
    ["scope: all permitted", { scope: open }, ["scope"]],
    ["scope: a limit", { scope: `${open}\nlimit * to 9 per session` }, []],
    ["scope: a forbid that may be true", { scope: `${open}\nforbid notes.read when has lines` }, []],
    [
      "scope: one tool without a permit",
      { scope: "permit notes.read serving read, summarise, restrain" },
      [],
    ],
    [
      "grounding: none",
      { grounding: "tolerance 0.2", reversibility: whole.reversibility.replace("confidence 0.5 ", "") },
      ["grounding"],
    ],
    [
      "grounding: true of everything",
      { grounding: "ground * on fact true\nunsupported at most 0.9" },
      ["grounding"],
    ],
    ["grounding: it takes confidence away", { grounding: "unsupported at most 0.4" }, []],
    ["grounding: it takes too little away", { grounding: "unsupported at most 0.6" }, ["grounding"]],
    ["grounding: it bounds a claim", { grounding: "claim c: int\nunsupported at most 0.6" }, []],
    [
      "reversibility: nothing asked",
      { reversibility: "class read\notherwise read" },
      ["reversibility", "discernment"],
    ],
    [
      "reversibility: asked of what nothing is",
      { reversibility: "class read\nclass late above read confirm owner\notherwise read" },
      ["reversibility", "discernment"],
    ],
    [
      "reversibility: a bar of nothing",
      { reversibility: "class read confidence 0.0\notherwise read" },
      ["reversibility", "discernment"],
    ],
    ["reversibility: a limit", { reversibility: "class read limit 3 per session\notherwise read" }, []],
    [
      "discernment: a gray line",
      {
        reversibility: "class read\notherwise read",
        discernment: `${whole.discernment}\ngray * when path like "*x" weight 0.5`,
      },
      ["reversibility"],
    ],
    [
      "discernment: a gray line that passes",
      {
        reversibility: "class read\notherwise read",
        discernment: `${whole.discernment}\ngray * when path like "*x" weight 0.3`,
      },
      ["reversibility", "discernment"],
    ],
    [
      "discernment: something unknown",
      {
        reversibility: "class read\notherwise read",
        grounding: "ground notes.write on fact path traced to intent",
      },
      ["reversibility"],
    ],
  ])("%s", (_, instead, expected) => expect(idle(instead)).toEqual(expected));

  test("is not asked of a base", () => {
    expect(codes("policy base\nscope {\n  permit *\n}\ntool t()")).toEqual([]);
  });
});
