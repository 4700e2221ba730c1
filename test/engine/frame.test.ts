import { describe, expect, test } from "vitest";
import { bareFrame, KnownFrame, newLoops, World } from "../../src/engine/frame.js";
import type { Knowledge } from "../../src/ir/knowledge.js";
import { UNKNOWN } from "../../src/logic/value.js";
import { answered, type Blocks, decided, engineOf, knowing, past, returned } from "../support/policy.js";

const scopeOf = (scope: string, more: Partial<Knowledge> = {}, proposal = {}, blocks: Blocks = {}): string =>
  decided(engineOf({ scope, ...blocks }), proposal, more).assessments.scope.finding;

describe("calls(…) counts earlier authorized actions of the session", () => {
  const history = [
    past("act", { n: 1, who: "a" }),
    past("act", { n: 2 }, { at: 0 }),
    past("idle", {}),
    past("act", { n: 1 }, { session: "other" }),
  ];
  test.each([
    ["calls(act) == 2", "within"],
    ["calls(*) == 3", "within"],
    ["calls(act, 2h) == 1", "within"],
    ["calls(act, 1h) == 0", "within"],
    ["calls(act, n: n) == 1", "within"],
    ["calls(act, n: n + 1) == 1", "within"],
    ['calls(act, who: "a") == 1', "within"],
    ['calls(act, who: "b") == 0', "within"],
    ["calls(act, n: given.k) == 0", "unknown"],
  ])("%s: %s", (when, finding) => {
    expect(
      scopeOf(`permit act when ${when}`, { history }, {}, { givens: 'given k: int asks owner "How many?"' }),
    ).toBe(finding);
  });
});

describe("calls(…) of earlier arguments that were sensitive, and are not kept", () => {
  const kept = { sensitive: `sha256:${"a".repeat(64)}` };
  const history = [past("act", { n: 1, who: kept })];
  test.each([
    ['calls(act, who: "a") == 0', "unknown"],
    ['calls(act, n: 1, who: "a") == 0', "unknown"],
    ['calls(act, who: "a", n: 1) == 0', "unknown"],
    ['calls(act, n: 2, who: "a") == 0', "within"],
    ['calls(act, who: "a", n: 2) == 0', "within"],
    ["calls(act, n: 1) == 1", "within"],
  ])("%s: %s", (when, finding) => {
    expect(scopeOf(`permit act when ${when}`, { history })).toBe(finding);
  });
});

describe("session.trust is the lowest trust of what was authorized so far", () => {
  const trust = (value: number, history: Knowledge["history"]): string =>
    scopeOf(`permit act when session.trust == ${value}`, { history });
  test("1 before anything", () => {
    expect(trust(1, [])).toBe("within");
    expect(trust(1, [past("act", { n: 1 }, { trust: 0.1, session: "other" })])).toBe("within");
  });
  test("the least of all", () => {
    expect(trust(0.2, [past("act", { n: 1 }, { trust: 0.5 }), past("act", { n: 1 }, { trust: 0.2 })])).toBe(
      "within",
    );
  });
  test("of an action that is decided it is that of its tool's sources that hold", () => {
    const engine = engineOf({
      grounding:
        "unsupported at most 1\n source a is tool act when n > 5 trust 0.9\n source b is tool act trust 0.3",
    });
    const of = (n: number) => engine.evaluate({ tool: "act", args: { n } }, knowing()).trust;
    expect([of(1), of(6)]).toEqual([0.3, 0.9]);
    expect(engine.evaluate({ tool: "idle", args: {} }, knowing()).trust).toBe(0);
    expect(engine.sourcesOf("act", { n: 6 }, knowing())).toEqual(["a", "b"]);
    expect(engine.sourcesOf("act", { n: 1 }, knowing())).toEqual(["b"]);
    expect(engine.sourcesOf("nobody", {}, knowing())).toEqual([]);
  });
});

describe("givens", () => {
  const givens = 'given size: int = 3\n given maybe: bool asks owner "Is it so?"';
  const known = (value: number, more: Knowledge["givens"] = {}): string =>
    scopeOf(`permit act when given.size == ${value}`, { givens: more }, {}, { givens });
  test("have their default until one is supplied", () => {
    expect(known(3)).toBe("within");
    expect(known(5, { size: 5 })).toBe("within");
  });
  test("that do not fit are not known", () => {
    expect(known(3, { size: "5" })).toBe("unknown");
    expect(known(3, { size: null })).toBe("unknown");
  });
});

describe("why something is not known is told once, by key", () => {
  const unknowns = (scope: string, more: Partial<Knowledge> = {}, proposal = {}) =>
    decided(
      engineOf({
        scope,
        givens: 'given k: int asks owner "How many?"',
        grounding:
          'unsupported at most 1\n source a is json "a.json" trust 0.9\n fact f(n: int): int from a "/{n}"\n claim x: int\n source web is tool idle trust 0.2',
      }),
      proposal,
      more,
    ).assessments.scope.unknowns;
  test("a given", () => {
    expect(unknowns("permit act when given.k > 1 or given.k < 0")).toMatchObject([
      { key: "given:k", kind: "given" },
    ]);
  });
  test("a fact, with its arguments and the reason; without them where they are not known", () => {
    expect(unknowns("permit act when f(n) > 1")).toMatchObject([
      { key: "fact:f(1)", reason: "its sources have not been asked" },
    ]);
    expect(
      unknowns("permit act when f(n) > 1", { answers: [answered("f", { a: { silent: "is down" } }, [1])] }),
    ).toMatchObject([{ reason: "`a` is down" }]);
    expect(unknowns("permit act when f(given.k) > 1").map(({ key }) => key)).toEqual(["given:k"]);
  });
  test("a value traced nowhere", () => {
    expect(
      unknowns("permit act when has who and who traced to [web, owner]", {}, { args: { n: 1, who: "Ann" } }),
    ).toMatchObject([{ key: 'traced:"Ann" to owner,web', kind: "traced" }]);
  });
  test("an operation without a result", () => {
    expect(unknowns("permit act when 1 / (n - n) > 1")).toMatchObject([
      { key: "operation:/", kind: "operation" },
    ]);
  });
});

describe("a claim that is traced", () => {
  const engine = engineOf({
    grounding:
      "unsupported at most 0\n source web is tool idle trust 0.4\n claim to: string\n ground act on situation claim.to traced to web\n tolerance 0.6",
  });
  const observed = { history: [past("idle", {})], observations: [returned("idle", ["web"], "Ann Lee")] };
  test("supports as far as its source is trusted", () => {
    const { grounding } = decided(engine, { claims: { to: { value: "Ann Lee" } } }, observed).assessments;
    expect(grounding).toMatchObject({
      finding: "grounded",
      support: 0.4,
      confidence: 0.4,
      checks: [{ rests: ['"Ann Lee" traced to web'] }],
    });
  });
  test("rests on nothing known while it is not made", () => {
    expect(decided(engine, {}, observed).assessments.grounding).toMatchObject({
      finding: "unclaimed",
      checks: [{ rests: ["? traced to web"] }],
    });
  });
});

test("the arguments as they are to be carried out, and as the history keeps them", () => {
  const engine = engineOf({ tools: "tool act(at: time, path: path)\ntool idle()" });
  const { decision, values } = engine.evaluate(
    { tool: "act", args: { path: "/a//b", at: "2026-01-31T13:00:00+01:00" } },
    knowing(),
  );
  expect(decision.action).toEqual({ tool: "act", args: { at: "2026-01-31T12:00:00.000Z", path: "/a/b" } });
  expect(values).toEqual({ at: Date.UTC(2026, 0, 31, 12), path: "/a/b" });
  const { decision: none, values: nothing } = engine.evaluate("nonsense", knowing());
  expect([none.action, nothing]).toEqual([null, null]);
});

describe("a fact", () => {
  test("is known by an answer that is as fresh as its source has to be", () => {
    const grounding =
      'unsupported at most 1\n source a is json "a.json" trust 0.9 fresh 1h\n fact f(): time from a "/f"';
    const at = (ago: number): string => {
      const answers = [{ source: "a", value: "2026-01-31T12:00:00", at: knowing().now - ago }];
      return scopeOf(
        "permit act when f() == now",
        { answers: [{ fact: "f", args: [], answers }] },
        {},
        { grounding },
      );
    };
    expect([at(3_600_000), at(3_600_001)]).toEqual(["within", "unknown"]);
  });
  test("that is not declared is silent", () => {
    const world = new World(engineOf().policy, new Map(), knowing());
    expect(world.fact("f", [])).toEqual({ state: "silent", reason: "no such fact is declared" });
  });
});

test("who stands at no tier stands at the one without a name", () => {
  const engine = engineOf();
  const prepared = { policy: engine.policy, facts: new Map(), loops: newLoops() };
  expect(new KnownFrame(prepared, knowing(), [], new Map(), null).actor("tier")).toBe("");
});

test("with the arguments alone nothing is known of a fact, and of a trace only that nothing is traced", () => {
  const bare = bareFrame([]);
  expect(bare.fact("f", [])).toEqual({ state: "pending", reason: "only the arguments are put in" });
  expect(bare.traced([], ["web"], "text", false)).toEqual({ truth: true, support: 0 });
  expect(bare.traced(["Ann"], ["web"], "text", false)).toEqual({ truth: UNKNOWN, support: 0 });
});
