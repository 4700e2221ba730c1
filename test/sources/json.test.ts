import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Json } from "../../src/ir/json.js";
import type { FactIr } from "../../src/ir/policy.js";
import { askF, fact, onlyAnswer, silenceOf, source, withSources } from "./policy.js";

let root: string;
const file = (name: string, text: string | Uint8Array): void => writeFileSync(join(root, name), text);

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "reshimu-json-"));
  file(
    "facts.json",
    '{"a":{"b":[10,{"c":true}]},"":1,"a/b":2,"m~n":3,"__proto__":{"x":4},"none":null,"2026-01-31T09:00:00.000Z":5}',
  );
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const ask = (locator: string, lookup?: string, params: FactIr["params"] = [], args: Json[] = []) =>
  askF({ sources: [source("json", locator)], facts: [fact("json", params, lookup)] }, root, args);

const key = [{ name: "key", type: "string" }] satisfies FactIr["params"];

describe("a look-up", () => {
  test.each<[string, Json]>([
    ["/a/b/0", 10],
    ["/a/b/1/c", true],
    ["/", 1],
    ["/a~1b", 2],
    ["/m~0n", 3],
    ["/__proto__/x", 4],
    ["/none", null],
    ["/missing", null],
    ["/a/b/2", null],
    ["/a/b/00", null],
    ["/a/b/-", null],
    ["/a/b/length", null],
    ["/constructor", null],
    ["/a/toString", null],
    ["/none/x", null],
    ["/a/b/0/x", null],
  ])("%s", async (lookup, value) => {
    expect(await ask("facts.json", lookup)).toEqual({ source: "s", value });
  });

  test("a parameter's text is one key, whatever it holds", async () => {
    expect(await ask("facts.json", "/{key}", key, ["a/b"])).toEqual({ source: "s", value: 2 });
    expect(await ask("facts.json", "/{key}", key, ["m~n"])).toEqual({ source: "s", value: 3 });
    expect(await ask("facts.json", "/{key}", key, ["{key}"])).toEqual({ source: "s", value: null });
    expect(await ask("facts.json", "/a/b/{i}", [{ name: "i", type: "int" }], [0])).toEqual({
      source: "s",
      value: 10,
    });
    const time = [{ name: "t", type: "time" }] satisfies FactIr["params"];
    expect(await ask("facts.json", "/{t}", time, [Date.UTC(2026, 0, 31, 9)])).toEqual({
      source: "s",
      value: 5,
    });
  });

  test("the whole document", async () => {
    expect(await ask("facts.json", "")).toMatchObject({ value: { a: { b: [10, { c: true }] } } });
  });

  test.each([
    ["a", "is not a JSON Pointer"],
    ["/a~2", "is not a JSON Pointer"],
    ["/{other}", "does not have"],
    [undefined, "needs a JSON Pointer"],
  ])("%s: silent", async (lookup, reason) => {
    expect(silenceOf(await ask("facts.json", lookup))).toContain(reason);
  });
});

describe("a file", () => {
  test.each<[string, string | Uint8Array, string]>([
    ["twice.json", '{"a":1,"a":2}', 'its file has the key "a" twice at 1:8'],
    ["comment.json", "// a\n{}", "its file has a comment"],
    ["latin.json", new Uint8Array([0x22, 0xff, 0x22]), "its file is not UTF-8"],
    ["empty.json", "", "its file lacks a value"],
    ["large.json", new Uint8Array(16 * 1_048_576 + 1), "its file is longer than 16777216 bytes"],
  ])("%s: silent", async (name, text, reason) => {
    file(name, text);
    expect(silenceOf(await ask(name, "/a"))).toContain(reason);
  });

  test("missing, or none: silent", async () => {
    expect(silenceOf(await ask("missing.json", "/a"))).toBe("its file cannot be opened");
    expect(silenceOf(await ask(".", "/a"))).toBe("its locator is not a file");
  });

  test.skipIf(process.platform === "win32")("a pipe nobody writes to: silent at once", async () => {
    execFileSync("mkfifo", [join(root, "pipe")]);
    expect(silenceOf(await ask("pipe", "/a"))).toBe("its locator is not a file");
  });

  test("is read again when it has changed", async () => {
    file("live.json", '{"a":1}');
    const policy = { sources: [source("json", "live.json")], facts: [fact("int", [], "/a")] };
    await withSources(policy, root, async (sources) => {
      const now = async () => onlyAnswer((await sources.ask([{ fact: "f", args: [] }]))[0]);
      expect(await now()).toEqual({ source: "s", value: 1 });
      file("live.json", '{"a":22}');
      expect(await now()).toEqual({ source: "s", value: 22 });
      file("live.json", "{");
      expect(silenceOf(await now())).toContain("lacks");
      file("live.json", '{"a":3}');
      expect(await now()).toEqual({ source: "s", value: 3 });
    });
  });
});
