import { describe, expect, test } from "vitest";
import { createEngine } from "../../src/engine/engine.js";
import type { Knowledge } from "../../src/ir/knowledge.js";
import type { Proposal } from "../../src/ir/proposal.js";
import {
  answered,
  type Blocks,
  commission,
  compiled,
  decided,
  engineOf,
  evaluated,
  knowing,
  past,
  returned,
} from "../support/policy.js";

const world = `
  source a is json "a.json" trust 0.9
  source b is json "b.json" trust 0.8
  fact f(): int from a "/f"
  fact both(): int from a "/f" from b "/f"
  fact of(n: int): int from a "/f/{n}"
  fact may?(): int from a "/f"
  claim x: int
  claim y: int`;
const blocks = (grounding: string): Blocks => ({
  givens: 'given maybe: bool asks owner "Is it so?"\n given k: int = 2\n given open: int asks owner "Which?"',
  grounding: `${world}\n${grounding}`,
});
const grounded = (grounding: string, proposal: Partial<Proposal> = {}, more: Partial<Knowledge> = {}) =>
  decided(engineOf(blocks(grounding)), proposal, more).assessments.grounding;
const claims = (all: {
  readonly [name: string]: number | readonly [value: unknown, confidence: number];
}): Partial<Proposal> => ({
  claims: Object.fromEntries(
    Object.entries(all).map(([name, one]) => [
      name,
      typeof one === "number" ? { value: one } : { value: one[0] as never, confidence: one[1] },
    ]),
  ),
});
const f = (value: number | null = 7) => ({ answers: [answered("f", { a: value })] });

describe("grounding finds", () => {
  test.each<readonly [string, string, Partial<Proposal>, Partial<Knowledge>, string]>([
    ["grounded where nothing is checked", "", {}, {}, "grounded"],
    [
      "grounded where a check is true of the arguments alone",
      "ground act on fact n == 1",
      {},
      {},
      "grounded",
    ],
    ["contradicted where a check is false", "ground act on fact n == 2", {}, {}, "contradicted"],
    [
      "contradicted where what is unknown cannot save it",
      "ground act on fact n == 2 and f() == 7",
      {},
      {},
      "contradicted",
    ],
    ["unverified where a fact is not known", "ground act on fact f() == 7", {}, {}, "unverified"],
    [
      "unverified where a true check rests on a fact that is not known",
      "ground act on fact f() == 7 or given.k == 2",
      {},
      {},
      "unverified",
    ],
    ["grounded where it is", "ground act on fact f() == 7 or given.k == 2", {}, f(), "grounded"],
    [
      "grounded where the arguments decide it: it rests on nothing then",
      "ground act on fact f() == 7 or n == 1",
      {},
      {},
      "grounded",
    ],
    ["unverified on a given that nobody supplied", "ground act on fact given.maybe", {}, {}, "unverified"],
    [
      "contested where sources disagree",
      "ground act on fact both() == 7",
      {},
      { answers: [answered("both", { a: 7, b: 8 })] },
      "contested",
    ],
    [
      "unverified where one of two is silent",
      "ground act on fact both() == 7",
      {},
      { answers: [answered("both", { a: 7, b: { silent: "down" } })] },
      "unverified",
    ],
    [
      "contradicted before all else",
      "ground act on fact n == 2\n ground act on fact both() == 7 and claim.x == 1",
      {},
      { answers: [answered("both", { a: 7, b: 8 })] },
      "contradicted",
    ],
    ["unclaimed where a claim was not made", "ground act on inference claim.x == 1", {}, {}, "unclaimed"],
    [
      "unclaimed where it was made of another type",
      "ground act on inference claim.x == 1",
      claims({ x: ["1", 1] }),
      {},
      "unclaimed",
    ],
    [
      "unclaimed where it holds too large a number",
      "ground act on inference claim.x == 1",
      claims({ x: 2 ** 53 }),
      {},
      "unclaimed",
    ],
    ["unclaimed though a fact is unknown", "ground act on inference claim.x == f()", {}, {}, "unclaimed"],
    [
      "grounded where the arguments make the claim idle",
      "ground act on inference n == 1 or claim.x == 1",
      {},
      {},
      "grounded",
    ],
    [
      "unclaimed where something else than the arguments would",
      "ground act on inference given.k == 2 or claim.x == 1",
      {},
      {},
      "unclaimed",
    ],
    [
      "overconfident where a claim is surer than its support allows",
      "ground act on inference claim.x == f()\n tolerance 0",
      claims({ x: [7, 0.91] }),
      f(),
      "overconfident",
    ],
    [
      "grounded at just its support",
      "ground act on inference claim.x == f()\n tolerance 0",
      claims({ x: [7, 0.9] }),
      f(),
      "grounded",
    ],
    [
      "grounded within the tolerance, 0.1 if none is written",
      "ground act on inference claim.x == f()",
      claims({ x: [7, 1] }),
      f(),
      "grounded",
    ],
    [
      "overconfident before unverified",
      "ground act on inference claim.x == f()\n tolerance 0\n ground act on fact of(9) == 9",
      claims({ x: [7, 1] }),
      f(),
      "overconfident",
    ],
    [
      "an absent fact as absent",
      "ground act on fact not has may()",
      {},
      { answers: [answered("may", { a: null })] },
      "grounded",
    ],
    [
      "contested before unverified",
      "ground act on fact both() == 7\n ground act on fact f() == 7",
      {},
      { answers: [answered("both", { a: 7, b: 8 })] },
      "contested",
    ],
  ])("%s", (_, grounding, proposal, more, finding) => {
    expect(grounded(grounding, proposal, more).finding).toBe(finding);
  });
});

describe("overconfident", () => {
  test("is held against the weakest supporting check that mentions the claim", () => {
    const two = "ground act on inference claim.x == f()\n ground act on fact claim.x == both()\n tolerance 0";
    const answers = [answered("f", { a: 7 }), answered("both", { a: 7, b: 7 })];
    expect(grounded(two, claims({ x: [7, 0.95] }), { answers }).claims).toEqual([
      { name: "x", problem: "overconfident", atMost: 0.9 },
    ]);
  });
  test("is not held against a check that supports nothing", () => {
    expect(
      grounded("ground act on inference claim.x == 7\n tolerance 0", claims({ x: [7, 1] })).finding,
    ).toBe("grounded");
  });
  test("is held against `unsupported at most`, where that is written and no check mentions the claim", () => {
    expect(grounded("unsupported at most 0.5\n tolerance 0", claims({ y: [1, 0.6] })).finding).toBe(
      "overconfident",
    );
    expect(grounded("unsupported at most 0.5", claims({ y: [1, 0.6] })).finding).toBe("grounded");
    expect(grounded("tolerance 0", claims({ y: [1, 1] })).finding).toBe("grounded");
  });
  test("also for a claim that is not declared", () => {
    expect(grounded("unsupported at most 0.5\n tolerance 0", claims({ nobody: [1, 0.6] })).finding).toBe(
      "overconfident",
    );
  });
  test("an unstated confidence of a claim is 1", () => {
    expect(
      grounded("ground act on inference claim.x == f()\n tolerance 0", claims({ x: 7 }), f()).finding,
    ).toBe("overconfident");
  });
  test("differences beyond six places do not count", () => {
    expect(
      grounded("ground act on inference claim.x == f()\n tolerance 0", claims({ x: [7, 0.9000000001] }), f())
        .finding,
    ).toBe("grounded");
  });
});

describe("the calibrated confidence", () => {
  const confidence = (
    grounding: string,
    proposal: Partial<Proposal> = {},
    more: Partial<Knowledge> = {},
  ): number => grounded(grounding, proposal, more).confidence;
  test("is at most `unsupported at most` where nothing supports; 0 if that is not written", () => {
    expect(confidence("unsupported at most 0.7")).toBe(0.7);
    expect(confidence("")).toBe(0);
    expect(confidence("unsupported at most 0.7\n ground act on fact n == 1")).toBe(0.7);
  });
  test("is the agent's own where that is less; unstated it is 0", () => {
    expect(confidence("unsupported at most 0.7", { confidence: 0.3 })).toBe(0.3);
    expect(
      decided(engineOf(blocks("unsupported at most 0.7")), { confidence: undefined as never }).assessments
        .grounding.confidence,
    ).toBe(0);
  });
  test("is at most each support", () => {
    expect(confidence("ground act on fact f() == 7", {}, f())).toBe(0.9);
    expect(
      confidence("ground act on fact both() == 7", {}, { answers: [answered("both", { a: 7, b: 7 })] }),
    ).toBe(0.98);
    expect(
      confidence(
        "ground act on fact f() == 7 and both() == 7",
        {},
        { answers: [answered("f", { a: 7 }), answered("both", { a: 7, b: 7 })] },
      ),
    ).toBe(0.9);
  });
  test("is at most that of each claim that a check mentions, and of no other", () => {
    expect(
      confidence("ground act on inference claim.x == f()", claims({ x: [7, 0.4], y: [1, 0.1] }), f()),
    ).toBe(0.4);
  });
  test("a false trace supports nothing, even where a check wants it false", () => {
    const more: Partial<Knowledge> = { said: [{ by: "board", text: "ask Ann Lee" }] };
    const check = grounded(
      "ground act on situation not (has who) or not (who traced to owner)",
      { args: { n: 1, who: "Ann Lee" } },
      more,
    );
    expect(check).toMatchObject({ finding: "grounded", confidence: 0, support: 0 });
  });
});

describe("a ruling on a check", () => {
  const engine = engineOf(
    blocks("ground act on fact f() == 7 or given.k == 2\n ground act on fact given.maybe"),
  );
  const [rests, open] = decided(engine)
    .assessments.grounding.checks.sort((one) => (one.value === "true" ? -1 : 1))
    .map(({ id }) => id) as [string, string];
  const afterRuling = (...rulings: { question: string; answer: boolean; by: string }[]) =>
    decided(engine, {}, { rulings }).assessments.grounding;
  test("settles it and supports nothing", () => {
    const both = afterRuling(
      { question: rests, answer: true, by: "owner" },
      { question: open, answer: true, by: "owner" },
    );
    expect(both).toMatchObject({ finding: "grounded", support: null, confidence: 0 });
  });
  test("a no makes it false, also where only what it rests on was not known", () => {
    expect(afterRuling({ question: rests, answer: false, by: "owner" }).finding).toBe("contradicted");
    expect(afterRuling({ question: open, answer: false, by: "owner" }).finding).toBe("contradicted");
  });
  test("by another says nothing", () => {
    expect(afterRuling({ question: open, answer: false, by: "board" }).finding).toBe("unverified");
  });
});

describe("facts", () => {
  test("are asked for as far as the arguments leave them open", () => {
    const engine = engineOf(blocks("ground act on fact n == 9 or of(n) == f()"));
    expect(evaluated(engine).asks).toEqual([
      { fact: "of", args: [1] },
      { fact: "f", args: [] },
    ]);
    expect(evaluated(engine, { args: { n: 9 } }).asks).toEqual([]);
  });
  test("are asked with another fact's value once that is known", () => {
    const engine = engineOf(blocks("ground act on fact of(f()) == 1"));
    expect(evaluated(engine).asks).toEqual([{ fact: "f", args: [] }]);
    expect(evaluated(engine, {}, f(5)).asks).toEqual([{ fact: "of", args: [5] }]);
  });
  test("are told with their reasons, not with their values", () => {
    const assessment = grounded(
      "ground act on fact f() == 7",
      {},
      { answers: [answered("f", { a: "secret" })] },
    );
    expect(JSON.stringify(assessment)).not.toContain("secret");
    expect(assessment.unknowns).toEqual([
      { key: "fact:f()", kind: "fact", reason: "`a` gave a value that is a string, not an int" },
    ]);
  });
});

describe("layers", () => {
  const above = (base: string, grounding: string) =>
    createEngine(
      compiled(`policy above extends "base"\ngrounding { ${grounding} }\n`, {
        "base/policy.reshimu": commission(blocks(base)),
        base: commission(blocks(base)),
      }),
    );
  test("each has its own tolerance and its own checks", () => {
    const engine = above(
      "ground act on inference claim.x == f()",
      "ground act on inference claim.x == f()\n tolerance 0",
    );
    expect(decided(engine, claims({ x: [7, 1] }), f()).assessments.grounding.finding).toBe("overconfident");
    expect(decided(engine, claims({ x: [7, 0.9] }), f()).assessments.grounding.finding).toBe("grounded");
  });
  test("of several bounds for a claim, and of several times that it is missing, one is told: the least", () => {
    const check = "ground act on inference claim.x == f()";
    const engine = above(`${check}\n tolerance 0.05`, `${check}\n tolerance 0.01`);
    const other = above(`${check}\n tolerance 0.01`, `${check}\n tolerance 0.05`);
    const told = [{ name: "x", problem: "overconfident", atMost: 0.91 }];
    for (const one of [engine, other])
      expect(decided(one, claims({ x: [7, 1] }), f()).assessments.grounding.claims).toEqual(told);
    expect(decided(engine, {}, f()).assessments.grounding.claims).toEqual([
      { name: "x", problem: "missing" },
    ]);
  });
  test("what is unknown of a long list is looked at as far as its first thousand elements", () => {
    const items = Array.from({ length: 1_001 }, (_, i) => 2_000 - i);
    const engine = engineOf({
      tools: "tool act(n: int, all: list<int>)",
      ...blocks("ground act on fact every i in all: of(i) == 7"),
    });
    const { unknowns } = decided(engine, { args: { n: 1, all: items } }).assessments.grounding;
    expect(unknowns).toHaveLength(50);
    expect(unknowns[0]?.key).toBe("fact:of(1001)");
  });
  test("only a check of the commission lifts the confidence above `unsupported at most`", () => {
    expect(
      decided(above("unsupported at most 0.5", "ground act on fact f() == 7"), {}, f()).assessments.grounding
        .confidence,
    ).toBe(0.5);
    expect(
      decided(above("unsupported at most 0.5\n ground act on fact f() == 7", ""), {}, f()).assessments
        .grounding.confidence,
    ).toBe(0.9);
  });
  test("every support counts, of whatever layer", () => {
    const engine = above("ground act on fact both() == 7", "ground act on fact f() == 7");
    const answers = [answered("f", { a: 7 }), answered("both", { a: 7, b: 7 })];
    expect(decided(engine, {}, { answers }).assessments.grounding.confidence).toBe(0.9);
  });
  test("one that is above does not lend `unsupported at most`", () => {
    expect(decided(above("", "unsupported at most 0.5")).assessments.grounding.confidence).toBe(0);
  });
});

describe("a check that is true whatever the rest is", () => {
  const trust = "or session.trust == 1";
  const whole = (check: string, proposal: Partial<Proposal> = {}, more: Partial<Knowledge> = {}) => {
    const { finding, support, unknowns, checks } = grounded(check, proposal, more);
    const [report] = checks;
    return {
      finding,
      support,
      unknowns: unknowns.map(({ key }) => key),
      value: report?.value,
      settled: report?.settled,
      rests: report?.rests,
      ofCheck: report?.support,
    };
  };
  const unverified = { finding: "unverified", support: null, value: "true", settled: false };
  test("is settled by what it rests on alone, and tells of that what is not known", () => {
    expect(whole(`ground act on fact f() == 7 or of(1) == 1 ${trust}`, {}, f())).toEqual({
      ...unverified,
      unknowns: ["fact:of(1)"],
      rests: ["f()", "of(1)"],
    });
    expect(whole(`ground act on fact of(given.open) == 1 ${trust}`)).toEqual({
      ...unverified,
      unknowns: [],
      rests: ["of(?)"],
    });
    const from = "source web is tool idle trust 0.4\n claim to: string\n ground act on situation claim.to";
    expect(whole(`${from} traced to web ${trust}`, claims({ to: ["Ann", 0.1] }))).toEqual({
      ...unverified,
      unknowns: ['traced:"Ann" to web'],
      rests: ['"Ann" traced to web'],
    });
    expect(whole(`${from} traced to web ${trust}`)).toEqual({
      ...unverified,
      finding: "unclaimed",
      unknowns: [],
      rests: ["? traced to web"],
    });
  });
  test("does not rest on what stands in a loop over a list that is not known: over an empty one it rests on nothing (T7)", () => {
    const engine = engineOf({
      ...blocks("ground act on fact claim.x > 0 or (every v in given.those: f() > v)"),
      givens: 'given those: list<int> asks owner "Which?"',
    });
    const over = (givens: Knowledge["givens"]) =>
      decided(engine, claims({ x: [1, 0.5] }), { ...f(), givens }).assessments.grounding;
    expect(over({})).toMatchObject({
      finding: "unverified",
      support: null,
      unknowns: [{ key: "given:those", reason: "nobody has said what `given.those` is" }],
      checks: [{ value: "true", settled: false, rests: ["f()"] }],
    });
    expect(over({ those: [] })).toMatchObject({
      finding: "grounded",
      support: null,
      checks: [{ rests: [] }],
    });
    expect(over({ those: [9] })).toMatchObject({
      finding: "grounded",
      support: 0.9,
      checks: [{ rests: ["f()"] }],
    });
  });
  describe("that is true, and has a loop over a list that is not known", () => {
    const engineFor = (check: string) =>
      engineOf({
        ...blocks(`source web is tool idle trust 0.2\n ground act on fact claim.x > 0 ${check}`),
        givens: `given those: list<int> asks owner "Which?"
          given maybe: bool asks owner "Is it so?"
          given k: int = 2`,
      });
    const known = {
      ...f(),
      history: [past("idle", {})],
      observations: [returned("idle", ["web"], "Ann Lee")],
    };
    const proposal = { args: { n: 1, who: "Ann Lee" }, ...claims({ x: [1, 0.1] }) };
    const grounding = (check: string, givens: Knowledge["givens"] = {}) =>
      decided(engineFor(check), proposal, { ...known, givens }).assessments.grounding;

    test("does not rest on what is traced in it either", () => {
      const check = "or (every v in given.those: has who and who traced to web)";
      const rests = ['"Ann Lee" traced to web'];
      expect(grounding(check)).toMatchObject({
        finding: "unverified",
        support: null,
        unknowns: [{ key: "given:those" }],
        checks: [{ settled: false, rests }],
      });
      expect(grounding(check, { those: [1] })).toMatchObject({
        finding: "grounded",
        support: 0.2,
        checks: [{ settled: true, rests }],
      });
    });
    test("is open for the list, beside all else that it is open for", () => {
      const check = "or of(n) == 7 or (every v in given.those: f() > v)";
      expect(grounding(check).unknowns.map(({ key }) => key)).toEqual(["fact:of(1)", "given:those"]);
    });
    test("is no question about a given that is known", () => {
      const engine = engineFor("and given.k == 2 or (every v in given.those: f() > v)");
      const [remedy] = decided(engine, proposal, known).remedies;
      expect(remedy).toMatchObject({
        validator: "grounding",
        questions: ["given:those", expect.stringMatching(/^ground\//)],
      });
    });
    test("is settled by the given that tells the list", () => {
      const { policy } = engineFor("or (every v in (if given.maybe then [1] else []): f() > v)");
      // Questions are asked in the order of their keys: the check would be asked about first.
      const layers = policy.layers.map((layer) => ({
        ...layer,
        grounding: layer.grounding && {
          ...layer.grounding,
          grounds: layer.grounding.grounds.map((ground) => ({ ...ground, id: "a" })),
        },
      }));
      const { decision } = createEngine({ ...policy, layers }).decide(
        { tool: "act", confidence: 1, ...proposal },
        knowing(known),
      );
      expect(decision.report?.questions).toMatchObject({ key: "given:maybe" });
    });
  });
  test("supports nothing where it is false, however well its facts are known", () => {
    expect(whole("ground act on fact f() == 8", {}, f())).toEqual({
      finding: "contradicted",
      support: null,
      unknowns: [],
      value: "false",
      settled: true,
      rests: ["f()"],
    });
  });
  test("rests on facts in the order of their keys", () => {
    expect(whole("ground act on fact of(2) == 7 and f() == 7").rests).toEqual(["f()", "of(2)"]);
  });
});

test("claims that are not made are told in the order of their names", () => {
  const missing = grounded("ground act on inference claim.y == 1 and claim.x == 1").claims;
  expect(missing).toEqual([
    { name: "x", problem: "missing" },
    { name: "y", problem: "missing" },
  ]);
});

test("a claim that one check supports is held against that, whatever another leaves open", () => {
  const checks = "tolerance 0.05\n ground act on fact f() == claim.x\n ground act on fact of(n) == claim.x";
  expect(grounded(checks, claims({ x: 7 }), f()).claims).toEqual([
    { name: "x", problem: "overconfident", atMost: 0.95 },
  ]);
});

test("a commission without a grounding block bears out nothing", () => {
  const { layers, ...policy } = compiled(commission());
  const without = createEngine({ ...policy, layers: layers.map((one) => ({ ...one, grounding: null })) });
  expect(decided(without).assessments.grounding).toMatchObject({ finding: "grounded", confidence: 0 });
});
