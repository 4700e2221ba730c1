import { describe, expect, test } from "vitest";
import { createEngine } from "../../src/engine/engine.js";
import type { Decision } from "../../src/ir/decision.js";
import type { Confirmation, Knowledge } from "../../src/ir/knowledge.js";
import type { LayerIr } from "../../src/ir/policy.js";
import { type Blocks, commission, compiled, decided, engineOf, evaluated, past } from "../support/policy.js";

const chain = `
  class mild
  class middle above mild confidence 0.6
  class grave  above middle confidence 0.9 confirm board`;
const blocks = (lines: string, classes = chain): Blocks => ({
  givens: 'given maybe: bool asks owner "Is it so?"\n given other: bool asks owner "And this?"',
  reversibility: `${classes}\n${lines}`,
});
const judged = (
  lines: string,
  {
    confidence = 1,
    more = {},
    classes = chain,
  }: { confidence?: number; more?: Partial<Knowledge>; classes?: string } = {},
) => decided(engineOf(blocks(lines, classes)), { confidence }, more).assessments.reversibility;

/** A decision with the confirmations of these on it. */
function confirmedBy(blocksOf: Blocks, by: readonly string[], confidence = 1, more: Partial<Knowledge> = {}) {
  const engine = engineOf(blocksOf);
  const { proposal } = decided(engine, { confidence }, more);
  const confirmations = by.map(
    (one): Confirmation => ({ by: one, answer: true, proposal, policy: engine.digest }),
  );
  return decided(engine, { confidence }, { ...more, confirmations });
}

describe("the class lies", () => {
  test.each<readonly [string, string, string | null, string | null]>([
    [
      "at the gravest true line",
      "treat act as middle when n == 1\n treat act as mild\n otherwise mild",
      "middle",
      "middle",
    ],
    [
      "at `otherwise` where no line is true",
      "treat act as grave when n == 2\n otherwise mild",
      "mild",
      "mild",
    ],
    ["not at `otherwise` where a milder line is true", "treat act as mild\n otherwise grave", "mild", "mild"],
    [
      "between the gravest true line and graver unknown ones",
      "treat act as middle\n treat act as grave when given.maybe\n otherwise mild",
      "middle",
      "grave",
    ],
    [
      "at the gravest true line where only milder ones are unknown",
      "treat act as middle\n treat act as mild when given.maybe\n otherwise grave",
      "middle",
      "middle",
    ],
    [
      "between the unknown lines and `otherwise` where none is true",
      "treat act as mild when given.maybe\n otherwise grave",
      "mild",
      "grave",
    ],
    [
      "at both where they are the same",
      "treat act as grave when given.maybe\n otherwise grave",
      "grave",
      "grave",
    ],
  ])("%s", (_, lines, mildest, gravest) => {
    expect(judged(lines)).toMatchObject({ mildest, class: gravest });
  });
});

describe("reversibility finds", () => {
  test.each<readonly [string, string, number, string]>([
    ["recoverable where the class asks nothing", "otherwise mild", 0, "recoverable"],
    ["recoverable at just the bar", "otherwise middle", 0.6, "recoverable"],
    ["held below it", "otherwise middle", 0.59, "held"],
    ["held where the class names somebody, however sure", "otherwise grave", 1, "held"],
    [
      "indeterminate where only a graver possible class holds",
      "treat act as grave when given.maybe\n otherwise mild",
      1,
      "indeterminate",
    ],
    [
      "recoverable where no possible class holds",
      "treat act as middle when given.maybe\n otherwise mild",
      1,
      "recoverable",
    ],
    [
      "held where every possible class holds",
      "treat act as grave when given.maybe\n otherwise middle",
      0.5,
      "held",
    ],
    ["held by the bar of a milder class, too", "otherwise grave", 0.5, "held"],
  ])("%s", (_, lines, confidence, finding) => {
    expect(judged(lines, { confidence }).finding).toBe(finding);
  });

  test("the bar is held against the calibrated confidence", () => {
    const engine = engineOf({ ...blocks("otherwise middle"), grounding: "unsupported at most 0.5" });
    expect(decided(engine, { confidence: 1 }).assessments.reversibility.finding).toBe("held");
  });
});

describe("a class that holds awaits", () => {
  test("those whom it and milder ones name", () => {
    const classes = "class mild confirm owner\n class grave above mild confirm board";
    expect(judged("otherwise grave", { classes }).awaiting).toEqual(["board", "owner"]);
    expect(judged("otherwise mild", { classes }).awaiting).toEqual(["owner"]);
  });
  test("the first of `escalate` where nobody is named", () => {
    expect(judged("otherwise middle", { confidence: 0 }).awaiting).toEqual(["owner"]);
  });
  test("until all have confirmed", () => {
    const both = blocks("otherwise grave", "class mild confirm owner\n class grave above mild confirm board");
    expect(confirmedBy(both, ["board"]).assessments.reversibility).toMatchObject({
      finding: "held",
      awaiting: ["owner"],
    });
    expect(confirmedBy(both, ["board", "owner"]).decision).toBe("authorize");
    expect(confirmedBy(blocks("otherwise grave"), ["owner"]).decision).toBe("confirm");
    expect(confirmedBy(blocks("otherwise grave"), ["board"]).decision).toBe("authorize");
    expect(confirmedBy(blocks("otherwise middle"), ["owner"], 0).decision).toBe("authorize");
  });
  test("and the confirmation is of this proposal under this policy", () => {
    const engine = engineOf(blocks("otherwise grave"));
    const { proposal } = decided(engine);
    const finding = (one: Partial<Confirmation>): string =>
      decided(
        engine,
        {},
        { confirmations: [{ by: "board", answer: true, proposal, policy: engine.digest, ...one }] },
      ).decision;
    expect(finding({})).toBe("authorize");
    expect(finding({ proposal: "sha256:other" })).toBe("confirm");
    expect(finding({ policy: "sha256:other" })).toBe("confirm");
    expect(finding({ answer: false })).toBe("return");
  });
});

describe("known decisions stay when the class becomes known (T7)", () => {
  const lines = "treat act as grave when given.maybe\n otherwise middle";
  test("a graver class that has its confirmation does not hide that a milder one lacks it", () => {
    const unsure = blocks(
      lines,
      "class mild\n class middle above mild confidence 0.6\n class grave above middle confirm board",
    );
    const before = confirmedBy(unsure, ["board"], 0.5);
    expect(before).toMatchObject({
      decision: "clarify",
      assessments: { reversibility: { finding: "indeterminate", awaiting: ["owner"] } },
    });
    expect(confirmedBy(unsure, ["board"], 0.5, { givens: { maybe: false } }).decision).toBe("confirm");
    expect(confirmedBy(unsure, ["board"], 0.5, { givens: { maybe: true } }).decision).toBe("authorize");
    expect(confirmedBy(unsure, ["board", "owner"], 0.5).decision).toBe("authorize");
  });
  test("nor does one between that holds where the ends do not", () => {
    const three = `
      class mild confidence 0.9
      class middle above mild confirm board
      class grave above middle confirm owner`;
    const both = blocks(
      "treat act as grave when given.maybe\n treat act as middle when given.other\n otherwise mild",
      three,
    );
    expect(confirmedBy(both, ["board"], 0.5).assessments.reversibility.finding).toBe("indeterminate");
    expect(confirmedBy(both, ["board"], 0.5, { givens: { maybe: false, other: true } }).decision).toBe(
      "authorize",
    );
    expect(confirmedBy(both, [], 0.5).assessments.reversibility).toMatchObject({
      finding: "held",
      awaiting: ["board", "owner"],
    });
  });
});

describe("a limit of a class", () => {
  const classes = "class mild limit 1 per session\n class grave above mild limit 1 per 2h";
  const finding = (lines: string, ...history: ReturnType<typeof past>[]): string =>
    judged(lines, { classes, more: { history } }).finding;
  const of = (name: string | null, more = {}) => past("act", { n: 1 }, { classes: [name], ...more });
  test("counts its own and graver actions, this one included", () => {
    expect(finding("otherwise mild")).toBe("recoverable");
    expect(finding("otherwise mild", of("mild"))).toBe("held");
    expect(finding("otherwise mild", of("grave"))).toBe("held");
    expect(finding("otherwise mild", of(null))).toBe("recoverable");
    expect(finding("otherwise mild", of("mild", { session: "other" }))).toBe("recoverable");
  });
  test("of a milder class binds a graver one, and not the other way", () => {
    expect(finding("otherwise grave", of("mild"))).toBe("held");
    expect(finding("otherwise mild", of("grave", { session: "other" }))).toBe("recoverable");
    expect(finding("otherwise grave", of("grave", { session: "other" }))).toBe("held");
    expect(finding("otherwise grave", of("grave", { session: "other", at: 0 }))).toBe("recoverable");
  });
  test("what did not fit, and was made all the same, counts as the gravest", () => {
    expect(evaluated(engineOf(blocks("otherwise mild")), { args: {} }).classes).toEqual(["grave"]);
  });
});

describe("layers", () => {
  const above = (block: string, lines = "otherwise mild") => {
    const base = commission(blocks(lines));
    return createEngine(
      compiled(`policy above extends "base"\nreversibility { ${block} }\n`, {
        "base/policy.reshimu": base,
        base,
      }),
    );
  };
  const find = (block: string, more: Partial<Knowledge> = {}, confidence = 1) =>
    decided(above(block), { confidence }, more).assessments.reversibility;
  test("without `otherwise` and without a line that may apply have no opinion", () => {
    expect(find("treat act as grave when n == 2")).toMatchObject({ finding: "recoverable", class: "mild" });
  });
  test("without `otherwise`, a line that is unknown may be all there is", () => {
    expect(find("treat act as grave when given.maybe")).toMatchObject({
      finding: "indeterminate",
      mildest: "mild",
      class: "grave",
    });
    expect(find("treat act as middle when given.maybe").finding).toBe("recoverable");
  });
  test("the graver opinion counts, and is kept for each", () => {
    expect(find("treat act as grave")).toMatchObject({ finding: "held", class: "grave" });
    expect(evaluated(above("treat act as grave")).classes).toEqual(
      ["grave", "mild"].sort((a) => (a === "mild" ? -1 : 1)),
    );
    expect(evaluated(above("treat idle as grave")).classes.filter((one) => one === null)).toHaveLength(1);
  });
});

describe("every true line's undo plan is carried", () => {
  const tools =
    "tool act(n: int, who?: string, at?: time)\ntool undo(n: int, who?: string, at: time, id: string)";
  const engine = engineOf({
    ...blocks(`
      treat act as mild by undo(n: n, at: now, id: result.id.inner, who: "x") within 1h
      treat act as mild when n == 2 by undo(n: n, at: now, id: "i") within 2h
      treat undo as mild
      otherwise mild`),
    tools,
  });
  test("with its arguments as they would be proposed, what the result will tell, and how long it holds", () => {
    expect(decided(engine).assessments.reversibility.undo).toMatchObject([
      {
        tool: "undo",
        within: 3_600_000,
        args: {
          n: { value: 1 },
          at: { value: "2026-01-31T12:00:00.000Z" },
          id: { result: "id.inner" },
          who: { value: "x" },
        },
      },
    ]);
    expect(decided(engine, { args: { n: 2 } }).assessments.reversibility.undo).toHaveLength(2);
  });
  test("and what is not known as unknown, what is absent left out", () => {
    const unsure = engineOf({
      ...blocks(
        'treat act as mild by undo(n: if given.maybe then 1 else 2, at: now, id: "i") within 1h\n otherwise mild',
      ),
      tools,
    });
    expect(decided(unsure).assessments.reversibility.undo[0]?.args.n).toEqual({ unknown: true });
  });
});

test("an undo's arguments are written as its own tool takes them", () => {
  const engine = engineOf({
    ...blocks("treat act as mild by undo(at: now) within 1h\n otherwise mild"),
    tools: "tool act(n: int, at?: string)\ntool undo(at: time)",
  });
  expect(decided(engine).assessments.reversibility.undo).toEqual([
    {
      rule: expect.stringMatching(/^treat\//),
      tool: "undo",
      args: { at: { value: "2026-01-31T12:00:00.000Z" } },
      within: 3_600_000,
    },
  ]);
});

test("a class that is not declared is none, and a threshold for it applies to all", () => {
  const policy = compiled(commission({ reversibility: `${chain}\ntreat act as grave\notherwise grave` }));
  const of = (change: (layer: LayerIr) => LayerIr): Decision["assessments"] =>
    decided(createEngine({ ...policy, layers: policy.layers.map(change) }), { confidence: 0 }).assessments;
  const treated = of((layer) => ({
    ...layer,
    reversibility: layer.reversibility && {
      treats: layer.reversibility.treats.map((treat) => ({ ...treat, class: "none" })),
    },
  }));
  expect([treated.reversibility.finding, treated.reversibility.class]).toEqual(["recoverable", null]);
  const otherwise = of((layer) => ({
    ...layer,
    reversibility: layer.reversibility && { treats: [], otherwise: "none" },
  }));
  expect([otherwise.reversibility.finding, otherwise.reversibility.class]).toEqual(["recoverable", null]);
  const thresholds = [{ id: "t", value: 0.2, for: "none" }];
  const { threshold } = of((layer) => ({
    ...layer,
    reversibility: layer.reversibility && { treats: [], otherwise: "mild" },
    discernment: layer.discernment && {
      ...layer.discernment,
      thresholds: [...layer.discernment.thresholds, ...thresholds],
    },
  })).discernment;
  expect(threshold).toBe(0.2);
  expect(of((layer) => ({ ...layer, discernment: null })).discernment.threshold).toBe(0);
});
