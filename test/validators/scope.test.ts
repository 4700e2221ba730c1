import { describe, expect, test } from "vitest";
import { createEngine } from "../../src/engine/engine.js";
import { UNKNOWN } from "../../src/logic/value.js";
import type { Case } from "../../src/validators/case.js";
import { limitPassed } from "../../src/validators/limits.js";
import type { LimitPlan } from "../../src/validators/plan.js";
import { commission, compiled, decided, engineOf, evaluated, knowing, past } from "../support/policy.js";

const unknowns = 'given maybe: bool asks owner "Is it so?"\n given other: bool asks board "And this?"';
const scopeOf = (scope: string, more: Parameters<typeof decided>[2] = {}, proposal = {}) =>
  decided(engineOf({ givens: unknowns, scope }), proposal, more).assessments.scope;

describe("scope finds", () => {
  test.each<readonly [string, string, string]>([
    ["outside where no permit speaks of the tool", "permit idle", "outside"],
    ["outside where every permit is false", "permit act when n > 1\n permit act when n > 2", "outside"],
    ["within where one permit is true", "permit act when n > 1\n permit act when n == 1", "within"],
    [
      "within where another permit is unknown",
      "permit act when given.maybe\n permit act when n == 1",
      "within",
    ],
    [
      "unknown where no permit is true and one is unknown",
      "permit act when given.maybe\n permit act when n > 1",
      "unknown",
    ],
    ["outside where a forbid is true, whatever permits say", "permit *\n forbid act when n == 1", "outside"],
    [
      "outside where a forbid is true and a permit unknown",
      "permit act when given.maybe\n forbid act when n == 1",
      "outside",
    ],
    ["within where every forbid is false", "permit *\n forbid act when n == 2", "within"],
    ["unknown where a forbid is unknown", "permit *\n forbid act when given.maybe", "unknown"],
    [
      "outside where all permits are false, though a forbid is unknown",
      "permit act when n > 1\n forbid act when given.maybe",
      "outside",
    ],
    [
      "outside where a limit is passed, though a permit is unknown",
      "permit act when given.maybe\n limit act to 0 per session",
      "outside",
    ],
    [
      "unknown where a limit's amount is",
      "permit *\n limit act sum (if given.maybe then 1 else 2) to 9 per session",
      "unknown",
    ],
    [
      "unknown where a limit's key is",
      "permit *\n limit act to 9 per session each (if given.maybe then 1 else 2)",
      "unknown",
    ],
  ])("%s", (_, scope, finding) => {
    expect(scopeOf(scope, {}, {}).finding).toBe(finding);
  });

  test("what could not be decided, with why", () => {
    expect(scopeOf("permit act when given.maybe and given.other").unknowns.map(({ key }) => key)).toEqual([
      "given:maybe",
      "given:other",
    ]);
  });

  test("which parts of a false permit do not hold", () => {
    const [rule] = scopeOf("permit act when n > 1 and n < 9").rules;
    expect(rule).toMatchObject({ effect: "permit", value: "false", fails: ["n > 1"] });
  });
});

describe("a limit per session", () => {
  const engine = engineOf({ scope: "permit *\n limit act to 2 per session" });
  const finding = (history: ReturnType<typeof past>[]): string =>
    decided(engine, {}, { history }).assessments.scope.finding;
  test("counts this action and earlier ones of the session, of whatever age", () => {
    expect(finding([])).toBe("within");
    expect(finding([past("act", { n: 1 }, { at: 0 })])).toBe("within");
    expect(finding([past("act", { n: 1 }, { at: 0 }), past("act", { n: 2 })])).toBe("outside");
  });
  test("does not count other sessions", () => {
    expect(finding([1, 2, 3].map((n) => past("act", { n }, { session: "other" })))).toBe("within");
  });
  test("tells what was used", () => {
    const { rules } = decided(engine, {}, { history: [past("act", { n: 1 })] }).assessments.scope;
    expect(rules.at(-1)).toMatchObject({ effect: "limit", value: "false", used: 1, limit: 2 });
  });
});

describe("a limit per duration", () => {
  const engine = engineOf({ scope: "permit *\n limit act to 1 per 1h" });
  const at = (age: number, session = "s") => [
    past("act", { n: 1 }, { at: Date.UTC(2026, 0, 31, 12) - age, session }),
  ];
  const finding = (history: ReturnType<typeof past>[]): string =>
    decided(engine, {}, { history }).assessments.scope.finding;
  test("counts what is younger, over all sessions", () => {
    expect(finding(at(3_599_999))).toBe("outside");
    expect(finding(at(3_600_000))).toBe("within");
    expect(finding(at(0, "other"))).toBe("outside");
    expect(finding(at(-5))).toBe("outside");
  });
});

describe("a limit of a sum", () => {
  const engine = engineOf({ scope: "permit *\n limit act sum n to 10 per session" });
  const finding = (n: number, ...earlier: number[]): string =>
    decided(engine, { args: { n } }, { history: earlier.map((one) => past("act", { n: one })) }).assessments
      .scope.finding;
  test("is passed by more than it, this action included", () => {
    expect(finding(10)).toBe("within");
    expect(finding(11)).toBe("outside");
    expect(finding(4, 6)).toBe("within");
    expect(finding(5, 6)).toBe("outside");
    expect(finding(12, -2)).toBe("within");
  });
  test("is unknown where an earlier amount cannot be told", () => {
    const history = [past("act", {})];
    expect(decided(engine, {}, { history }).assessments.scope.finding).toBe("unknown");
  });
});

describe("a limit for each key", () => {
  const engine = engineOf({
    tools: "tool act(n: int, who?: string)\ntool also(who: string)",
    scope: 'permit *\n limit act, also to 1 per session each (if has who then who else "nobody")',
  });
  const finding = (who: string | undefined, ...history: ReturnType<typeof past>[]): string =>
    decided(engine, { args: { n: 1, ...(who === undefined ? {} : { who }) } }, { history }).assessments.scope
      .finding;
  test("counts what had the same", () => {
    expect(finding("a", past("act", { n: 1, who: "b" }))).toBe("within");
    expect(finding("a", past("act", { n: 1, who: "a" }))).toBe("outside");
    expect(finding("a", past("also", { who: "a" }))).toBe("outside");
    expect(finding(undefined, past("act", { n: 1 }))).toBe("outside");
  });
});

describe("an earlier action whose key is not known", () => {
  const engine = engineOf({
    givens: unknowns,
    scope: "permit *\n limit act to 1 per session each (if n > 5 then given.maybe else n == n)",
  });
  test("may have had this one: then the limit is unknown, not passed", () => {
    const unknown = [past("act", { n: 6 })];
    expect(decided(engine, { args: { n: 1 } }, { history: unknown }).decision).toBe("clarify");
    expect(decided(engine, { args: { n: 1 } }, { history: unknown, givens: { maybe: false } }).decision).toBe(
      "authorize",
    );
    expect(decided(engine, { args: { n: 1 } }, { history: unknown, givens: { maybe: true } }).decision).toBe(
      "return",
    );
  });
  test("does not matter where the limit is passed, or kept, in any case", () => {
    const passed = [past("act", { n: 6 }), past("act", { n: 1 })];
    expect(decided(engine, { args: { n: 1 } }, { history: passed }).decision).toBe("return");
    const wide = engineOf({
      givens: unknowns,
      scope: "permit *\n limit act to 2 per session each (if n > 5 then given.maybe else n == n)",
    });
    expect(decided(wide, { args: { n: 1 } }, { history: [past("act", { n: 6 })] }).decision).toBe(
      "authorize",
    );
  });
});

describe("a call of a tool that is not declared, observed all the same,", () => {
  test("counts in a limit of all tools, and leaves a sum unknown", () => {
    const history = [past("elsewhere", { x: 1 })];
    const finding = (limit: string): string =>
      decided(engineOf({ scope: `permit *\n ${limit}` }), {}, { history }).assessments.scope.finding;
    expect(finding("limit * to 1 per session")).toBe("outside");
    expect(finding("limit * to 2 per session")).toBe("within");
    expect(finding("limit act to 1 per session")).toBe("within");
  });
});

describe("a ruling", () => {
  const engine = engineOf({
    givens: unknowns,
    scope: "permit act when given.maybe\n forbid act when given.other",
  });
  const before = decided(engine);
  const [permit, forbid] = before.assessments.scope.rules.map(({ id }) => id) as [string, string];
  const afterRuling = (...rulings: { question: string; answer: boolean; by: string; proposal?: string }[]) =>
    decided(engine, {}, { rulings }).assessments.scope.finding;
  test("by the one who is asked makes a residual condition true or false", () => {
    expect(before.assessments.scope.finding).toBe("unknown");
    expect(
      afterRuling(
        { question: permit, answer: true, by: "owner" },
        { question: forbid, answer: false, by: "board" },
      ),
    ).toBe("within");
    expect(afterRuling({ question: permit, answer: false, by: "owner" })).toBe("outside");
    expect(afterRuling({ question: forbid, answer: true, by: "board" })).toBe("outside");
  });
  test("by anybody else says nothing", () => {
    expect(afterRuling({ question: permit, answer: false, by: "board" })).toBe("unknown");
  });
  test("of another proposal says nothing", () => {
    expect(afterRuling({ question: permit, answer: false, by: "owner", proposal: "sha256:other" })).toBe(
      "unknown",
    );
    expect(afterRuling({ question: permit, answer: false, by: "owner", proposal: before.proposal })).toBe(
      "outside",
    );
  });
  test("governs if it is the latest", () => {
    const no = { question: permit, answer: false, by: "owner" };
    const yes = { question: permit, answer: true, by: "owner" };
    expect(afterRuling(yes, no)).toBe("outside");
    expect(afterRuling(no, yes)).toBe("unknown");
  });
  test("does not outweigh what is known", () => {
    const rulings = [{ question: permit, answer: true, by: "owner" }];
    expect(decided(engine, {}, { rulings, givens: { maybe: false } }).assessments.scope.finding).toBe(
      "outside",
    );
  });
  test("on a limit says that it is kept", () => {
    const limited = engineOf({
      givens: unknowns,
      scope: "permit *\n limit act sum (if given.maybe then 1 else 2) to 9 per session",
    });
    const id = decided(limited).assessments.scope.rules.at(-1)?.id as string;
    const finding = (answer: boolean): string =>
      decided(limited, {}, { rulings: [{ question: id, answer, by: "owner" }] }).assessments.scope.finding;
    expect([finding(true), finding(false)]).toEqual(["within", "outside"]);
  });
});

describe("layers", () => {
  const base = commission({ givens: unknowns, scope: "permit act when n < 10" });
  const above = (scope: string) =>
    createEngine(compiled(`policy above extends "base"\n${scope}\n`, { "base/policy.reshimu": base, base }));
  test("each speaks by its own statements, and the lowest counts", () => {
    expect(decided(above("scope { permit * }")).assessments.scope.finding).toBe("within");
    expect(
      decided(above("scope { permit act when n < 5 }"), { args: { n: 7 } }).assessments.scope.finding,
    ).toBe("outside");
    expect(decided(above("scope { permit * }"), { args: { n: 17 } }).assessments.scope.finding).toBe(
      "outside",
    );
    expect(decided(above("scope { permit act when given.maybe }")).assessments.scope.finding).toBe("unknown");
    expect(decided(above("scope { permit idle }")).assessments.scope.finding).toBe("outside");
  });
  test("one that writes no block has no opinion", () => {
    expect(decided(above("discernment { threshold 0 }")).assessments.scope.finding).toBe("within");
  });
});

describe("who proposes", () => {
  const tiers = `
    tiers top > low
    boundary top -> low { carries intent.*, given.* grants act withholds also because "only this" }`;
  const engine = engineOf({ tools: "tool act(n: int)\ntool also(n: int)", more: tiers });
  const finding = (proposal: object, more = {}) => decided(engine, proposal, more).assessments.scope;
  test("stands at the lowest tier where the store names none", () => {
    expect(finding({}).finding).toBe("within");
    expect(finding({ tool: "also" }).finding).toBe("outside");
    expect(finding({ tool: "also" }).problems).toEqual([
      "the tier `low` may not use `also`; it was withheld at `top -> low`",
    ]);
  });
  test("uses no tool at the root", () => {
    expect(finding({}, { tier: "top" }).finding).toBe("outside");
  });
  test("is outside at a tier that does not exist", () => {
    expect(finding({}, { tier: "nowhere" }).problems).toEqual(["no tier is called `nowhere`"]);
    expect(decided(engineOf(), {}, { tier: "low" }).assessments.scope.finding).toBe("outside");
  });
  test.each([{ session: "other" }, { tier: "top" }, { actor: "somebody" }])(
    "may not name another: %j",
    (other) => {
      expect(finding(other).finding).toBe("outside");
      expect(decided(engineOf(), { tier: "low" }).assessments.scope.finding).toBe("outside");
    },
  );
  test("may name the same", () => {
    expect(finding({ session: "s", tier: "low", actor: "agent" }).finding).toBe("within");
  });
});

test("an evaluation tells the class for the history of each layer", () => {
  expect(evaluated(engineOf()).classes).toEqual(["free"]);
});

describe("what a limit tells of itself", () => {
  const limitOf = (limit: string, history: ReturnType<typeof past>[] = [], args: object = { n: 1 }) => {
    const { finding, rules } = scopeOf(`permit *\n ${limit}`, { history }, { args });
    const { value, used } = rules.at(-1) ?? {};
    return { finding, value, used };
  };
  test("is what was used, also where it is not known what this action uses", () => {
    const limit = "limit act sum (if n == 1 and given.maybe then 1 else n) to 3 per session";
    const open = "limit act sum (if n == 2 then 2 else if given.maybe then 1 else 9) to 3 per session";
    expect(limitOf(open, [past("act", { n: 2 })])).toEqual({ finding: "unknown", value: "unknown", used: 2 });
    expect(limitOf(limit, [past("act", { n: 3 })])).toEqual({ finding: "outside", value: "true", used: 3 });
  });
  test("is not what was used, where it is not known what earlier actions used", () => {
    const limit =
      "limit act sum (if n == 2 and given.maybe then 2 else n) to 3 per session each (if n > 5 then given.maybe else n == n)";
    const open = { finding: "unknown", value: "unknown", used: undefined };
    expect(
      limitOf("limit act to 1 per session each (if n > 5 then given.maybe else n == n)", [
        past("act", { n: 6 }),
      ]),
    ).toEqual(open);
    expect(limitOf(limit, [past("act", { n: 6 })])).toEqual(open);
    expect(
      limitOf(
        "limit act sum (if n == 1 then (if given.other then 1 else 2) else n) to 3 per session each (if n > 5 then given.maybe else n == n)",
        [past("act", { n: 6 })],
      ),
    ).toEqual(open);
  });
  test("is unknown where an earlier action without a key may have had this one", () => {
    expect(limitOf("limit act to 1 per session each n", [past("act", {})])).toEqual({
      finding: "unknown",
      value: "unknown",
      used: undefined,
    });
  });
  test("is unknown where the key is absent", () => {
    const ir = { id: "l", tools: ["act"], to: 1, per: "session" };
    const limit = { ir, each: { value: () => undefined }, sum: undefined };
    const c = { knowledge: knowing() };
    expect(limitPassed(c as Case, limit as unknown as LimitPlan)).toEqual({ passed: UNKNOWN, used: UNKNOWN });
  });
  test("is uncertain by a call of a tool that is not declared", () => {
    expect(limitOf('limit * to 1 per session each "all"', [past("elsewhere", {})])).toEqual({
      finding: "unknown",
      value: "unknown",
      used: undefined,
    });
  });
});

test("a ruling on a limit does not outweigh what is known", () => {
  const engine = engineOf({ scope: "permit *\n limit act to 1 per session" });
  const id = decided(engine).assessments.scope.rules.at(-1)?.id as string;
  const finding = (answer: boolean, earlier: number): string =>
    decided(
      engine,
      {},
      {
        history: Array.from({ length: earlier }, () => past("act", { n: 1 })),
        rulings: [{ question: id, answer, by: "owner" }],
      },
    ).assessments.scope.finding;
  expect([finding(true, 1), finding(false, 0)]).toEqual(["outside", "within"]);
});

test("of a limit nothing is asked but the givens that its parts wait for", () => {
  const engine = engineOf({
    givens: unknowns,
    scope: "permit *\n limit act sum (if given.maybe == given.other then 1 else 5) to 3 per session",
  });
  const { report } = engine.decide({ tool: "act", args: { n: 1 }, confidence: 1 }, knowing()).decision;
  expect(report?.questions).toMatchObject({
    key: "given:maybe",
    choices: [{ then: { key: "given:other" } }, { then: { key: "given:other" } }],
  });
});

describe("of several layers the lowest finding is told", () => {
  const open = "permit act when given.maybe";
  const all = "permit *";
  const none = "permit idle";

  test.each<[first: string, second: string, finding: string]>([
    [all, all, "within"],
    [all, open, "unknown"],
    [open, all, "unknown"],
    [open, open, "unknown"],
    [open, none, "outside"],
    [none, open, "outside"],
    [all, none, "outside"],
    [none, all, "outside"],
  ])("%s, then %s", (first, second, finding) => {
    const of = (scope: string) => compiled(commission({ givens: unknowns, scope }));
    const policy = of(first);
    const above = of(second).layers.map((layer) => ({ ...layer, name: "above" }));
    const engine = createEngine({ ...policy, layers: [...policy.layers, ...above] });
    const { findings, decision } = evaluated(engine);
    expect([findings.scope, decision.assessments.scope.finding]).toEqual([finding, finding]);
    const isOpen = first === open || second === open;
    expect(findings.discernment === "ambiguous").toBe(isOpen);
    const problems = ["this session has come to its end"];
    expect(evaluated(engine, {}, { problems }).findings.scope).toBe("outside");
  });
});
