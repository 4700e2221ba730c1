import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Arguments } from "../../src/engine/arguments.js";
import { type Fit, type Fitting, fitted, type PlanOf } from "../../src/engine/fit.js";
import { type EnginePlan, plansOf } from "../../src/engine/plans.js";
import { compiled, commission, engineOf, knowing } from "../support/policy.js";

const tools = `tool act(n?: int, x?: decimal, s?: string, b?: bool, p?: path, u?: url, by?: email, at?: time,
  d?: duration, k?: enum("low", "high"), l?: list<string>, ns?: list<int>, r?: { n: int, y?: string }, j?: json)
tool must(s: string, \`__proto__\`?: string)`;
const policy = compiled(commission({ tools, grounding: "unsupported at most 1\n claim x: int" }));
const planOf = plansOf(policy);

/** Reads nothing at once: everything is looked at closely. */
const slowly: PlanOf = (tool) => {
  const plan = planOf(tool);
  if (plan === undefined) return undefined;
  const { bySlot, params } = plan.arguments;
  const reader = { params, read: () => undefined, bySlot } as unknown as Arguments;
  return { ...plan, arguments: reader } as EnginePlan;
};
const quickly = (given: unknown): Fit => fitted(planOf, policy.zone, given);
const atLength = (given: unknown): Fit => fitted(slowly, policy.zone, given);

/** What is read at once is of a class of its own. */
const isAtOnce = (fit: Fit): fit is Fitting => Object.getPrototypeOf(fit) !== Object.prototype;

/** All that a proposal says, as it is decided on. */
function saidIn(fit: Fit): unknown {
  if (!fit.fits) return fit.problems;
  const { session, tier, actor, message, confidence, claims, args, plan } = fit;
  return structuredClone({ session, tier, actor, message, confidence, claims, args, tool: plan.tool.name });
}

/** Both ways, each of a proposal of its own: what is hostile may differ each time it is read. */
function mustAgree(make: () => unknown): Fit {
  const quick = quickly(make());
  const slow = atLength(make());
  if (isAtOnce(quick)) expect(saidIn(quick)).toEqual(saidIn(slow));
  return quick;
}

const path = fc.oneof(
  fc.constantFrom(
    "",
    ".",
    "..",
    "/",
    "//",
    "a//b",
    "a/",
    "./a",
    "a/./b",
    "a/../b",
    "a/../../b",
    "/..",
    "~/a",
    "-a",
  ),
  fc.constantFrom(
    "a b",
    " a",
    "a ",
    "a/ b",
    ".a",
    "a.",
    "a/.b",
    "a/..b",
    "e\u0301",
    "\u00e9/a",
    "a\n",
    "a\\b",
    "a:b",
    "\u212b",
  ),
  fc.stringMatching(/^\/?([\w-][\w. +,=@~-]{0,4}\/?){0,4}$/),
  fc
    .array(fc.constantFrom("a", "b.c", ".", "..", "", "~", "d e"), { maxLength: 5 })
    .map((all) => all.join("/")),
);
const odd = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSparseArray: true,
  }),
  fc.constantFrom<unknown>(
    null,
    undefined,
    -0,
    2 ** 53,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1.5,
    1e300,
    "\ud800",
    "a\udc00b",
  ),
);
const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("", "low", "\ud83d", "\ud83d\ude00"));
const values: { readonly [name: string]: fc.Arbitrary<unknown> } = {
  n: fc.oneof(fc.integer(), fc.constantFrom(-0, 2 ** 53 - 1, 2 ** 53, 0.5)),
  x: fc.oneof(fc.double(), fc.constantFrom(-0, 2 ** 53, 1e300, 0.5)),
  s: text,
  b: fc.boolean(),
  p: path,
  u: fc.constantFrom(
    "https://h.example/a",
    "HTTPS://H.example",
    "https://h.example/%61 b",
    "none",
    "https://h.example/a\n",
  ),
  by: fc.constantFrom("ann@H.EXAMPLE", "ann", "ann@h.example"),
  at: fc.constantFrom("2026-01-31T09:00", "2026-01-31T09:00:00Z", "now"),
  d: fc.constantFrom("1h", "0s", "1y", "h"),
  k: fc.constantFrom("low", "high", "mid", "Low"),
  l: fc.array(fc.oneof(text, odd), { maxLength: 3 }),
  ns: fc.array(fc.oneof({ weight: 9, arbitrary: fc.integer() }, odd), { maxLength: 3 }),
  r: fc.record({ n: fc.oneof(fc.integer(), odd), y: text, z: text }, { requiredKeys: [] }),
  j: odd,
};
const degree = fc.oneof(
  { weight: 9, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
  fc.constantFrom(-0, 1, 1.000001, -1e-9, Number.NaN),
);

/** A few arguments in any order, most of them of their types. */
const argsOf = fc
  .shuffledSubarray(Object.keys(values), { maxLength: 4 })
  .chain((names) =>
    fc
      .tuple(
        ...names.map((name) =>
          fc.oneof({ weight: 12, arbitrary: values[name] as fc.Arbitrary<unknown> }, odd),
        ),
      )
      .map((all) => Object.fromEntries(names.map((name, at) => [name, all[at]]))),
  );
const claims = fc.dictionary(
  fc.constantFrom("x", "y", "constructor"),
  fc.record(
    { value: fc.oneof(fc.integer(), odd), confidence: degree, more: odd },
    { requiredKeys: ["value"] },
  ),
  { maxKeys: 2 },
);
const said = fc.oneof({ weight: 9, arbitrary: fc.string() }, text);
const proposal = fc
  .record(
    {
      tool: fc.oneof(
        { weight: 9, arbitrary: fc.constant("act") },
        fc.constantFrom<unknown>("must", "none", 5, "__proto__"),
      ),
      args: fc.oneof({ weight: 9, arbitrary: argsOf }, odd),
      confidence: degree,
      message: said,
      session: said,
      claims: fc.oneof({ weight: 9, arbitrary: claims }, odd),
    },
    { requiredKeys: ["tool", "args"] },
  )
  .chain((one) =>
    fc.oneof(
      { weight: 9, arbitrary: fc.constant<object>(one) },
      fc
        .constantFrom("more", "__proto__", "args", "actor", "tier")
        .chain((name) =>
          odd.map((it) => Object.defineProperty({ ...one }, name, { value: it, enumerable: true })),
        ),
    ),
  );

describe("what is read at once", () => {
  test("is accepted at length as well, in the same normal form", () => {
    let atOnce = 0;
    fc.assert(
      fc.property(proposal, (given) => {
        if (isAtOnce(mustAgree(() => given))) atOnce += 1;
      }),
      { numRuns: 3_000 },
    );
    expect(atOnce).toBeGreaterThan(100);
  });

  test("is whatever path is in normal form, and no other as it stands", () => {
    fc.assert(
      fc.property(path, (p) => {
        mustAgree(() => ({ tool: "act", args: { p } }));
      }),
      { numRuns: 2_000 },
    );
  });

  test.each<[what: string, given: object]>([
    ["no argument", { tool: "act", args: {} }],
    [
      "arguments of every kind",
      {
        tool: "act",
        args: {
          n: 1,
          x: 0.5,
          s: "a",
          b: true,
          p: "/a/b",
          u: "https://h.example",
          by: "a@h.example",
          at: "2026-01-31T09:00",
        },
      },
    ],
    [
      "lists and records",
      { tool: "act", args: { d: "1h", k: "low", l: ["a", ""], ns: [1, -0], r: { n: 1 }, j: { a: [null] } } },
    ],
    ["arguments in another order", { tool: "act", args: { s: "a", n: 1, b: false } }],
    ["a path that is not in normal form", { tool: "act", args: { p: "a/./b" } }],
    ["what is left out", { tool: "act", args: { n: null, s: undefined }, message: undefined }],
    [
      "all that a proposal can say",
      {
        tool: "act",
        args: {},
        session: "s",
        tier: "t",
        actor: "a",
        message: "m",
        confidence: 1,
        claims: { x: { value: 1 } },
      },
    ],
    ["a parameter of an odd name", { tool: "must", args: JSON.parse('{"s":"a","__proto__":"b"}') as object }],
  ])("%s", (_, given) => {
    expect(isAtOnce(mustAgree(() => given))).toBe(true);
  });

  test.each<[what: string, given: object]>([
    ["a list of arguments", { tool: "act", args: [] }],
    ["an argument that is not declared", { tool: "act", args: { m: 1 } }],
    ["a null that is not declared", { tool: "act", args: { m: null } }],
    ["a required argument that is null", { tool: "must", args: { s: null } }],
    ["a required argument that is missing", { tool: "must", args: {} }],
    ["another tool", { tool: "none", args: {} }],
    ["no tool", { args: {} }],
    ["another member", { tool: "act", args: {}, more: 1 }],
    ["a member that is null", { tool: "act", args: {}, session: null }],
    ["a long name", { tool: "act", args: {}, session: "a".repeat(1_001) }],
    ["half of a surrogate pair in a name", { tool: "act", args: {}, tier: "\ud800" }],
    ["half of a surrogate pair in a message", { tool: "act", args: {}, message: "\ud800" }],
    ["a message that is none", { tool: "act", args: {}, message: 1 }],
    ["a confidence that is none", { tool: "act", args: {}, confidence: "1" }],
    [
      "a claim called `__proto__`",
      { tool: "act", args: {}, claims: JSON.parse('{"__proto__":{"value":1}}') as object },
    ],
    ["a claim without a value", { tool: "act", args: {}, claims: { x: {} } }],
    ["too deep a claim", { tool: "act", args: {}, claims: { x: { value: deep(198) } } }],
  ])("is not %s", (_, given) => {
    const fit = mustAgree(() => given);
    expect([fit.fits, isAtOnce(fit)]).toEqual([false, false]);
  });

  test("is as deep as what is read at length", () => {
    expect(isAtOnce(mustAgree(() => ({ tool: "act", args: {}, claims: { x: { value: deep(197) } } })))).toBe(
      true,
    );
    expect(isAtOnce(mustAgree(() => ({ tool: "act", args: { j: deep(64) } })))).toBe(true);
    expect(mustAgree(() => ({ tool: "act", args: { j: deep(65) } })).fits).toBe(false);
  });

  test("is not so long that it had to be measured", () => {
    const just = { tool: "act", args: { s: "a".repeat(60_000) }, message: "b".repeat(40_000) };
    expect(isAtOnce(mustAgree(() => just))).toBe(true);
    const more = { ...just, message: "b".repeat(40_001) };
    const fit = mustAgree(() => more);
    expect([fit.fits, isAtOnce(fit)]).toEqual([true, false]);
    expect(saidIn(fit)).toEqual(saidIn(atLength(more)));
    expect(isAtOnce(mustAgree(() => ({ tool: "act", args: {}, session: "a".repeat(1_000) })))).toBe(true);
  });
});

describe("a caller that means harm", () => {
  const calm = { tool: "act", args: { n: 1, p: "/a" }, confidence: 1 };

  /** A member that is another thing each time it is read. */
  const turning = (faces: readonly unknown[]): object => {
    let times = 0;
    const next = (): unknown => faces[Math.min(times++, faces.length - 1)];
    return Object.defineProperty({ ...calm }, "args", { enumerable: true, get: next });
  };

  test("is read once where all is in order", () => {
    const fit = quickly(turning([{ n: 1 }, { n: 2 }, "none"]));
    expect(fit.fits && [...fit.args.slice(0, 1)]).toEqual([1]);
    let reads = 0;
    const args = Object.defineProperty({}, "n", { enumerable: true, get: () => (reads += 1) });
    expect(quickly({ ...calm, args }).fits && reads).toBe(1);
  });

  test("gets, where something is not, what was read the second time, whole", () => {
    const fit = quickly(turning([{ n: "none" }, { n: 2 }, { n: 3 }]));
    expect(fit.fits && fit.args[0]).toBe(2);
  });

  test("cannot change what it has sent", () => {
    const engine = engineOf({ givens: "given sure: bool", scope: "permit * when given.sure" });
    const given = { tool: "act", args: { n: 1 } as Record<string, unknown>, confidence: 1 };
    const expected = engine.decide(structuredClone(given), knowing());
    const evaluation = engine.decide(given, knowing());
    given.args.n = "none";
    expect(expected.decision.report?.questions).not.toBeNull();
    expect(evaluation.decision).toEqual(expected.decision);
    const misfit = engine.decide(given, knowing());
    const told = engine.decide(structuredClone(given), knowing()).decision;
    given.args.n = 5;
    expect(misfit.decision).toEqual(told);
  });

  test.each<[what: string, make: () => unknown, fits: boolean]>([
    [
      "a getter that throws",
      () => Object.defineProperty({ ...calm }, "message", { enumerable: true, get: fail }),
      false,
    ],
    ["a proxy that does nothing", () => new Proxy({ ...calm }, {}), true],
    ["a proxy without a prototype to tell", () => new Proxy({ ...calm }, { getPrototypeOf: fail }), false],
    ["a proxy without keys", () => new Proxy({ ...calm }, { ownKeys: fail }), false],
    ["a proxy that is revoked", revoked, false],
    ["arguments that are such a proxy", () => ({ ...calm, args: new Proxy({ n: 1 }, { get: fail }) }), false],
    ["keys that are symbols", () => ({ ...calm, [Symbol("more")]: 1, args: { [Symbol("n")]: 1 } }), true],
    ["what cannot be enumerated", () => Object.defineProperty({ ...calm }, "more", { value: 1 }), true],
    ["no prototype", () => Object.assign(Object.create(null) as object, calm), true],
    ["members that are inherited", () => Object.create(calm) as object, false],
    ["arguments that are inherited", () => ({ ...calm, args: Object.create({ n: 1 }) as object }), false],
    ["an instance", () => Object.assign(new (class Proposal {})(), calm), false],
    ["a list that goes on for ever", endless("", "l"), false],
    ["such a list of numbers", endless(1, "ns"), false],
    ["such a list of anything", endless("", "j"), false],
  ])("%s", (_, make, fits) => {
    expect(mustAgree(make).fits).toBe(fits);
  });

  test("finds nothing in what all objects inherit", () => {
    const expected = saidIn(quickly(calm));
    for (const [name, value] of Object.entries({ n: 2, confidence: 0, claims: {}, more: 1, s: "a" })) {
      Object.defineProperty(Object.prototype, name, {
        value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
      try {
        expect(saidIn(mustAgree(() => ({ tool: "act", args: { n: 1, p: "/a" }, confidence: 1 })))).toEqual(
          expected,
        );
      } finally {
        Reflect.deleteProperty(Object.prototype, name);
      }
    }
  });
});

function deep(levels: number): unknown {
  let one: unknown = 1;
  for (let i = 0; i < levels; i += 1) one = [one];
  return one;
}

function fail(): never {
  throw new Error("boo");
}

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

/** A list that is as long as anybody looks. */
function endless(item: unknown, name: string): () => unknown {
  return () => {
    let length = 0;
    const longer = (): number => {
      length += 1;
      return length;
    };
    const list = new Proxy([], {
      get: (_, key) => (key === "length" ? longer() : item),
      getOwnPropertyDescriptor: () => undefined,
    });
    return { tool: "act", args: { [name]: list } };
  };
}
