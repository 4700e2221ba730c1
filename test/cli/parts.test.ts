import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { callText } from "../../src/cli/decision/call.js";
import { faultText } from "../../src/cli/fault.js";
import { columnsOf, hang } from "../../src/cli/layout.js";
import { movedLocators } from "../../src/cli/locators.js";
import { readEntry } from "../../src/cli/record.js";
import { wantsColor } from "../../src/cli/color.js";
import type { Json, PolicyIr } from "../../src/index.js";
import fc from "fast-check";
import stringWidth from "string-width";
import wrapAnsi from "wrap-ansi";

describe("a call", () => {
  test.each<[Json, string]>([
    [
      { tool: "a.b", args: { x: 1, y: ["a", null], z: { k: true } } },
      'a.b(x: 1, y: ["a", null], z: {"k": true})',
    ],
    [{ tool: "a", args: {} }, "a()"],
    [{ tool: "a" }, "a()"],
    [{ tool: { a: [1] }, args: "x" }, '{"a": [1]}()'],
    [null, "null"],
    [{ tool: "a", args: { s: "x".repeat(100) } }, `a(s: "${"x".repeat(59)}…")`],
    [{ tool: "a", args: { s: "\u001b[2J\u202e\n" } }, 'a(s: "\\u001b[2J<U+202E>\\n")'],
  ])("%j reads %s", (proposal, text) => {
    expect(callText(proposal)).toBe(text);
  });

  test("stays short whatever is proposed", () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`n${i}`, "x".repeat(1_000)]));
    expect(callText({ tool: "t".repeat(1_000), args: many }).length).toBeLessThan(500);
    expect(
      callText({ tool: "t", args: { deep: Array.from({ length: 100_000 }, () => [many]) } }).length,
    ).toBeLessThan(100);
    let nested: Json = 1;
    for (let i = 0; i < 190; i += 1) nested = [nested];
    expect(callText({ tool: "t", args: { nested } }).length).toBeLessThan(100);
  });
});

describe("a line of eval", () => {
  test.each([
    ['{"tool":1}', "propose"],
    ['{"observe":{"tool":"a","args":{},"output":null,"error":true}}', "observe"],
    ['{"said":{"by":"owner","text":""},"session":"s"}', "said"],
    ['{"confirm":{"by":"owner"}}', "confirm"],
    ['{"rule":{"by":"owner","question":"gray/0","answer":true}}', "rule"],
  ])("%s is a %s", (text, kind) => {
    expect(readEntry(text)).toMatchObject({ ok: true, entry: { kind } });
  });

  test("keeps keys called `__proto__`", () => {
    const read = readEntry('{"observe":{"tool":"a","args":{"__proto__":1},"output":{"__proto__":2}}}');
    const { args, output } = (read as unknown as { entry: { word: { args: object; output: object } } }).entry
      .word;
    expect([Object.keys(args), Object.keys(output)]).toEqual([["__proto__"], ["__proto__"]]);
  });

  test.each([
    "nonsense",
    "1",
    "[]",
    "{}",
    '{"Observe":{}}',
    '{"observe":{"tool":"a","args":{}}}',
    '{"said":{"by":"owner"}}',
    '{"confirm":{"by":"owner","answer":"yes"}}',
    '{"rule":{"by":"owner","answer":true}}',
    '{"rule":{"by":"owner","given":"a","question":"b","answer":true}}',
    '{"confirm":{"by":"owner"},"extra":1}',
    '{"confirm":{"by":"owner"},"said":{"by":"owner","text":"x"}}',
  ])("%s is none, and the message says what would be", (text) => {
    expect(readEntry(text)).toMatchSnapshot();
  });
});

describe("colours", () => {
  test.each([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: "1" }, false],
    [true, { NO_COLOR: "" }, true],
    [true, { TERM: "dumb" }, false],
    [false, { FORCE_COLOR: "1" }, true],
    [false, { FORCE_COLOR: "1", NO_COLOR: "1" }, true],
    [true, { FORCE_COLOR: "0" }, false],
  ])("on a terminal: %j, with %j: %j", (isTerminal, environment, wanted) => {
    expect(wantsColor(isTerminal, environment)).toBe(wanted);
  });
});

test("wrapped text hangs behind what it begins with", () => {
  expect(hang("one two three four five six", 24, "    ", "  → ")).toBe(
    "  → one two three four\n    five six",
  );
});

test("locators move with the policy, as far as they are paths", () => {
  const source = (kind: string, locator: string) => ({ name: kind, kind, locator, trust: 1 });
  const sources = [
    source("sqlite", "data/a.db"),
    source("json", "../b.json"),
    source("json", resolve("/c.json")),
    source("http", "http://x/{fact}"),
    source("postgres", "postgres://db.example/crm?sslmode=verify-full&sslrootcert=ca.pem"),
    source("postgres", "postgres:///crm"),
  ];
  const moved = movedLocators({ sources } as unknown as PolicyIr, "/srv/policies", "/srv/out/deep");
  expect(moved.sources.map((one) => (one as { locator: string }).locator)).toEqual([
    "../../policies/data/a.db",
    "../../b.json",
    resolve("/c.json"),
    "http://x/{fact}",
    "postgres://db.example/crm?sslmode=verify-full&sslrootcert=..%2F..%2Fpolicies%2Fca.pem",
    "postgres:///crm",
  ]);
});

test("a fault of our own has no stack, unless it is asked for", () => {
  const error = new RangeError("Maximum\u001b call stack size exceeded");
  expect(faultText(error, false)).toBe(
    "reshimu: internal error: Maximum␛ call stack size exceeded, please report\n",
  );
  expect(faultText(error, true)).toContain("parts.test.ts");
  expect(faultText("odd", false)).toBe("reshimu: internal error: odd, please report\n");
});

describe("what needs no wrapping", () => {
  const text = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.string({ unit: fc.constantFrom("a", " ", "b", "-", "\u001b[1m", "é", "\n"), maxLength: 60 }),
  );

  test("is laid out as if it had been wrapped", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 20, max: 60 }), (one, width) => {
        const wrapped = wrapAnsi(one, Math.max(20, width - 2), { hard: true });
        expect(hang(one, width, "  ")).toBe(
          wrapped
            .split("\n")
            .map((line) => `  ${line}`.trimEnd())
            .join("\n"),
        );
      }),
    );
  });

  test("takes up the columns that it takes up", () => {
    fc.assert(
      fc.property(text, (one) => {
        expect(columnsOf(one)).toBe(stringWidth(one));
      }),
    );
  });
});
