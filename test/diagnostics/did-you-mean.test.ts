import { describe, expect, test } from "vitest";
import { didYouMean } from "../../src/diagnostics/did-you-mean.js";

const tools = ["crm.query", "email.send", "email.draft", "report.write"];

describe("didYouMean", () => {
  test.each([
    ["crm.qurey", "crm.query"],
    ["email.sent", "email.send"],
    ["emial.send", "email.send"],
    ["raport.wrtie", "report.write"],
  ])("%s was meant as %s", (name, meant) => {
    expect(didYouMean(name, tools)).toBe(meant);
  });

  test("another case is the same name, however close the others are", () => {
    expect(didYouMean("EMAIL.SEND", ["email.sent", "email.send"])).toBe("email.send");
  });

  test("what is too far from every candidate is not guessed at", () => {
    expect(didYouMean("calendar.book", tools)).toBeUndefined();
    expect(didYouMean("x", ["y"])).toBeUndefined();
    expect(didYouMean("send", ["read"])).toBeUndefined();
    expect(didYouMean("anything", [])).toBeUndefined();
  });

  test("two letters that changed places are one slip, in short names too", () => {
    expect(didYouMean("ot", ["at", "to"])).toBe("to");
    expect(didYouMean("abcd", ["badc"])).toBeUndefined();
  });

  test("the name itself is no suggestion, and of two equally close the first is taken", () => {
    expect(didYouMean("tool", ["tool"])).toBeUndefined();
    expect(didYouMean("tool.c", ["tool.a", "tool.b"])).toBe("tool.a");
  });

  test("a name of any length is answered at once", () => {
    expect(didYouMean("a".repeat(5_000_000), tools)).toBeUndefined();
  });
});
