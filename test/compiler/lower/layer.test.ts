import { describe, expect, test } from "vitest";
import { commission } from "../../../src/compiler/check/rules/snippets.js";
import { compile, policyOf } from "../support.js";

describe("the place of a statement", () => {
  const compiled = () =>
    policyOf(
      compile(
        commission({
          scope: "limit notes.read sum length(path) to 100 per 1d each path",
          reversibility: 'treat notes.read as permanent when path like "/a*" and path like "*b"',
          discernment: 'gray notes.read when path like "/c*" or path like "*d" weight 0.5',
          more: 'assert never authorize notes.write when path like "/e*"',
        }),
      ),
    );
  const placeOf = (kind: string) => {
    const { spans } = compiled();
    const [, [place] = []] =
      Object.entries(spans).find(
        ([key, [one]]) => key.startsWith(kind) && one?.text.match(/sum|like|each/),
      ) ?? [];
    const { parts, conditions } = place ?? {};
    return { parts, conditions: conditions?.map(({ role, text }) => [role, text.trim()]) };
  };

  test("has both expressions of a limit, and no parts", () => {
    expect(placeOf("limit/")).toEqual({
      parts: undefined,
      conditions: [
        ["sum", "limit notes.read sum length(path)"],
        ["each", "limit notes.read sum length(path) to 100 per 1d each path"],
      ],
    });
  });

  test("has the condition and what `and` joins in it", () => {
    expect(placeOf("treat/")).toEqual({
      parts: ['path like "/a*"', 'path like "*b"'],
      conditions: [["when", 'treat notes.read as permanent when path like "/a*" and path like "*b"']],
    });
    expect(placeOf("gray/")).toEqual({
      parts: ['path like "/c*" or path like "*d"'],
      conditions: [["when", 'gray notes.read when path like "/c*" or path like "*d"']],
    });
  });

  test("of an assert is told without its condition", () => {
    expect(placeOf("assert/")).toEqual({ parts: undefined, conditions: undefined });
  });
});
