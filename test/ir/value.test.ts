import { Settings } from "luxon";
import { describe, expect, test } from "vitest";
import type { Json } from "../../src/ir/json.js";
import type { TypeIr } from "../../src/ir/type.js";
import {
  fieldsToJson,
  formatDuration,
  formatTime,
  isZone,
  maxListLength,
  maxValueDepth,
  normalise,
  normaliseFields,
  parseDuration,
  parseTime,
  toJson,
} from "../../src/ir/value.js";

/** The normal form, or the problem. */
const normal = (type: TypeIr, value: unknown, zone = "UTC"): unknown => {
  const result = normalise(type, value, zone);
  return result.ok ? { is: result.value } : result.problem;
};
const is = (value: Json) => ({ is: value });

describe("a value in the normal form of its type", () => {
  const rows: readonly (readonly [TypeIr, unknown, unknown])[] = [
    ["bool", true, is(true)],
    ["bool", "true", "is a string, not true or false"],
    ["bool", 1, "is a number, not true or false"],
    ["int", 5, is(5)],
    ["int", -0, is(0)],
    ["int", "5", "is a string, not an int"],
    ["int", 5.5, "is not a whole number that can be told exactly"],
    ["int", 2 ** 53, "is not a whole number that can be told exactly"],
    ["int", Number.NaN, "is not a whole number that can be told exactly"],
    ["decimal", 5.5, is(5.5)],
    ["decimal", -0, is(0)],
    ["decimal", 2 ** 53, "is a whole number that cannot be told exactly"],
    ["decimal", Number.POSITIVE_INFINITY, "is not a finite number"],
    ["decimal", null, "is null, not a number"],
    ["string", "", is("")],
    ["string", "\ud800", "holds half of a surrogate pair"],
    ["string", [], "is a list, not a string"],
    ["string", {}, "is an object, not a string"],
    ["time", "2026-01-31T12:00:00Z", is(Date.UTC(2026, 0, 31, 12))],
    ["time", "noon", "is not a time (RFC 3339, or local as `2026-01-31T09:00`)"],
    ["time", 5, "is a number, not a string"],
    ["duration", "90d", is(90 * 86_400_000)],
    ["duration", "a day", "is not a duration such as `90d`, `4h`, `30m`, `10s` or `250ms`"],
    ["duration", 5, "is a number, not a string"],
    ["path", "/a//b/./c/../d/", is("/a/b/d")],
    ["path", "a/./b", is("a/b")],
    ["path", "/", is("/")],
    ["path", "//", is("/")],
    ["path", ".", is(".")],
    ["path", "a/..", is(".")],
    ["path", "/e\u0301", is("/é")],
    ["path", "", "is an empty path"],
    ["path", "..", "is a path that climbs above its root"],
    ["path", "/a/../..", "is a path that climbs above its root"],
    ["path", "/a\u0000b", "is a path with a control character"],
    ["path", "/a\nb", "is a path with a control character"],
    ["path", 5, "is a number, not a string"],
    ["url", "HTTPS://X.example:443/a/../b", is("https://x.example/b")],
    ["url", "https://x.example/a b", "is a url with white space or a control character"],
    ["url", " https://x.example", "is a url with white space or a control character"],
    ["url", "x.example", "is not an absolute url"],
    ["url", null, "is null, not a string"],
    ["email", "Ann@X.Example", is("Ann@x.example")],
    ["email", "ann@x.example, eve@x.example", "is not one email address"],
    ["email", "ann", "is not one email address"],
    ["email", `${"a".repeat(320)}@x.example`, "is not one email address"],
    ["email", 5, "is a number, not a string"],
    [{ enum: ["a", "b"] }, "a", is("a")],
    [{ enum: ["a", "b"] }, "c", "is not one of `a`, `b`"],
    [{ enum: ["a"] }, 1, "is a number, not a string"],
    [{ list: "int" }, [1, 2], is([1, 2])],
    [{ list: "int" }, [1, "2"], "[1] is a string, not an int"],
    [{ list: "int" }, "1", "is a string, not a list"],
    [
      { list: "int" },
      Array.from({ length: maxListLength + 1 }, () => 1),
      `has more than ${maxListLength} elements`,
    ],
    [{ record: [{ name: "a", type: "int" }] }, { a: 1 }, is({ a: 1 })],
    [{ record: [{ name: "a", type: "int" }] }, {}, "lacks `a`"],
    [{ record: [{ name: "a", type: "int" }] }, { a: 1, b: 2 }, "has `b`, which is not declared"],
    [{ record: [{ name: "a", type: "int", optional: true }] }, { a: null }, is({})],
    [{ record: [{ name: "a", type: "int" }] }, { a: "1" }, "`a` is a string, not an int"],
    [{ record: [] }, [], "is a list, not a record"],
    [{ record: [] }, null, "is null, not a record"],
    ["json", null, is(null)],
    ["json", [1, "a", true, { b: null }], is([1, "a", true, { b: null }])],
    ["json", 2 ** 53, "is a whole number that cannot be told exactly"],
    ["json", { a: "\ud800" }, "holds half of a surrogate pair"],
    ["json", { "\ud800": 1 }, "has a key that holds half of a surrogate pair"],
    ["json", [Number.NaN], "is not a finite number"],
    ["json", () => {}, "is a function, not JSON"],
    ["json", Array.from({ length: maxListLength + 1 }, () => 1), `has more than ${maxListLength} elements`],
  ];
  test.each(
    rows.map(
      ([type, value, result]) =>
        [JSON.stringify(type), String(JSON.stringify(value)).slice(0, 60), type, value, result] as const,
    ),
  )("%s: %s", (_type, _value, type, value, result) => {
    expect(normal(type, value)).toEqual(result);
  });

  test("is not nested too deep", () => {
    let type: TypeIr = "int";
    let value: unknown = 1;
    for (let i = 0; i < maxValueDepth + 1; i += 1) {
      type = { list: type };
      value = [value];
    }
    expect(normal(type, value)).toContain("nested more than 64 deep");
    expect(normal("json", value)).toContain("nested more than 64 deep");
    let objects: unknown = 1;
    for (let i = 0; i < maxValueDepth + 1; i += 1) objects = { a: objects };
    expect(normal("json", objects)).toContain("nested more than 64 deep");
  });

  test("the keys of what has no type come in their order, whatever order they were sent in", () => {
    expect(JSON.stringify(normal("json", { b: 1, a: { d: 1, c: 2 } }))).toBe(
      JSON.stringify(normal("json", { a: { c: 2, d: 1 }, b: 1 })),
    );
  });
});

describe("arguments against a signature", () => {
  const fields = [
    { name: "constructor", type: "int", optional: true },
    { name: "b", type: "int" },
  ] as const;
  test("own keys count, those of prototypes do not", () => {
    const result = normaliseFields(fields, { b: 1 }, "UTC");
    expect(result).toEqual({ ok: true, value: { b: 1 } });
    expect(Object.getPrototypeOf(result.ok && result.value)).toBeNull();
    expect(fieldsToJson(fields, { b: 1 })).toEqual({ b: 1 });
  });
  test("`__proto__` is a key like any other", () => {
    expect(normaliseFields(fields, JSON.parse('{"b":1,"__proto__":{}}'), "UTC")).toMatchObject({
      problem: "has `__proto__`, which is not declared",
    });
    const own = normaliseFields([{ name: "__proto__", type: "int" }], JSON.parse('{"__proto__":1}'), "UTC");
    expect(own.ok && Object.keys(own.value as object)).toEqual(["__proto__"]);
  });
});

describe("times", () => {
  const rows: readonly (readonly [string, string, string | undefined])[] = [
    ["2026-01-31T12:00:00Z", "UTC", "2026-01-31T12:00:00.000Z"],
    ["2026-01-31t12:00:00z", "UTC", "2026-01-31T12:00:00.000Z"],
    ["2026-01-31 12:00:00+01:00", "UTC", "2026-01-31T11:00:00.000Z"],
    ["2026-01-31T12:00:00.123456789Z", "UTC", "2026-01-31T12:00:00.123Z"],
    ["2026-01-31T12:00", "Europe/Berlin", "2026-01-31T11:00:00.000Z"],
    ["2026-01-31T12:00:30.5", "Europe/Berlin", "2026-01-31T11:00:30.500Z"],
    ["2026-07-31", "Europe/Berlin", "2026-07-30T22:00:00.000Z"],
    ["2026-03-29T02:30", "Europe/Berlin", undefined],
    ["2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30:00.000Z"],
    ["2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00.000Z"],
    ["2011-12-30", "Pacific/Apia", undefined],
    ["2026-01-31T12:00Z", "UTC", undefined],
    ["2026-01-31T24:00:00Z", "UTC", undefined],
    ["2026-01-31T24:00", "UTC", undefined],
    ["2026-01-31T12:60:00Z", "UTC", undefined],
    ["2026-01-31T12:00:60Z", "UTC", undefined],
    ["2026-02-30T12:00:00Z", "UTC", undefined],
    ["2026-01-31T12:00:00+24:00", "UTC", undefined],
    ["2026-01-31T12:00:00+00:60", "UTC", undefined],
    ["31.1.2026", "UTC", undefined],
    ["2026", "UTC", undefined],
    ["2026-01-31T12:00:00Z ", "UTC", undefined],
  ];
  test.each(rows)("%j in %s is %s", (text, zone, instant) => {
    const at = parseTime(text, zone);
    expect(at === undefined ? undefined : formatTime(at)).toBe(instant);
  });
  test("do not depend on the day on which they are read", () => {
    const { now } = Settings;
    const inSeason = (month: number) => {
      Settings.now = () => Date.UTC(2026, month, 1);
      return parseTime("2026-10-25T02:30", "Europe/Berlin");
    };
    try {
      expect(inSeason(0)).toBe(inSeason(6));
    } finally {
      Settings.now = now;
    }
  });
  test("beyond what a date can hold have no text", () => {
    expect(formatTime(8.64e15 + 1)).toBeUndefined();
    expect(formatTime(Number.NaN)).toBeUndefined();
  });
  test("zones are those of the IANA list", () => {
    expect([isZone("Europe/Berlin"), isZone("Nowhere/Land")]).toEqual([true, false]);
  });
});

describe("durations", () => {
  test.each([
    ["90d", 7_776_000_000],
    ["4h", 14_400_000],
    ["30m", 1_800_000],
    ["10s", 10_000],
    ["250ms", 250],
    ["0ms", 0],
    ["1.5h", undefined],
    ["-1h", undefined],
    ["1w", undefined],
    ["999999999999999d", undefined],
    ["1 h", undefined],
  ])("%s is %s ms", (text, length) => {
    expect(parseDuration(text)).toBe(length);
    if (length !== undefined) expect(parseDuration(formatDuration(length))).toBe(length);
  });
  test("are told in the largest unit that tells them exactly", () => {
    expect([86_400_000, 90_000, 1_500, 0].map(formatDuration)).toEqual(["1d", "90s", "1500ms", "0ms"]);
  });
});

test("a value as JSON for others to read", () => {
  const at = Date.UTC(2026, 0, 31);
  expect(toJson("time", at)).toBe("2026-01-31T00:00:00.000Z");
  expect(toJson("time", 1e300)).toBe(1e300);
  expect(toJson("time", "x")).toBe("x");
  expect(toJson("duration", 90_000)).toBe("90s");
  expect(toJson("duration", "x")).toBe("x");
  expect(toJson("int", 5)).toBe(5);
  expect(toJson({ enum: ["a"] }, "a")).toBe("a");
  expect(toJson({ list: "time" }, [at])).toEqual(["2026-01-31T00:00:00.000Z"]);
  expect(toJson({ list: "time" }, 5)).toBe(5);
  expect(toJson({ record: [{ name: "at", type: "time" }] }, { at })).toEqual({
    at: "2026-01-31T00:00:00.000Z",
  });
  expect(toJson({ record: [] }, 5)).toBe(5);
});
