import { describe, expect, test } from "vitest";
import { createEngine } from "../../src/engine/engine.js";
import type { Decision, Remedy } from "../../src/ir/decision.js";
import type { Knowledge } from "../../src/ir/knowledge.js";
import type { LayerIr, ScopeIr } from "../../src/ir/policy.js";
import { answered, type Blocks, commission, compiled, decided, engineOf, past } from "../support/policy.js";

const givens = 'given maybe: bool asks board "Is it so?"\n given region: string asks owner "Where?"';
const world = `
  unsupported at most 1
  source a is json "a.json" trust 0.9
  source b is json "b.json" trust 0.8
  fact f(): int from a "/f"
  fact both(): int from a "/f" from b "/f"
  claim x: int`;
const remedies = (blocks: Blocks, proposal = {}, more: Partial<Knowledge> = {}): Remedy[] =>
  decided(engineOf({ givens, ...blocks }), proposal, more).remedies;
const kinds = (all: readonly Remedy[]): (readonly [string, string])[] =>
  all.map(({ validator, kind }) => [validator, kind]);

describe("outside is told", () => {
  test("to narrow the action, where a forbid is true, with its line and reason", () => {
    const [remedy, ...rest] = remedies({
      scope: 'permit *\n forbid act when n == 1 because "one is too few"',
    });
    expect(remedy).toMatchObject({
      kind: "narrow-action",
      validator: "scope",
      because: "one is too few",
      at: expect.stringMatching(/^policy\.reshimu:\d+:\d+$/),
      text: expect.stringContaining("forbid act"),
    });
    expect(rest).toEqual([]);
  });
  test("to narrow the action, where permits are false, with what would have to hold", () => {
    const all = remedies({ scope: "permit act when n > 1 and n < 9" });
    expect(kinds(all)).toEqual([["scope", "narrow-action"]]);
    expect(all[0]?.satisfy).toContain("`n > 1` must hold");
  });
  test("to respecify the intent, where no line permits the tool", () => {
    expect(kinds(remedies({ scope: "permit idle" }))).toEqual([["scope", "respecify-intent"]]);
  });
  test("to respecify the intent, where one of two layers of one name permits nothing", () => {
    const policy = compiled(commission({ scope: "permit *" }));
    const [layer] = policy.layers as [LayerIr];
    const above = (permits: ScopeIr["permits"]): LayerIr => ({
      ...layer,
      commission: false,
      scope: { permits, forbids: [], limits: [] },
    });
    const engine = createEngine({ ...policy, layers: [layer, above(layer.scope?.permits ?? []), above([])] });
    const { remedies: all } = decided(engine);
    expect(kinds(all)).toEqual([["scope", "respecify-intent"]]);
  });
  test("to wait, where a limit per duration is used up", () => {
    const all = remedies(
      { scope: "permit *\n limit act to 1 per 2h" },
      {},
      { history: [past("act", { n: 1 })] },
    );
    expect(all).toMatchObject([{ kind: "wait", satisfy: expect.stringContaining("1 of 1 used") }]);
  });
  test("to respecify the intent, where a limit per session is used up", () => {
    expect(
      kinds(
        remedies(
          { scope: "permit *\n limit act to 1 per session" },
          {},
          { history: [past("act", { n: 1 })] },
        ),
      ),
    ).toEqual([["scope", "respecify-intent"]]);
  });
  test("to narrow the action, where it alone passes a limit: waiting would not help", () => {
    expect(kinds(remedies({ scope: "permit *\n limit act sum n to 5 per 2h" }, { args: { n: 6 } }))).toEqual([
      ["scope", "narrow-action"],
    ]);
  });
  test("to respecify the intent, where the tier or the session is another", () => {
    expect(kinds(remedies({}, { session: "other" }))).toEqual([["scope", "respecify-intent"]]);
  });
  test("to narrow the action, where it does not fit", () => {
    expect(kinds(remedies({}, { args: {} }))).toEqual([["scope", "narrow-action"]]);
  });
});

describe("what the world does not bear out is told", () => {
  test("to look for evidence, where a check is false", () => {
    expect(
      remedies({ grounding: `${world}\n ground act on fact n == 2 because "two is right"` }),
    ).toMatchObject([{ kind: "provide-evidence", validator: "grounding", because: "two is right" }]);
  });
  test("to state a claim that is missing or of another type", () => {
    const check = { grounding: `${world}\n ground act on fact claim.x == n` };
    expect(remedies(check)[0]).toMatchObject({
      kind: "provide-evidence",
      satisfy: expect.stringContaining("`x`"),
    });
    expect(remedies(check, { claims: { x: { value: "one" } } })[0]).toMatchObject({
      kind: "provide-evidence",
      satisfy: expect.stringContaining("of its type"),
    });
  });
  test("to lower a confidence, and how far", () => {
    const all = remedies(
      { grounding: `${world}\n ground act on fact claim.x == f()\n tolerance 0.05` },
      { claims: { x: { value: 7 } } },
      { answers: [answered("f", { a: 7 })] },
    );
    expect(all).toMatchObject([{ kind: "lower-confidence", atMost: 0.95 }]);
  });
});

describe("what is not known is told", () => {
  test("to wait, where a source is silent", () => {
    const all = remedies(
      { grounding: `${world}\n ground act on fact f() == 7` },
      {},
      { answers: [answered("f", { a: { silent: "is down" } })] },
    );
    expect(all.find(({ validator }) => validator === "grounding")).toMatchObject({
      kind: "wait",
      satisfy: expect.stringContaining("`a` is down"),
    });
  });
  test("to ask, where sources disagree", () => {
    const all = remedies(
      { grounding: `${world}\n ground act on fact both() == 7` },
      {},
      { answers: [answered("both", { a: 7, b: 8 })] },
    );
    expect(all.find(({ validator }) => validator === "grounding")).toMatchObject({
      kind: "answer-question",
      from: ["owner"],
    });
  });
  test("to ask, where a given is open: whom it names", () => {
    const all = remedies({ scope: "permit act when given.maybe" });
    expect(kinds(all)).toEqual([
      ["scope", "answer-question"],
      ["discernment", "answer-question"],
    ]);
    expect(all[0]).toMatchObject({
      from: ["board"],
      questions: ["given:maybe", expect.stringMatching(/^permit\//)],
    });
  });
  test("to ask, where a class is open", () => {
    const all = remedies({
      reversibility:
        "class free\n class grave above free confirm owner\n treat act as grave when given.maybe\n otherwise free",
    });
    expect(kinds(all)).toEqual([
      ["reversibility", "answer-question"],
      ["discernment", "answer-question"],
    ]);
  });
  test("to ask, where a gray line weighs too much, with its own question", () => {
    const all = remedies({
      discernment: 'threshold 0\n gray act weight 0.5 asks board "Is this meant?"\n escalate owner within 4h',
    });
    expect(all).toMatchObject([
      { kind: "answer-question", validator: "discernment", from: ["board"], satisfy: "Is this meant?" },
    ]);
    expect(
      remedies({ discernment: "threshold 0\n gray act weight 0.5\n escalate owner within 4h" }),
    ).toMatchObject([{ from: ["owner"] }]);
  });
  test("to ask, where a message says too little", () => {
    expect(
      kinds(remedies({ discernment: "threshold 0\n fidelity at least 0.5\n escalate owner within 4h" })),
    ).toEqual([["discernment", "answer-question"]]);
  });
});

test("held is told whose confirmation it wants", () => {
  const all = remedies({
    reversibility: "class free\n class grave above free confirm board\n treat act as grave\n otherwise free",
  });
  expect(all).toMatchObject([
    {
      kind: "obtain-confirmation",
      validator: "reversibility",
      from: ["board"],
      text: expect.stringContaining("treat act as grave"),
    },
  ]);
});

test("refused is told to respecify the intent", () => {
  expect(kinds(remedies({}, {}, { lapsed: true }))).toEqual([["discernment", "respecify-intent"]]);
});

test("nothing is told where all is well", () => {
  expect(remedies({})).toEqual([]);
});

test("each layer's permits are told apart", () => {
  const base = commission({ scope: "permit act when n > 1" });
  const engine = createEngine(
    compiled(`policy above extends "base"\nscope { permit act when n > 2 }\n`, {
      "base/policy.reshimu": base,
      base,
    }),
  );
  expect(decided(engine).remedies).toHaveLength(2);
});

test("a policy without any scope permits nothing, and says so", () => {
  const policy = compiled(commission());
  const bare = createEngine({ ...policy, layers: policy.layers.map((layer) => ({ ...layer, scope: null })) });
  expect(decided(bare)).toMatchObject({
    decision: "return",
    remedies: [{ kind: "respecify-intent", validator: "scope" }],
  });
});

describe("every decision but authorize is attributed, to a validator and to a remedy of it (T3)", () => {
  const cases: readonly (readonly [string, () => Decision])[] = [
    ["outside", () => decided(engineOf({ scope: "permit idle" }))],
    ["unverified", () => decided(engineOf({ grounding: `${world}\n ground act on fact f() == 7` }))],
    ["an operation without a result", () => decided(engineOf({ scope: "permit act when n / (n - n) > 1" }))],
    [
      "a value traced nowhere",
      () =>
        decided(engineOf({ scope: "permit act when has who and who traced to owner" }), {
          args: { n: 1, who: "Ann Lee" },
        }),
    ],
    [
      "what nobody can be asked",
      () => decided(engineOf({ scope: "permit act when session.trust / (n - n) > 1" })),
    ],
  ];
  test.each(cases)("%s", (_, decision) => {
    const { decision: word, stoppedBy, remedies: all } = decision();
    expect(word).not.toBe("authorize");
    expect(stoppedBy.length).toBeGreaterThan(0);
    for (const validator of stoppedBy)
      expect(all.some((remedy) => remedy.validator === validator)).toBe(true);
  });
});

describe("of what is open", () => {
  test("each validator tells of its own statements, and only of those that are open", () => {
    const all = remedies({
      givens: `${givens}\n given other: bool asks owner "And this?"`,
      scope: "permit act when given.maybe",
      reversibility:
        "class free\n class grave above free confirm board\n treat act as grave when given.other\n treat act as free\n otherwise free",
    });
    const asked = all.map(({ validator, questions }) => [
      validator,
      questions?.map((one) => one.replace(/\/.*/, "")),
    ]);
    expect(asked).toEqual([
      ["scope", ["given:maybe", "permit"]],
      ["reversibility", ["given:other", "treat"]],
      ["discernment", ["permit", "treat"]],
    ]);
  });
  test("a source is waited for also where a fact has arguments, or a claim is not made", () => {
    const of = 'fact of(n: int): int from a "/f/{n}"';
    const silent = { answers: [answered("of", { a: { silent: "is down" } }, [1])] };
    const kindOf = (grounding: string) => {
      const all = remedies({ grounding: `${world}\n ${of}\n ${grounding}` }, {}, silent);
      return kinds(all).filter(([, kind]) => kind === "wait" || kind === "answer-question")[0];
    };
    expect(kindOf("ground act on fact of(n) == 7")).toEqual(["grounding", "wait"]);
    expect(kindOf("ground act on fact of(n) == claim.x")).toEqual(["grounding", "wait"]);
  });
});
