// `+ - * / min max abs` on numbers, times and durations: IEEE doubles, and no result where none can be told exactly.
import {
  absent,
  argument,
  file,
  given,
  isOpen,
  literal,
  noResult,
  numbered,
  op,
  predicateCase,
  UNKNOWN,
  unknown,
  worldOf,
} from "./terms.mjs";

/** A result: none where it is not finite, or a whole number beyond 2^53 - 1; minus zero is zero. */
const result = (value) =>
  !Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))
    ? UNKNOWN
    : { value: value === 0 ? 0 : value };

const meanings = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => (b === 0 ? Number.NaN : a / b),
};

const most = Number.MAX_SAFE_INTEGER;
const pairs = [
  [2, 3],
  [3, 2],
  [-2, 3],
  [2, -3],
  [-2, -3],
  [0, 5],
  [5, 0],
  [0, 0],
  [1, 3],
  [0.1, 0.2],
  [0.5, 0.5],
  [1e-300, 1e-300],
  [1e300, 1e300],
  [most, 1],
  [-most, 1],
  [most, -1],
  [most, 0],
  [most, most],
  [most, 0.5],
  [2 ** 52, 2],
  [94906267, 94906267],
  [94906265, 94906265],
  [7, -7],
  [1.5, 2],
  [-1, 0],
  [1e-320, 10],
];

function pairCases(operator) {
  const grid = pairs.map(([a, b]) =>
    predicateCase(`${a} ${operator} ${b}`, op(operator, a, b), result(meanings[operator](a, b))),
  );
  const seven = literal(7);
  const open = [unknown("int"), unknown("decimal"), absent("int"), noResult];
  const opened = open.flatMap((one) => [
    [one, seven],
    [seven, one],
  ]);
  return [
    ...grid,
    ...opened.map(([a, b]) =>
      predicateCase(
        `${a.told} ${operator} ${b.told} is unknown`,
        op(operator, a.rule, b.rule),
        UNKNOWN,
        worldOf(a, b),
      ),
    ),
    predicateCase(
      `0 ${operator} unknown is unknown: no operand is looked through`,
      op(operator, 0, given("u")),
      UNKNOWN,
      unknown("int").world,
    ),
    predicateCase(`a text is no operand of ${operator}`, op(operator, "1", 1), UNKNOWN),
    predicateCase(`a truth value is no operand of ${operator}`, op(operator, 1, true), UNKNOWN),
  ];
}

const time = (input, value) => argument("t", "time", input, value);
const at = Date.parse;
const noon = time("2026-01-31T12:00:00Z", at("2026-01-31T12:00:00Z"));
const times = [
  predicateCase(
    "a time plus a duration is a time",
    op("+", noon.rule, 3600000),
    { value: at("2026-01-31T13:00:00Z") },
    noon.world,
  ),
  predicateCase(
    "a time minus a duration is a time",
    op("-", noon.rule, 86400000),
    { value: at("2026-01-30T12:00:00Z") },
    noon.world,
  ),
  predicateCase(
    "a time minus a time is a duration",
    op("-", noon.rule, { val: ["arg", "s"] }),
    { value: 7200000 },
    worldOf(noon, argument("s", "time", "2026-01-31T11:00:00+01:00", at("2026-01-31T10:00:00Z"))),
  ),
  predicateCase(
    "a day is 24 hours, also where clocks change",
    op("+", { val: ["arg", "t"] }, 86400000),
    { value: at("2026-03-29T23:00:00Z") },
    { zone: "Europe/Berlin", ...time("2026-03-28T23:00:00Z", 0).world },
  ),
  predicateCase(
    "now minus a duration",
    op("-", { val: ["now"] }, 7776000000),
    { value: at("2025-11-02T12:00:00Z") },
    { now: "2026-01-31T12:00:00Z" },
  ),
  predicateCase(
    "twice a duration",
    op("*", { val: ["arg", "d"] }, 2),
    { value: 10800000 },
    argument("d", "duration", "90m", 5400000).world,
  ),
];

const negations = [
  ...[3, -3, 0, 0.5, most, -most].map((value) =>
    predicateCase(`minus ${value}, with one operand`, op("-", value), result(-value)),
  ),
  predicateCase("minus an unknown is unknown", op("-", given("u")), UNKNOWN, unknown("int").world),
  predicateCase(
    "minus an absent argument is unknown",
    op("-", absent("int").rule),
    UNKNOWN,
    absent("int").world,
  ),
  predicateCase("minus a text has no result", op("-", "3"), UNKNOWN),
];

const lists = [
  [1],
  [1, 2],
  [2, 1],
  [-1, -2, -3],
  [0.1, 0.2, 0.3],
  [5, 5],
  [most, -most],
  [1, 2, 3, 4, 5, 6, 7],
  [0, -1e-9],
];
function extremes(operator, pick) {
  const u = unknown("int");
  const x = absent("int");
  return [
    ...lists.map((values) =>
      predicateCase(`${operator} of ${values.join(", ")}`, op(operator, ...values), {
        value: pick(...values),
      }),
    ),
    predicateCase(`${operator} with an unknown among many`, op(operator, 1, u.rule, 3), UNKNOWN, u.world),
    predicateCase(`${operator} of an unknown alone`, op(operator, u.rule), UNKNOWN, u.world),
    predicateCase(`${operator} with an absent argument`, op(operator, x.rule, 3), UNKNOWN, x.world),
    predicateCase(`${operator} with an operation without a result`, op(operator, 1, noResult.rule), UNKNOWN),
    predicateCase(`${operator} of a text has no result`, op(operator, "1", 2), UNKNOWN),
  ];
}

const absolutes = [
  ...[0, 1, -1, 0.5, -0.5, most, -most, -1e-320].map((value) =>
    predicateCase(`abs of ${value}`, op("abs", value), { value: Math.abs(value) }),
  ),
  ...[unknown("int"), unknown("decimal"), absent("int"), noResult].map((one) =>
    predicateCase(`abs of ${one.told}`, op("abs", one.rule), isOpen(one) ? UNKNOWN : one.value, one.world),
  ),
  predicateCase("abs of a text has no result", op("abs", "-1"), UNKNOWN),
  predicateCase("abs of a difference", op("abs", op("-", 2, 5)), { value: 3 }),
];

export const arithmetic = () => [
  file(
    "predicates/plus.json",
    "predicate",
    "`+` of two numbers",
    numbered([...pairCases("+"), times[0], times[3]]),
  ),
  file(
    "predicates/minus.json",
    "predicate",
    "`-` of two numbers, and of one",
    numbered([...pairCases("-"), times[1], times[2], times[4], ...negations]),
  ),
  file("predicates/times.json", "predicate", "`*` of two numbers", numbered([...pairCases("*"), times[5]])),
  file(
    "predicates/divide.json",
    "predicate",
    "`/`: as JsonLogic, without a result on a zero divisor",
    numbered(pairCases("/")),
  ),
  file(
    "predicates/min-max.json",
    "predicate",
    "`min` and `max`",
    numbered([...extremes("min", Math.min), ...extremes("max", Math.max)]),
  ),
  file("predicates/abs.json", "predicate", "`abs`", numbered(absolutes)),
];
