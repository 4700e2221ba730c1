import { describe, expect, it } from "vitest";
import { syntaxRules } from "../../src/syntax/codes.js";
import { codes, policy } from "./support.js";

describe.each(syntaxRules.map((rule) => [rule.code, rule] as const))("%s", (code, rule) => {
  it("is given for what is to be avoided, once and alone", () => {
    expect(codes(policy(rule.avoid).diagnostics)).toEqual([code]);
  });

  it("is not given for what is preferred, and nor is anything else", () => {
    expect(policy(rule.prefer).diagnostics).toEqual([]);
  });

  it("has a message, a help and texts in the style of the project", () => {
    for (const { message, help } of policy(rule.avoid).diagnostics) {
      expect(message).toMatch(/^[a-z`].*[^.]$/);
      expect(help).toMatch(/^[a-z`].*[^.]$/);
    }
    expect(rule.why.endsWith(".")).toBe(true);
    expect(rule.summary.endsWith(".")).toBe(false);
  });
});

it("stand in alphabetical order, each once", () => {
  const all = syntaxRules.map(({ code }) => code);
  expect(all).toEqual([...new Set(all)].toSorted());
});
