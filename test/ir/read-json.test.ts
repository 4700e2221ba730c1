import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readJson } from "../../src/ir/read-json.js";

const problemOf = (text: string): string => {
  const read = readJson(text);
  if (read.ok) throw new Error(`was read: ${text.slice(0, 80)}`);
  return read.problem;
};

describe("readJson", () => {
  test("reads what JSON.parse reads", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const read = readJson(text);
        if (read.ok) expect(JSON.stringify(read.value)).toBe(JSON.stringify(JSON.parse(text)));
        else expect(read.problem).toMatch(/surrogate|exactly/);
      }),
    );
  });

  test("never throws, and accepts nothing that JSON.parse refuses", () => {
    const pieces = fc.constantFrom(
      ..."[]{},:\"\\/ \t\n\r+-.0123eE_#'",
      "true",
      "null",
      "1",
      '"a"',
      "//",
      "/**/",
      "\\u12",
      "\0",
      "\u2028",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join("");
        if (readJson(text).ok) expect(() => JSON.parse(text)).not.toThrow();
      }),
      { numRuns: 3_000 },
    );
  });

  test.each([
    ["", "lacks a value at 1:1"],
    ["// a\n1", "has a comment at 1:1"],
    ["[1,]", "lacks a value at 1:4"],
    ['{"a":1,}', "lacks a key at 1:8"],
    ["{a:1}", "has something that is not JSON at 1:2"],
    ['{"a" 1}', "lacks a colon at 1:6"],
    ["[1 2]", "lacks a comma at 1:4"],
    ["[1", "lacks a closing bracket at 1:3"],
    ['{"a":1', "lacks a closing brace at 1:7"],
    ["1 2", "goes on after its end at 1:3"],
    ['"a', "has a string without an end at 1:1"],
    ['"\\x"', "has an escape that JSON does not know at 1:1"],
    ['"\u0001"', "has a control character in a string at 1:1"],
    ["01", "goes on after its end at 1:2"],
    ["1.", "has half a number at 1:1"],
    ["\uFEFF1", "has something that is not JSON at 1:1"],
  ])("%j %s", (text, problem) => {
    expect(problemOf(text)).toBe(problem);
  });

  test("refuses a key that stands twice, however it is written", () => {
    expect(problemOf('{"a":1,\n "a":2}')).toBe('has the key "a" twice at 2:2');
    expect(problemOf('{"a":1,"\\u0061":2}')).toBe('has the key "a" twice at 1:8');
    expect(problemOf('{"__proto__":1,"__proto__":2}')).toContain("twice");
    expect(readJson('[{"a":1},{"a":2}]').ok).toBe(true);
    expect(readJson('{"a":{"a":1}}').ok).toBe(true);
  });

  test("tells the offset of a problem", () => {
    expect(readJson('{"a":1,"a":2}')).toMatchObject({ ok: false, offset: 7 });
  });

  test("refuses half of a surrogate pair, raw and escaped, in values and keys", () => {
    for (const half of ["\ud83d", "\\ud83d", "\\ude00"]) {
      expect(problemOf(`["${half}"]`)).toContain("string that holds half of a surrogate pair");
      expect(problemOf(`{"${half}":1}`)).toContain("key that holds half of a surrogate pair");
    }
    expect(readJson('"\\ud83d\\ude00"')).toEqual({ ok: true, value: "😀" });
  });

  test("refuses whole numbers that cannot be told exactly, and numbers too large", () => {
    expect(readJson("9007199254740991")).toEqual({ ok: true, value: 9007199254740991 });
    expect(readJson("-9007199254740991")).toEqual({ ok: true, value: -9007199254740991 });
    expect(problemOf("9007199254740992")).toBe("has a whole number that cannot be told exactly at 1:1");
    expect(problemOf("[-9007199254740992]")).toContain("1:2");
    expect(problemOf("1e400")).toBe("has a number that is too large at 1:1");
    expect(problemOf(`-${"9".repeat(400)}`)).toBe("has a number that is too large at 1:1");
    expect(readJson("-0")).toEqual({ ok: true, value: 0 });
    expect(readJson("1.5e3")).toEqual({ ok: true, value: 1500 });
  });

  test("takes, if told so, only numbers that a double can tell as they are written", () => {
    const isExact = (number: string): boolean => readJson(`[${number}]`, { exact: true }).ok;
    for (const number of [
      "0",
      "-0.00",
      "0.1",
      "40.10",
      "1e5",
      "100000.0",
      "1E+2",
      "5e-324",
      "1.5e300",
      "-0.30",
    ])
      expect([number, isExact(number)]).toEqual([number, true]);
    for (const number of ["0.12345678901234567891", "9007199254740993.0", "1e-400", "0.30000000000000001"])
      expect([number, isExact(number)]).toEqual([number, false]);
    expect(readJson("0.30000000000000001")).toEqual({ ok: true, value: 0.3 });
  });

  test("takes __proto__ and constructor as keys like any other", () => {
    const read = readJson('{"__proto__":{"polluted":true},"constructor":1,"toString":2}');
    if (!read.ok) throw new Error(read.problem);
    expect(Object.keys(read.value as object)).toEqual(["__proto__", "constructor", "toString"]);
    expect(Object.getPrototypeOf(read.value)).toBeNull();
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test("bounds nesting without overflowing", () => {
    expect(readJson(`${"[".repeat(200)}${"]".repeat(200)}`).ok).toBe(true);
    expect(problemOf(`${"[".repeat(201)}${"]".repeat(201)}`)).toBe("is nested more than 200 deep at 1:201");
    expect(problemOf("[".repeat(100_000))).toContain("200 deep");
    expect(problemOf('{"a":'.repeat(100_000))).toContain("200 deep");
    expect(readJson("[[1]]", { depth: 1 }).ok).toBe(false);
  });

  test("bounds the length in bytes", () => {
    const inside = 1_048_576 - 2;
    expect(readJson(`"${"x".repeat(inside)}"`).ok).toBe(true);
    expect(problemOf(`"${"x".repeat(inside + 1)}"`)).toBe("is longer than 1048576 bytes");
    expect(problemOf(`"${"ü".repeat(inside / 2 + 1)}"`)).toContain("longer");
    expect(readJson('"abc"', { bytes: 5 }).ok).toBe(true);
    expect(readJson('"abc"', { bytes: 4 }).ok).toBe(false);
  });
});
