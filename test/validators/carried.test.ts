import { describe, expect, test } from "vitest";
import { lostBullets } from "../../src/engine/frame.js";
import type { Descent, Knowledge, Ruling } from "../../src/ir/knowledge.js";
import { answered, type Blocks, decided, engineOf, knowing } from "../support/policy.js";

const blocks = (more: Blocks): Blocks => ({
  givens: 'given most: int asks board "How many?"\n given of: int asks owner "Of which?"',
  ...more,
});
const all: Descent = { bullets: ["find", "tell", "keep"], givens: ["most", "of"], tools: ["act"], hops: [] };
const without = (...lost: readonly string[]): Descent => ({
  ...all,
  bullets: all.bullets.filter((name) => !lost.includes(name)),
  givens: all.givens.filter((name) => !lost.includes(name)),
});
/** What is decided with all that is known, and what where some of it did not reach the session. */
const both = (of: Blocks, descent: Descent, known: Partial<Knowledge> = {}, proposal = {}) => {
  const engine = engineOf(blocks(of));
  const knowledge: Partial<Knowledge> = { givens: { most: 5, of: 2 }, ...known };
  return [
    decided(engine, proposal, knowledge),
    decided(engine, proposal, { ...knowledge, descent }),
  ] as const;
};
const words = (...[whole, thin]: ReturnType<typeof both>): string[] => [whole.decision, thin.decision];

describe("a permit", () => {
  const scope = "permit act serving find when n <= given.most";
  test("that reads a given which did not come down is unknown", () => {
    const [whole, thin] = both({ scope }, without("most"));
    expect(words(whole, thin)).toEqual(["authorize", "clarify"]);
    expect(thin.assessments.scope.unknowns).toEqual([
      { key: "given:most", kind: "given", reason: "`given.most` did not reach this session" },
    ]);
    expect(thin.assessments.discernment.components).toMatchObject([{ kind: "scope", weight: 1 }]);
  });
  test("that serves a bullet which did not come down is unknown, though its condition is known", () => {
    const [whole, thin] = both({ scope }, without("find"));
    expect(words(whole, thin)).toEqual(["authorize", "clarify"]);
    expect(thin.assessments.scope.unknowns).toEqual([
      { key: "bullet:find", kind: "bullet", reason: "`intent.find` did not reach this session" },
    ]);
  });
  test("is unknown for both", () => {
    const [, thin] = both({ scope }, without("find", "most"));
    expect(thin.assessments.scope.unknowns.map(({ key }) => key)).toEqual(["bullet:find", "given:most"]);
  });
  test("goes on where what did come down is all that it needs", () => {
    expect(words(...both({ scope }, without("tell", "keep", "of")))).toEqual(["authorize", "authorize"]);
  });
  test("is false where all that is known makes it false, whatever was lost", () => {
    const [, thin] = both({ scope }, without("find", "most"), { givens: { most: 0, of: 2 } });
    expect([thin.decision, thin.assessments.scope.finding]).toEqual(["return", "outside"]);
    expect(thin.assessments.scope.unknowns).toEqual([]);
  });
  test("is unknown where nobody has said the given either", () => {
    const [whole, thin] = both({ scope }, without("find"), { givens: {} });
    expect(words(whole, thin)).toEqual(["clarify", "clarify"]);
    expect(thin.assessments.scope.unknowns.map(({ key }) => key)).toEqual(["bullet:find", "given:most"]);
  });
});

describe("an answer to what is unknown of a permit", () => {
  const [id] = engineOf(
    blocks({ scope: "permit act serving find when n <= given.most" }),
  ).policy.layers.flatMap(({ scope }) => scope?.permits.map((permit) => permit.id) ?? []);
  const said = (by: string, answer: boolean): Partial<Knowledge> => ({
    rulings: [{ question: id as string, answer, by }],
  });
  const decidedAfter = (descent: Descent, known: Partial<Knowledge>): string =>
    both({ scope: "permit act serving find when n <= given.most" }, descent, known)[1].decision;
  test("is the one's to give whom the given that was lost is asked of", () => {
    expect(decidedAfter(without("most"), said("board", true))).toBe("authorize");
    expect(decidedAfter(without("most"), said("board", false))).toBe("return");
    expect(decidedAfter(without("most"), said("owner", true))).toBe("clarify");
  });
  test("is the first of escalate's where only a bullet was lost", () => {
    expect(decidedAfter(without("find"), said("owner", true))).toBe("authorize");
    expect(decidedAfter(without("find"), said("owner", false))).toBe("return");
    expect(decidedAfter(without("find"), said("board", true))).toBe("clarify");
  });
});

describe("the question that is asked of a principal", () => {
  const engine = engineOf({
    givens: 'given go: bool asks board "May it?"',
    scope: "permit act serving find when given.go",
  });
  const asked = (descent: Descent, givens: Knowledge["givens"] = { go: true }) => {
    const { decision } = engine.decide(
      { tool: "act", args: { n: 1 }, confidence: 1 },
      knowing({ givens, descent }),
    );
    return decision.report?.questions;
  };
  const choices = (no: string, yes: string) => [
    { answer: false, then: { decision: no } },
    { answer: true, then: { decision: yes } },
  ];
  test("is of the given that did not come down; what is answered reaches the session", () => {
    for (const givens of [{ go: true }, {}]) {
      const question = asked({ ...all, givens: [] }, givens);
      expect(question).toMatchObject({ key: "given:go", ask: ["board"] });
      expect(question?.choices.toSorted((a, b) => Number(a.answer) - Number(b.answer))).toEqual(
        choices("return", "authorize"),
      );
    }
  });
  test("is of the permit whose bullet did not come down", () => {
    const question = asked({ ...all, bullets: [], givens: ["go"] });
    expect(question?.key).toMatch(/^permit\//);
    expect(question?.ask).toEqual(["owner"]);
  });
});

test("a policy without an intent has no bullets to lose", () => {
  expect(lostBullets({ ...engineOf().policy, intent: null }, { ...all, bullets: [] })).toEqual(new Set());
  expect(lostBullets(engineOf().policy, undefined)).toEqual(new Set());
  expect(lostBullets(engineOf().policy, { ...all, bullets: ["tell"] })).toEqual(new Set(["find", "keep"]));
});

describe("forbids, limits and classes bind with all that is known", () => {
  test.each<readonly [string, Blocks, string]>([
    ["a forbid", { scope: "permit act\n forbid act serving find when n <= given.most" }, "return"],
    ["a limit", { scope: "permit act\n limit act sum given.most to 3 per session" }, "return"],
    [
      "a class",
      {
        reversibility:
          "class free\n class grave above free confirm owner\n treat act as grave when n <= given.most\n otherwise free",
      },
      "confirm",
    ],
  ])("%s", (_, of, decision) => {
    expect(words(...both(of, without("most", "find")))).toEqual([decision, decision]);
  });
});

describe("a check", () => {
  const sources =
    'source a is json "a.json" trust 0.5\n fact f(k: int): int from a "/f/{k}"\n claim x: int\n';
  const f = { answers: [answered("f", { a: 7 }, [2])] };
  const thinly = (grounding: string, proposal = {}, known: Partial<Knowledge> = f, lost = ["of", "most"]) => {
    const [whole, thin] = both({ grounding: sources + grounding }, without(...lost), known, proposal);
    return [whole.assessments.grounding, thin.assessments.grounding] as const;
  };
  test("that reads a given which did not come down is not settled", () => {
    const [whole, thin] = thinly("unsupported at most 1\n ground act on fact n <= given.most");
    expect([whole.finding, thin.finding]).toEqual(["grounded", "unverified"]);
    expect(thin.unknowns.map(({ key }) => key)).toEqual(["given:most"]);
  });
  test("is contradicted where all that is known contradicts it", () => {
    const [whole, thin] = thinly("unsupported at most 1\n ground act on fact n > given.most");
    expect([whole.finding, thin.finding]).toEqual(["contradicted", "contradicted"]);
    expect(thin.checks[0]).toMatchObject({ value: "false", settled: true, fails: ["n > given.most"] });
  });
  test("that rests on a fact asked with a given which did not come down is not settled, also where it is true", () => {
    const [whole, thin] = thinly("unsupported at most 1\n ground act on fact f(given.of) == 7");
    expect(whole.checks[0]).toMatchObject({ value: "true", settled: true, support: 0.5 });
    expect(thin.checks[0]).toMatchObject({ value: "unknown", settled: false });
    const either = "unsupported at most 1\n ground act on fact given.most == 5 or f(given.of) == 7";
    const [, thinner] = thinly(either, {}, f, ["of"]);
    expect(thinner.checks[0]).toMatchObject({ value: "true", settled: false, rests: ["f(?)"] });
    for (const { checks, support } of [thin, thinner]) {
      expect(checks[0]).not.toHaveProperty("support");
      expect(support).toBeNull();
    }
  });
  test("binds a claim and the confidence by what it supports with all that is known, so that a loss lifts nothing", () => {
    const grounding = "unsupported at most 1\n tolerance 0\n ground act on fact f(given.of) == claim.x";
    const [whole, thin] = thinly(grounding, { claims: { x: { value: 7, confidence: 0.9 } } });
    const tooSure = [{ name: "x", problem: "overconfident", atMost: 0.5 }];
    expect([whole.finding, whole.claims, whole.confidence]).toEqual(["overconfident", tooSure, 0.5]);
    expect([thin.finding, thin.claims, thin.confidence]).toEqual(["overconfident", tooSure, 0.5]);
  });
  test("supports nothing by a loss: not what all that is known leaves with nothing to rest on", () => {
    const engine = engineOf({
      givens: 'given ks: list<int> asks owner "Which?"',
      grounding: `${sources}unsupported at most 0.1\n ground act on fact n == claim.x or (some k in given.ks: f(2) == k)`,
    });
    const confidence = (descent: Partial<Knowledge>): number =>
      decided(engine, { claims: { x: { value: 1 } } }, { givens: { ks: [] }, answers: f.answers, ...descent })
        .assessments.grounding.confidence;
    expect([confidence({}), confidence({ descent: { ...all, givens: [] } })]).toEqual([0.1, 0.1]);
  });
});

describe("a gray line", () => {
  const discernment = "threshold 0.3\n gray act when n > given.most weight 0.5\n escalate owner within 4h";
  const id = (of: string): string =>
    engineOf(blocks({ discernment: of })).policy.layers[0]?.discernment?.grays[0]?.id as string;
  const no = (of: string): { readonly rulings: readonly Ruling[] } => ({
    rulings: [{ question: id(of), answer: false, by: "owner" }],
  });
  test("goes by what was carried: not known to be false it weighs", () => {
    expect(words(...both({ discernment }, without("most")))).toEqual(["authorize", "clarify"]);
  });
  test("that a principal refused for the session refuses where it is known to apply, whatever was lost", () => {
    const applies = discernment.replace("n > given", "n <= given");
    const [whole, thin] = both({ discernment: applies }, without("most"), no(applies));
    expect(words(whole, thin)).toEqual(["return", "return"]);
    expect(thin.assessments.discernment.refusedBy).toEqual(["owner"]);
  });
  test("that a principal refused for the session is a question where it is not known to apply", () => {
    const [whole, thin] = both({ discernment }, without("most"), no(discernment));
    expect(words(whole, thin)).toEqual(["authorize", "clarify"]);
    expect(thin.assessments.discernment.ambiguity).toBe(1);
  });
});

describe("where a thing was lost is told", () => {
  const hop = (session: string, by: "boundary" | "delegation", at: string, ...things: readonly string[]) => ({
    session,
    from: null,
    to: null,
    carried: [],
    withheld: things.map((thing) => ({ thing, by, at })),
    retention: 1,
  });
  const scope = "permit act serving find, tell when n <= given.most and n <= given.of";
  const reasons = (descent: Descent): string[] =>
    both({ scope }, descent)[1].assessments.scope.unknowns.map(({ reason }) => reason);
  const end = "; carry it down, or let a principal say it";
  test("at a boundary, or by a delegation: at the first that lost it", () => {
    const hops = [
      hop("s/1", "boundary", "root -> lead", "given.most", "intent.tell"),
      hop("s/2", "delegation", "s/2", "given.of", "intent.find", "given.most"),
    ];
    expect(reasons({ ...without("find", "tell", "most", "of"), hops })).toEqual([
      `\`intent.find\` did not reach this session: the delegation of \`s/2\` left it out${end}`,
      `\`intent.tell\` did not reach this session: it was lost at the boundary \`root -> lead\`${end}`,
      `\`given.most\` did not reach this session: it was lost at the boundary \`root -> lead\`${end}`,
      `\`given.of\` did not reach this session: the delegation of \`s/2\` left it out${end}`,
    ]);
  });
  test("not of what was said to the session itself since, which only nobody knows yet", () => {
    const hops = [hop("s/1", "delegation", "s/1", "given.most")];
    const thin = both({ scope }, { ...all, hops }, { givens: { of: 2 } })[1];
    expect(thin.assessments.scope.unknowns).toEqual([
      { key: "given:most", kind: "given", reason: "nobody has said what `given.most` is" },
    ]);
  });
  test("of a tool as well, also one that no hop names", () => {
    const problems = (descent: Descent): readonly string[] => both({}, descent)[1].assessments.scope.problems;
    expect(problems(all)).toEqual([]);
    expect(problems({ ...all, tools: [] })).toEqual([
      "this session may not use `act`; it was not handed down",
    ]);
    const hops = [hop("s/1", "delegation", "s/1", "idle"), hop("s/1/2", "boundary", "lead -> worker", "act")];
    expect(problems({ ...all, tools: ["idle"], hops })).toEqual([
      "this session may not use `act`; it was lost at the boundary `lead -> worker`",
    ]);
  });
});

describe("who may propose", () => {
  const tiers = `tiers root > worker
    boundary root -> worker { carries intent.*, given.* grants act withholds idle }`;
  const engine = engineOf({ more: tiers });
  const problemsOf = (more: Partial<Knowledge>, tool = "act"): readonly string[] =>
    engine.evaluate({ tool, args: tool === "act" ? { n: 1 } : {} }, knowing(more)).decision.assessments.scope
      .problems;
  test("a tool that was handed down beyond what the tier uses is not the tier's for that", () => {
    const descent = { ...all, tools: ["act", "idle"] };
    expect(problemsOf({ descent, tier: "worker" })).toEqual([]);
    expect(problemsOf({ descent, tier: "worker" }, "idle")).toEqual([
      "the tier `worker` may not use `idle`; it was withheld at `root -> worker`",
    ]);
    expect(problemsOf({ descent, tier: "nowhere" })).toEqual(["no tier is called `nowhere`"]);
  });
  test("the root uses no tool, and may delegate nevertheless, where it hands `delegate` on", () => {
    const handing = (hold: string) =>
      engineOf({
        tools: "tool act(n: int)\n tool delegate(brief: string)",
        more: `tiers root > lead > worker
          boundary root -> lead { carries intent.*, given.* ${hold} }
          boundary lead -> worker { carries intent.*, given.* grants act withholds delegate }`,
      });
    const may = (hold: string, tier: string, tool = "delegate"): boolean =>
      decided(handing(hold), { tool, args: tool === "act" ? { n: 1 } : { brief: "b" } }, { tier }).assessments
        .scope.problems.length === 0;
    expect(may("grants act, delegate", "root")).toBe(true);
    expect(may("grants act, delegate", "root", "act")).toBe(false);
    expect(may("grants act, delegate", "lead")).toBe(true);
    expect(may("grants act passes delegate", "lead")).toBe(false);
    expect(may("grants act, delegate", "worker")).toBe(false);
  });
  test("a session that has come to its end, or that delegates what it cannot, does not: the reason is told first", () => {
    const problems = ["this session ended"];
    expect(problemsOf({ problems })).toEqual(problems);
    expect(problemsOf({ problems, descent: { ...all, tools: [] } })).toEqual([
      "this session ended",
      "this session may not use `act`; it was not handed down",
    ]);
    expect(decided(engine, {}, { problems })).toMatchObject({ decision: "return", stoppedBy: ["scope"] });
  });
});

test("what counts for a session is what its whole tree did, by the name of its root", () => {
  const engine = engineOf({ scope: "permit act\n limit act to 1 per session" });
  const done = (session: string): Knowledge["history"] => [
    { session, at: 0, tool: "act", args: { n: 1 }, classes: ["free"], observed: true, trust: 1 },
  ];
  const word = (root: string | undefined, of: string): string =>
    decided(
      engine,
      {},
      { session: { id: "s/1", ...(root === undefined ? {} : { root }) }, history: done(of) },
    ).decision;
  expect([word("s", "s"), word("s", "s/1"), word(undefined, "s/1"), word(undefined, "s")]).toEqual([
    "return",
    "authorize",
    "return",
    "authorize",
  ]);
});
