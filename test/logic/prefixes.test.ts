import { describe, expect, test } from "vitest";
import { bareFrame } from "../../src/engine/frame.js";
import { Found, type Index } from "../../src/logic/index/found.js";
import { Prefixes, urlStem } from "../../src/logic/index/prefixes.js";

const only = (of: string): Index<string> => ({ collect: (_, found) => found.add(of) });

function under(prefixes: readonly string[], text: string): string[] {
  const found = new Found<string>();
  new Prefixes(new Map(prefixes.map((one) => [one, only(one)]))).collect(text, bareFrame([]), found);
  return found.at.slice(0, found.count);
}

describe("what stands under the prefixes of a text", () => {
  const all = ["/r", "/r/a", "/s", "r", "r/a", "/r/a/bb"];

  test.each([
    ["/r/a/b", ["/r", "/r/a"]],
    ["/r/a/bb/c", ["/r", "/r/a", "/r/a/bb"]],
    ["/r/ab", ["/r"]],
    ["/r/a", ["/r"]],
    ["/r", []],
    ["/rr/a", []],
    ["r/a/b", ["r", "r/a"]],
    ["", []],
    ["/", []],
  ])("%s", (text, found) => {
    expect(under(all, text)).toEqual(found);
  });

  test("the longer of them may be named first", () => {
    expect(under(["/r/a/bb/c/d", "/r/a", "/r"], "/r/a/b")).toEqual(["/r", "/r/a"]);
  });

  test("under the roots stands all that is absolute, and all that is not", () => {
    expect(under(["/", ".", "/r"], "/r/a")).toEqual(["/", "/r"]);
    expect(under(["/", ".", "r"], "r/a")).toEqual([".", "r"]);
    expect(under(["/"], "r/a")).toEqual([]);
    expect(under(["."], "/r/a")).toEqual([]);
    expect(under([".", "r"], "r")).toEqual(["."]);
    expect(under(["/"], "/")).toEqual(["/"]);
  });
});

describe("with what the urls below a prefix begin", () => {
  test.each([
    ["https://h.example", "https://h.example"],
    ["https://h.example/", "https://h.example"],
    ["https://H.example:443/a/", "https://h.example/a"],
    ["https://h.example/a?q=1#x", "https://h.example/a"],
    ["https://user@h.example/a", "https://user@h.example/a"],
    ["https://h.example/a//", "https://h.example/a/"],
    ["odd://h/a", "odd://h/a"],
    ["file:///a", "file:///a"],
    ["mailto:ann@h.example", undefined],
    ["odd:/a", undefined],
    ["none", undefined],
  ])("%s", (prefix, stem) => {
    expect(urlStem(prefix)).toBe(stem);
  });
});
