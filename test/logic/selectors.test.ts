import { describe, expect, test } from "vitest";
import type { Predicate } from "../../src/ir/predicate.js";
import {
  argumentRoots,
  knownRoots,
  type Selector,
  selectorsOf,
  selectorsOfParts,
} from "../../src/logic/index/selectors.js";

const isUrl = (path: readonly string[]): boolean => path.join(".") === "arg.u";
const keys = { roots: knownRoots, isUrl };

const x = { val: ["arg", "x"] } as Predicate;
const y = { val: ["arg", "y"] } as Predicate;
const u = { val: ["arg", "u"] } as Predicate;
const v = { val: ["local", "v"] } as Predicate;
const given = { val: ["given", "g"] } as Predicate;

const numbers = Array.from({ length: 500 }, (_, at) => at);

/** In short: `x equal a|b`, `x range 1..5`. */
function shortOf(one: Selector): string {
  const key = JSON.stringify(one.key)
    .replace(/\{"val":\["arg","(\w)"\]\}/g, "$1")
    .replace(/"/g, "");
  const told =
    one.kind === "range" ? `${one.from}..${one.to}` : one.to.map((to) => JSON.stringify(to)).join("|");
  return `${key} ${one.kind} ${told}${one.part === undefined ? "" : ` (${one.part})`}`;
}
const told = (condition: Predicate, isFalse = false): string[] =>
  selectorsOf(condition, keys, isFalse).map(shortOf);
const not = (condition: Predicate): Predicate => ({ "!": [condition] });
const some = (body: Predicate, lists: Predicate[] = [x]): Predicate => ({ some: ["v", lists, body] });

describe("what must be so for a condition not to be false", () => {
  test.each<[Predicate, string[]]>([
    [{ "===": [x, "a"] }, ['x equal "a"']],
    [{ "===": ["a", x] }, ['x equal "a"']],
    [{ "===": [x, true] }, ["x equal true"]],
    [{ "===": [x, y] }, []],
    [{ "===": [given, "a"] }, []],
    [{ "===": ["a", "b"] }, []],
    [{ "!==": [x, "a"] }, []],
    [not({ "!==": [x, "a"] }), ['x equal "a"']],
    [not({ "!==": ["a", x] }), ['x equal "a"']],
    [not({ "===": [x, "a"] }), []],
    [not(not({ "===": [x, "a"] })), ['x equal "a"']],
    [{ in: [x, ["a", "b", "a"]] }, ['x equal "a"|"b"']],
    [{ in: [x, ["a", 1]] }, []],
    [{ in: [x, ["a", y]] } as Predicate, []],
    [{ in: [x, []] }, ["x equal "]],
    [{ in: [x, y] }, []],
    [{ in: ["a", x] }, ['x holds "a"']],
    [{ in: [given, ["a"]] }, []],
    [not({ in: [x, ["a"]] }), []],
    [some({ "===": [v, "a"] }), ['x holds "a"']],
    [some({ "===": ["a", v] }), ['x holds "a"']],
    [some({ in: [v, ["a", "b"]] }), ['x holds "a"|"b"']],
    [some({ in: ["a", v] }), []],
    [some({ "===": [v, "a"] }, [x, y]), []],
    [some({ "===": [v, "a"] }, [given]), []],
    [some({ "===": [{ val: ["local", "w"] }, "a"] }), []],
    [some({ "===": [{ val: ["local", "v", "f"] }, "a"] }), []],
    [some({ "===": [x, "a"] }), []],
    // Whatever stands beside a comparison may have no result, where the comparison is false.
    [some({ and: [{ "===": [v, "a"] }, given] }), []],
    [some({ or: [{ "===": [v, "a"] }, { "===": [v, "b"] }] }), []],
    [some(not({ "!==": [v, "a"] })), []],
    [some(given), []],
    [some(true), []],
    // What each element costs to compare has its bounds.
    [some({ "===": [v, "a".repeat(500)] }), [`x holds "${"a".repeat(500)}"`]],
    [some({ "===": [v, "a".repeat(501)] }), []],
    [some({ in: [v, ["a", "a".repeat(501)]] }), []],
    [some({ in: [v, numbers] }), [`x holds ${numbers.join("|")}`]],
    [some({ in: [v, Array.from({ length: 501 }, (_, at) => at)] }), []],
    [some({ "===": [v, 1] }), ["x holds 1"]],
    [not(some({ "===": [v, "a"] })), []],
    [{ every: ["v", [x], { "===": [v, "a"] }] }, []],
    [{ within: [x, "/r", "path"] }, ['x below "/r"']],
    [{ within: [x, y, "path"] }, []],
    [{ within: [given, "/r", "path"] }, []],
    [{ within: [u, "https://h.example/a/", "url"] }, ['u below "https://h.example/a"']],
    [{ within: [x, "https://h.example/a/", "url"] }, []],
    [{ within: [u, "mailto:ann@h.example", "url"] }, []],
    [{ within: ["https://h.example/a", "https://h.example", "url"] }, []],
    [not({ within: [x, "/r", "path"] }), []],
    [{ "<": [x, 5] }, ["x range -Infinity..5"]],
    [{ "<=": [x, 5] }, ["x range -Infinity..5"]],
    [{ ">": [x, 5] }, ["x range 5..Infinity"]],
    [{ ">=": [x, 5] }, ["x range 5..Infinity"]],
    [{ "<": [5, x] }, ["x range 5..Infinity"]],
    [{ "<=": [5, x] }, ["x range 5..Infinity"]],
    [{ ">": [5, x] }, ["x range -Infinity..5"]],
    [{ ">=": [5, x] }, ["x range -Infinity..5"]],
    [not({ "<": [x, 5] }), ["x range 5..Infinity"]],
    [not({ "<=": [x, 5] }), ["x range 5..Infinity"]],
    [not({ ">": [x, 5] }), ["x range -Infinity..5"]],
    [not({ ">=": [x, 5] }), ["x range -Infinity..5"]],
    [not({ ">=": [5, x] }), ["x range 5..Infinity"]],
    [{ "<": [x, y] }, []],
    [{ "<": [x, "5"] } as Predicate, []],
    [{ and: [{ "===": [x, "a"] }, given, { "<": [y, 5] }] }, ['x equal "a"', "y range -Infinity..5"]],
    [{ or: [{ "===": [x, "a"] }, { in: [x, ["b", "a"]] }] }, ['x equal "a"|"b"']],
    [{ or: [{ "===": [x, "a"] }, { "===": [x, "b"] }, { "===": [x, "c"] }] }, ['x equal "a"|"b"|"c"']],
    [{ or: [{ "===": [x, "a"] }, { "===": [y, "b"] }] }, []],
    [{ or: [{ "===": [x, "a"] }, { "===": [x, 1] }] }, []],
    [{ or: [{ "===": [x, "a"] }, { in: ["a", x] }] }, []],
    [{ or: [{ "===": [x, "a"] }, given] }, []],
    [{ or: [{ "===": [x, "a"] }, { "===": [y, "b"] }, { "===": [x, "c"] }] }, []],
    [{ or: [] }, []],
    [{ or: [{ "<": [x, 5] }, { "<": [x, 9] }] }, []],
    [{ or: [{ "===": [x, 5] }, { "<": [x, 9] }] }, []],
    [{ or: [{ and: [given, { "===": [x, "a"] }] }, { "===": [x, "b"] }] }, ['x equal "a"|"b"']],
    [not({ and: [{ "!==": [x, "a"] }, { "!==": [x, "b"] }] }), ['x equal "a"|"b"']],
    [not({ or: [{ "!==": [x, "a"] }, { ">": [y, 5] }] }), ['x equal "a"', "y range -Infinity..5"]],
    [{ "===": [{ lower: [x] }, "a"] }, ['{lower:[x]} equal "a"']],
    [{ "===": [{ lower: [{ host: [u] }] }, "a"] }, ['{lower:[{host:[u]}]} equal "a"']],
    [{ "===": [{ lower: [given] }, "a"] }, []],
    [{ "===": [{ length: [x] }, 1] }, []],
    [{ "===": [[x], "a"] } as Predicate, []],
    [{ "===": [{ val: ["actor", "id"] }, "a"] }, ['{val:[actor,id]} equal "a"']],
    [{ "<": [{ val: ["now"] }, 5] }, ["{val:[now]} range -Infinity..5"]],
    [{ "===": [{ val: ["session", "id"] }, "a"] }, []],
    [{ if: [{ "===": [x, "a"] }, true, false] }, []],
    [{ has: [x] }, []],
    [x, []],
    [true, []],
    [[x], []],
  ])("%j", (condition, expected) => {
    expect(told(condition)).toEqual(expected);
  });

  test("scheme and extension are keys as well", () => {
    expect(told({ "===": [{ scheme: [u] }, "https"] })).toEqual(['{scheme:[u]} equal "https"']);
    expect(told({ "===": [{ extension: [x] }, "md"] })).toEqual(['{extension:[x]} equal "md"']);
  });
});

describe("what must be so for a condition not to be true", () => {
  test.each<[Predicate, string[]]>([
    [{ "!==": [x, "a"] }, ['x equal "a"']],
    [{ "===": [x, "a"] }, []],
    [not({ "===": [x, "a"] }), ['x equal "a"']],
    [not({ in: [x, ["a", "b"]] }), ['x equal "a"|"b"']],
    [not({ within: [x, "/r", "path"] }), ['x below "/r"']],
    [not(some({ "===": [v, "a"] })), ['x holds "a"']],
    [{ "<": [x, 5] }, ["x range 5..Infinity"]],
    [{ or: [{ "!==": [x, "a"] }, given] }, ['x equal "a"']],
    [{ and: [{ "!==": [x, "a"] }, { "!==": [x, "b"] }] }, ['x equal "a"|"b"']],
    [{ and: [{ "!==": [x, "a"] }, given] }, []],
  ])("%j", (condition, expected) => {
    expect(told(condition, true)).toEqual(expected);
  });

  test("a check is told by the arguments alone", () => {
    const of = (root: string): Selector[] =>
      selectorsOf(
        { "!==": [{ val: [root, "id"] }, "a"] } as Predicate,
        { roots: argumentRoots, isUrl },
        true,
      );
    expect([of("actor"), of("now")]).toEqual([[], []]);
    expect(of("arg").map(shortOf)).toEqual(['{val:[arg,id]} equal "a"']);
  });
});

test("of a part that one selector says all of, what is found by it holds", () => {
  const parts: Predicate[] = [
    { "===": [x, "a"] },
    { in: [y, ["a", "b"]] },
    { in: ["a", x] },
    { within: [x, "/r", "path"] },
    { within: [x, "/", "path"] },
    { within: [x, ".", "path"] },
    { within: [u, "https://h.example/a", "url"] },
    { "<": [x, 5] },
    not({ "!==": [x, "a"] }),
    { or: [{ "===": [x, "a"] }, { "===": [x, "b"] }] },
    { and: [{ "===": [x, "a"] }, given] },
    some({ "===": [v, "a"] }),
  ];
  expect(selectorsOfParts(parts, keys).map(shortOf)).toEqual([
    'x equal "a" (0)',
    'y equal "a"|"b" (1)',
    'x holds "a"',
    'x below "/r" (3)',
    'x below "/"',
    'x below "."',
    'u below "https://h.example/a"',
    "x range -Infinity..5",
    'x equal "a"',
    'x equal "a"|"b"',
    'x equal "a"',
    'x holds "a"',
  ]);
});

test("a group is of one kind, one type and one key", () => {
  const groups = [
    { "===": [x, "a"] },
    { "===": [x, "b"] },
    { "===": [x, 1] },
    { "===": [y, "a"] },
    { in: ["a", x] },
    { "<": [x, 5] },
    { ">": [x, 9] },
    { "===": [{ lower: [x] }, "a"] },
    { "===": [{ extension: [x] }, "a"] },
    { "===": [{ lower: [y] }, "a"] },
  ].flatMap((one) => selectorsOf(one as Predicate, keys).map(({ group }) => group));
  expect(new Set(groups).size).toBe(8);
  expect(groups[0]).toBe(groups[1]);
  expect(groups[5]).toBe(groups[6]);
});
