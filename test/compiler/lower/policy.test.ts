import { describe, expect, test } from "vitest";
import { compilePolicy } from "../../../src/compiler/compile.js";
import { memory, policyOf, type Texts } from "../support.js";

const namesOf = (files: Texts) =>
  policyOf(compilePolicy("policy.reshimu", memory(files))).layers.map(({ name }) => name);

describe("layers", () => {
  test.each([
    ["a", "b", "c", "d"],
    ["d", "c", "b", "a"],
    ["b", "d", "a", "c"],
  ])("stand above what they extend: %s, %s, %s, %s", (one, two, three, four) => {
    expect(
      namesOf({
        "policy.reshimu": `policy ${four} extends "./three.reshimu"`,
        "three.reshimu": `policy ${three} extends "./two.reshimu"`,
        "two.reshimu": `policy ${two} extends "./one.reshimu"`,
        "one.reshimu": `policy ${one}`,
      }),
    ).toEqual([one, two, three, four]);
  });

  test("stand as high as their longest way down, those of one height by what they say", () => {
    const files = (bases: string) => ({
      "policy.reshimu": `policy a extends ${bases}`,
      "low.reshimu": "policy z",
      "other.reshimu": "policy y",
      "mid.reshimu": 'policy b extends "./low.reshimu"',
    });
    for (const bases of [
      '"./low.reshimu", "./mid.reshimu", "./other.reshimu"',
      '"./other.reshimu", "./mid.reshimu", "./low.reshimu"',
    ])
      expect(namesOf(files(bases))).toEqual(["y", "z", "b", "a"]);
  });
});
