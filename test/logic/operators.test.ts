import fc from "fast-check";
import jsonLogic from "json-logic-js";
import { describe, expect, test } from "vitest";
import type { Json } from "../../src/ir/json.js";
import type { Predicate } from "../../src/ir/predicate.js";
import { prepare } from "../../src/logic/prepare.js";
import type { Frame, Traced } from "../../src/logic/frame.js";
import { frameOf, type Known, mentions, opens, prepared, worth } from "../support/frame.js";

/** A given that nobody supplied. */
const u: Predicate = { val: ["given", "nobody"] };
/** An optional argument that was left out. */
const absent: Predicate = { val: ["arg", "a"] };
const max = Number.MAX_SAFE_INTEGER;
/** Says of what is traced whether it is what a fact says. */
const ofWhom: Frame["traced"] = (_value, _sources, _form, ofFact): Traced => ({ truth: ofFact, support: 1 });

type Row = readonly [rule: Predicate, value: Json, known?: Known];

function holds(rows: readonly Row[]): void {
  test.each(rows.map(([rule, value, known]) => [JSON.stringify(rule), value, rule, known] as const))(
    "%s is %j",
    (_, value, rule, known) => {
      expect(worth(rule, known)).toEqual(value);
    },
  );
}

describe("strong Kleene connectives", () => {
  holds([
    [{ and: [true, true] }, true],
    [{ and: [true, false] }, false],
    [{ and: [u, false] }, false],
    [{ and: [false, u] }, false],
    [{ and: [u, true] }, "?"],
    [{ and: [u, u] }, "?"],
    [{ and: [true] }, true],
    [{ or: [false, false] }, false],
    [{ or: [u, true] }, true],
    [{ or: [true, u] }, true],
    [{ or: [u, false] }, "?"],
    [{ or: [u] }, "?"],
    [{ "!": [true] }, false],
    [{ "!": [false] }, true],
    [{ "!": [u] }, "?"],
  ]);

  test("what is no truth value decides nothing", () => {
    expect(worth({ and: [1, true] })).toBe("?");
    expect(worth({ or: ["yes", false] })).toBe("?");
    expect(worth({ "!": [0] })).toBe("?");
    expect(worth({ and: [1, false] })).toBe(false);
    expect(worth({ and: [absent, true] })).toBe("?");
  });
});

describe("if", () => {
  holds([
    [{ if: [true, 1, 2] }, 1],
    [{ if: [false, 1, 2] }, 2],
    [{ if: [u, 1, 2] }, "?"],
    [{ if: [u, 1, 1] }, 1],
    [{ if: [u, "x", "x"] }, "x"],
    [{ if: [u, [1, 2], [1, 2]] }, [1, 2]],
    [{ if: [u, [1, 2], [1, 3]] }, "?"],
    [{ if: [u, u, u] }, "?"],
    [{ if: [u, u, 1] }, "?"],
    [{ if: [true, 1, u] }, 1],
    [{ if: [false, u, 2] }, 2],
    [{ if: [u, absent, absent] }, "?"],
  ]);
});

describe("quantifiers", () => {
  const over = (kind: string, lists: Predicate[], body: Predicate): Predicate => ({
    [kind]: ["v", lists, body],
  });
  const v: Predicate = { val: ["local", "v"] };
  const isTwo: Predicate = { "===": [v, 2] };
  const twoOrUnknown: Predicate = { or: [isTwo, u] };
  const twoAndUnknown: Predicate = { and: [isTwo, u] };
  holds([
    [over("every", [[]], u), true],
    [over("some", [[]], u), false],
    [over("every", [[2, 2]], isTwo), true],
    [over("every", [[2, 1]], isTwo), false],
    [over("some", [[1, 2]], isTwo), true],
    [over("some", [[1]], isTwo), false],
    [over("every", [[2, 1]], twoOrUnknown), "?"],
    [over("every", [[2, 1]], twoAndUnknown), false],
    [over("some", [[1, 2]], twoOrUnknown), true],
    [over("some", [[1, 2]], twoAndUnknown), "?"],
    [over("every", [u], false), "?"],
    [over("some", [u], true), "?"],
    [over("every", [absent], false), true],
    [over("some", [absent], true), false],
    [over("every", [[1], [2]], isTwo), false],
    [over("some", [[1], [2]], isTwo), true],
    [over("every", [[1], u], isTwo), "?"],
    [over("every", ["no list"], true), "?"],
    [over("tally", [[1, 2, 2]], isTwo), 2],
    [over("tally", [[1, 2]], twoOrUnknown), "?"],
    [over("tally", [absent], true), 0],
    [over("tally", [u], true), "?"],
    [over("total", [[1, 2, 3]], { "*": [v, 2] }), 12],
    [over("total", [[1, 2]], u), "?"],
    [over("total", [[]], u), 0],
    [over("total", [[max, 1, -1]], v), "?"],
  ]);

  test("bodies see the variables of those around them, the innermost first", () => {
    const pairs = over("every", [[1, 2]], over("some", [[1, 2]], { "===": [v, { val: ["local", "w"] }] }));
    const renamed = JSON.parse(JSON.stringify(pairs).replace('"every":["v"', '"every":["w"')) as Predicate;
    expect(worth(renamed)).toBe(true);
    expect(worth(over("every", [[1]], over("every", [[2]], isTwo)))).toBe(true);
    expect(worth({ val: ["local", "nowhere"] })).toBe("?");
  });
});

describe("in, and lists", () => {
  holds([
    [{ in: [2, [1, 2]] }, true],
    [{ in: [3, [1, 2]] }, false],
    [{ in: ["2", [1, 2]] }, false],
    [{ in: [u, [1]] }, "?"],
    [{ in: [u, []] }, false],
    [{ in: [1, u] }, "?"],
    [{ in: [1, [1, u]] }, true],
    [{ in: [2, [1, u]] }, "?"],
    [{ in: [u, [1, u]] }, "?"],
    [{ some: ["v", [[1, u]], { "===": [{ val: ["local", "v"] }, 1] }] }, true],
    [{ every: ["v", [[1, u]], { "===": [{ val: ["local", "v"] }, 2] }] }, false],
    [{ every: ["v", [[1, u]], { "===": [{ val: ["local", "v"] }, 1] }] }, "?"],
    [{ in: [1, "1"] }, "?"],
    [{ in: [absent, [1]] }, "?"],
    [{ in: [{ val: ["arg", "list"] }, [[1], [2]]] }, true, { args: { list: [2] } }],
    [{ sum: [[1, u]] }, "?"],
    [{ if: [u, [u], [u]] }, "?"],
    [[], []],
    [{ count: [[1, 2]] }, 2],
    [{ count: [[]] }, 0],
    [{ count: [[u]] }, 1],
    [{ count: ["ab"] }, "?"],
    [{ sum: [[1, 2.5]] }, 3.5],
    [{ sum: [[]] }, 0],
    [{ sum: [["a"]] }, "?"],
    [{ sum: [u] }, "?"],
    [{ sum: [[max, 1]] }, "?"],
    [{ sum: [1] }, "?"],
  ]);
});

describe("comparisons and arithmetic", () => {
  holds([
    [{ "===": [1, 1] }, true],
    [{ "===": ["a", "b"] }, false],
    [{ "!==": ["a", "b"] }, true],
    [{ "!==": [true, true] }, false],
    [{ "===": [1, "1"] }, "?"],
    [{ "!==": [1, true] }, "?"],
    [{ "===": [[1], [1]] }, "?"],
    [{ "===": [u, 1] }, "?"],
    [{ "===": [1, u] }, "?"],
    [{ "===": [absent, 1] }, "?"],
    [{ "<": [1, 2] }, true],
    [{ "<": [2, 2] }, false],
    [{ "<=": [2, 2] }, true],
    [{ ">": [2, 2] }, false],
    [{ ">=": [2, 2] }, true],
    [{ "<": ["a", "b"] }, "?"],
    [{ "<": [u, 1] }, "?"],
    [{ ">": [1, u] }, "?"],
    [{ "+": [max, 1] }, "?"],
    [{ "+": [0.1, 0.2] }, 0.1 + 0.2],
    [{ "+": [u, 1] }, "?"],
    [{ "-": [-max, 1] }, "?"],
    [{ "-": [5] }, -5],
    [{ "-": [0] }, 0],
    [{ "-": ["x"] }, "?"],
    [{ "*": [max, 2] }, "?"],
    [{ "*": [0, -1] }, 0],
    [{ "*": [1e200, 1e200] }, "?"],
    [{ "/": [1, 2] }, 0.5],
    [{ "/": [1, 0] }, "?"],
    [{ "/": [0, 0] }, "?"],
    [{ "/": [u, 2] }, "?"],
    [{ min: [3, 1, 2] }, 1],
    [{ max: [3, 1, 2] }, 3],
    [{ min: [1, u] }, "?"],
    [{ max: [1, u, 3] }, "?"],
    [{ abs: [-3] }, 3],
    [{ abs: [u] }, "?"],
  ]);

  test("a zero has no sign, so that no two values look alike and differ", () => {
    for (const rule of [{ "-": [0] }, { "*": [0, -1] }, { "/": [0, -1] }] as Predicate[])
      expect(Object.is(worth(rule), 0)).toBe(true);
  });
});

describe("on complete inputs JsonLogic means the same", () => {
  const int = fc.integer({ min: -1000, max: 1000 });
  const numeric = ["<", "<=", ">", ">=", "+", "-", "*", "min", "max", "===", "!=="];
  test.each(numeric)("%s on numbers", (operator) => {
    fc.assert(
      fc.property(int, int, (a, b) => {
        const rule = { [operator]: [a, b] } as Predicate;
        expect(worth(rule) === jsonLogic.apply(rule as never)).toBe(true);
      }),
    );
  });

  test("negation, and division by anything but zero", () => {
    fc.assert(
      fc.property(int, int, (a, b) => {
        expect(worth({ "-": [a] }) === jsonLogic.apply({ "-": [a] })).toBe(true);
        if (b !== 0) expect(worth({ "/": [a, b] }) === jsonLogic.apply({ "/": [a, b] })).toBe(true);
      }),
    );
  });

  test("and, or, !, if, in", () => {
    const truth = fc.boolean();
    const rule = fc.letrec<{ rule: unknown }>((tie) => ({
      rule: fc.oneof(
        { depthSize: "small" },
        truth,
        fc.tuple(tie("rule"), tie("rule")).map((and) => ({ and })),
        fc.tuple(tie("rule"), tie("rule")).map((or) => ({ or })),
        tie("rule").map((one) => ({ "!": [one] })),
        fc.tuple(tie("rule"), tie("rule"), tie("rule")).map((parts) => ({ if: parts })),
        fc.tuple(int, fc.array(int)).map((parts) => ({ in: parts })),
        fc.tuple(int, int).map((parts) => ({ "===": parts })),
      ),
    })).rule;
    fc.assert(
      fc.property(rule, (one) => {
        expect(worth(one as Predicate)).toEqual(jsonLogic.apply(one as never));
      }),
    );
  });
});

describe("texts, paths, urls, times", () => {
  const noon = Date.UTC(2026, 0, 31, 12);
  holds([
    [{ length: ["añ😀"] }, 3],
    [{ length: [""] }, 0],
    [{ length: [u] }, "?"],
    [{ length: [1] }, "?"],
    [{ lower: ["ÀB"] }, "àb"],
    [{ host: ["https://A.example:8080/x"] }, "a.example"],
    [{ host: ["nonsense"] }, "?"],
    [{ scheme: ["https://a.example"] }, "https"],
    [{ scheme: ["nonsense"] }, "?"],
    [{ extension: ["/a/b.tar.gz"] }, "gz"],
    [{ extension: ["/a.b/c"] }, ""],
    [{ extension: ["/a/.bashrc"] }, ""],
    [{ extension: ["c."] }, ""],
    [{ hour: [noon, "UTC"] }, 12],
    [{ hour: [noon, "Europe/Berlin"] }, 13],
    [{ hour: [noon, "No/Where"] }, "?"],
    [{ hour: ["12", "UTC"] }, "?"],
    [{ weekday: [noon, "UTC"] }, 6],
    [{ weekday: [u, "UTC"] }, "?"],
    [{ like: ["a@acme.example", "*@acme.example"] }, true],
    [{ like: ["a@acme.example.evil", "*@acme.example"] }, false],
    [{ like: [u, "*"] }, "?"],
    [{ like: [1, "*"] }, "?"],
    [{ matches: ["abc", "b"] }, false],
    [{ matches: ["abc", ".b."] }, true],
    [{ matches: ["abc", "("] }, "?"],
    [{ extract: ["a1b22", "[0-9]+"] }, ["1", "22"]],
    [{ extract: ["a1b22", "[a-z]([0-9]+)"] }, ["1", "22"]],
    [{ extract: ["ab", "(x)?b"] }, [""]],
    [{ extract: ["ab", "("] }, "?"],
    [{ within: ["/a/b", "/a", "path"] }, true],
    [{ within: ["/a", "/a", "path"] }, false],
    [{ within: ["/ab", "/a", "path"] }, false],
    [{ within: ["/a", "/", "path"] }, true],
    [{ within: ["/", "/", "path"] }, false],
    [{ within: ["a/b", ".", "path"] }, true],
    [{ within: ["/a", ".", "path"] }, false],
    [{ within: [".", ".", "path"] }, false],
    [{ within: ["a", "/", "path"] }, false],
    [{ within: [u, "/a", "path"] }, "?"],
    [{ within: [1, "/a", "path"] }, "?"],
    [{ within: ["https://a.example/x/y", "https://a.example/x", "url"] }, true],
    [{ within: ["https://a.example/x/y", "https://a.example/x/", "url"] }, true],
    [{ within: ["https://a.example/x", "https://a.example/x", "url"] }, false],
    [{ within: ["https://a.example/x/", "https://a.example/x", "url"] }, false],
    [{ within: ["https://a.example/xy", "https://a.example/x", "url"] }, false],
    [{ within: ["http://a.example/x/y", "https://a.example/x", "url"] }, false],
    [{ within: ["https://a.example:1/x/y", "https://a.example/x", "url"] }, false],
    [{ within: ["https://me@a.example/x/y", "https://a.example/x", "url"] }, false],
    [{ within: ["https://a.example.evil/x/y", "https://a.example/x", "url"] }, false],
    [{ within: ["https://a.example/x/../y", "https://a.example/x", "url"] }, false],
    [{ within: ["nonsense", "https://a.example/x", "url"] }, false],
    [{ within: ["https://a.example/x", "nonsense", "url"] }, false],
  ]);
});

describe("readings", () => {
  holds([
    [{ val: ["arg", "a"] }, 5, { args: { a: 5 } }],
    [{ val: ["arg", "a"] }, "-"],
    [{ val: ["arg", "a", "x", "y"] }, 7, { args: { a: { x: { y: 7 } } } }],
    [{ val: ["arg", "a", "toString"] }, "-", { args: { a: {} } }],
    [{ val: ["arg", "a", "x"] }, "-", { args: { a: { x: null } } }],
    [{ val: ["arg", "a", "x"] }, "?", { args: { a: 5 } }],
    [{ val: ["arg", "a", "x", "y"] }, "-", { args: { a: {} } }],
    [{ val: ["arg", "no such parameter"] }, "?"],
    [{ val: ["given", "g"] }, 1, { given: { g: 1 } }],
    [{ val: ["given", "g"] }, "?"],
    [{ val: ["given", "g", "x"] }, 1, { given: { g: { x: 1 } } }],
    [{ val: ["claim", "c"] }, "?"],
    [{ val: ["claim", "c"] }, true, { claim: { c: true } }],
    [{ val: ["actor", "id"] }, "agent"],
    [{ val: ["actor", "roles"] }, ["clerk"]],
    [{ val: ["session", "trust"] }, 1],
    [{ val: ["now"] }, "?"],
    [{ val: ["now"] }, 9, { now: 9 }],
    [{ val: ["result", "id"] }, "?"],
    [{ has: [{ val: ["arg", "a"] }] }, false],
    [{ has: [{ val: ["arg", "a"] }] }, true, { args: { a: 0 } }],
    [{ has: [{ val: ["given", "g"] }] }, "?"],
    [{ has: [{ fact: ["f"] }] }, "?"],
    [{ has: [{ fact: ["f"] }] }, false, { fact: { f: undefined } }],
    [{ has: [{ fact: ["f"] }] }, true, { fact: { f: 0 } }],
    [{ fact: ["f", 1] }, 2, { fact: { f: 2 } }],
    [{ fact: ["f", u] }, "?", { fact: { f: 2 } }],
    [{ fact: ["f", absent] }, "?", { fact: { f: 2 } }],
    [{ fact: ["f"] }, "-", { fact: { f: undefined } }],
    [{ traced: ["x", ["s"], "text", "value"] }, "?"],
    [{ traced: [["x", u], ["s"], "text", "value"] }, false, { traced: { truth: false, support: 0 } }],
    [{ traced: [["x", u], ["s"], "text", "value"] }, "?", { traced: { truth: true, support: 1 } }],
    [{ traced: [[u], ["s"], "text", "value"] }, "?", { traced: { truth: false, support: 0 } }],
    [{ traced: [u, ["s"], "text", "value"] }, "?", { traced: { truth: false, support: 0 } }],
    [{ traced: ["x", ["s"], "text", "fact"] }, true, { traced: ofWhom }],
    [{ traced: ["x", ["s"], "text", "value"] }, false, { traced: ofWhom }],
    [{ val: ["arg", "a", "x"] }, "?", { args: { a: null } }],
    [{ val: ["given", "x", "y"] }, "?"],
    [{ within: ["/a/b", { val: ["arg", "a"] }, "path"] }, "?", { args: { a: 5 } }],
    [{ within: ["https://u:p@x.example/a/b", "https://u:q@x.example/a", "url"] }, false],
    [{ within: ["https://u:p@x.example/a/b", "https://u:p@x.example/a", "url"] }, true],
    [{ "/": [0, 0] }, "?"],
    [{ traced: ["x", ["s"], "text", "value"] }, true, { traced: { truth: true, support: 1 } }],
    [{ traced: ["x", ["s"], "text", "value"] }, false, { traced: { truth: false, support: 0 } }],
    [{ traced: [u, ["s"], "text", "value"] }, "?", { traced: { truth: true, support: 1 } }],
    [{ traced: [absent, ["s"], "text", "value"] }, "?", { traced: { truth: true, support: 1 } }],
    [{ calls: [["*"], null] }, "?"],
    [{ calls: [["*"], 1000] }, 3, { calls: 3 }],
    [{ calls: [["*"], null, ["a", u]] }, "?", { calls: 3 }],
    [{ calls: [["*"], null, ["a", 1]] }, 3, { calls: 3 }],
  ]);

  test("no further operand is read once one is open", () => {
    const asked: string[] = [];
    const frame: Frame = {
      ...frameOf(),
      fact: (name) => {
        asked.push(name);
        return { state: "silent", reason: "nobody answered" };
      },
    };
    const all = (operator: string, ...names: string[]): Predicate => ({
      [operator]: names.map((name) => ({ fact: [name] })),
    });
    for (const rule of [all("<", "a", "b"), all("min", "c", "d", "e")]) prepared(rule).value(frame);
    expect(asked).toEqual(["a", "c"]);
  });

  test("several lists, a long one among them, are gone through in order", () => {
    const many = Array.from({ length: 130_000 }, () => 1);
    const list: Predicate = { val: ["arg", "list"] };
    expect(
      worth({ tally: ["v", [list, [2]], { ">": [{ val: ["local", "v"] }, 1] }] }, { args: { list: many } }),
    ).toBe(1);
  });

  test("an operator without a meaning is a mistake of this engine, not of a policy", () => {
    expect(() => prepare({ nonsense: [] }, new Map())).toThrow(/internal error/);
  });
});

describe("what a condition mentions once the arguments, and nothing else, are put in", () => {
  const f: Predicate = { fact: ["f"] };
  const g: Predicate = { fact: ["g"] };
  const a: Predicate = { val: ["arg", "a"] };
  const list: Predicate = { val: ["arg", "list"] };
  const v: Predicate = { val: ["local", "v"] };
  const w: Predicate = { val: ["local", "w"] };
  const rows: readonly (readonly [Predicate, readonly string[], Known?])[] = [
    [{ and: [{ "===": [a, 1] }, f] }, [], { args: { a: 2 } }],
    [{ and: [{ "===": [a, 1] }, f] }, ["fact f()"], { args: { a: 1 } }],
    [{ or: [{ "===": [a, 1] }, f] }, [], { args: { a: 1 } }],
    [{ or: [f, g] }, ["fact f()", "fact g()"], { fact: { f: true } }],
    [{ if: [{ "===": [a, 1] }, f, g] }, ["fact f()"], { args: { a: 1 } }],
    [{ if: [f, { "===": [a, 1] }, g] }, ["fact f()", "fact g()"], { args: { a: 1 } }],
    [{ if: [f, true, true] }, []],
    [{ "===": [{ val: ["claim", "c"] }, f] }, ["claim c", "fact f()"]],
    [{ fact: ["f", { fact: ["g"] }] }, ["fact g()", "fact f(3)"], { fact: { g: 3 } }],
    [{ fact: ["f", { val: ["given", "x"] }] }, ["given x", "fact f(?)"]],
    [{ fact: ["f", { val: ["given", "x"] }] }, ["given x", "fact f(3)"], { given: { x: 3 } }],
    [{ traced: [f, ["s"], "text", "fact"] }, ["fact f()", 'traced "x"'], { fact: { f: "x" } }],
    [{ traced: [a, ["s"], "text", "value"] }, ['traced "x"'], { args: { a: "x" } }],
    [{ "<": [{ val: ["now"] }, 5] }, ["circumstance"]],
    [{ calls: [["*"], null, ["a", f]] }, ["fact f()", "circumstance"]],
    [{ "<": [{ val: ["actor", "id"] }, 5] }, ["circumstance"]],
    [{ "<": [{ val: ["session", "id"] }, 5] }, ["circumstance"]],
    [{ has: [{ val: ["result", "id"] }] }, ["operation result"]],
    [{ has: [{ val: ["arg", "nowhere"] }] }, ["operation val"]],
    [{ in: [1, a] }, ["operation in"], { args: { a: 1 } }],
    [{ count: [a] }, ["operation count"], { args: { a: 1 } }],
    [{ count: [f] }, ["fact f()"]],
    [{ sum: [a] }, ["operation sum"], { args: { a: 1 } }],
    [{ within: [a, "/x", "path"] }, ["operation within"], { args: { a: 1 } }],
    [{ in: [1, [f, g]] }, ["fact f()", "fact g()"]],
    [{ count: [[f, 2]] }, []],
    [
      { every: ["v", [f], { "===": [v, { val: ["claim", "c"] }] }] },
      ["fact f()", "claim c"],
      { fact: { f: [] } },
    ],
    [
      { every: ["v", [f], { or: [{ "===": [v, { val: ["claim", "c"] }] }, g] }] },
      ["fact f()", "claim c"],
      { fact: { f: [] } },
    ],
    [{ every: ["v", [list], { "===": [v, { val: ["claim", "c"] }] }] }, ["claim c"], { args: { list: [1] } }],
    // Over a list that turns out to be empty, through one that is known, and through one that is not.
    [
      { every: ["v", [f], { some: ["w", [[1, 2]], { "===": [w, { val: ["claim", "c"] }] }] }] },
      ["fact f()", "claim c", "claim c"],
      { fact: { f: [] } },
    ],
    [
      { every: ["v", [f], { some: ["w", [g], { "===": [w, { val: ["claim", "c"] }] }] }] },
      ["fact f()", "claim c"],
      { fact: { f: [], g: [1, 2, 3] } },
    ],
    [
      { every: ["v", [f], { or: [{ "!": [{ has: [{ val: ["local", "v", "x"] }] }] }, g] }] },
      ["fact f()", "fact g()"],
      { fact: { f: [{ x: 1 }] } },
    ],
    [{ every: ["v", [list], { and: [{ "===": [v, 1] }, f] }] }, [], { args: { list: [1, 2] } }],
    [{ "/": [1, 0] }, ["operation /"]],
    [{ "/": [a, { "-": [a, a] }] }, ["operation /"], { args: { a: 1 } }],
    [{ has: [f] }, ["fact f()"]],
    [{ in: [f, [1]] }, ["fact f()"]],
    [{ in: [f, []] }, []],
    [
      { every: ["v", [{ fact: ["l"] }], { fact: ["h", { val: ["local", "v"] }] }] },
      ["fact l()", "fact h(1)", "fact h(2)"],
      { fact: { l: [1, 2] } },
    ],
    [
      { every: ["v", [{ fact: ["l"] }], { fact: ["h", { val: ["local", "v"] }] }] },
      ["fact l()", "fact h(?)"],
    ],
    [
      {
        every: [
          "v",
          [{ val: ["arg", "list"] }],
          { traced: [{ val: ["local", "v"] }, ["s"], "text", "value"] },
        ],
      },
      ['traced "x"', 'traced "y"'],
      { args: { list: ["x", "y"] } },
    ],
    [
      { every: ["v", [{ val: ["arg", "list"] }], { or: [{ "===": [{ val: ["local", "v"] }, 1] }, f] }] },
      ["fact f()"],
      { args: { list: [1, 2] } },
    ],
    [{ total: ["v", [[Number.MAX_SAFE_INTEGER, 1]], { val: ["local", "v"] }] }, ["operation total"]],
    [{ val: ["local", "nowhere"] }, ["operation val"]],
  ];
  test.each(rows.map(([rule, what, known]) => [JSON.stringify(rule), what, rule, known] as const))(
    "%s: %j",
    (_, what, rule, known) => {
      expect(mentions(rule, known)).toEqual(what);
    },
  );
});

describe("what keeps a condition open, with all that is known put in", () => {
  const f: Predicate = { fact: ["f"] };
  test("only what is not known", () => {
    expect(opens({ and: [f, { val: ["given", "x"] }] }, { fact: { f: true } })).toEqual(["given x"]);
    expect(opens({ or: [f, { val: ["given", "x"] }] }, { fact: { f: true } })).toEqual([]);
    expect(opens({ "<": [f, { val: ["given", "x"] }] }, { fact: { f: 1 } })).toEqual(["given x"]);
  });
  test("nothing that is known", () => {
    const given: Predicate = { val: ["given", "x"] };
    const traced: Predicate = { traced: ["x", ["s"], "text", "value"] };
    const few: Predicate = { calls: [["*"], null] };
    const known: Known = { given: { x: true }, traced: { truth: true, support: 1 }, calls: 3 };
    expect(opens({ and: [given, traced, few, f] }, known)).toEqual(["fact f()"]);
  });
  test("a variable of a list that is not known keeps nothing open by itself", () => {
    const isOne = (variable: string): Predicate => ({ "===": [{ val: ["local", variable] }, 1] });
    expect(opens({ every: ["v", [f], isOne("v")] })).toEqual(["fact f()"]);
    const inner: Predicate = { every: ["w", [{ val: ["local", "v"] }], isOne("w")] };
    expect(opens({ every: ["v", [f], inner] })).toEqual(["fact f()"]);
  });
});

test("a list that holds what is not known, looked through for what is written down", () => {
  const inside = (kind: string, of: Predicate[]): Json =>
    worth({ [kind]: ["v", [of], { in: [{ val: ["local", "v"] }, ["a", "b"]] }] } as Predicate);
  expect(inside("some", [u, "z"])).toBe("?");
  expect(inside("some", [u, "a"])).toBe(true);
  expect(inside("every", [u, "a"])).toBe("?");
  expect(inside("every", [u, "z"])).toBe(false);
});
