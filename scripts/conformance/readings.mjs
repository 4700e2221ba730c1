// What a predicate reads: arguments, givens, claims, facts, the actor, the session, the time, earlier calls.
import {
  ABSENT,
  absent,
  argument,
  arg,
  claim,
  file,
  given,
  local,
  numbered,
  op,
  predicateCase,
  UNKNOWN,
  unknown,
  toldValue,
} from "./terms.mjs";

const scalars = [
  ["bool", true, true],
  ["int", 5, 5],
  ["decimal", 0.5, 0.5],
  ["string", "a", "a"],
  ["time", "2026-01-31T09:00:00Z", Date.parse("2026-01-31T09:00:00Z")],
  ["duration", "4h", 14400000],
  ["path", "/a/../b", "/b"],
  ["url", "https://ACME.example", "https://acme.example/"],
  ["email", "ann@ACME.example", "ann@acme.example"],
  [{ enum: ["low", "high"] }, "low", "low"],
  [{ list: "int" }, [1, 2], [1, 2]],
  [{ record: [{ name: "n", type: "int" }] }, { n: 1 }, { n: 1 }],
  ["json", { a: [1, null] }, { a: [1, null] }],
];
const told = (type) => (typeof type === "string" ? type : (Object.keys(type)[0] ?? ""));

/** Each root and each type: known, and not. */
const roots = () =>
  scalars.flatMap(([type, input, value]) => [
    predicateCase(
      `arg: a ${told(type)}, in normal form`,
      arg("a"),
      toldValue(value),
      argument("a", type, input).world,
    ),
    predicateCase(
      `arg: an absent ${told(type)} is absent, not unknown`,
      arg("x"),
      ABSENT,
      absent(type).world,
    ),
    predicateCase(`given: a ${told(type)}, in normal form`, given("g"), toldValue(value), {
      givens: { g: { type, value: input } },
    }),
    predicateCase(
      `given: a ${told(type)} that nobody supplied is unknown`,
      given("u"),
      UNKNOWN,
      unknown(type).world,
    ),
    predicateCase(`claim: a ${told(type)}, in normal form`, claim("c"), toldValue(value), {
      claims: { c: { type, value: input } },
    }),
    predicateCase(`claim: a ${told(type)} that is not made is not known`, claim("c"), UNKNOWN, {
      claims: { c: { type } },
    }),
    predicateCase(`fact: a ${told(type)}, in normal form`, op("fact", "f"), toldValue(value), {
      facts: [{ name: "f", type, answers: [{ args: [], value: input }] }],
    }),
    predicateCase(`fact: a ${told(type)} whose source is silent is unknown`, op("fact", "f"), UNKNOWN, {
      facts: [{ name: "f", type, answers: [] }],
    }),
    predicateCase(`fact: an optional ${told(type)} without a value is absent`, op("fact", "f"), ABSENT, {
      facts: [{ name: "f", type, optional: true, answers: [{ args: [], value: null }] }],
    }),
  ]);

const person = {
  record: [
    { name: "name", type: "string" },
    { name: "age", type: "int", optional: true },
    { name: "home", type: { record: [{ name: "city", type: "string" }] }, optional: true },
  ],
};
const ann = (value) => argument("p", person, value).world;
const paths = () => [
  predicateCase("a field of a record", arg("p", "name"), { value: "Ann" }, ann({ name: "Ann" })),
  predicateCase(
    "an optional field that is there",
    arg("p", "age"),
    { value: 3 },
    ann({ name: "Ann", age: 3 }),
  ),
  predicateCase(
    "an optional field that is not there is absent",
    arg("p", "age"),
    ABSENT,
    ann({ name: "Ann" }),
  ),
  predicateCase("null is absence", arg("p", "age"), ABSENT, ann({ name: "Ann", age: null })),
  predicateCase(
    "a field of a field",
    arg("p", "home", "city"),
    { value: "Trier" },
    ann({ name: "Ann", home: { city: "Trier" } }),
  ),
  predicateCase(
    "a field of an absent field is absent",
    arg("p", "home", "city"),
    ABSENT,
    ann({ name: "Ann" }),
  ),
  predicateCase("a field of an absent argument is absent", arg("p", "name"), ABSENT, {
    params: [{ name: "p", type: person, optional: true }],
  }),
  predicateCase("a field of an unknown given is unknown", given("p", "name"), UNKNOWN, {
    givens: { p: { type: person } },
  }),
  predicateCase(
    "a field of a given",
    given("p", "name"),
    { value: "Ann" },
    { givens: { p: { type: person, value: { name: "Ann" } } } },
  ),
  predicateCase(
    "a field of a claim",
    claim("p", "name"),
    { value: "Ann" },
    { claims: { p: { type: person, value: { name: "Ann" } } } },
  ),
  predicateCase(
    "only own fields: `constructor` is absent",
    arg("p", "constructor"),
    ABSENT,
    ann({ name: "Ann" }),
  ),
  predicateCase(
    "only own fields: `__proto__` is absent",
    arg("p", "__proto__"),
    ABSENT,
    ann({ name: "Ann" }),
  ),
  predicateCase(
    "only own fields: `length` of a text is none",
    op("has", arg("p", "toString")),
    false,
    ann({ name: "Ann" }),
  ),
  predicateCase("false is a value, not absence", arg("a"), false, argument("a", "bool", false).world),
  predicateCase("0 is a value, not absence", op("has", arg("a")), true, argument("a", "int", 0).world),
  predicateCase(
    "an empty text is a value, not absence",
    op("has", arg("a")),
    true,
    argument("a", "string", "").world,
  ),
  predicateCase(
    "an empty list is a value, not absence",
    op("has", arg("a")),
    true,
    argument("a", { list: "int" }, []).world,
  ),
];

const has = () => [
  ...scalars.flatMap(([type, input]) => [
    predicateCase(
      `has: a ${told(type)} that is there`,
      op("has", arg("a")),
      true,
      argument("a", type, input).world,
    ),
    predicateCase(`has: a ${told(type)} that is not there`, op("has", arg("x")), false, absent(type).world),
  ]),
  predicateCase("has: an unknown given", op("has", given("u")), UNKNOWN, unknown("int").world),
  predicateCase("has: a known given", op("has", given("g")), true, {
    givens: { g: { type: "int", value: 1 } },
  }),
  predicateCase("has: a known fact", op("has", op("fact", "f")), true, {
    facts: [{ name: "f", type: "int", answers: [{ args: [], value: 1 }] }],
  }),
  predicateCase("has: an unknown fact is unknown, not absent", op("has", op("fact", "f")), UNKNOWN, {
    facts: [{ name: "f", type: "int", optional: true, answers: [] }],
  }),
  predicateCase("has: a fact that is known to be absent", op("has", op("fact", "f")), false, {
    facts: [{ name: "f", type: "int", optional: true, answers: [{ args: [], value: null }] }],
  }),
  predicateCase(
    "has: a guard before its use",
    op("and", op("has", arg("x")), op(">", arg("x"), 0)),
    false,
    absent("int").world,
  ),
  predicateCase(
    "has: not there, or as it should be",
    op("or", op("!", op("has", arg("x"))), op(">", arg("x"), 0)),
    true,
    absent("int").world,
  ),
  predicateCase(
    "has: in the condition of if",
    op("if", op("has", arg("x")), arg("x"), 7),
    { value: 7 },
    absent("int").world,
  ),
];

const intFact = (answers, more = {}) => ({
  facts: [{ name: "f", params: [{ name: "n", type: "int" }], type: "int", answers, ...more }],
});
const facts = () => [
  predicateCase(
    "fact: by its argument",
    op("fact", "f", 2),
    { value: 20 },
    intFact([
      { args: [1], value: 10 },
      { args: [2], value: 20 },
    ]),
  ),
  predicateCase(
    "fact: of another argument nothing is known",
    op("fact", "f", 3),
    UNKNOWN,
    intFact([{ args: [1], value: 10 }]),
  ),
  predicateCase(
    "fact: by a computed argument",
    op("fact", "f", op("+", 1, 1)),
    { value: 20 },
    intFact([{ args: [2], value: 20 }]),
  ),
  predicateCase("fact: of an unknown argument", op("fact", "f", given("u")), UNKNOWN, {
    ...intFact([{ args: [1], value: 10 }]),
    ...unknown("int").world,
  }),
  predicateCase("fact: of an absent argument", op("fact", "f", arg("x")), UNKNOWN, {
    ...intFact([{ args: [1], value: 10 }]),
    ...absent("int").world,
  }),
  predicateCase(
    "fact: of a fact",
    op("fact", "f", op("fact", "f", 1)),
    { value: 30 },
    intFact([
      { args: [1], value: 2 },
      { args: [2], value: 30 },
    ]),
  ),
  predicateCase(
    "fact: of a fact that is not known",
    op("fact", "f", op("fact", "f", 9)),
    UNKNOWN,
    intFact([{ args: [1], value: 2 }]),
  ),
  predicateCase(
    "fact: not optional, and without a value: unknown",
    op("fact", "f", 1),
    UNKNOWN,
    intFact([{ args: [1], value: null }]),
  ),
  predicateCase(
    "fact: optional, and without a value: absent",
    op("fact", "f", 1),
    ABSENT,
    intFact([{ args: [1], value: null }], { optional: true }),
  ),
  predicateCase(
    "fact: a value of another type is none",
    op("fact", "f", 1),
    UNKNOWN,
    intFact([{ args: [1], value: "10" }]),
  ),
  predicateCase(
    "fact: a fraction is no int",
    op("fact", "f", 1),
    UNKNOWN,
    intFact([{ args: [1], value: 10.5 }]),
  ),
  predicateCase(
    "fact: in arithmetic",
    op("<", op("fact", "f", 1), op("fact", "f", 2)),
    true,
    intFact([
      { args: [1], value: 10 },
      { args: [2], value: 20 },
    ]),
  ),
  predicateCase(
    "fact: unknown beside a false part does not matter",
    op("and", false, op("===", op("fact", "f", 1), 1)),
    false,
    intFact([]),
  ),
  predicateCase(
    "fact: by a time, as an instant",
    op("fact", "f", arg("t")),
    { value: 1 },
    {
      ...argument("t", "time", "2026-01-31T10:00:00+01:00").world,
      facts: [
        {
          name: "f",
          params: [{ name: "t", type: "time" }],
          type: "int",
          answers: [{ args: ["2026-01-31T09:00:00Z"], value: 1 }],
        },
      ],
    },
  ),
];

const actor = { actor: { id: "agent-7", roles: ["clerk", "night"] } };
const circumstances = () => [
  predicateCase("actor.id", { val: ["actor", "id"] }, { value: "agent-7" }, actor),
  predicateCase("actor.roles", { val: ["actor", "roles"] }, { value: ["clerk", "night"] }, actor),
  predicateCase("session.id", { val: ["session", "id"] }, { value: "s-1" }, { session: { id: "s-1" } }),
  predicateCase(
    "session.instruction",
    { val: ["session", "instruction"] },
    { value: "Do it." },
    { session: { id: "s-1", instruction: "Do it." } },
  ),
  predicateCase(
    "session.instruction of a session opened without one is empty",
    { val: ["session", "instruction"] },
    { value: "" },
    { session: { id: "s-1" } },
  ),
  predicateCase("session.trust before any action is 1", { val: ["session", "trust"] }, { value: 1 }),
  predicateCase(
    "session.trust is the lowest of what was authorized",
    { val: ["session", "trust"] },
    { value: 0.2 },
    {
      history: [
        { tool: "a", args: {}, ago: "2h", trust: 0.9 },
        { tool: "b", args: {}, ago: "1h", trust: 0.2 },
      ],
    },
  ),
  predicateCase(
    "session.trust counts what is still outstanding",
    { val: ["session", "trust"] },
    { value: 0 },
    { history: [{ tool: "a", args: {}, ago: "1h", trust: 0, observed: false }] },
  ),
  predicateCase(
    "session.trust is of this session",
    { val: ["session", "trust"] },
    { value: 1 },
    { history: [{ tool: "a", args: {}, ago: "1h", trust: 0.1, session: "other" }] },
  ),
  predicateCase("now is one instant", op("===", { val: ["now"] }, { val: ["now"] }), true, {
    now: "2026-01-31T12:00:00Z",
  }),
  predicateCase(
    "now as a time",
    { val: ["now"] },
    { value: Date.parse("2026-01-31T12:00:00Z") },
    { now: "2026-01-31T12:00:00Z" },
  ),
];

const calls = (tools, window, ...params) => ({ calls: [tools, window, ...params] });
const past = (tool, args, ago, more = {}) => ({ tool, args, ago, ...more });
const history = [
  past("mail.send", { to: "ann", n: 1 }, "3h"),
  past("mail.send", { to: "bob", n: 2 }, "2h"),
  past("mail.draft", { to: "ann" }, "90m"),
  past("mail.send", { to: "ann", n: 2 }, "30m", { observed: false }),
  past("mail.send", { to: "ann", n: 1 }, "1m", { session: "other" }),
];
const callCases = () => {
  const of = (name, rule, value, world = {}) =>
    predicateCase(`calls: ${name}`, rule, value, { history, ...world });
  return [
    of("of one tool", calls(["mail.send"], null), { value: 3 }),
    of("of a tool that was not called", calls(["mail.read"], null), { value: 0 }),
    of("of several tools", calls(["mail.send", "mail.draft"], null), { value: 4 }),
    of("by a pattern", calls(["mail.*"], null), { value: 4 }),
    of("of every tool", calls(["*"], null), { value: 4 }),
    of("a pattern is a start, not a part", calls(["ail.*"], null), { value: 0 }),
    of("within a duration", calls(["mail.send"], 3600000), { value: 1 }),
    of("within a longer duration", calls(["mail.send"], 9000000), { value: 2 }),
    of("within no time at all", calls(["mail.send"], 0), { value: 0 }),
    of("with a parameter", calls(["mail.send"], null, ["to", "ann"]), { value: 2 }),
    of("with two parameters", calls(["mail.send"], null, ["to", "ann"], ["n", 2]), { value: 1 }),
    of("with a parameter that none has", calls(["mail.*"], null, ["cc", "ann"]), { value: 0 }),
    of("with a parameter within a duration", calls(["mail.send"], 3600000, ["to", "bob"]), { value: 0 }),
    of(
      "with an argument of this action",
      calls(["mail.send"], null, ["to", arg("to")]),
      { value: 1 },
      argument("to", "string", "bob").world,
    ),
    of(
      "with an unknown parameter",
      calls(["mail.send"], null, ["to", given("u")]),
      UNKNOWN,
      unknown("string").world,
    ),
    of(
      "with an absent argument",
      calls(["mail.send"], null, ["to", arg("x")]),
      UNKNOWN,
      absent("string").world,
    ),
    of("with a parameter of another type", calls(["mail.send"], null, ["n", "2"]), { value: 0 }),
    of("counted in a condition", op("<", calls(["mail.send"], null), 3), false),
    predicateCase("calls: in a new session", calls(["*"], null), { value: 0 }, { history: [] }),
    predicateCase(
      "calls: what is to be judged is not among them",
      calls(["act"], null),
      { value: 0 },
      { history: [] },
    ),
  ];
};

const variables = () => [
  predicateCase("a variable outside of its list has no result", local("v"), UNKNOWN),
  predicateCase("a parameter that the tool does not have has no result", arg("nobody"), UNKNOWN),
  predicateCase(
    "the result of the action is not known before it is carried out",
    { val: ["result", "id"] },
    UNKNOWN,
  ),
];

export const readings = () => [
  file(
    "predicates/read.json",
    "predicate",
    "`val` and `fact`: each root and each type, known, unknown and absent",
    numbered([...roots(), ...paths(), ...variables()]),
  ),
  file("predicates/has.json", "predicate", "`has`: whether an optional value is there", numbered(has())),
  file("predicates/fact.json", "predicate", "`fact`: by its arguments", numbered(facts())),
  file("predicates/circumstances.json", "predicate", "actor, session and time", numbered(circumstances())),
  file(
    "predicates/calls.json",
    "predicate",
    "`calls`: how many earlier actions of the session fit",
    numbered(callCases()),
  ),
];
