import { describe, expect, test } from "vitest";
import { compilePolicy, type Matrix, matrixOf } from "../../src/index.js";

interface Blocks {
  readonly scope?: string;
  readonly grounding?: string;
  readonly reversibility?: string;
  readonly discernment?: string;
}

function matrix(
  {
    scope = "permit a.read serving one",
    grounding = "",
    reversibility = "class light\notherwise light",
    discernment = "",
  }: Blocks,
  base?: string,
): Matrix {
  const block = (name: string, body: string): string => `${name} {\n${body}\n}\n`;
  const text = `policy p.agent${base === undefined ? "" : ' extends "./base.reshimu"'}
principal owner "Owner"
intent {
  one   "First."
  two   "Second."
  three "Third."
}
tool a.read(x: int)
tool a.write(x: int)
${block("scope", scope)}${block("grounding", grounding)}${block("reversibility", reversibility)}${block("discernment", `${discernment}\nescalate owner within 1h`)}`;
  const files: { [file: string]: string } = { "p.reshimu": text, "base.reshimu": base ?? "" };
  return compiled(files);
}

function compiled(files: { readonly [file: string]: string }): Matrix {
  const { policy, diagnostics } = compilePolicy("p.reshimu", {
    read: (file) => (files[file] ? { text: files[file] } : { error: "there is no such file" }),
  });
  if (policy === null) throw new Error(JSON.stringify(diagnostics, null, 1));
  return matrixOf(policy);
}

const cells = ({ tools }: Matrix, validator: "scope" | "grounding" | "reversibility" | "discernment") =>
  tools.map(({ tool, cells: of }) => [tool, of[validator].state, of[validator].rules.length]);

describe("the matrix of tools", () => {
  test("has a hole where nothing speaks of a tool", () => {
    const empty = matrix({ scope: "permit a.read serving one" });
    expect(cells(empty, "scope")).toEqual([
      ["a.read", "rules", 1],
      ["a.write", "hole", 0],
    ]);
    expect(cells(empty, "discernment").map(([, state]) => state)).toEqual(["hole", "hole"]);
    expect(empty.holes).toContain("`a.write`, scope: no `permit`: every call is returned");
  });

  test("of a base policy has no bullets, and holes where it leaves a block out", () => {
    const base = compiled({ "p.reshimu": "policy b.base\ntool a.read()\nscope { permit * }\n" });
    expect(cells(base, "scope")).toEqual([["a.read", "rules", 1]]);
    expect(cells(base, "reversibility")).toEqual([["a.read", "hole", 0]]);
    expect([base.bullets, base.unserving]).toEqual([[], []]);
  });

  test("tells rules that name a tool from those that reach it by a pattern", () => {
    const { tools } = matrix({ scope: "permit a.* serving one\nforbid a.write, a.* serving two when x > 3" });
    expect(tools.map(({ cells: { scope } }) => [scope.rules.length, scope.patterns])).toEqual([
      [2, ["a.*"]],
      [2, ["a.*"]],
    ]);
    expect(tools[1]?.cells.scope.rules.map(({ effect, conditional }) => [effect, conditional])).toEqual([
      ["permit", false],
      ["forbid", true],
    ]);
  });

  test("asks every layer that writes scope for a permit", () => {
    const base = "policy b.base\ntool a.other()\nscope { permit a.other }\n";
    const found = matrix({ scope: "permit a.read, a.write, a.other serving one" }, base);
    expect(cells(found, "scope")).toEqual([
      ["a.other", "rules", 2],
      ["a.read", "hole", 1],
      ["a.write", "hole", 1],
    ]);
    expect(found.holes).toContain("`a.read`, scope: no `permit` in `b.base`: every call is returned");
  });

  test("misses a check only where a class asks for a confidence that nothing bears out", () => {
    const reversibility =
      "class light\nclass heavy above light confidence 0.8\ntreat a.read as light\notherwise heavy";
    const scope = "permit a.read, a.write serving one";
    const states = (grounding: string) =>
      cells(matrix({ scope, reversibility, grounding }), "grounding").map(([, state]) => state);
    expect(states("")).toEqual(["default", "hole"]);
    expect(states("unsupported at most 0.9")).toEqual(["default", "default"]);
    expect(states("unsupported at most 0.5")).toEqual(["default", "hole"]);
    expect(states("claim n: int\nground a.write on inference x == claim.n")).toEqual(["default", "rules"]);
  });

  test("falls back on `otherwise` and on thresholds", () => {
    const found = matrix({
      reversibility:
        "class light\nclass heavy above light\ntreat a.read as heavy when x > 3\notherwise light",
      discernment: "threshold 0.3\ngray a.read when x > 9 weight 0.5",
    });
    expect(
      found.tools.map(({ cells: { reversibility } }) => [reversibility.state, reversibility.note]),
    ).toEqual([
      ["rules", "otherwise `light`"],
      ["default", "otherwise `light`"],
    ]);
    expect(cells(found, "discernment")).toEqual([
      ["a.read", "rules", 1],
      ["a.write", "default", 0],
    ]);
  });
});

describe("the matrix of bullets", () => {
  test("says what serves each, what serves none, and which nothing serves", () => {
    const found = matrix({
      scope: "permit a.read serving one, two\npermit a.write\nforbid a.write serving one when x > 3",
    });
    expect(found.bullets.map(({ name, rules }) => [name, rules.map(({ effect }) => effect)])).toEqual([
      ["one", ["permit", "forbid"]],
      ["three", []],
      ["two", ["permit"]],
    ]);
    expect(found.unserving.map(({ text }) => text)).toEqual(["permit a.write"]);
    expect(found.holes).toContain("`three`: no `permit` and no `forbid` serves this bullet");
  });
});
