import { describe, expect, test } from "vitest";
import { createEngine } from "../../src/engine/engine.js";
import type { Knowledge, Ruling } from "../../src/ir/knowledge.js";
import { type Blocks, commission, compiled, decided, engineOf } from "../support/policy.js";

const escalate = "escalate owner within 4h, then board within 1d";
const blocks = (lines: string, more: Blocks = {}): Blocks => ({
  givens: 'given maybe: bool asks owner "Is it so?"',
  reversibility: "class mild\n class grave above mild\n treat act as grave when given.maybe\n otherwise mild",
  discernment: `${lines}\n${escalate}`,
  ...more,
});
const known = { givens: { maybe: false } };
const clear = (lines: string, more: Partial<Knowledge> = known, proposal = {}) =>
  decided(engineOf(blocks(lines)), proposal, more).assessments.discernment;

describe("ambiguity is the greatest of", () => {
  test("nothing", () => {
    expect(clear("threshold 0")).toMatchObject({ finding: "clear", ambiguity: 0, components: [] });
  });
  test("1 for an unknown scope, an unsettled check and an indeterminate class, each with its rule", () => {
    const engine = engineOf(
      blocks("threshold 0.9", {
        scope: "permit act when given.maybe",
        grounding: "ground act on fact given.maybe",
        reversibility:
          "class mild\n class grave above mild confirm owner\n treat act as grave when given.maybe\n otherwise mild",
      }),
    );
    const { discernment } = decided(engine).assessments;
    expect(discernment).toMatchObject({ finding: "ambiguous", ambiguity: 1, threshold: 0.9 });
    expect(discernment.components.map(({ kind, weight }) => [kind, weight])).toEqual([
      ["scope", 1],
      ["check", 1],
      ["class", 1],
    ]);
  });
  test("the weights of gray lines that are true or unknown, not their sum", () => {
    expect(clear("threshold 0.3\n gray act weight 0.2\n gray act when n == 1 weight 0.25").ambiguity).toBe(
      0.25,
    );
    expect(clear("threshold 0.3\n gray act when n == 2 weight 0.5").ambiguity).toBe(0);
    expect(clear("threshold 0.3\n gray act when given.maybe weight 0.5", {}).finding).toBe("ambiguous");
    expect(clear("threshold 0.3\n gray act when given.maybe weight 0.5").finding).toBe("clear");
    expect(clear("threshold 0.3\n gray idle weight 0.5").finding).toBe("clear");
  });
  test("1 for a message that is missing or below the floor", () => {
    const floor = "threshold 0.5\n fidelity at least 0.7";
    expect(clear(floor).finding).toBe("ambiguous");
    expect(clear(floor, { ...known, fidelity: 0.69 }).components).toMatchObject([
      { kind: "message", weight: 1 },
    ]);
    expect(clear(floor, { ...known, fidelity: 0.7 }).finding).toBe("clear");
    expect(clear("threshold 0.5\n fidelity at least 0", known).finding).toBe("ambiguous");
    expect(clear(floor, { ...known, fidelity: Number.NaN }).finding).toBe("ambiguous");
  });
});

describe("the threshold", () => {
  test("is not passed by what is just as much", () => {
    expect(clear("threshold 0.3\n gray act weight 0.3").finding).toBe("clear");
    expect(clear("threshold 0.3\n gray act weight 0.300001").finding).toBe("ambiguous");
    expect(clear("threshold 0.3\n gray act weight 0.3000001").finding).toBe("clear");
  });
  test("is the least of those for no class, for the gravest possible one and for milder ones", () => {
    const both = "threshold 0.3\n threshold 0.1 for grave";
    expect(clear(both).threshold).toBe(0.3);
    expect(clear(both, {}).threshold).toBe(0.1);
    expect(clear(both, { givens: { maybe: true } }).threshold).toBe(0.1);
    expect(
      clear("threshold 0.3 for mild\n threshold 0.5 for grave", { givens: { maybe: true } }).threshold,
    ).toBe(0.3);
  });
  test("is 0 where the commission writes none that applies", () => {
    expect(clear("threshold 0.3 for grave").threshold).toBe(0);
    expect(clear("threshold 0.3 for grave", { givens: { maybe: true } }).threshold).toBe(0.3);
  });
  test("does not fall when the class becomes known (T7)", () => {
    const lines = "threshold 0.3 for grave\n gray act weight 0.2";
    expect(decided(engineOf(blocks(lines))).decision).toBe("clarify");
    expect(decided(engineOf(blocks(lines)), {}, known).decision).toBe("clarify");
    expect(decided(engineOf(blocks(lines)), {}, { givens: { maybe: true } }).decision).toBe("authorize");
  });
  test("may be lowered by a layer above, not raised", () => {
    const base = commission(blocks("threshold 0.3"));
    const above = (block: string) =>
      decided(
        createEngine(
          compiled(`policy above extends "base"\ndiscernment { ${block} }\n`, {
            "base/policy.reshimu": base,
            base,
          }),
        ),
        {},
        known,
      ).assessments.discernment;
    expect(above("threshold 0.1").threshold).toBe(0.1);
    expect(above("threshold 0.9").threshold).toBe(0.3);
    expect(above("gray act weight 0.4")).toMatchObject({ threshold: 0.3, finding: "ambiguous" });
  });
});

describe("a ruling on a gray line", () => {
  const lines = 'threshold 0.3\n gray act when given.maybe weight 0.5 asks board "Is this meant?"';
  const engine = engineOf(blocks(lines));
  const maybe = (value: boolean | "unknown"): Partial<Knowledge> =>
    value === "unknown" ? {} : { givens: { maybe: value } };
  const before = decided(engine, {}, maybe(true));
  const question = before.assessments.discernment.components[0]?.rule as string;
  const afterRuling = (ruling: Partial<Ruling>, so: boolean | "unknown" = true) =>
    decided(engine, {}, { ...maybe(so), rulings: [{ question, answer: true, by: "board", ...ruling }] })
      .assessments.discernment;
  test("a yes takes it away, from whom it is asked of", () => {
    expect(afterRuling({}).finding).toBe("clear");
    expect(afterRuling({ by: "owner" }).finding).toBe("ambiguous");
  });
  test("a no refuses", () => {
    expect(afterRuling({ answer: false })).toMatchObject({ finding: "refused", refusedBy: ["board"] });
  });
  test("a no to this proposal stands, whatever comes to be known of the line (T7)", () => {
    const { proposal } = before;
    expect(
      [true, false, "unknown" as const].map((so) => afterRuling({ answer: false, proposal }, so).finding),
    ).toEqual(["refused", "refused", "refused"]);
  });
  test("a no for the whole session is no refusal of what the line does not cover, and no clearance of what it may", () => {
    expect([true, false, "unknown" as const].map((so) => afterRuling({ answer: false }, so).finding)).toEqual(
      ["refused", "clear", "ambiguous"],
    );
    const light = engineOf(blocks("threshold 0.3\n gray act when given.maybe weight 0.1"));
    const id = decided(light).assessments.discernment.components[0]?.rule as string;
    const rulings = [{ question: id, answer: false, by: "owner" }];
    expect(decided(light, {}, { rulings }).assessments.discernment).toMatchObject({
      finding: "ambiguous",
      ambiguity: 1,
    });
  });
});

describe("a ruling on a message", () => {
  const engine = engineOf(blocks("threshold 0.3\n fidelity at least 0.7"));
  const question = decided(engine, {}, known).assessments.discernment.components[0]?.rule as string;
  const afterRuling = (answer: boolean, by = "owner"): string =>
    decided(engine, {}, { ...known, rulings: [{ question, answer, by }] }).assessments.discernment.finding;
  test("a yes accepts it, a no refuses, another's word says nothing", () => {
    expect([afterRuling(true), afterRuling(false), afterRuling(true, "board")]).toEqual([
      "clear",
      "refused",
      "ambiguous",
    ]);
  });
});

describe("refused", () => {
  const engine = engineOf(blocks("threshold 0.3"));
  const { proposal } = decided(engine, {}, known);
  const word = (by: string, answer: boolean) => ({ by, answer, proposal, policy: engine.digest });
  const afterRuling = (more: Partial<Knowledge>) => decided(engine, {}, { ...known, ...more });
  test("where a principal said no, whoever was asked", () => {
    expect(afterRuling({ confirmations: [word("board", false)] })).toMatchObject({
      decision: "return",
      assessments: { discernment: { refusedBy: ["board"] } },
    });
  });
  test("where one said no and another yes", () => {
    expect(afterRuling({ confirmations: [word("board", false), word("owner", true)] }).decision).toBe(
      "return",
    );
  });
  test("not where the latest word is yes", () => {
    expect(afterRuling({ confirmations: [word("board", false), word("board", true)] }).decision).toBe(
      "authorize",
    );
    expect(afterRuling({ confirmations: [word("board", true), word("board", false)] }).decision).toBe(
      "return",
    );
  });
  test("where the last to be asked let the time pass", () => {
    expect(afterRuling({ lapsed: true }).assessments.discernment).toMatchObject({
      finding: "refused",
      refusedBy: ["board"],
    });
    expect(afterRuling({ lapsed: false }).decision).toBe("authorize");
  });
});

describe("of more gray lines than are looked at one by one", () => {
  const lines = Array.from({ length: 12 }, (_, k) => `gray act when n == ${k} weight 0.1`);
  const others = Array.from({ length: 4 }, (_, k) => `gray act when n + ${k} > ${k} weight 0.1`);
  const engine = engineOf(blocks(`threshold 0.5\n ${[...lines, ...others].join("\n ")}`));
  const grays = engine.policy.layers.flatMap((layer) => layer.discernment?.grays ?? []);
  const told = (more: Partial<Knowledge> = {}) =>
    decided(engine, {}, { ...known, ...more }).assessments.discernment;

  test("those that apply are told in the order of the policy", () => {
    const applying = grays.filter(({ when }) => JSON.stringify(when).includes("+") || isOne(when));
    expect(told().components.map(({ rule }) => rule)).toEqual(applying.map(({ id }) => id));
    expect(applying).toHaveLength(5);
  });

  test("a no to this proposal stands, also of a line that nothing leads to any more", () => {
    const { proposal } = decided(engine, {}, known);
    const question = grays.find(({ when }) => JSON.stringify(when).endsWith(",7]}"))?.id as string;
    const no = { question, answer: false, by: "owner" };
    expect(told({ rulings: [{ ...no, proposal }] })).toMatchObject({
      finding: "refused",
      refusedBy: ["owner"],
    });
    expect(told({ rulings: [no] }).finding).toBe("clear");
  });
});

const isOne = (when: unknown): boolean => JSON.stringify(when) === '{"===":[{"val":["arg","n"]},1]}';
