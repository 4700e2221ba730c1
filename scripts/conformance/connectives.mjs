// `and`, `or`, `!` and `if` over the three truth values and absence, from Kleene's tables.
import {
  ABSENT,
  absent,
  file,
  given,
  literal,
  op,
  predicateCase,
  UNKNOWN,
  unknown,
  worldOf,
} from "./terms.mjs";

const truths = (place) => [
  literal(true),
  literal(false),
  { ...unknown("bool", `u${place}`), told: "unknown" },
  { ...absent("bool", `x${place}`), told: "absent" },
];
/** Strong Kleene over `true`, `false` and unknown; what is absent is no truth value: it decides nothing. */
const truthOf = ({ value }) => (value === ABSENT ? UNKNOWN : value);
const fold = (decisive) => (values) => {
  if (values.includes(decisive)) return decisive;
  return values.includes(UNKNOWN) ? UNKNOWN : !decisive;
};
const and = fold(false);
const or = fold(true);

const product = (lists) =>
  lists.reduce((rows, list) => rows.flatMap((row) => list.map((item) => [...row, item])), [[]]);

function foldCases(operator, meaning) {
  const sizes = [
    product([truths(1)]),
    product([truths(1), truths(2)]),
    product([truths(1).slice(0, 3), truths(2).slice(0, 3), truths(3).slice(0, 3)]),
  ];
  return sizes
    .flat()
    .map((operands) =>
      predicateCase(
        `${operands.map((one) => one.told).join(` ${operator} `)}${operands.length === 1 ? ` alone under ${operator}` : ""}`,
        op(operator, ...operands.map((one) => one.rule)),
        meaning(operands.map(truthOf)),
        worldOf(...operands),
      ),
    );
}

/** A value that is no truth value decides nothing: the checker lets none in, a loaded policy may hold one. */
const notTruths = (operator, decisive) => [
  predicateCase(`a number under ${operator} decides nothing`, op(operator, 1, !decisive), UNKNOWN),
  predicateCase(`a text under ${operator} decides nothing`, op(operator, "true", !decisive), UNKNOWN),
  predicateCase(
    `a number under ${operator} does not undo what is decided`,
    op(operator, 0, decisive),
    decisive,
  ),
];

/** Order has no meaning: what decides may stand anywhere among many that are unknown. */
function longFolds(operator, decisive, meaning) {
  const { rule, world } = unknown("bool");
  return [0, 1, 7, 15].map((place) =>
    predicateCase(
      `${decisive} at place ${place + 1} of 16, all others unknown, under ${operator}`,
      op(operator, ...Array.from({ length: 16 }, (_, i) => (i === place ? decisive : rule))),
      meaning([decisive, UNKNOWN]),
      world,
    ),
  );
}

function negations() {
  const table = truths(1).map((operand) => {
    const truth = truthOf(operand);
    return predicateCase(
      `not ${operand.told}`,
      op("!", operand.rule),
      truth === UNKNOWN ? UNKNOWN : !truth,
      operand.world,
    );
  });
  return [
    ...table,
    predicateCase("not not true", op("!", op("!", true)), true),
    predicateCase(
      "not not unknown is unknown, not false",
      op("!", op("!", given("u"))),
      UNKNOWN,
      unknown("bool").world,
    ),
    predicateCase(
      "x or not x is unknown where x is: no law of the excluded middle",
      op("or", given("u"), op("!", given("u"))),
      UNKNOWN,
      unknown("bool").world,
    ),
    predicateCase(
      "x and not x is unknown where x is",
      op("and", given("u"), op("!", given("u"))),
      UNKNOWN,
      unknown("bool").world,
    ),
    predicateCase("not of a number decides nothing", op("!", 0), UNKNOWN),
    predicateCase("not of an empty text decides nothing", op("!", ""), UNKNOWN),
    predicateCase("not of an empty list decides nothing", op("!", []), UNKNOWN),
    ...deMorgan(),
  ];
}

function deMorgan() {
  const values = (place) => truths(place).slice(0, 3);
  return product([values(1), values(2)]).flatMap(([a, b]) => {
    const told = `${a.told}, ${b.told}`;
    const world = worldOf(a, b);
    const result = and([truthOf(a), truthOf(b)]);
    const negated = result === UNKNOWN ? UNKNOWN : !result;
    return [
      predicateCase(`not (a and b) of ${told}`, op("!", op("and", a.rule, b.rule)), negated, world),
      predicateCase(
        `not a or not b of ${told}, the same`,
        op("or", op("!", a.rule), op("!", b.rule)),
        negated,
        world,
      ),
    ];
  });
}

const branches = (place) => [
  literal(1, "1"),
  literal(2, "2"),
  { ...unknown("int", `u${place}`), told: "unknown" },
  { ...absent("int", `x${place}`), told: "absent" },
];

/** `if unknown then A else B` is A where both are known and equal (semantics.md, *Three values*). */
function chosen(condition, then, otherwise) {
  const truth = truthOf(condition);
  if (truth !== UNKNOWN) return (truth ? then : otherwise).value;
  const known = typeof then.value === "number" && typeof otherwise.value === "number";
  return known && then.value === otherwise.value ? then.value : UNKNOWN;
}

function conditionals() {
  const grid = product([truths(0), branches(1), branches(2)]).map(([condition, then, otherwise]) => {
    const value = chosen(condition, then, otherwise);
    return predicateCase(
      `if ${condition.told} then ${then.told} else ${otherwise.told}`,
      op("if", condition.rule, then.rule, otherwise.rule),
      typeof value === "number" ? { value } : value,
      worldOf(condition, then, otherwise),
    );
  });
  const u = unknown("bool");
  const more = (name, rule, value) => predicateCase(name, rule, value, u.world);
  return [
    ...grid,
    more("if unknown then true else true is true", op("if", u.rule, true, true), true),
    more("if unknown then false else false is false", op("if", u.rule, false, false), false),
    more("if unknown then true else false is unknown", op("if", u.rule, true, false), UNKNOWN),
    more("if unknown, equal texts", op("if", u.rule, "a", "a"), { value: "a" }),
    more("if unknown, texts that differ in case are not equal", op("if", u.rule, "a", "A"), UNKNOWN),
    more("if unknown, equal lists", op("if", u.rule, [1, 2], [1, 2]), { value: [1, 2] }),
    more("if unknown, lists in another order are not equal", op("if", u.rule, [1, 2], [2, 1]), UNKNOWN),
    more("if unknown, equal by computation", op("if", u.rule, op("+", 1, 2), 3), { value: 3 }),
    more(
      "if unknown inside if: settled by equal inner branches",
      op("if", op("if", u.rule, true, true), 1, 2),
      { value: 1 },
    ),
    more("if unknown, branches of two types are not equal", op("if", u.rule, 1, "1"), UNKNOWN),
    predicateCase("if does not look at the branch that is not taken", op("if", true, 1, op("/", 1, 0)), {
      value: 1,
    }),
    predicateCase("if of a number decides nothing", op("if", 1, "a", "b"), UNKNOWN),
    predicateCase("if of a text decides nothing", op("if", "yes", "a", "b"), UNKNOWN),
  ];
}

export const connectives = () => [
  file("predicates/and.json", "predicate", "`and`: Kleene's table, one to sixteen operands", [
    ...foldCases("and", and),
    ...longFolds("and", false, and),
    ...notTruths("and", false),
  ]),
  file("predicates/or.json", "predicate", "`or`: Kleene's table, one to sixteen operands", [
    ...foldCases("or", or),
    ...longFolds("or", true, or),
    ...notTruths("or", true),
  ]),
  file(
    "predicates/not.json",
    "predicate",
    "`!`: Kleene's negation, and what it does with the other two",
    negations(),
  ),
  file(
    "predicates/if.json",
    "predicate",
    "`if`: with an unknown condition, what both branches agree on",
    conditionals(),
  ),
];
