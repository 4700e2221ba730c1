import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createEngine } from "../../src/engine/engine.js";
import { plain } from "../../src/engine/plain.js";
import { type Decision, validatorNames } from "../../src/ir/decision.js";
import { compiled, commission, engineOf, findingsOf, knowing } from "../support/policy.js";
import { decisionSchema } from "../../src/schemas.js";

const engine = engineOf({
  tools: "tool act(n: int, who?: string, any?: json, when?: time)",
  grounding: "unsupported at most 1\n claim x: int\n ground act on inference claim.x == n or n == 1",
});
const decide = (proposal: unknown): Decision => engine.decide(proposal, knowing()).decision;
const act = (args: unknown, more: object = {}) => ({ tool: "act", args, confidence: 1, ...more });
const parsed = (text: string): unknown => JSON.parse(text);

function circular(): object {
  const one: { self?: object } = {};
  one.self = one;
  return one;
}
function deep(levels: number): unknown {
  let one: unknown = 1;
  for (let i = 0; i < levels; i += 1) one = [one];
  return one;
}

describe("any input gets one decision and four assessments (T1)", () => {
  const hostile: readonly (readonly [string, unknown])[] = [
    ["nothing", undefined],
    ["null", null],
    ["a number", 5],
    ["not a number", Number.NaN],
    ["a text", "act"],
    ["a list", []],
    ["an empty object", {}],
    ["a function", () => {}],
    ["a symbol", Symbol("act")],
    ["a big integer", 5n],
    ["a date", new Date()],
    ["a map", new Map([["tool", "act"]])],
    ["no arguments", { tool: "act" }],
    ["null arguments", act(null)],
    ["a list of arguments", act([1])],
    ["an unknown key", { ...act({ n: 1 }), extra: 1 }],
    ["an unknown tool", { tool: "nothing", args: {} }],
    ["the tool `__proto__`", { tool: "__proto__", args: {} }],
    ["the tool `constructor`", { tool: "constructor", args: {} }],
    ["an argument that is not declared", act({ n: 1, m: 2 })],
    ["an argument called `__proto__`", parsed('{"tool":"act","args":{"n":1,"__proto__":{"n":1}}}')],
    ["an argument called `constructor`", act({ n: 1, constructor: 1 })],
    ["claims called `__proto__`", parsed('{"tool":"act","args":{"n":1},"claims":{"__proto__":null}}')],
    ["a claim that is null", { ...act({ n: 1 }), claims: { x: null } }],
    ["a claim without a value", { ...act({ n: 1 }), claims: { x: {} } }],
    ["a confidence above 1", act({ n: 1 }, { confidence: 1.1 })],
    ["a confidence that is no number", act({ n: 1 }, { confidence: Number.NaN })],
    ["a confidence of a claim below 0", { ...act({ n: 1 }), claims: { x: { value: 1, confidence: -1 } } }],
    ["half of a surrogate pair in an argument", act({ n: 1, who: "\ud800" })],
    ["half of a surrogate pair in a claim", { ...act({ n: 1 }), claims: { x: { value: "\udc00" } } }],
    ["half of a surrogate pair in a name", { ...act({ n: 1 }), claims: { "\ud800": { value: 1 } } }],
    ["half of a surrogate pair in the message", act({ n: 1 }, { message: "\ud800" })],
    ["half of a surrogate pair in the tool", { tool: "\ud800", args: {} }],
    ["an integer that cannot be told exactly", act({ n: 2 ** 53 })],
    ["an infinite number", act({ n: Number.POSITIVE_INFINITY })],
    ["a fraction for an int", act({ n: 1.5 })],
    ["a circle", act({ n: 1, any: circular() })],
    ["a circle of its own", circular()],
    ["a value that is nested too deep", act({ n: 1, any: deep(100_000) })],
    ["a value that is nested 100 deep", act({ n: 1, any: deep(100) })],
    ["an instance", act({ n: 1, any: new (class Evil {})() })],
    ["a list with holes", act({ n: 1, any: Array(3) })],
    ["something undefined in a list", act({ n: 1, any: [undefined] })],
    [
      "a getter that throws",
      {
        ...act({ n: 1 }),
        get message(): string {
          throw new Error("boo");
        },
      },
    ],
    ["over 1 MiB", act({ n: 1, who: "x".repeat(1_048_577) })],
    ["over 1 MiB of UTF-8", act({ n: 1, who: "€".repeat(400_000) })],
    ["a list that is too long", act({ n: 1, any: Array.from({ length: 100_001 }, () => 1) })],
  ];
  test.each(hostile)("%s", (_, proposal) => {
    const decision = decide(proposal);
    expect(decisionSchema.parse(decision)).toBeTruthy();
    expect(decision.decision).toBe("return");
    expect(decision.stoppedBy).toContain("scope");
    expect(decision.remedies.length).toBeGreaterThan(0);
    expect(JSON.stringify(decision).length).toBeLessThan(10_000);
  });

  test("a claim of another type than declared is only unclaimed", () => {
    expect(findingsOf(decide({ ...act({ n: 2 }), claims: { x: { value: 2 ** 53 } } }))[1]).toBe("unclaimed");
    expect(decide({ ...act({ n: 1 }), claims: { x: { value: 2 ** 53 } } }).decision).toBe("authorize");
  });

  test("what is left undefined is left out", () => {
    expect(decide({ ...act({ n: 1, who: undefined }), message: undefined }).decision).toBe("authorize");
    expect(decide(act({ n: 1, who: null })).decision).toBe("authorize");
  });

  test("an argument just below 1 MiB is read", () => {
    expect(decide(act({ n: 1, who: "x".repeat(1_000_000) })).decision).toBe("authorize");
    expect(decide(act({ n: 1, who: "€".repeat(340_000) })).decision).toBe("authorize");
  });

  test("whatever JSON it is", () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withNullPrototype: true,
          withSparseArray: true,
        }),
        (anything) => {
          expect(decisionSchema.safeParse(decide(anything)).success).toBe(true);
          expect(decisionSchema.safeParse(decide(act(anything))).success).toBe(true);
          expect(decisionSchema.safeParse(decide(act({ n: 1, any: anything }))).success).toBe(true);
          expect(
            decisionSchema.safeParse(decide({ ...act({ n: 1 }), claims: { x: { value: anything } } }))
              .success,
          ).toBe(true);
        },
      ),
    );
  });
});

describe("a proposal is read once, as plain data", () => {
  test("a getter cannot show two faces", () => {
    let times = 0;
    const two = {
      tool: "act",
      confidence: 1,
      get args() {
        times += 1;
        return { n: times };
      },
    };
    expect(plain(two)).toEqual({ ok: true, value: { args: { n: 1 }, confidence: 1, tool: "act" } });
    expect(times).toBe(1);
  });
  test("an object of another realm is as plain as ours", () => {
    expect(plain(Object.create(Object.create(null)))).toEqual({ ok: true, value: {} });
    expect(plain(Object.create(Object.create(Object.create(null)))).ok).toBe(false);
  });
});

describe("the same inputs give the same bytes (T10)", () => {
  const bytes = (proposal: unknown): string => JSON.stringify(engine.decide(proposal, knowing()));
  test("whatever the order of keys", () => {
    const one = {
      tool: "act",
      args: { n: 2, who: "a", any: { b: [1, { d: 1, c: 2 }], a: 2 } },
      confidence: 1,
      claims: { y: { value: 1 }, x: { value: 2, confidence: 0.5 } },
    };
    const other = {
      claims: { x: { confidence: 0.5, value: 2 }, y: { value: 1 } },
      confidence: 1,
      args: { any: { a: 2, b: [1, { c: 2, d: 1 }] }, who: "a", n: 2 },
      tool: "act",
    };
    expect(bytes(other)).toBe(bytes(one));
  });
  test("also of what does not fit", () => {
    expect(bytes({ b: 1, a: 2, tool: "act" })).toBe(bytes({ tool: "act", a: 2, b: 1 }));
    expect(bytes(act({ z: 1, y: 1 }))).toBe(bytes(act({ y: 1, z: 1 })));
  });
  test("of another run", () => {
    expect(bytes(act({ n: 1 }))).toBe(bytes(act({ n: 1 })));
  });
  test("whatever the order of statements, sources and claims (T6)", () => {
    const lines = {
      scope: [
        "permit act when n > 0",
        "permit act when n > 1",
        "forbid act when n == 9",
        "limit act to 5 per session",
      ],
      grounding: [
        'source a is json "a.json" trust 0.9',
        'source b is json "b.json" trust 0.7',
        "claim x: int",
        "ground act on fact n > 0",
        "ground act on fact n > 1",
        "unsupported at most 1",
      ],
      reversibility: [
        "class free",
        "class other above free",
        "treat act as free when n > 1",
        "treat act as other when n > 2",
        "otherwise free",
      ],
      discernment: [
        "threshold 0.5",
        "threshold 0.4 for other",
        "gray act weight 0.1",
        "gray act when n > 1 weight 0.2",
        "escalate owner within 4h",
      ],
    };
    const policyOf = (order: (all: readonly string[]) => readonly string[]) =>
      compiled(
        commission(
          Object.fromEntries(
            Object.entries(lines).map(([block, all]) => [block, order(all).join("\n")]),
          ) as never,
        ),
      );
    const keepClasses = (all: readonly string[]): readonly string[] =>
      all.some((line) => line.startsWith("class"))
        ? [...all.slice(0, 2), ...all.slice(2).reverse()]
        : [...all].reverse();
    const { spans: _one, ...one } = policyOf((all) => all);
    const { spans: _two, ...two } = policyOf(keepClasses);
    expect(two).toEqual(one);
  });
});

test("a digest tells apart all that is proposed, and who proposes it", () => {
  const of = (proposal: unknown, more = {}): string =>
    engine.evaluate(proposal, knowing(more)).decision.proposal;
  const base = act({ n: 1 });
  const all = [
    of(base),
    of(act({ n: 2 })),
    of(act({ n: 1, who: "a" })),
    of({ ...base, confidence: 0.9 }),
    of({ ...base, message: "m" }),
    of({ ...base, claims: { x: { value: 1 } } }),
    of(base, { session: { id: "other" } }),
    of(base, { actor: { id: "other", roles: [] } }),
  ];
  expect(new Set(all).size).toBe(all.length);
  expect(of(act({ n: 1, when: "2026-01-31T13:00:00+01:00" }))).toBe(
    of(act({ n: 1, when: "2026-01-31T12:00:00Z" })),
  );
});

test("what does not fit counts as the gravest class in each layer that has an opinion, and asks nothing", () => {
  const base = commission({ reversibility: "class free\n class grave above free\n otherwise free" });
  const two = compiled('policy above extends "base"\nscope { permit * }\n', {
    "base/policy.reshimu": base,
    base,
  });
  const { classes, trust, values, asks } = createEngine(two).evaluate(
    { tool: "nothing", args: {} },
    knowing(),
  );
  expect({ classes, trust, values, asks }).toEqual({
    classes: ["grave", null],
    trust: 0,
    values: null,
    asks: [],
  });
});

test("every assessment stands in its place", () => {
  expect(Object.keys(decide(act({ n: 1 })).assessments)).toEqual([...validatorNames]);
});
