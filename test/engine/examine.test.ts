import { describe, expect, test } from "vitest";
import { createEngine, type Engine } from "../../src/engine/engine.js";
import type { Knowledge } from "../../src/ir/knowledge.js";
import { truthName } from "../../src/logic/value.js";
import { type Blocks, commission, compiled, engineOf, evaluated, knowing, past } from "../support/policy.js";

const examined = (engine: Engine, proposal: object = {}, more: Partial<Knowledge> = {}) => {
  const found = engine.examine({ tool: "act", args: { n: 1 }, confidence: 1, ...proposal }, knowing(more));
  if (found === undefined) throw new Error("nothing was examined");
  return found;
};

/** An engine for a layer with these blocks above a commission. */
const above = (layer: string, blocks: Blocks): Engine => {
  const base = commission(blocks);
  return createEngine(
    compiled(`policy above extends "base"\n${layer}\n`, { "base/policy.reshimu": base, base }),
  );
};

const chain = `class mild
  class grave above mild confidence 0.8 confirm board limit 2 per session`;

describe("what is examined", () => {
  test("is nothing where the proposal does not fit, or the tool is not declared", () => {
    const engine = engineOf();
    for (const given of [null, { tool: "other", args: {} }, { tool: "act", args: { n: "one" } }])
      expect(engine.examine(given, knowing())).toBeUndefined();
    expect(engine.examineOutput("other", {}, knowing())).toBeUndefined();
  });

  test("is every statement that speaks of the action by itself, rulings left aside", () => {
    const engine = engineOf({
      givens: 'given maybe: bool asks owner "Is it so?"',
      scope: "permit * when n > 5\n forbid act when given.maybe\n permit idle\n limit act to 1 per session",
      grounding: "ground act on inference n == 1\n unsupported at most 1",
      reversibility: `${chain}\n treat act as grave when n == 2\n otherwise mild`,
      discernment: "threshold 0.5\n gray act when n < 3 weight 0.1\n escalate owner within 1h",
      tools: "tool act(n: int)\ntool idle(n: int)",
    });
    const forbid = evaluated(engine).decision.assessments.scope.rules.find(
      ({ effect }) => effect === "forbid",
    );
    const rulings = [{ question: forbid?.id as string, answer: false, by: "owner" }];
    const { statements } = examined(engine, {}, { rulings, history: [past("act", { n: 1 })] });
    expect(statements.map(({ validator, truth }) => `${validator} ${truthName(truth)}`)).toEqual([
      "scope false",
      "scope unknown",
      "scope true",
      "grounding true",
      "reversibility false",
      "discernment true",
    ]);
  });

  test("is of a statement the conditions that it has, outlined once", () => {
    const engine = engineOf({
      scope: "permit act when n > 5\n limit act to 1 per session\n limit act sum n to 5 per session each who",
      tools: "tool act(n: int, who: string)",
    });
    const conditions = () =>
      examined(engine, { args: { n: 1, who: "a" } }).statements.map((one) => one.conditions);
    const first = conditions();
    // The limits stand in the order of their ids.
    expect(
      first.map((all) => all.map(({ role, outline }) => `${role} ${outline.operator}`).join()).sort(),
    ).toEqual(["", "sum val,each val", "when >"]);
    for (const [place, again] of conditions().entries()) expect(again).toBe(first[place]);
  });

  test("is of an output the tool sources alone", () => {
    const engine = engineOf({
      grounding: "unsupported at most 1\n source many is tool act when n > 5 trust 0.9",
    });
    const { statements, classes, thresholds, otherwise } = engine.examineOutput(
      "act",
      { n: 6 },
      knowing(),
    ) as ReturnType<typeof examined>;
    expect(statements).toMatchObject([
      {
        key: "source:many",
        validator: undefined,
        truth: true,
        conditions: [{ role: "when", outline: { operator: ">" } }],
      },
    ]);
    expect({ classes, thresholds, otherwise }).toEqual({ classes: [], thresholds: [], otherwise: false });
  });

  test("is of a layer what it writes, and nothing of the blocks that it leaves out", () => {
    const blocks = { scope: "permit act", reversibility: `${chain}\n otherwise mild` };
    const own = (layer: string) => {
      const all = examined(above(layer, blocks));
      return { statements: all.statements.length, thresholds: all.thresholds.length };
    };
    expect(own("scope { permit act when n > 0 }")).toEqual({ statements: 2, thresholds: 1 });
    expect(own("discernment { threshold 0.2\n gray act weight 0.1 }")).toEqual({
      statements: 2,
      thresholds: 2,
    });
  });
});

describe("the classes that are examined", () => {
  const engine = engineOf({
    reversibility: `${chain}\n treat act as grave when n == 2\n otherwise mild`,
    discernment: "threshold 0.5\n threshold 0.2 for grave\n escalate owner within 1h",
  });
  const grave = (proposal: object, more: Partial<Knowledge> = {}) =>
    examined(engine, { args: { n: 2 }, ...proposal }, more);

  const ofClasses = ({ classes, otherwise }: ReturnType<typeof examined>) => ({ classes, otherwise });

  test("are those the action may have and all milder ones, each with what it asks", () => {
    expect(ofClasses(examined(engine))).toEqual({ classes: [{ name: "mild", meets: {} }], otherwise: true });
    expect(ofClasses(grave({ confidence: 0.7 }))).toEqual({
      classes: [
        { name: "mild", meets: {} },
        { name: "grave", meets: { confidence: false, confirm: false, limit: true } },
      ],
      otherwise: false,
    });
  });

  test("are met by what is said, by whom it is asked of, and while the limit is not used up", () => {
    const { decision } = evaluated(engine, { args: { n: 2 } });
    const confirmations = [
      { proposal: decision.proposal, policy: decision.policy.digest, answer: true, by: "board" },
    ];
    const history = [past("act", { n: 2 }), past("act", { n: 2 })].map((one) => ({
      ...one,
      classes: ["grave"],
    }));
    expect(grave({}, { confirmations, history }).classes[1]?.meets).toEqual({
      confidence: true,
      confirm: true,
      limit: false,
    });
  });

  test("bring the thresholds with them that are theirs", () => {
    expect([examined(engine).thresholds.length, grave({}).thresholds.length]).toEqual([1, 2]);
  });

  test("are none of a layer without an opinion", () => {
    const layered = above("reversibility { treat act as grave when n == 2 }", {
      reversibility: `${chain}\n otherwise mild`,
    });
    const names = (n: number) => examined(layered, { args: { n } }).classes.map(({ name }) => name);
    expect([names(1), names(2).sort()]).toEqual([["mild"], ["grave", "mild", "mild"]]);
    // Of two layers one falls back.
    expect(examined(layered, { args: { n: 2 } }).otherwise).toBe(true);
  });

  test("are all that the action may have where that is not known", () => {
    const unsure = engineOf({
      givens: 'given maybe: bool asks owner "Is it so?"',
      reversibility: `${chain}\n treat act as grave when given.maybe\n otherwise mild`,
    });
    expect(ofClasses(examined(unsure, { confidence: 0.8 }))).toEqual({
      classes: [
        { name: "mild", meets: {} },
        { name: "grave", meets: { confidence: true, confirm: false, limit: true } },
      ],
      otherwise: true,
    });
  });

  test("are those of `otherwise` only where that is written, and no line is true", () => {
    const otherwise = (lines: string) =>
      examined(engineOf({ reversibility: `${chain}\n ${lines}\n otherwise mild` })).otherwise;
    expect(otherwise("treat act as grave when n == 2\n treat act as mild when n == 1")).toBe(false);
    expect(otherwise("treat act as grave when n == 2\n treat act as mild when n == 3")).toBe(true);
    const { policy } = engineOf({
      givens: 'given maybe: bool asks owner "Is it so?"',
      reversibility: `${chain}\n treat act as grave when given.maybe\n otherwise mild`,
    });
    const layers = policy.layers.map(({ reversibility, ...layer }) => ({
      ...layer,
      reversibility: reversibility && { treats: reversibility.treats },
    }));
    expect(examined(createEngine({ ...policy, layers })).otherwise).toBe(false);
  });
});

test("of what is only open while arguments alone are put in there is nothing to say", () => {
  expect(examined(engineOf()).why({ kind: "circumstance" })).toBeUndefined();
});

test("why a claim is open: it is not made, or is not of its type", () => {
  const engine = engineOf({ grounding: "claim x: int\n ground act on inference claim.x == 7" });
  const why = (claims: object): string | undefined =>
    examined(engine, { claims }).why({ kind: "claim", name: "x" });
  expect(why({})).toBe("the proposal does not claim `x`");
  expect(why({ x: { value: "seven" } })).toBe("what the proposal claims as `x` is not of its type");
});
