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

  describe("where it does not reach the report", () => {
    const reported = (text: string) =>
      compile(text).diagnostics.find(({ code }) => code === "lint/unused-suppression");
    const misplaced = (more: string) => reported(commission({ more }));
    const idle = (before: string, inside: string) =>
      `${before}\ntest "a" {\n  ${inside}\n  propose notes.read(path: "/notes/1")\n}`;
    const allow = "// reshimu-allow lint/expects-nothing: shows how a call is written";

    test("says where it belongs, and is not taken away: its reason may hold", () => {
      const text = commission({ more: idle("", allow) });
      const line = text.split("\n").findIndex((one) => one.startsWith("test ")) + 1;
      const found = misplaced(idle("", allow));
      expect(found?.message).toContain(`reported in line ${line},`);
      expect(found?.help).toContain("the statement that begins on the next one");
      expect(found).not.toHaveProperty("fix");
      expect(misplaced(idle(allow, ""))).toBeUndefined();
      const apart = reported(commission({ more: idle(allow, "") }).replace("\ntest", "\n\ntest"));
      expect(apart?.message).toContain("does not reach");
      expect(apart).not.toHaveProperty("fix");
    });

    test("is taken away where another comment allows the report, or it is in another declaration", () => {
      expect(misplaced(idle(allow, allow))).toHaveProperty("fix");
      const other = `test "b" {\n  ${allow}\n  propose notes.read(path: "/notes/2")\n  expect authorize\n}`;
      expect(misplaced(`${idle("", "")}\n${other}`)).toHaveProperty("fix");
    });
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
