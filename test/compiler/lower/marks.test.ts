import { describe, expect, test } from "vitest";
import { commission } from "../../../src/compiler/check/rules/snippets.js";
import { compile, policyOf } from "../support.js";

/** The text of a condition on one line with a `permit`, or behind it as it is written. */
function written(condition: string) {
  const { layers, spans } = policyOf(
    compile(
      commission(
        {},
        {
          tools: "tool t(n: int, m: int, xs: list<string>)",
          scope: `permit t serving read, summarise when ${condition} forbid t serving restrain when n > 9`,
          grounding: "tolerance 0.5",
          reversibility: "class read confirm owner otherwise read",
        },
      ),
    ),
  );
  const [permit] = layers[0]?.scope?.permits ?? [];
  return spans[permit?.id ?? ""]?.[0]?.conditions?.[0];
}
/** What is written behind the place where the value of the whole is shown. */
const anchored = (condition: string): string => {
  const found = written(condition);
  return found?.text.slice(found.marks[0]?.anchor) ?? "";
};

describe("the value of a condition is shown", () => {
  test.each([
    ["n>0", ">0"],
    ["n // n > 1, n > 2\n > 3", "> 3"],
    ["n // >\r\n > 3", "> 3"],
    ["(n) > 3", "> 3"],
    ["n - m - 2 > 0", "> 0"],
    ["n > 1 or n > 2 or n > 3", "or n > 2 or n > 3"],
    ["n > 1 and n > 2 and n > 3", "and n > 2 and n > 3"],
    ["n > 1 or n > 2 and n > 3", "or n > 2 and n > 3"],
    ["n traced to owner", "traced to owner"],
    ['every x in xs: x like "a*"', 'every x in xs: x like "a*"'],
  ])("of %j at %j", (condition, anchor) => {
    expect(anchored(condition)).toBe(anchor);
  });

  test("of a chain that is not associative at its last operator", () => {
    const found = written("n - m - 2 > 0");
    const difference = found?.marks.find(({ from, to }) => found.text.slice(from, to) === "n - m - 2");
    expect(found?.text.slice(difference?.anchor)).toBe("- 2 > 0");
  });
});

describe("the text of a condition", () => {
  const lead = "  permit t serving read, summarise when ";

  test("has what stands before it on its line, up to 200 characters", () => {
    expect(written("n > 0")).toMatchObject({ text: `${lead}n > 0`, column: 1 });
    const at = (width: number) => `${" ".repeat(width - lead.length)}n > 0`;
    expect(written(at(200))).toMatchObject({ text: `${lead}${at(200)}`, column: 1 });
    expect(written(at(201))).toMatchObject({ text: "n > 0", column: 202 });
  });

  test("is shown up to 5000 characters, whatever stands before it in the file", () => {
    const wide = (length: number) => `n >${" ".repeat(length - 4)}0`;
    const head = lead.length;
    expect(written(wide(5_000 - head))?.text).toHaveLength(5_000);
    expect(written(wide(5_001 - head))).toBeUndefined();
  });

  test("has up to 1000 marks", () => {
    const many = Array.from({ length: 334 }, () => "n<m").join(" or ");
    expect(written(many)?.marks).toHaveLength(1_000);
  });
});
