import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bareFrame } from "../../src/engine/frame.js";
import type { Json } from "../../src/ir/json.js";
import { type Predicate, predicateProblem } from "../../src/ir/predicate.js";
import { operationOf } from "../../src/ir/sub-rules.js";
import { normaliseUrl } from "../../src/ir/value.js";
import type { Frame, Prepared } from "../../src/logic/frame.js";
import { Found } from "../../src/logic/index/found.js";
import { indexOf } from "../../src/logic/index/index.js";
import { argumentRoots, knownRoots, selectorsOf, selectorsOfParts } from "../../src/logic/index/selectors.js";
import { prepare } from "../../src/logic/prepare.js";
import { truthOf, UNKNOWN, type Value } from "../../src/logic/value.js";

/** Arguments of every kind; only the one called `u` is always a url in normal form, or absent. */
const names = ["s", "n", "p", "u", "l", "j", "r"];
const slots = new Map(names.map((name, slot) => [name, slot]));
const isUrl = ([root, name]: readonly string[]): boolean => root === "arg" && name === "u";
const ready = (rule: Predicate): Prepared => prepare(rule, slots);

interface Told {
  readonly args: { readonly [name: string]: Json };
  readonly roles?: readonly string[];
  readonly now?: number;
  readonly given?: boolean;
}

function frameOf({ args, roles = [], now = 7, given }: Told): Frame {
  return {
    ...bareFrame(names.map((name) => args[name])),
    now,
    actor: (member): Value => (member === "roles" ? [...roles] : "ann"),
    given: () => given ?? UNKNOWN,
  };
}

/** A thing that is found, with the parts of its condition that are known to hold where it is. */
interface Thing {
  readonly place: number;
  readonly known: readonly number[];
}

const partsOf = (rule: Predicate): Predicate[] =>
  typeof rule === "object" && "and" in rule ? (rule.and as Predicate[]) : [rule];

function search(conditions: readonly Predicate[], isFalse = false): (frame: Frame) => Thing[] {
  const keys = { roots: isFalse ? argumentRoots : knownRoots, isUrl };
  const index = indexOf<Thing>(
    conditions.map((condition, place) => ({
      of: { place, known: [] },
      selectors: isFalse ? selectorsOf(condition, keys, true) : selectorsOfParts(partsOf(condition), keys),
    })),
    { ready, without: ({ place, known }, part) => ({ place, known: [...known, part] }) },
  );
  const found = new Found<Thing>();
  return (frame) => {
    found.count = 0;
    index.collect(frame, found);
    return found.at.slice(0, found.count);
  };
}

const placesOf = (things: readonly Thing[]): number[] =>
  [...new Set(things.map(({ place }) => place))].sort((a, b) => a - b);

// ------------------------------------------------------------------ whatever the conditions and the frame

const texts = [
  "a",
  "b",
  "A",
  "c/d",
  "/",
  ".",
  "",
  "/r",
  "/r/a",
  "/r/a/b",
  "/r/ab",
  "r",
  "r/a.md",
  "x.md",
  "ann",
];
const urls = [
  "https://h.example",
  "https://h.example/a",
  "https://h.example/a/b?q=1",
  "https://h.example/a/#x",
  "https://user@h.example/a/b",
  "http://h.example/a/b",
  "https://h.example:8080/a/b",
  "https://H.example/%61/b",
  "file:///a/b",
  "odd://h/a/b",
  "odd:///a/b",
  "mailto:ann@h.example",
  "https://h.example/a//b",
].map((url) => (normaliseUrl(url) as { value: string }).value);
const numbers = [-1, 0, -0, 1, 1.5, 5, 7, 10, 1e9];

const text = fc.constantFrom(...texts);
const number = fc.constantFrom(...numbers);
const literal = fc.oneof(text, text, number, fc.boolean());
const anything: fc.Arbitrary<Json> = fc.oneof(
  text,
  number,
  fc.boolean(),
  fc.array(fc.oneof(text, number, fc.boolean(), fc.constant(null)), { maxLength: 4 }),
  fc.constant({}),
  fc.constant({ x: "a" }),
);

const val = (...path: string[]): Predicate => ({ val: path }) as Predicate;
const keyOf = fc.oneof(
  fc.constantFrom(...names.map((name) => val("arg", name))),
  fc.constantFrom(
    val("arg", "r", "x"),
    val("arg", "nobody"),
    val("actor", "roles"),
    val("actor", "id"),
    val("now"),
    val("given", "g"),
    { lower: [val("arg", "s")] } as Predicate,
    { extension: [val("arg", "p")] } as Predicate,
    { host: [val("arg", "u")] } as Predicate,
    { scheme: [val("arg", "u")] } as Predicate,
    { length: [val("arg", "s")] } as Predicate,
  ),
);
const literals = fc.oneof(
  fc.array(text, { maxLength: 3 }),
  fc.array(number, { maxLength: 3 }),
  fc.array(literal, { maxLength: 3 }),
);
const swapped = (operator: string, of: fc.Arbitrary<unknown>): fc.Arbitrary<Predicate> =>
  fc
    .tuple(keyOf, of, fc.boolean())
    .map(([key, to, turn]) => ({ [operator]: turn ? [to, key] : [key, to] }) as unknown as Predicate);

const v = val("local", "v");
const body = fc.oneof(
  literal.map((to) => ({ "===": [v, to] }) as Predicate),
  literal.map((to) => ({ "===": [to, v] }) as Predicate),
  literals.map((to) => ({ in: [v, to] }) as Predicate),
  literal.map((to) => ({ and: [{ "===": [v, to] }, val("given", "g")] }) as Predicate),
  literal.map((to) => ({ or: [{ "===": [v, to] }, { "===": [v, "a"] }] }) as Predicate),
  literal.map((to) => ({ "===": [val("local", "v", "x"), to] }) as Predicate),
  literal.map((to) => ({ "!==": [v, to] }) as Predicate),
);
const simple: fc.Arbitrary<Predicate> = fc.oneof(
  swapped("===", literal),
  swapped("===", literal),
  swapped("!==", literal),
  fc.tuple(keyOf, literals).map(([key, to]) => ({ in: [key, to] }) as Predicate),
  fc.tuple(literal, keyOf).map(([of, key]) => ({ in: [of, key] }) as Predicate),
  fc.tuple(keyOf, text).map(([key, to]) => ({ within: [key, to, "path"] }) as Predicate),
  fc.constantFrom(...urls).map((to) => ({ within: [val("arg", "u"), to, "url"] }) as Predicate),
  fc
    .tuple(keyOf, fc.constantFrom(...urls, "none"))
    .map(([key, to]) => ({ within: [key, to, "url"] }) as Predicate),
  ...["<", "<=", ">", ">="].map((operator) => swapped(operator, number)),
  fc
    .tuple(fc.constantFrom("some", "some", "some", "every"), keyOf, body)
    .map(([kind, key, of]) => ({ [kind]: ["v", [key], of] }) as unknown as Predicate),
  keyOf.map((key) => ({ has: [key] }) as Predicate),
  keyOf,
  fc.boolean(),
);
const { rule: anyRule } = fc.letrec<{ rule: Predicate }>((tie) => ({
  rule: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    simple,
    tie("rule").map((one) => ({ "!": [one] }) as Predicate),
    fc.array(tie("rule"), { minLength: 1, maxLength: 3 }).map((all) => ({ and: all }) as Predicate),
    fc.array(tie("rule"), { minLength: 1, maxLength: 3 }).map((all) => ({ or: all }) as Predicate),
    fc.tuple(tie("rule"), tie("rule"), tie("rule")).map((three) => ({ if: three }) as Predicate),
  ),
}));

/** Arguments of their types, but for one that may be anything: a policy need not have been checked. */
const someArgs = fc
  .record({
    s: text,
    n: number,
    p: text,
    u: fc.constantFrom(...urls),
    l: fc.array(text, { maxLength: 3 }),
    j: anything,
    r: fc.constantFrom<Json>({ x: "a" }, { x: "/r/a/b" }, {}, "a"),
  })
  .chain((all) =>
    fc
      .tuple(fc.constantFrom("s", "n", "p", "l", "none", "none"), anything)
      .map(([odd, it]) => ({ ...all, [odd]: it })),
  )
  .chain((all) => fc.subarray(names, { minLength: 5 }).map((there) => pickOf(all, there)));

const pickOf = (all: { readonly [name: string]: Json }, there: readonly string[]): { [name: string]: Json } =>
  Object.fromEntries(there.map((name) => [name, all[name] as Json]));

const told: fc.Arbitrary<Told> = fc.record(
  { args: someArgs, roles: fc.array(text, { maxLength: 2 }), now: number, given: fc.boolean() },
  { requiredKeys: ["args"] },
);

/** What an index tells apart. */
const selective: fc.Arbitrary<Predicate> = fc.constantFrom<Predicate[]>(
  { "===": [val("arg", "s"), "a"] },
  { "===": [5, val("arg", "n")] },
  { "===": [val("arg", "j"), "a"] },
  { "===": [val("arg", "r", "x"), "a"] },
  { "===": [{ lower: [val("arg", "s")] }, "a"] },
  { "===": [{ host: [val("arg", "u")] }, "h.example"] },
  { "!": [{ "!==": [val("arg", "s"), "a"] }] },
  { in: [val("arg", "s"), ["a"]] },
  { in: [val("arg", "n"), [1]] },
  { in: ["a", val("actor", "roles")] },
  { in: ["a", val("arg", "l")] },
  { some: ["v", [val("arg", "l")], { "===": [v, "a"] }] },
  { some: ["v", [val("arg", "l")], { in: [v, ["a"]] }] },
  { some: ["v", [val("arg", "j")], { "===": [v, "a"] }] },
  { within: [val("arg", "p"), "/r", "path"] },
  { within: [val("arg", "j"), "/r", "path"] },
  { "<": [val("arg", "n"), 5] },
  { ">=": [val("arg", "n"), 5] },
  { "!": [{ ">": [5, val("arg", "n")] }] },
  { "<=": [val("now"), 5] },
  { and: [{ ">": [val("arg", "n"), 5] }, { "<=": [val("arg", "n"), 5] }] },
  { or: [{ "===": [val("arg", "s"), "a"] }, { in: [val("arg", "s"), ["b"]] }] },
);

/** Several conditions, most of them of few kinds, so that there is something to tell apart. */
const crowds = fc
  .tuple(
    fc.integer({ min: 1, max: 60 }),
    fc.array(fc.oneof(selective, selective, simple), { minLength: 1, maxLength: 3 }),
  )
  .chain(([count, kinds]) =>
    fc.array(fc.oneof({ weight: 5, arbitrary: oneOf(kinds) }, anyRule), {
      minLength: count,
      maxLength: count,
    }),
  );

const oneOf = (kinds: readonly Predicate[]): fc.Arbitrary<Predicate> =>
  fc
    .tuple(
      fc.subarray([...kinds], { minLength: 1 }),
      fc.array(literals, { minLength: 3, maxLength: 3 }),
      fc.option(simple),
    )
    .map(([those, others, besides]) => {
      const parts = those.map((kind, at) => withOthers(kind, others[at] as readonly Json[]));
      const all = besides === null ? parts : [besides, ...parts];
      return all.length === 1 ? (all[0] as Predicate) : { and: all };
    });

/** The same kind of condition with other literals. */
function withOthers(kind: Predicate, others: readonly Json[]): Predicate {
  const [operator, operands] = operationOf(kind) as [string, Json[]];
  const [to = "a"] = others;
  const isLiteral = (one: unknown): boolean => typeof one !== "object";
  const changed = operands.map((one, place) => {
    if (operator === "some") return place === 2 ? withOthers(one as Predicate, others) : one;
    if (isLiteral(one)) return operator === "within" && place === 2 ? one : to;
    if (!Array.isArray(one)) return "val" in (one as object) ? one : withOthers(one as Predicate, others);
    return one.every(isLiteral) ? [...others] : one;
  });
  const made = { [operator]: changed } as unknown as Predicate;
  return predicateProblem(made) === undefined ? made : kind;
}

const wellFormed = (all: readonly Predicate[]): Predicate[] =>
  all.filter((one) => predicateProblem(one) === undefined);

const runs = Number(process.env.RESHIMU_RUNS ?? 400);

describe("whatever the conditions and the frame", () => {
  test("all that is not false is found, and what is left out of it holds", () => {
    fc.assert(
      fc.property(crowds, fc.array(told, { minLength: 1, maxLength: 6 }), (drawn, frames) => {
        const all = wellFormed(drawn);
        const find = search(all);
        for (const frame of frames.map(frameOf)) {
          const found = find(frame);
          const places = new Set(placesOf(found));
          for (const [place, condition] of all.entries()) {
            const value = ready(condition).value(frame);
            if (value !== false && !places.has(place))
              throw new Error(`not found: ${JSON.stringify(condition)} is ${String(value)}`);
          }
          for (const { place, known } of found)
            for (const part of known)
              expect(ready(partsOf(all[place] as Predicate)[part] as Predicate).value(frame)).toBe(true);
        }
      }),
      { numRuns: runs },
    );
  });

  test("all checks are found that are not true by the arguments alone", () => {
    fc.assert(
      fc.property(crowds, fc.array(told, { minLength: 1, maxLength: 6 }), (drawn, frames) => {
        const all = wellFormed(drawn);
        const find = search(all, true);
        for (const frame of frames.map(frameOf)) {
          const places = new Set(placesOf(find(frame)));
          for (const [place, condition] of all.entries()) {
            const value = truthOf(ready(condition).value(bareFrame(frame.args)));
            if (value !== true && !places.has(place))
              throw new Error(`not found: ${JSON.stringify(condition)} is ${String(value)}`);
          }
        }
      }),
      { numRuns: runs },
    );
  });
});

// ------------------------------------------------------------------ by itself

const s = val("arg", "s");
const named = (kind: (place: number) => Predicate, count = 100): Predicate[] =>
  Array.from({ length: count }, (_, place) => kind(place));
const placesIn = (all: readonly Predicate[], of: Told["args"], more: Omit<Told, "args"> = {}): number[] =>
  placesOf(search(all)(frameOf({ args: of, ...more })));
const everyPlace = named(() => true).map((_, place) => place);

describe("of a hundred conditions those are found that could matter", () => {
  test.each<[what: string, kind: (place: number) => Predicate, of: Told["args"], found: number[]]>([
    ["equality", (i) => ({ "===": [s, `x${i}`] }), { s: "x7" }, [7]],
    ["equality to a number", (i) => ({ "===": [i, val("arg", "n")] }), { n: 7 }, [7]],
    ["equality that nothing has", (i) => ({ "===": [s, `x${i}`] }), { s: "y" }, []],
    ["membership", (i) => ({ in: [s, [`x${i}`, `y${i}`]] }), { s: "y7" }, [7]],
    ["a list that holds it", (i) => ({ in: [`x${i}`, val("arg", "l")] }), { l: ["x7", "y", "x9"] }, [7, 9]],
    [
      "an element that is equal",
      (i) => ({ some: ["v", [val("arg", "l")], { "===": [v, `x${i}`] }] }),
      { l: ["x7", "x7", "y"] },
      [7],
    ],
    [
      "an element that is a member",
      (i) => ({ some: ["v", [val("arg", "l")], { in: [v, [`x${i}`, `y${i}`]] }] }),
      { l: ["y7", "z"] },
      [7],
    ],
    [
      "a number among numbers",
      (i) => ({ some: ["v", [val("arg", "l")], { "===": [v, i] }] }),
      { l: [7, 1_000] },
      [7],
    ],
    ["a prefix", (i) => ({ within: [val("arg", "p"), `/r/x${i}`, "path"] }), { p: "/r/x7/a/b" }, [7]],
    [
      "a prefix that is no folder of it",
      (i) => ({ within: [val("arg", "p"), `/r/x${i}`, "path"] }),
      { p: "/r/x7" },
      [],
    ],
    [
      "the prefix of a url",
      (i) => ({ within: [val("arg", "u"), `https://h.example/x${i}/`, "url"] }),
      { u: "https://h.example/x7/a?b" },
      [7],
    ],
    [
      "an interval whose ends are written first",
      (i) => ({ and: [{ "<=": [i * 10, val("arg", "n")] }, { ">": [i * 10 + 5, val("arg", "n")] }] }),
      { n: 72 },
      [7],
    ],
    [
      "an interval",
      (i) => ({ and: [{ ">=": [val("arg", "n"), i * 10] }, { "<": [val("arg", "n"), i * 10 + 5] }] }),
      { n: 72 },
      [7],
    ],
    [
      "between intervals",
      (i) => ({ and: [{ ">=": [val("arg", "n"), i * 10] }, { "<": [val("arg", "n"), i * 10 + 5] }] }),
      { n: 77 },
      [],
    ],
    ["what is denied twice", (i) => ({ "!": [{ "!==": [s, `x${i}`] }] }), { s: "x7" }, [7]],
    [
      "one of several, by the same key",
      (i) => ({ or: [{ "===": [s, `x${i}`] }, { in: [s, [`y${i}`, "z"]] }] }),
      { s: "x7" },
      [7],
    ],
    ["a function of a key", (i) => ({ "===": [{ lower: [s] }, `x${i}`] }), { s: "X7" }, [7]],
    [
      "what tells most apart",
      (i) => ({ and: [{ "===": [val("arg", "j"), "same"] }, { "===": [s, `x${i}`] }] }),
      { j: "same", s: "x7" },
      [7],
    ],
  ])("%s", (_, kind, of, found) => {
    expect(placesIn(named(kind), of)).toEqual(found);
  });

  test("what stands beside a key is looked up after it", () => {
    const all = named((i) => ({
      and: [{ "===": [s, `x${i % 10}`] }, { "===": [val("arg", "n"), Math.floor(i / 10)] }],
    }));
    expect(placesIn(all, { s: "x7", n: 3 })).toEqual([37]);
    expect(placesIn(all, { s: "x7" })).toEqual(everyPlace.filter((place) => place % 10 === 7));
    expect(placesIn(all, { n: 3 })).toEqual(everyPlace);
    const found = search(all)(frameOf({ args: { s: "x7", n: 3 } }));
    expect(found).toEqual([{ place: 37, known: expect.arrayContaining([0, 1]) }]);
  });

  test("of several kinds all are found", () => {
    const all = named((i) => (i % 2 === 0 ? { "===": [s, `x${i}`] } : { "===": [val("arg", "n"), i] }));
    expect(placesIn(all, { s: "x8", n: 51 })).toEqual([8, 51]);
    expect(placesIn([...all, true, val("given", "g")], { s: "x8", n: 51 })).toEqual([8, 51, 100, 101]);
  });

  test("the time and the roles of who acts are keys as well", () => {
    const times = named((i) => ({ and: [{ ">=": [val("now"), i] }, { "<": [val("now"), i + 1] }] }));
    expect(placesIn(times, {}, { now: 7.5 })).toEqual([7]);
    const roles = named((i) => ({ in: [`x${i}`, val("actor", "roles")] }));
    expect(placesIn(roles, {}, { roles: ["x7"] })).toEqual([7]);
    expect(placesIn(roles, {})).toEqual([]);
  });
});

describe("where a key says nothing, all are found", () => {
  const equal = named((i) => ({ "===": [s, `x${i}`] }));
  const held = named((i) => ({ some: ["v", [val("arg", "l")], { "===": [v, `x${i}`] }] }));
  const below = named((i) => ({ within: [val("arg", "p"), `/x${i}`, "path"] }));
  const bound = named((i) => ({ ">": [val("arg", "n"), i] }));

  test.each<[what: string, all: readonly Predicate[], of: Told["args"]]>([
    ["a key that is absent", equal, {}],
    ["a key of another type", equal, { s: 7 }],
    ["a key that is a list", equal, { s: ["x7"] }],
    ["no list", held, { l: "x7" }],
    ["a list that holds a thing of another type", held, { l: ["x7", 5] }],
    ["a list that holds null", held, { l: ["x7", null] }],
    ["a list of more than is gone over", held, { l: Array.from({ length: 1_001 }, () => "y") }],
    ["a list of too much text to be gone over", held, { l: ["y".repeat(500_000), "y".repeat(500_001)] }],
    ["no text below a prefix", below, { p: 7 }],
    ["no number", bound, { n: "7" }],
  ])("%s", (_, all, of) => {
    expect(placesIn(all, of)).toEqual(everyPlace);
  });

  test("a list of just so many elements, and of so much text, is looked up", () => {
    expect(placesIn(held, { l: Array.from({ length: 1_000 }, () => "x7") })).toEqual([7]);
    expect(placesIn(held, { l: ["y".repeat(500_000), "y".repeat(499_998), "x7"] })).toEqual([7]);
  });

  test("a loop that has no result is found, however little its elements are what is looked for", () => {
    const long = "z".repeat(2_001);
    const all = named((i) => ({ some: ["v", [val("arg", "l")], { "===": [v, `${long}${i}`] }] }));
    const frame = frameOf({ args: { l: Array.from({ length: 1_000 }, () => "y") } });
    expect(ready(all[7] as Predicate).value(frame)).toBe(UNKNOWN);
    expect(placesOf(search(all)(frame))).toEqual(everyPlace);
    const many = Array.from({ length: 2_001 }, (_, place) => `z${place}`);
    const members = named((i) => ({ some: ["v", [val("arg", "l")], { in: [v, [...many, `x${i}`]] }] }));
    expect(ready(members[7] as Predicate).value(frame)).toBe(UNKNOWN);
    expect(placesOf(search(members)(frame))).toEqual(everyPlace);
  });
});

test("few are looked at one by one", () => {
  const all = named((i) => ({ "===": [s, `x${i}`] }), 6);
  expect(placesIn(all, { s: "x3" })).toEqual([0, 1, 2, 3, 4, 5]);
  expect(
    placesIn(
      named((i) => ({ "===": [s, `x${i}`] }), 7),
      { s: "x3" },
    ),
  ).toEqual([3]);
});

test("what finds most of them is not looked up", () => {
  const same = named((i) => ({ "===": [s, i < 60 ? "x" : `x${i}`] }));
  expect(placesIn(same, { s: "x" })).toHaveLength(60);
  const wide = named((i) => ({ "<": [val("arg", "n"), 1_000 + i] }));
  expect(placesIn(wide, { n: 5_000 })).toEqual(everyPlace);
});

test("a search leaves nothing of the one before", () => {
  const found = new Found<string>(["left", "over"]);
  expect([found.at, found.count]).toEqual([["left", "over"], 2]);
  found.count = 0;
  found.add("one");
  expect(found.at.slice(0, found.count)).toEqual(["one"]);
  const find = search(named((i) => ({ "===": [s, `x${i}`] })));
  const [seven, none, three] = ["x7", "y", "x3"].map((one) => placesOf(find(frameOf({ args: { s: one } }))));
  expect([seven, none, three]).toEqual([[7], [], [3]]);
});

describe("what is looked up first is what finds fewest", () => {
  test("of two groups of values", () => {
    const all = named((i) => ({ and: [{ "===": [val("arg", "j"), `y${i % 2}`] }, { "===": [s, `x${i}`] }] }));
    expect(placesIn(all, { s: "x7" })).toEqual([7]);
  });

  test("of values and intervals that are apart", () => {
    const all = named((i) => ({
      and: [
        { "===": [s, `x${i % 4}`] },
        { ">=": [val("arg", "n"), i * 10] },
        { "<": [val("arg", "n"), i * 10 + 5] },
      ],
    }));
    expect(placesIn(all, { n: 72 })).toEqual([7]);
  });

  test("of values and intervals of which many hold the same", () => {
    const all = named((i) => ({
      and: [{ ">=": [val("arg", "n"), i] }, { "<": [val("arg", "n"), i + 30] }, { "===": [s, `x${i % 50}`] }],
    }));
    expect(placesIn(all, { s: "x7" })).toEqual([7, 57]);
  });

  test("four times, one upon the other", () => {
    const keys = ["s", "n", "p", "j", "u"];
    const all = named(
      (i) => ({ and: keys.map((name, bit) => ({ "===": [val("arg", name), `x${(i >> bit) & 1}`] })) }),
      256,
    );
    const of = Object.fromEntries(keys.map((name) => [name, "x0"]));
    expect(placesIn(all, of)).toHaveLength(16);
  });
});

test("a group of few is looked at one by one beside others", () => {
  const all = [
    ...named((i) => ({ "===": [s, `x${i}`] }), 6),
    ...named((i) => ({ "===": [val("arg", "n"), i] })),
  ];
  expect(placesIn(all, { s: "y", n: 7 })).toEqual([0, 1, 2, 3, 4, 5, 13]);
});

test("of what does not say all of a part nothing is known", () => {
  const all = named((i) => ({ "!": [{ "!==": [s, `x${i}`] }] }));
  expect(search(all)(frameOf({ args: { s: "x7" } }))).toEqual([{ place: 7, known: [] }]);
});
