import { describe, expect, test } from "vitest";
import { commission } from "../../../src/compiler/check/rules/snippets.js";
import { codes, found } from "./support.js";

describe("bullets and what serves them", () => {
  const scope = (...lines: string[]) =>
    found(commission({}, { scope: [...lines, "limit * to 9 per session"].join("\n") }));

  test("where no rule serves any bullet, the permits say so", () => {
    expect(scope("permit notes.read", "permit notes.write")).toEqual([
      "lint/serves-nothing 15:3 this permit serves no bullet of the intent",
      "lint/serves-nothing 16:3 this permit serves no bullet of the intent",
    ]);
  });

  test("a misspelt bullet is not also an idle one", () => {
    expect(scope("permit * serving read, sumarise, restrain")).toEqual([
      "check/unknown-bullet 15:26 unknown bullet `sumarise`",
    ]);
  });

  test("a base and an extension serve nothing, and need not", () => {
    const files = {
      "base.reshimu": "policy base\nscope {\n  permit *\n}",
      "c.reshimu": commission({}, { header: 'policy c extends "base.reshimu"' }),
    };
    expect(codes('policy e extends "c.reshimu"\nscope {\n  permit *\n}', files)).toEqual([]);
  });
});

describe("what is carried by name", () => {
  const policy = (parts: {
    readonly scope?: string;
    readonly grounding?: string;
    readonly grants?: string;
  }) =>
    codes(
      commission({
        intent: "given week: int = 1",
        ...(parts.scope === undefined ? {} : { scope: parts.scope }),
        ...(parts.grounding === undefined ? {} : { grounding: parts.grounding }),
        more: `
          tiers root > editor > writer
          boundary root -> editor { carries intent.*, given.week passes * }
          boundary editor -> writer { carries intent.*, given.* ${parts.grants ?? "grants *"} }`,
      }),
    );

  test("is read by nobody", () => {
    expect(policy({})).toEqual(["lint/unused-given"]);
  });
  test("is read two tiers below, by a forbid too", () => {
    expect(policy({ scope: "forbid notes.read when given.week > 52" })).toEqual([]);
  });
  test("is read for a tool that nobody below may use", () => {
    const grants = "grants notes.read withholds notes.write";
    expect(policy({ scope: "forbid notes.write when given.week > 52", grants })).toEqual([
      "lint/overwhelms-receiver",
    ]);
  });
  test("may be what a value is traced to", () => {
    expect(policy({ grounding: "ground notes.read on situation path traced to intent" })).toEqual([]);
  });
});
