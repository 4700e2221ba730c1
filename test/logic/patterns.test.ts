import { describe, expect, test } from "vitest";
import { globTest, regexTest } from "../../src/logic/patterns.js";

describe("like", () => {
  const rows: readonly (readonly [glob: string, text: string, fits: boolean])[] = [
    ["abc", "abc", true],
    ["abc", "abcd", false],
    ["abc*", "abc", true],
    ["abc*", "abcd", true],
    ["abc*", "xabc", false],
    ["*@x.example", "me@x.example", true],
    ["*@x.example", "me@xAexample", false],
    ["a*c", "a.b.c", true],
    ["a*b*c", "aXbYc", true],
    ["a*b*c", "acb", false],
    ["a**b", "axb", true],
    ["a**b", "axx", false],
    ["a*b", "a", false],
    ["**", "anything", true],
    ["*", "", true],
    ["*", "a\nb", false],
    ["a*", "a\u0000", false],
    ["a*c", "a\rc", false],
    ["a\nb*", "a\nbc", true],
    ["a\\*b", "a*b", true],
    ["a\\*b", "axb", false],
    ["a\\\\*", "a\\x", true],
    ["a\\x", "a\\x", true],
    ["(a|b)+", "(a|b)+", true],
    ["*.(a)", "x.(a)", true],
  ];
  test.each(rows)("%j fits %j: %s", (glob, text, fits) => {
    expect(globTest(glob)(text)).toBe(fits);
  });
});

describe("matches", () => {
  test("takes the whole string, as RE2 does", () => {
    expect(regexTest("a|b")?.("a")).toBe(true);
    expect(regexTest("a|b")?.("ab")).toBe(false);
    expect(regexTest("a.b")?.("a\nb")).toBe(false);
    expect(regexTest("(?s)a.b")?.("a\nb")).toBe(true);
    expect(regexTest("^a$")?.("a\n")).toBe(false);
  });
  test("has no pattern that would take exponential time", () => {
    expect(regexTest("(a+)+b")?.("a".repeat(10_000))).toBe(false);
  });
  test("a pattern that does not compile fits nothing", () => {
    expect(regexTest("(?=a)")).toBeUndefined();
    expect(regexTest("a".repeat(1_000))?.("a".repeat(1_000))).toBe(true);
    expect(regexTest("a".repeat(1_001))).toBeUndefined();
  });
});
