import { describe, expect, test } from "vitest";
import { createEngine } from "../../src/engine/engine.js";
import { explanationOf } from "../../src/engine/explain.js";
import type { Explanation } from "../../src/ir/explanation.js";
import type { Knowledge } from "../../src/ir/knowledge.js";
import type { PolicyIr } from "../../src/ir/policy.js";
import { explained, lines, statementsOf } from "../support/explanation.js";
import { answered, commission, compiled, engineOf, knowing, past } from "../support/policy.js";

/** Each statement of a validator as `EFFECT: VALUE`. */
const valuesIn = (explanation: Explanation, validator: string) =>
  statementsOf(explanation, validator).map(({ effect, value }) => `${effect}: ${value}`);

describe("an explanation", () => {
  test("is of the validators that stop the action, and of all where none does", () => {
    const validators = (n: number) =>
      explained(engineOf({ scope: "permit act when n > 5" }), { args: { n } }).map((one) => one.validator);
    expect(validators(1)).toEqual(["scope"]);
    expect(validators(6)).toEqual(["scope", "grounding", "reversibility", "discernment"]);
  });

  test("of what does not fit names the finding, and no statement", () => {
    expect(explained(engineOf(), { tool: "other" })).toEqual([
      { validator: "scope", finding: "outside", statements: [] },
    ]);
  });

  test("of reversibility is the lines that apply or may", () => {
    const engine = engineOf({
      reversibility:
        "class free\n class grave above free confirm board\n treat act as grave when n > 0\n treat act as grave when n > 9\n otherwise free",
    });
    expect(explained(engine)).toMatchObject([
      {
        validator: "reversibility",
        finding: "held",
        statements: [{ effect: "treat as grave", value: "true", text: "treat act as grave when n > 0" }],
      },
    ]);
  });

  test("of discernment is the gray lines, each with its layer and what it came to", () => {
    const base = commission({
      givens: 'given maybe: bool asks owner "Is it so?"',
      discernment:
        "threshold 0.5\n gray act when given.maybe weight 0.8\n gray act when n > 0 weight 0.2\n escalate owner within 1h",
    });
    const engine = createEngine(
      compiled('policy above extends "base"\nscope { permit * }\ndiscernment { fidelity at least 0.5 }\n', {
        "base/policy.reshimu": base,
        base,
      }),
    );
    const statements = statementsOf(explained(engine), "discernment");
    expect(statements.map(({ layer, effect, value }) => [layer, effect, value])).toEqual([
      ["test", "gray", "unknown"],
      ["test", "gray", "true"],
    ]);
    expect(statements.every((one) => one.unruled === undefined)).toBe(true);
  });

  test("of a limit tells what was used and what is allowed, and its amount", () => {
    const engine = engineOf({
      scope: "permit act\n limit act sum n + 1 to 5 per session each who",
      tools: "tool act(n: int, who: string)",
    });
    const given = { args: { n: 3, who: "a" } };
    const [limit] = statementsOf(
      explained(engine, given, { history: [past("act", { n: 1, who: "a" })] }),
      "scope",
    );
    expect(limit).toMatchObject({ value: "true", used: 2, limit: 5 });
    expect(limit?.conditions.map(({ role }) => role)).toEqual(["sum", "each"]);
    expect(limit?.conditions.flatMap(lines)).toEqual(["n + 1: 4", "n: 3", 'who: "a"']);
  });

  test("tells what a statement came to by itself where a principal ruled otherwise", () => {
    const engine = engineOf({
      scope: "permit act when given.maybe",
      givens: 'given maybe: bool asks owner "Is it so?"',
    });
    const [open] = statementsOf(explained(engine), "scope");
    expect(open).toMatchObject({ value: "unknown" });
    expect(open).not.toHaveProperty("unruled");
    const rulings = [{ question: open?.id as string, answer: true, by: "owner" }];
    expect(statementsOf(explained(engine, {}, { rulings }), "scope")).toMatchObject([
      { value: "true", unruled: "unknown" },
    ]);
  });

  test("is of no more than ten statements of a validator", () => {
    const checks = Array.from({ length: 12 }, (_, i) => `ground act on inference n > ${i + 10}`);
    const engine = engineOf({ grounding: checks.join("\n") });
    expect(statementsOf(explained(engine), "grounding")).toHaveLength(10);
  });
});

describe("the statements that are told", () => {
  const givens = 'given maybe: bool asks owner "Is it so?"';

  test("of scope are those that make the finding", () => {
    const scope = `permit act when n < 9
      permit act when n > 100
      permit act when given.maybe and n > 1
      forbid act when n == 5
      forbid act when n == 6
      forbid act when given.maybe and n == 3`;
    const of = (n: number) => valuesIn(explained(engineOf({ givens, scope }), { args: { n } }), "scope");
    expect(of(1)).toEqual(["permit: true"]);
    expect(of(2)).toEqual(["permit: true"]);
    expect(of(5)).toEqual(["forbid: true"]);
    const [nearest] = valuesIn(explained(engineOf({ scope: "permit act when n > 100" })), "scope");
    expect(nearest).toBe("permit: false");
    expect(of(3)).toEqual(["permit: unknown", "forbid: unknown"]);
  });

  const sources = `source a is json "a.json" trust 0.9
    source b is json "b.json" trust 0.8
    fact f(): int from a "/f" from b "/f"`;
  const checked = (checks: string, more: Partial<Knowledge> = {}) => {
    const explanation = explained(
      engineOf({ givens, grounding: `unsupported at most 1\n ${sources}\n ${checks}` }),
      {},
      more,
    );
    return [
      explanation.find((one) => one.validator === "grounding")?.finding,
      ...valuesIn(explanation, "grounding"),
    ];
  };

  test("of grounding are those that make the finding", () => {
    const checks = "ground act on inference n == 1\n ground act on fact f() == 7";
    expect(checked(checks)).toEqual(["unverified", "ground on fact: unknown"]);
    expect(checked(checks, { answers: [answered("f", { a: 7, b: 8 })] })).toEqual([
      "contested",
      "ground on fact: unknown",
    ]);
    expect(checked(checks, { answers: [answered("f", { a: 8, b: 8 })] })).toEqual([
      "contradicted",
      "ground on fact: false",
    ]);
    expect(checked(checks, { answers: [answered("f", { a: 7, b: 7 })] })).toEqual([
      "grounded",
      "ground on fact: true",
      "ground on inference: true",
    ]);
  });

  test("are whole, and have nothing that is not there", () => {
    const engine = engineOf({
      givens,
      scope: "permit act",
      grounding: "unsupported at most 1\n ground act on inference n == 1",
      discernment: "threshold 0.5\n gray act weight 0.2\n escalate owner within 1h",
    });
    const told = explained(engine).map(({ validator, finding, statements }) => [
      validator,
      finding,
      statements.map(({ id, at, conditions, ...rest }) => ({
        ...rest,
        kind: id.split("/")[0],
        at: typeof at,
        conditions: conditions.length,
      })),
    ]);
    const placed = { layer: "test", value: "true", at: "string" };
    expect(told).toStrictEqual([
      [
        "scope",
        "within",
        [{ ...placed, kind: "permit", effect: "permit", text: "permit act", conditions: 0 }],
      ],
      [
        "grounding",
        "grounded",
        [
          {
            ...placed,
            kind: "ground",
            effect: "ground on inference",
            text: "ground act on inference n == 1",
            conditions: 1,
          },
        ],
      ],
      ["reversibility", "recoverable", []],
      [
        "discernment",
        "clear",
        [{ ...placed, kind: "gray", effect: "gray", text: "gray act weight 0.2", conditions: 0 }],
      ],
    ]);
  });

  test("are none where nothing was examined", () => {
    const engine = engineOf();
    const { decision } = engine.evaluate({ tool: "act", args: { n: 1 }, confidence: 1 }, knowing());
    expect(decision.assessments.scope.rules).toHaveLength(1);
    expect(explanationOf(engine.policy, decision, undefined).map((one) => one.statements)).toEqual([
      [],
      [],
      [],
      [],
    ]);
  });

  test("of gray lines are each of the layer that writes it, whichever others write some or none", () => {
    const base = commission({
      discernment: "threshold 0.9\n gray act when n > 0 weight 0.1\n escalate owner within 1h",
    });
    const engine = createEngine(
      compiled('policy top extends "mid"\ndiscernment { gray act when n > -1 weight 0.2 }\n', {
        "mid/policy.reshimu": 'policy mid extends "base"\nscope { permit * }\n',
        "mid/base/policy.reshimu": base,
        "base/policy.reshimu": base,
        mid: 'policy mid extends "base"\nscope { permit * }\n',
        base,
      }),
    );
    expect(statementsOf(explained(engine), "discernment").map(({ layer, text }) => [layer, text])).toEqual([
      ["test", "gray act when n > 0 weight 0.1"],
      ["top", "gray act when n > -1 weight 0.2"],
    ]);
  });
});

describe("a policy that was loaded", () => {
  const policy = compiled(commission({ scope: "permit act when n > 5" }));
  const [whole] = statementsOf(explained(createEngine(policy)), "scope");
  const of = (spans: PolicyIr["spans"]) =>
    statementsOf(explained(createEngine({ ...policy, spans })), "scope")[0];

  test("without texts is explained without them", () => {
    const { at: _at, text: _text, ...rest } = whole ?? { id: "" };
    expect(of({})).toStrictEqual({ ...rest, conditions: [] });
  });

  test("without the texts of its conditions is explained by its statements", () => {
    const bare = Object.entries(policy.spans).map(([id, places]) => [
      id,
      places.map(({ conditions: _, ...place }) => place),
    ]);
    expect(whole?.conditions).toHaveLength(1);
    expect(of(Object.fromEntries(bare))).toEqual({ ...whole, conditions: [] });
  });

  test("in another form than it decided in is explained as the decision tells it", () => {
    const before = engineOf({
      scope: "permit act when n > 5",
      discernment: "threshold 0.5\n gray act weight 0.2\n escalate owner within 1h",
    });
    const explanation = explained(before, { args: { n: 6 } }, {}, engineOf());
    expect(statementsOf(explanation, "scope")).toMatchObject([
      { effect: "permit", value: "true", text: expect.stringContaining("n > 5"), conditions: [] },
    ]);
    expect(statementsOf(explanation, "discernment")).toMatchObject([
      { effect: "gray", layer: "", value: "unknown", conditions: [] },
    ]);
  });
});
