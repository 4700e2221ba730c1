import { describe, expect, test } from "vitest";
import { commission } from "../../src/compiler/check/rules/snippets.js";
import { codesOf, compile } from "./support.js";

const reason = "reshimu-allow lint/serves-nothing: what is public may be read for any purpose";
const policy = (scope: string): string[] => codesOf(compile(commission({ scope })));

describe("a comment that allows a lint", () => {
  test("stands on the line before, or on the same line", () => {
    expect(policy("permit notes.read when has lines")).toEqual(["lint/serves-nothing"]);
    expect(policy(`// ${reason}\npermit notes.read when has lines`)).toEqual([]);
    expect(policy(`permit notes.read when has lines // ${reason}`)).toEqual([]);
  });

  test("speaks of the whole statement, and of no other", () => {
    const late = "reshimu-allow lint/idle-condition: shown to a class of beginners";
    expect(
      policy(`// ${late}\npermit notes.read serving read\n  when has lines\n    and length(path) >= 0`),
    ).toEqual([]);
    expect(
      policy(`// ${reason}\npermit notes.read when has lines\npermit notes.write when path == "/a"`),
    ).toEqual(["lint/serves-nothing"]);
  });

  test("may stand above another comment, but not above an empty line", () => {
    expect(policy(`// ${reason}\n// For everybody.\npermit notes.read when has lines`)).toEqual([]);
    const apart = commission({ scope: "permit notes.read when has lines" }).replace(
      /\n +permit notes.read when has/,
      `\n  // ${reason}\n\n  permit notes.read when has`,
    );
    expect(codesOf(compile(apart)).sort()).toEqual(["lint/serves-nothing", "lint/unused-suppression"]);
  });

  test.each([
    ["reshimu-allow lint/serves-nothing", "lint/bad-suppression"],
    ["reshimu-allow lint/serves-nothing:", "lint/bad-suppression"],
    ["reshimu-allow", "lint/bad-suppression"],
    ["reshimu-allow lint/serves-noting: so it is", "lint/bad-suppression"],
    ["reshimu-allow check/duplicate: so it is", "lint/bad-suppression"],
    ["reshimu-allow syntax/null: so it is", "lint/bad-suppression"],
    ["reshimu-allow lint/bad-suppression: so it is", "lint/bad-suppression"],
    ["reshimu-allow lint/shadowed: so it is", "lint/unused-suppression"],
  ])("%s", (comment, code) => {
    expect(policy(`// ${comment}\npermit notes.read when has lines`).sort()).toEqual(
      [code, "lint/serves-nothing"].sort(),
    );
  });

  test("never takes an error away", () => {
    expect(
      policy(
        "// reshimu-allow check/unknown-name: so it is\npermit notes.read serving read when nothing > 2",
      ),
    ).toContain("check/unknown-name");
  });

  test("in a string is no comment", () => {
    expect(policy(`permit notes.read when has lines because "// ${reason}"`)).toEqual([
      "lint/serves-nothing",
    ]);
  });
});
