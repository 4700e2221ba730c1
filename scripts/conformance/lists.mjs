// Lists: `in`, `every`, `some`, `tally`, `total`, `count`, `sum`, and lists that hold an unknown.
import {
  absent,
  argument,
  arg,
  file,
  given,
  local,
  noResult,
  numbered,
  op,
  predicateCase,
  UNKNOWN,
  unknown,
  worldOf,
} from "./terms.mjs";

/** Lists of the codes 1 (true), 0 (false), 2 (unknown), all of them up to three elements. */
const codes = (length) =>
  length === 0 ? [[]] : codes(length - 1).flatMap((start) => [1, 0, 2].map((code) => [...start, code]));
const all = [0, 1, 2, 3].flatMap(codes);
const told = (list) =>
  list.length === 0 ? "the empty list" : list.map((code) => ["false", "true", "unknown"][code]).join(", ");

/** A condition that is, of each element, what its code says. */
const coded = op("if", op("===", local("v"), 2), given("u"), op("===", local("v"), 1));
const meanings = {
  every: (list) => (list.includes(0) ? false : list.includes(2) ? UNKNOWN : true),
  some: (list) => (list.includes(1) ? true : list.includes(2) ? UNKNOWN : false),
  tally: (list) => (list.includes(2) ? UNKNOWN : { value: list.filter((code) => code === 1).length }),
};
const over = (operator, lists, body) => ({ [operator]: ["v", lists, body] });
const listArg = (type, input) => argument("l", { list: type }, input);
const boolean = unknown("bool").world;

function quantified(operator) {
  const meaning = meanings[operator];
  const grid = all.map((list) =>
    predicateCase(`${operator} over ${told(list)}`, over(operator, [arg("l")], coded), meaning(list), {
      ...listArg("int", list).world,
      ...boolean,
    }),
  );
  const always = op("===", local("v"), local("v"));
  const x = absent({ list: "int" }, "l");
  const u = unknown({ list: "int" });
  return [
    ...grid,
    predicateCase(
      `${operator} over an absent list, which is empty here`,
      over(operator, [x.rule], always),
      meaning([]),
      x.world,
    ),
    predicateCase(
      `${operator} over an unknown list is unknown`,
      over(operator, [u.rule], always),
      UNKNOWN,
      u.world,
    ),
    predicateCase(
      `${operator} over an unknown list is unknown, even if every element would do`,
      over(operator, [u.rule], true),
      UNKNOWN,
      u.world,
    ),
    predicateCase(
      `${operator} over an unknown list is unknown, even if no element would do`,
      over(operator, [u.rule], false),
      UNKNOWN,
      u.world,
    ),
    predicateCase(
      `${operator} over a list that holds an unknown goes by element`,
      over(operator, [[1, given("n")]], op("===", local("v"), 1)),
      operator === "some" ? true : UNKNOWN,
      unknown("int", "n").world,
    ),
    ...severalLists(operator),
    ...nested(operator),
  ];
}

/** Over several lists the elements stand one after another. */
function severalLists(operator) {
  const lists = (a, b) => worldOf(argument("a", { list: "int" }, a), argument("b", { list: "int" }, b));
  const body = op("===", local("v"), 1);
  const both = [arg("a"), arg("b")];
  const of = (name, a, b) =>
    predicateCase(
      `${operator} over two lists: ${name}`,
      over(operator, both, body),
      meanings[operator]([...a, ...b]),
      lists(a, b),
    );
  const unknownSecond = worldOf(argument("a", { list: "int" }, [1]), unknown({ list: "int" }));
  const absentSecond = worldOf(argument("a", { list: "int" }, [1]), absent({ list: "int" }, "b"));
  return [
    of("all of both", [1, 1], [1]),
    of("one of the second", [0], [0, 1]),
    of("none of either", [0], [0]),
    of("both empty", [], []),
    of("the first empty", [], [1]),
    predicateCase(
      `${operator} over two lists, one unknown, is unknown`,
      over(operator, [arg("a"), given("u")], body),
      UNKNOWN,
      unknownSecond,
    ),
    predicateCase(
      `${operator} over two lists, one absent, is over the other`,
      over(operator, both, body),
      meanings[operator]([1]),
      absentSecond,
    ),
  ];
}

function nested(operator) {
  const lists = worldOf(argument("a", { list: "int" }, [1, 2]), argument("b", { list: "int" }, [2, 3]));
  const records = argument(
    "l",
    {
      list: {
        record: [
          { name: "n", type: "int" },
          { name: "m", type: "int", optional: true },
        ],
      },
    },
    [{ n: 1, m: 5 }, { n: 2 }],
  );
  const inner = (body) => ({ [operator]: ["v", [arg("a")], { some: ["w", [arg("b")], body] }] });
  const field = (body) => over(operator, [arg("l")], body);
  const value = (list) => meanings[operator](list);
  return [
    predicateCase(
      `${operator}, some inside: both variables are in force`,
      inner(op("===", local("v"), local("w"))),
      value([0, 1]),
      lists,
    ),
    predicateCase(
      `${operator}, some inside by the same name: the inner one counts`,
      { [operator]: ["v", [arg("a")], { some: ["v", [arg("b")], op("===", local("v"), 3)] }] },
      value([1, 1]),
      lists,
    ),
    predicateCase(
      `${operator} over records, by a field`,
      field(op(">=", local("v", "n"), 1)),
      value([1, 1]),
      records.world,
    ),
    predicateCase(
      `${operator} over records, whether an optional field is there`,
      field(op("has", local("v", "m"))),
      value([1, 0]),
      records.world,
    ),
    predicateCase(
      `${operator} over records, an optional field behind its guard`,
      field(op("and", op("has", local("v", "m")), op("===", local("v", "m"), 5))),
      value([1, 0]),
      records.world,
    ),
    predicateCase(
      `${operator} with a body that does not read the element`,
      over(operator, [arg("a")], op("===", 1, 1)),
      value([1, 1]),
      lists,
    ),
    predicateCase(
      `${operator} over a list of literals`,
      over(operator, [[1, 0]], op("===", local("v"), 1)),
      value([1, 0]),
    ),
  ];
}

/** `no` is `not some`. */
const noneCases = all
  .filter((list) => list.length <= 2)
  .map((list) => {
    const some = meanings.some(list);
    return predicateCase(
      `no, which is not some, over ${told(list)}`,
      op("!", over("some", [arg("l")], coded)),
      some === UNKNOWN ? UNKNOWN : !some,
      { ...listArg("int", list).world, ...boolean },
    );
  });

function totals() {
  const of = (name, list, value, body = local("v"), world = {}) =>
    predicateCase(`total over ${name}`, over("total", [arg("l")], body), value, {
      ...listArg("decimal", list).world,
      ...world,
    });
  const most = Number.MAX_SAFE_INTEGER;
  const x = absent({ list: "int" }, "l");
  const u = unknown({ list: "int" });
  return [
    of("the empty list is 0", [], { value: 0 }),
    of("one element", [5], { value: 5 }),
    of("three elements", [1, 2, 3], { value: 6 }),
    of("elements that cancel out", [1, -1], { value: 0 }),
    of("doubles, in their order", [0.1, 0.2, 0.3], { value: 0.1 + 0.2 + 0.3 }),
    of("a sum that cannot be told exactly", [most, 1], UNKNOWN),
    of("a sum that is lost on the way, though the end could be told", [most, 1, -1], UNKNOWN),
    of("products", [1, 2, 3], { value: 12 }, op("*", local("v"), 2)),
    of("an element for which the expression has no result", [1, 0], UNKNOWN, op("/", 1, local("v"))),
    of(
      "an expression that is unknown of one element",
      [1, 2],
      UNKNOWN,
      op("if", op("===", local("v"), 2), given("n"), 1),
      unknown("int", "n").world,
    ),
    of(
      "no element, for which nothing unknown matters",
      [],
      { value: 0 },
      given("n"),
      unknown("int", "n").world,
    ),
    of("a condition instead of a number has no result", [1], UNKNOWN, op("===", local("v"), 1)),
    predicateCase(
      "total over an absent list, which is empty here",
      over("total", [x.rule], local("v")),
      { value: 0 },
      x.world,
    ),
    predicateCase("total over an unknown list", over("total", [u.rule], local("v")), UNKNOWN, u.world),
    predicateCase(
      "total over two lists",
      over("total", [arg("a"), arg("b")], local("v")),
      { value: 10 },
      worldOf(argument("a", { list: "int" }, [1, 2]), argument("b", { list: "int" }, [3, 4])),
    ),
    predicateCase(
      "total of a field",
      over("total", [arg("l")], local("v", "n")),
      { value: 3 },
      argument("l", { list: { record: [{ name: "n", type: "int" }] } }, [{ n: 1 }, { n: 2 }]).world,
    ),
  ];
}

const elements = [
  ["int", 1, [1, 2], [2, 3]],
  ["decimal", 0.5, [0.25, 0.5], [0.25]],
  ["string", "a", ["a", "b"], ["A"]],
  ["bool", true, [false, true], [false]],
  ["enum", "low", ["low"], ["high"]],
];
const typeOf = (name) => (name === "enum" ? { enum: ["low", "high"] } : name);

function membership() {
  const grid = elements.flatMap(([name, one, holding, without]) => {
    const type = typeOf(name);
    const element = argument("e", type, one);
    const cases = [
      ["is in a list that holds it", holding, true],
      ["is not in a list without it", without, false],
      ["is not in an empty list", [], false],
      ["is in a list that holds it twice", [...holding, ...holding], true],
    ];
    const world = (held) => worldOf(element, argument("l", { list: type }, held));
    const u = unknown(type, "e");
    const list = argument("l", { list: type }, holding);
    return [
      ...cases.map(([told_, list_, value]) =>
        predicateCase(`${name}: a value ${told_}`, op("in", arg("e"), arg("l")), value, world(list_)),
      ),
      predicateCase(
        `${name}: an unknown is not known to be in a list`,
        op("in", u.rule, arg("l")),
        UNKNOWN,
        worldOf(u, list),
      ),
      predicateCase(
        `${name}: nothing is in an empty list, not even what is not known`,
        op("in", u.rule, []),
        false,
        u.world,
      ),
      predicateCase(
        `${name}: whether it is in an unknown list is unknown`,
        op("in", arg("e"), given("l")),
        UNKNOWN,
        worldOf(element, unknown({ list: type }, "l")),
      ),
      predicateCase(
        `${name}: an absent value in a list has no result`,
        op("in", arg("x"), arg("l")),
        UNKNOWN,
        worldOf(absent(type), list),
      ),
      predicateCase(
        `${name}: a value in an absent list has no result`,
        op("in", arg("e"), arg("x")),
        UNKNOWN,
        worldOf(element, absent({ list: type })),
      ),
    ];
  });
  const n = unknown("int", "n");
  return [
    ...grid,
    predicateCase("a list that holds an unknown, and the value too", op("in", 1, [1, n.rule]), true, n.world),
    predicateCase(
      "a list that holds an unknown, and not the value",
      op("in", 2, [1, n.rule]),
      UNKNOWN,
      n.world,
    ),
    predicateCase("a list of literals", op("in", "b", ["a", "b"]), true),
    predicateCase("a list with an operation in it", op("in", 3, [op("+", 1, 2)]), true),
    predicateCase(
      "a list with the value and an operation without a result",
      op("in", 3, [3, noResult.rule]),
      true,
    ),
    predicateCase("not in", op("!", op("in", "c", ["a", "b"])), true),
    predicateCase(
      "not in an unknown list",
      op("!", op("in", "c", given("l"))),
      UNKNOWN,
      unknown({ list: "string" }, "l").world,
    ),
    predicateCase("a role of the actor", op("in", "clerk", { val: ["actor", "roles"] }), true, {
      actor: { id: "a", roles: ["clerk"] },
    }),
    predicateCase("no role of the actor", op("in", "chief", { val: ["actor", "roles"] }), false, {
      actor: { id: "a", roles: ["clerk"] },
    }),
    predicateCase("an actor without roles", op("in", "clerk", { val: ["actor", "roles"] }), false, {
      actor: { id: "a", roles: [] },
    }),
    predicateCase(
      "the same as some element that is equal",
      { some: ["v", [["a", "b"]], op("===", local("v"), "b")] },
      true,
    ),
  ];
}

function countsAndSums() {
  const strings = [[], ["a"], ["a", "a"], ["", "b", "c"]];
  const numbers = [[], [0], [1, 2, 3], [0.1, 0.2], [-1, 1], [Number.MAX_SAFE_INTEGER, 1]];
  const sumOf = (list) => {
    const value = list.reduce((sum, item) => sum + item, 0);
    return Number.isInteger(value) && !Number.isSafeInteger(value) ? UNKNOWN : { value };
  };
  const x = absent({ list: "int" });
  const u = unknown({ list: "int" });
  const n = unknown("int", "n");
  return [
    ...strings.map((list) =>
      predicateCase(
        `count of ${JSON.stringify(list)}`,
        op("count", arg("l")),
        { value: list.length },
        listArg("string", list).world,
      ),
    ),
    predicateCase("count of an unknown list", op("count", u.rule), UNKNOWN, u.world),
    predicateCase(
      "count of an absent list has no result: it is not empty here",
      op("count", x.rule),
      UNKNOWN,
      x.world,
    ),
    predicateCase(
      "count of an optional list behind its guard",
      op("and", op("has", x.rule), op(">", op("count", x.rule), 0)),
      false,
      x.world,
    ),
    predicateCase(
      "count of a list that holds an unknown: its length is known",
      op("count", [1, n.rule]),
      { value: 2 },
      n.world,
    ),
    predicateCase("count of literals", op("count", ["a", "b", "c"]), { value: 3 }),
    predicateCase("count of a text has no result", op("count", "abc"), UNKNOWN),
    ...numbers.map((list) =>
      predicateCase(
        `sum of ${JSON.stringify(list)}`,
        op("sum", arg("l")),
        sumOf(list),
        listArg("decimal", list).world,
      ),
    ),
    predicateCase("sum of an unknown list", op("sum", u.rule), UNKNOWN, u.world),
    predicateCase("sum of an absent list has no result", op("sum", x.rule), UNKNOWN, x.world),
    predicateCase("sum of a list that holds an unknown is unknown", op("sum", [1, n.rule]), UNKNOWN, n.world),
    predicateCase("sum of texts has no result", op("sum", ["1", "2"]), UNKNOWN),
    predicateCase("sum of computed elements", op("sum", [op("+", 1, 2), 3]), { value: 6 }),
  ];
}

const literalLists = () => {
  const n = unknown("int", "n");
  const x = absent("int");
  return [
    predicateCase("a list of literals is itself", [1, "a", true], { value: [1, "a", true] }),
    predicateCase("the empty list is itself", [], { value: [] }),
    predicateCase("a list of rules is the list of their values", [op("+", 1, 2), op("!", true)], {
      value: [3, false],
    }),
    predicateCase("a list holding an unknown is, as a whole, unknown", [1, n.rule], UNKNOWN, n.world),
    predicateCase("a list holding an absent value is, as a whole, unknown", [1, x.rule], UNKNOWN, x.world),
    predicateCase("a list of lists", [[1], [2, 3]], { value: [[1], [2, 3]] }),
    predicateCase("a list holding a list that holds an unknown", [[1], [n.rule]], UNKNOWN, n.world),
  ];
};

export const ofLists = () => [
  file(
    "predicates/in.json",
    "predicate",
    "`in`: whether some element of a list is equal",
    numbered(membership()),
  ),
  ...["every", "some", "tally"].map((operator) =>
    file(
      `predicates/${operator}.json`,
      "predicate",
      `\`${operator}\` over lists whose elements are true, false and unknown`,
      numbered([...quantified(operator), ...(operator === "some" ? noneCases : [])]),
    ),
  ),
  file(
    "predicates/total.json",
    "predicate",
    "`total`: the sum of an expression over lists",
    numbered(totals()),
  ),
  file("predicates/count-sum.json", "predicate", "`count` and `sum` of a list", numbered(countsAndSums())),
  file("predicates/list.json", "predicate", "lists that are written out", numbered(literalLists())),
];
