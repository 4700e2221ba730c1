import { describe, expect, test } from "vitest";
import type { Engine, Evaluation } from "../../src/engine/engine.js";
import { questionsOf } from "../../src/engine/questions.js";
import type { Leaf, Question } from "../../src/ir/decision.js";
import type { Json } from "../../src/ir/json.js";
import type { Knowledge } from "../../src/ir/knowledge.js";
import type { OpenLeaf } from "../../src/logic/frame.js";
import type { Case } from "../../src/validators/case.js";
import type { Assessed } from "../../src/validators/index.js";
import { answered, engineOf, knowing } from "../support/policy.js";

const givens = `
  given maybe: bool asks owner "Is it so?"
  given other: bool asks board "And this?"
  given area: enum("north", "south") asks owner "Where?"
  given count: int asks owner "How many?"`;
const proposal = { tool: "act", args: { n: 1 }, confidence: 1 };
const treeOf = (engine: Engine, more: Partial<Knowledge> = {}): Question | null =>
  engine.decide(proposal, knowing(more)).decision.report?.questions ?? null;

/** Every path of a tree: the answers given, and the leaf. */
function* paths(
  tree: Question | Leaf,
  so: readonly (readonly [Question, Json])[] = [],
): Generator<readonly [(readonly [Question, Json])[], Leaf]> {
  if (!("key" in tree)) yield [[...so], tree];
  else for (const { answer, then } of tree.choices) yield* paths(then, [...so, [tree, answer]]);
}

/** What is known once these answers were given. */
function answeredBy(
  engine: Engine,
  answers: readonly (readonly [Question, Json])[],
  more: Partial<Knowledge>,
): Knowledge {
  const { proposal: digest } = engine.evaluate(proposal, knowing(more)).decision;
  const given = answers
    .filter(([question]) => question.kind === "given")
    .map(([question, answer]) => [question.key.slice("given:".length), answer] as const);
  const rulings = answers
    .filter(([question]) => question.kind !== "given")
    .map(([question, answer]) => ({
      question: question.key,
      answer: answer === true,
      by: question.ask[0] ?? "",
      proposal: digest,
    }));
  return knowing({
    ...more,
    givens: { ...more.givens, ...Object.fromEntries(given) },
    rulings: [...(more.rulings ?? []), ...rulings],
  });
}

/** T12: each path of answers leads to the decision at its leaf. */
function honest(engine: Engine, more: Partial<Knowledge> = {}): Question {
  const tree = treeOf(engine, more);
  if (tree === null) throw new Error("a tree was expected");
  for (const [answers, leaf] of paths(tree)) {
    const { decision } = engine.evaluate(proposal, answeredBy(engine, answers, more));
    expect(decision.decision).toBe(leaf.decision);
    if (leaf.decision === "confirm")
      expect(decision.assessments.reversibility.awaiting).toEqual(leaf.confirmBy);
  }
  return tree;
}

describe("what is asked", () => {
  test("a given of yes and no, of whom it names, in its words", () => {
    expect(honest(engineOf({ givens, scope: "permit act when given.other" }))).toEqual({
      key: "given:other",
      kind: "given",
      ask: ["board"],
      text: "And this?",
      choices: [
        { answer: true, then: { decision: "authorize" } },
        { answer: false, then: { decision: "return" } },
      ],
    });
  });
  test("an enum's values", () => {
    expect(
      honest(engineOf({ givens, scope: 'permit act when given.area == "north"' })).choices.map(
        ({ answer }) => answer,
      ),
    ).toEqual(["north", "south"]);
  });
  test("the residual condition, where a given's values cannot be listed", () => {
    const tree = honest(engineOf({ givens, scope: "permit act when given.count > 3" }));
    expect(tree).toMatchObject({
      kind: "condition",
      ask: ["owner"],
      key: expect.stringMatching(/^permit\//),
      text: expect.stringContaining("How many?"),
    });
  });
  test("a condition that no given keeps open: of the first of `escalate`", () => {
    const tree = honest(engineOf({ scope: "permit act when n / (n - n) > 1" }));
    expect(tree).toMatchObject({ kind: "condition", ask: ["owner"] });
  });
  test("a check, in its residual condition", () => {
    const grounding =
      'unsupported at most 1\n source a is json "a.json" trust 0.9\n fact f(): int from a "/f"\n ground act on fact f() == 7';
    expect(
      honest(engineOf({ grounding }), { answers: [answered("f", { a: { silent: "down" } })] }),
    ).toMatchObject({ kind: "condition", key: expect.stringMatching(/^ground\//) });
  });
  test("a true check that rests on what is not known", () => {
    const grounding =
      'unsupported at most 1\n source a is json "a.json" trust 0.9\n fact f(): int from a "/f"\n ground act on fact f() == 7 or session.trust == 1';
    const tree = honest(engineOf({ grounding }));
    expect(tree.choices.map(({ then }) => "decision" in then && then.decision)).toEqual([
      "authorize",
      "return",
    ]);
  });
  test("a class, with the confirmations to come", () => {
    const reversibility =
      "class free\n class grave above free confirm board\n treat act as grave when given.maybe\n otherwise free";
    expect(honest(engineOf({ givens, reversibility })).choices.map(({ then }) => then)).toEqual([
      { decision: "confirm", confirmBy: ["board"] },
      { decision: "authorize" },
    ]);
  });
  test("a gray line, in its own words", () => {
    const discernment =
      'threshold 0\n gray act weight 0.5 asks board "Is this meant?"\n escalate owner within 4h';
    expect(honest(engineOf({ discernment }))).toMatchObject({
      kind: "gray",
      ask: ["board"],
      text: "Is this meant?",
      choices: [{ then: { decision: "authorize" } }, { then: { decision: "return" } }],
    });
    expect(
      honest(engineOf({ discernment: "threshold 0\n gray act weight 0.5\n escalate owner within 4h" })).text,
    ).toContain("gray act weight 0.5");
  });
  test("a message that says too little", () => {
    const tree = honest(
      engineOf({ discernment: "threshold 0\n fidelity at least 0.5\n escalate owner within 4h" }),
    );
    expect(tree.choices.map(({ then }) => "decision" in then && then.decision)).toEqual([
      "authorize",
      "return",
    ]);
  });
  test("a limit that cannot be told: whether it is kept", () => {
    expect(
      honest(engineOf({ givens, scope: "permit *\n limit act sum given.count to 3 per session" })),
    ).toMatchObject({ kind: "condition", key: expect.stringMatching(/^limit\//) });
  });
});

describe("the smallest set", () => {
  test("is one question where one decides, of several the first by key", () => {
    const tree = honest(engineOf({ givens, scope: "permit act when given.maybe or given.other" }));
    expect(tree.key).toBe("given:maybe");
    expect(tree.choices.map(({ then }) => then)).toEqual([
      { decision: "authorize" },
      { decision: "clarify" },
    ]);
  });
  test("ends a branch as soon as it is decided, and leaves open what one answer cannot decide", () => {
    const tree = honest(
      engineOf({
        givens,
        scope: "permit act when given.maybe",
        reversibility:
          "class free\n class grave above free confirm board\n treat act as grave when given.other\n otherwise free",
      }),
    );
    expect(tree.key).toBe("given:maybe");
    expect(tree.choices[1]?.then).toEqual({ decision: "return" });
  });
  test("asks for a given once, however many lines wait for it", () => {
    const tree = honest(
      engineOf({
        givens,
        scope: "permit act when given.maybe\n forbid act when not given.maybe",
        discernment: "threshold 0\n gray act when not given.maybe weight 0.5\n escalate owner within 4h",
      }),
    );
    expect([...paths(tree)].every(([answers]) => answers.length === 1)).toBe(true);
  });
  test("is two where no answer to one of them decides", () => {
    const tree = honest(
      engineOf({
        givens,
        scope: "permit act when (given.maybe and given.other) or (not given.maybe and not given.other)",
      }),
    );
    const all = [...paths(tree)].map(([answers, leaf]) => [
      ...answers.map(([{ key }, answer]) => `${key} ${answer}`),
      leaf.decision,
    ]);
    expect(all).toEqual([
      ["given:maybe true", "given:other true", "authorize"],
      ["given:maybe true", "given:other false", "return"],
      ["given:maybe false", "given:other true", "return"],
      ["given:maybe false", "given:other false", "authorize"],
    ]);
  });
});

/** Questions about so many open statements, where a decision comes once `enough` of them are answered with yes. */
function asked(statements: number, enough: number): { tree: Question | null; evaluations: number } {
  const names = Array.from(
    { length: statements },
    (_, i) => `s${String(statements - 1 - i).padStart(2, "0")}`,
  );
  const policy = { escalate: [{ principal: "owner", within: 1 }], spans: {}, intent: null };
  const plan = { layers: [] };
  const c = { policy, plan, knowledge: knowing(), digest: "d", askedOf: () => "owner" } as unknown as Case;
  const open = names.map((id) => ({ id, layer: "test", part: "scope" as const, leaves: [] }));
  const assessments = { discernment: { components: [] } };
  let evaluations = 0;
  const tree = questionsOf(c, { open, grays: [], assessments } as unknown as Assessed, ({ rulings }) => {
    evaluations += 1;
    const yes = rulings.filter(({ answer }) => answer).length;
    const word = yes >= enough ? "authorize" : "clarify";
    return { clearance: word } as Evaluation;
  });
  return { tree, evaluations };
}

describe("questions are bounded", () => {
  test("by four in one tree", () => {
    expect(asked(4, 4).tree).not.toBeNull();
    expect(asked(5, 5)).toEqual({ tree: null, evaluations: 10 + 10 * 6 + 10 * 14 + 5 * 30 });
  });
  test("by 512 evaluations for one report", () => {
    expect(asked(8, 5)).toEqual({ tree: null, evaluations: 512 });
    // 32 evaluations for sets of one, 480 for those of two: none is left for a third.
    expect(asked(16, 3)).toEqual({ tree: null, evaluations: 512 });
    expect(asked(16, 2).tree?.key).toBe("s00");
    // The last is needed in the middle of the second branch of a set of four.
    expect(asked(7, 5)).toEqual({ tree: null, evaluations: 512 });
  });
  test("the fewest, of those the first by key", () => {
    const { tree } = asked(3, 2);
    expect(tree).toMatchObject({
      key: "s00",
      choices: [{ answer: true, then: { key: "s01" } }, { answer: false }],
    });
  });
});

describe("there is no tree", () => {
  test("where nothing is to be clarified", () => {
    expect(engineOf().decide(proposal, knowing()).decision.report).toBeNull();
    expect(engineOf({ scope: "permit idle" }).decide(proposal, knowing()).decision.report).toBeNull();
  });
  test("and `evaluate` makes none", () => {
    expect(
      engineOf({ givens, scope: "permit act when given.maybe" }).evaluate(proposal, knowing()).decision
        .report,
    ).toBeNull();
  });
});

describe("a given and a fact of one name", () => {
  const grounding =
    'unsupported at most 1\n source a is json "a.json" trust 0.9\n fact maybe(): bool from a "/m"';
  test("are not asked for one another", () => {
    const tree = honest(engineOf({ givens, grounding, scope: "permit act when maybe()" }));
    expect(tree).toEqual({
      key: expect.stringMatching(/^permit\//),
      kind: "condition",
      ask: ["owner"],
      text: "Does this hold here? permit act when maybe()",
      condition: "maybe()",
      choices: [
        { answer: true, then: { decision: "authorize" } },
        { answer: false, then: { decision: "return" } },
      ],
    });
  });
  test("are two questions where both are open", () => {
    const reversibility =
      "class free\n class grave above free confirm board\n treat act as grave when given.maybe\n otherwise free";
    const tree = honest(engineOf({ givens, grounding, reversibility, scope: "permit act when maybe()" }));
    expect(tree.key).toMatch(/^permit\//);
  });
});

test("a condition is asked for where one of its givens cannot be listed", () => {
  const tree = honest(engineOf({ givens, scope: "permit act when given.maybe == (given.count > 3)" }));
  expect(tree).toMatchObject({ kind: "condition", key: expect.stringMatching(/^permit\//) });
});

describe("of a policy that says little", () => {
  const of = (policy: object, leaves: readonly OpenLeaf[]) => {
    const c = {
      policy: { escalate: [], spans: {}, intent: null, ...policy },
      knowledge: knowing(),
      plan: { layers: [] },
      digest: "d",
      askedOf: () => undefined,
    } as unknown as Case;
    const open = [{ id: "s", layer: "test", part: "scope" as const, leaves }];
    const assessed = { open, grays: [], assessments: { discernment: { components: [] } } };
    const rulings: unknown[] = [];
    const tree = questionsOf(c, assessed as unknown as Assessed, (knowledge) => {
      rulings.push(...knowledge.rulings);
      return { clearance: "authorize" } as Evaluation;
    });
    return { tree, rulings };
  };
  const asks = {
    tree: {
      key: "s",
      kind: "condition",
      ask: [],
      text: "Does this hold here? s",
      choices: [
        { answer: true, then: { decision: "authorize" } },
        { answer: false, then: { decision: "authorize" } },
      ],
    },
    rulings: [
      { question: "s", answer: true, by: "", proposal: "d" },
      { question: "s", answer: false, by: "", proposal: "d" },
    ],
  };
  test("the condition is asked for, of nobody", () => {
    expect(of({}, [])).toEqual(asks);
    expect(of({ spans: { s: [] } }, [])).toEqual(asks);
    expect(of({}, [{ kind: "given", name: "g" }])).toEqual(asks);
    const intent = { givens: [{ name: "g", type: "bool" }] };
    expect(of({ intent }, [{ kind: "fact", name: "g", args: [] }])).toEqual(asks);
  });
});
