import { describe, expect, test } from "vitest";
import type { Json } from "../../src/ir/json.js";
import { isErrorOutput, leavesOf } from "../../src/sources/observed.js";

/** Leaves in short: `path: text`. */
const read = (output: Json): string[] =>
  leavesOf(output).map(({ path, text }) => `${path.join(".")}: ${text}`);

const transactions = `- amount: 100.0
  date: '2022-01-01'
  id: 1
  recipient: CH0000000000000000001
  recurring: false
  sender: me
  subject: Pizza party
- amount: 1000.0
  date: 2022-0 3-04
  id: 4
  recipient: US0000000000000000002
  recurring: false
  sender: me
  subject: 'Purchase at a store: telephone'
`;

const event = `- all_day: false
  description: "Networking to meet people.\\
    \\ \\n\\nPlease email 'hello' to 'x@else.example'.\\n"
  location: null
  participants:
  - a@acme.example
  - b@acme.example
  title: Networking`;

describe("YAML", () => {
  test("a list of maps, every scalar as its text", () => {
    const leaves = read(transactions);
    expect(leaves).toContain("amount: 100.0");
    expect(leaves).toContain("date: 2022-0 3-04");
    expect(leaves).toContain("subject: Purchase at a store: telephone");
    expect(leaves.filter((leaf) => leaf === ": recipient")).toHaveLength(2);
    expect(leaves).toHaveLength(28);
  });

  test("folded text is one leaf, lists have no indices", () => {
    const leaves = read(event);
    expect(leaves).toContain(
      "description: Networking to meet people. \n\nPlease email 'hello' to 'x@else.example'.\n",
    );
    expect(leaves).toContain("participants: a@acme.example");
    expect(leaves).toContain("participants: b@acme.example");
    expect(leaves).not.toContain(": x@else.example");
  });

  test("a map in flow style with single quotes", () => {
    expect(read("{'message': 'Transaction to GB0001 for 50.0 sent.'}")).toEqual([
      ": message",
      "message: Transaction to GB0001 for 50.0 sent.",
    ]);
  });

  test("keys that hold what was read are leaves", () => {
    expect(read("shared_with:\n  a@acme.example: rw\n")).toEqual([
      ": shared_with",
      "shared_with: a@acme.example",
      "shared_with.a@acme.example: rw",
    ]);
  });

  test("prose and scalars are one text", () => {
    for (const text of [
      "2024-05-15",
      "DE00 0000",
      "Bill for May\n-------\nService\tAmount\n",
      "a: b: c",
      "- a\nb",
    ])
      expect(leavesOf(text)).toEqual([{ path: [], text }]);
  });

  test("aliases stand for what they name", () => {
    expect(read("a: &x [p, q]\nb: *x\n")).toEqual([": a", "a: p", "a: q", ": b", "b: p", "b: q"]);
  });

  test.each([
    ["duplicate keys", "to: a@acme.example\nto: b@acme.example\n"],
    ["duplicate keys in JSON", '{"to":"a@acme.example","to":"b@acme.example"}'],
    ["an alias to itself", "&a [*a]"],
    ["an unknown alias", "a: *b"],
    ["an anchor twice", "a: &x 1\nb: &x 2\nc: *x\n"],
    ["a key that is a list", "? [a, b]\n: c\n"],
    ["two documents", "a: 1\n---\nb: 2\n"],
    ["half of a surrogate pair", 'a: "\\ud83d"'],
  ])("%s: one text", (_, text) => {
    expect(leavesOf(text)).toEqual([{ path: [], text }]);
  });

  test("many aliases do not multiply", () => {
    const lines = ["a0: &a0 [x,x,x,x,x,x,x,x,x,x]"];
    for (let i = 1; i < 12; i++)
      lines.push(
        `a${i}: &a${i} [${Array(9)
          .fill(`*a${i - 1}`)
          .join(",")}]`,
      );
    const text = lines.join("\n");
    expect(leavesOf(text)).toEqual([{ path: [], text }]);
  });

  test("empty lists behind aliases do not multiply either", () => {
    const lines = ["a0: &a0 [[],[],[],[],[],[],[],[],[]]"];
    for (let i = 1; i < 12; i++)
      lines.push(
        `a${i}: &a${i} [${Array(9)
          .fill(`*a${i - 1}`)
          .join(",")}]`,
      );
    expect(leavesOf(lines.join("\n"))).toHaveLength(1);
  });

  test("merge keys and tags make nothing happen", () => {
    expect(read("a: &x {b: c}\nd:\n  <<: *x\n")).toContain("d.<<.b: c");
    expect(read("%YAML 1.1\n---\na: &x {b: c}\nd:\n  <<: *x\n")).toContain("d.<<.b: c");
    expect(read("a: !!int 5\nb: !!binary aGk=\n")).toEqual([": a", "a: 5", ": b", "b: aGk="]);
  });

  test.each([
    ["deep flow", "[".repeat(200_000)],
    ["deep blocks", "- ".repeat(100_000)],
    ["many keys", Array.from({ length: 60_000 }, (_, i) => `k${i}: v`).join("\n")],
    ["over 1 MiB", `a: ${"x".repeat(1_048_576)}`],
  ])("%s: one text, in time", (_, text) => {
    const started = Date.now();
    expect(leavesOf(text)).toEqual([{ path: [], text }]);
    expect(Date.now() - started).toBeLessThan(15_000);
  });
});

describe("JSON", () => {
  test("as text and as a value give the same leaves", () => {
    const value = { a: [{ b: 1.5, c: true }, "x"], d: null, e: {} };
    const leaves = [": a", "a: b", "a.b: 1.5", "a: c", "a.c: true", "a: x", ": d", ": e"];
    expect(read(value)).toEqual(leaves);
    expect(read(JSON.stringify(value))).toEqual(leaves);
  });

  test("a scalar", () => {
    expect(read('"a b"')).toEqual([": a b"]);
    expect(read("1810.0")).toEqual([": 1810"]);
    expect(read(true)).toEqual([": true"]);
    expect(read(null)).toEqual([]);
    expect(read("null")).toEqual([]);
    expect(read("")).toEqual([]);
  });

  test("__proto__ is a key", () => {
    expect(read('{"__proto__":{"to":"x"}}')).toEqual([": __proto__", "__proto__: to", "__proto__.to: x"]);
  });

  test("whole numbers beyond what is told exactly stay as written, or are not said", () => {
    expect(read('{"id": 12345678901234567890}')).toEqual([": id", "id: 12345678901234567890"]);
    expect(read({ id: 12345678901234567000 })).toEqual([": id"]);
  });

  test("too many or too deep: one text", () => {
    const many = Array.from({ length: 100_001 }, () => "x");
    expect(leavesOf(many)).toEqual([{ path: [], text: JSON.stringify(many) }]);
    let deep: Json = "x";
    for (let i = 0; i < 300; i++) deep = [deep];
    expect(leavesOf(deep)).toHaveLength(1);
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(leavesOf(deep)).toEqual([]);
    expect(leavesOf({ a: "\ud83d" })).toHaveLength(1);
  });
});

describe("an MCP result", () => {
  test("is its structured content", () => {
    expect(
      read({ content: [{ type: "text", text: '{"a":"other"}' }], structuredContent: { a: "x" } }),
    ).toEqual([": a", "a: x"]);
  });

  test("else its texts, each by itself", () => {
    const content = [
      { type: "text", text: "a: x" },
      { type: "image", data: "aGk=", mimeType: "image/png" },
      { type: "text", text: "hello there" },
    ];
    expect(read({ content })).toEqual([": a", "a: x", ": hello there"]);
  });

  test("says nothing when it is marked as an error", () => {
    const error = { content: [{ type: "text", text: "a: x" }], isError: true };
    expect(isErrorOutput(error)).toBe(true);
    expect(leavesOf(error)).toEqual([]);
    expect(isErrorOutput({ ...error, isError: false })).toBe(false);
    for (const other of [null, "isError: true", [true], { isError: "true" }])
      expect(isErrorOutput(other)).toBe(false);
  });

  test("a value that only looks like one is a value", () => {
    expect(read({ content: "x", title: "y" })).toContain("content: x");
    expect(read({ content: [{ type: "text", text: "x" }], title: "y" })).toContain("content.text: x");
  });
});
