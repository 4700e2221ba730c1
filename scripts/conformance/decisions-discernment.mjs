// discernment (PANIM ADAM), the table of decisions, remedies and questions (semantics.md).
import {
  authorized,
  book,
  clarify,
  coded,
  codedTool,
  confirm,
  maybe,
  returned,
  told,
  truths,
} from "./book.mjs";
import {
  asks,
  discernment,
  fact,
  gray,
  ground,
  grounding,
  permit,
  policy,
  reversibility,
  scope,
  threshold,
  treat,
  world,
} from "./policy.mjs";
import { arg, given, op } from "./terms.mjs";

const clear = (ambiguity, limit, more = {}) => ({
  ...authorized,
  discernment: "clear",
  ambiguity,
  threshold: limit,
  ...more,
});
const ambiguous = (ambiguity, limit, more = {}) => ({
  ...clarify("discernment"),
  discernment: "ambiguous",
  ambiguity,
  threshold: limit,
  ...more,
});
const refused = (by, more = {}) => ({
  ...returned("discernment"),
  discernment: "refused",
  refusedBy: by,
  ...more,
});
const args = (value) => ({ whole: { tool: "act", args: value, confidence: 1 } });

function grays() {
  const { policy: add, file } = book(
    "decisions/ambiguity.json",
    "decision",
    "gray lines, weights and thresholds",
  );
  for (const limit of [0.3, 0.6]) {
    const one = add(
      `two gray lines, threshold ${limit}`,
      policy(
        { tools: [codedTool("a", "b")], givens: [maybe] },
        {
          discernment: discernment(
            [threshold(1, limit)],
            [gray(1, 0.3, coded("a")), gray(2, 0.6, coded("b"))],
          ),
        },
      ),
    );
    for (const a of truths)
      for (const b of truths) {
        const ambiguity = b !== "f" ? 0.6 : a !== "f" ? 0.3 : 0;
        const expect = ambiguity > limit ? ambiguous(ambiguity, limit) : clear(ambiguity, limit);
        one(`gray 0.3 ${told[a]} and gray 0.6 ${told[b]}, threshold ${limit}`, expect, args({ a, b }));
      }
  }
  const of = (name, thresholds, lines, more = {}, blocks = {}) =>
    add(name, policy(more, { discernment: discernment(thresholds, lines), ...blocks }));
  of(
    "no threshold",
    [],
    [gray(1, 0.01)],
  )("no threshold written is 0: anything gray is asked", ambiguous(0.01, 0));
  of("no threshold, nothing gray", [], [])("no threshold, and nothing gray", clear(0, 0));
  of("a weight of 0", [], [gray(1, 0)])("a weight of 0 is not above a threshold of 0", clear(0, 0));
  of(
    "rounded weights",
    [threshold(1, 0.3)],
    [gray(1, 0.3000004)],
  )("weights are rounded to six places", clear(0.3, 0.3));
  of(
    "two thresholds",
    [threshold(1, 0.8), threshold(2, 0.2)],
    [gray(1, 0.5)],
  )("of several thresholds the least", ambiguous(0.5, 0.2));
  of(
    "a gray line of another tool",
    [threshold(1, 0.2)],
    [gray(1, 0.5, true, { tools: ["idle"] })],
  )("a gray line of another tool", clear(0, 0.2));

  const classes = [{ name: "free" }, { name: "warm" }, { name: "grave" }];
  const at = (name, className, thresholds) =>
    of(
      name,
      thresholds,
      [gray(1, 0.25)],
      { classes },
      { reversibility: reversibility([treat(1, className)]) },
    );
  at("for its own class", "warm", [threshold(1, 0.5), threshold(2, 0.1, { for: "warm" })])(
    "a threshold for its own class",
    ambiguous(0.25, 0.1),
  );
  at("for a milder class", "grave", [threshold(1, 0.5), threshold(2, 0.1, { for: "warm" })])(
    "a threshold for a milder class counts, too",
    ambiguous(0.25, 0.1),
  );
  at("for a graver class", "free", [threshold(1, 0.5), threshold(2, 0.1, { for: "warm" })])(
    "a threshold for a graver class does not",
    clear(0.25, 0.5),
  );
  at("only for a graver class", "free", [threshold(2, 0.9, { for: "warm" })])(
    "a threshold only for a graver class: none applies, so 0",
    ambiguous(0.25, 0),
  );
  at("only for its own class", "warm", [threshold(2, 0.9, { for: "warm" })])(
    "a threshold only for its own class",
    clear(0.25, 0.9),
  );
  at("only for a milder class", "grave", [threshold(2, 0.9, { for: "free" })])(
    "a threshold only for a milder class",
    clear(0.25, 0.9),
  );

  const high = of(
    "a threshold of nearly 1",
    [threshold(1, 0.999)],
    [],
    { givens: [maybe] },
    { scope: scope([permit(1, given("maybe"))]) },
  );
  high("nothing unknown is waved through: an unknown scope is 1", {
    ...clarify("scope", "discernment"),
    ambiguity: 1,
    threshold: 0.999,
  });
  const check = of(
    "an unsettled check",
    [threshold(1, 0.999)],
    [],
    { givens: [maybe] },
    { grounding: grounding([ground(1, given("maybe"))]) },
  );
  check("an unsettled check is 1", { ...clarify("grounding", "discernment"), ambiguity: 1 });
  const certain = of(
    "an unknown class that does not matter",
    [threshold(1, 0.5)],
    [],
    { classes, givens: [maybe] },
    { reversibility: reversibility([treat(1, "grave", given("maybe"))]) },
  );
  certain(
    "an unknown class that changes nothing: recoverable, and not ambiguous",
    clear(0, 0.5, { class: "grave", mildest: "free" }),
  );
  return file();
}

function answers() {
  const { policy: add, file } = book(
    "decisions/refusals.json",
    "decision",
    "what principals accept and refuse: gray lines, messages, time that passes",
  );
  const one = add(
    "a gray line asked of the board",
    policy(
      { tools: [codedTool("a")], givens: [maybe] },
      {
        discernment: discernment(
          [threshold(1, 0.2)],
          [gray(1, 0.5, coded("a"), asks("board", "Is it meant?"))],
        ),
      },
    ),
  );
  const word = (answer, by, more = {}) => ({
    rulings: [{ question: "gray/000000000001", answer, by, ...more }],
  });
  const on = (a) => args({ a });
  one(
    "a gray line that applies",
    ambiguous(0.5, 0.2, { remedies: ["discernment answer-question"], from: ["board"] }),
    on("t"),
  );
  one("the board accepts it", clear(0, 0.2), { ...on("t"), ...word(true, "board") });
  one("the board refuses it", refused(["board"]), { ...on("t"), ...word(false, "board") });
  one("the owner's word on it is none", ambiguous(0.5, 0.2), { ...on("t"), ...word(true, "owner") });
  one("the owner's no is none, either", ambiguous(0.5, 0.2), { ...on("t"), ...word(false, "owner") });
  one("accepted for another proposal", ambiguous(0.5, 0.2), {
    ...on("t"),
    ...word(true, "board", { for: "another" }),
  });
  one("accepted for the session", clear(0, 0.2), { ...on("t"), ...word(true, "board", { for: "session" }) });
  one("an unknown gray line that is accepted", clear(0, 0.2), { ...on("u"), ...word(true, "board") });
  one("an unknown gray line that is refused for this proposal", refused(["board"]), {
    ...on("u"),
    ...word(false, "board"),
  });
  one("a gray line that does not apply, refused for the session", clear(0, 0.2), {
    ...on("f"),
    ...word(false, "board", { for: "session" }),
  });
  one("refused, then accepted", clear(0, 0.2), {
    ...on("t"),
    rulings: [...word(false, "board").rulings, ...word(true, "board").rulings],
  });
  const plain = add(
    "a gray line asked of nobody by name",
    policy({}, { discernment: discernment([threshold(1, 0.2)], [gray(1, 0.5)]) }),
  );
  plain(
    "a gray line without `asks` is asked of the first of `escalate`",
    ambiguous(0.5, 0.2, { from: ["owner"] }),
  );
  plain("and accepted by the first of `escalate`", clear(0, 0.2), word(true, "owner"));
  plain("not by the second", ambiguous(0.5, 0.2), word(true, "board"));

  const score = add(
    "a floor for messages",
    policy(
      {},
      {
        discernment: discernment([threshold(1, 0.5)], [], {
          fidelity: { id: "fidelity/000000000001", atLeast: 0.6 },
        }),
      },
    ),
  );
  score("a message at the floor", clear(0, 0.5), { fidelity: 0.6 });
  score("a message above it", clear(0, 0.5), { fidelity: 1 });
  score("a message below it", ambiguous(1, 0.5, { remedies: ["discernment answer-question"] }), {
    fidelity: 0.59,
  });
  score("a message that is missing, or was not scored", ambiguous(1, 0.5));
  const accepted = (answer, by) => ({ rulings: [{ question: "fidelity/000000000001", answer, by }] });
  score("a message that the owner accepts", clear(0, 0.5), accepted(true, "owner"));
  score("a message that the owner refuses", refused(["owner"]), accepted(false, "owner"));
  score("a message that somebody else accepts", ambiguous(1, 0.5), accepted(true, "board"));
  const none = add("no floor", policy({}));
  none("no floor: a message is not scored", clear(0, 0.5), { fidelity: 0 });
  none("the last to be asked let the time pass", refused(["board"]), { lapsed: true });
  none("the last to be asked has not let it pass", clear(0, 0.5), { lapsed: false });
  return file();
}

/** A policy in which every finding can be had by an argument. */
function table() {
  const { policy: add, file } = book(
    "decisions/table.json",
    "decision",
    "the decision is the lowest that any finding gives",
  );
  const tool = {
    name: "act",
    params: ["s", "g", "r", "d"].map((name) => ({ name, type: { enum: ["fine", "no", "u", "held"] } })),
  };
  const when = (name, value) => op("===", arg(name), value);
  const blocks = {
    scope: scope([permit(1, op("if", when("s", "u"), given("maybe"), op("!", when("s", "no"))))]),
    grounding: grounding([ground(1, op("if", when("g", "u"), given("maybe"), op("!", when("g", "no"))))], {
      unsupported: 1,
    }),
    reversibility: reversibility([
      treat(1, "grave", op("if", when("r", "u"), given("maybe"), when("r", "held"))),
    ]),
    discernment: discernment([threshold(1, 0.5)], [gray(1, 0.6, when("d", "no"))]),
  };
  const one = add(
    "each validator by its argument",
    policy(
      { tools: [tool], givens: [maybe], classes: [{ name: "free" }, { name: "grave", confirm: "owner" }] },
      blocks,
    ),
  );
  const words = ["return", "clarify", "confirm", "authorize"];
  const gives = {
    s: { fine: ["within", 3], no: ["outside", 0], u: ["unknown", 1] },
    g: { fine: ["grounded", 3], no: ["contradicted", 0], u: ["unverified", 1] },
    r: { fine: ["recoverable", 3], held: ["held", 2], u: ["indeterminate", 1] },
    d: { fine: ["clear", 3], no: ["ambiguous", 1] },
  };
  const names = { s: "scope", g: "grounding", r: "reversibility", d: "discernment" };
  for (const s of Object.keys(gives.s))
    for (const g of Object.keys(gives.g))
      for (const r of Object.keys(gives.r))
        for (const d of Object.keys(gives.d)) {
          const unclear = d === "no" || [s, g, r].includes("u");
          const found = {
            s: gives.s[s],
            g: gives.g[g],
            r: gives.r[r],
            d: unclear ? gives.d.no : gives.d.fine,
          };
          const lowest = Math.min(...Object.values(found).map(([, rank]) => rank));
          const stoppedBy =
            lowest === 3
              ? []
              : Object.keys(names).flatMap((key) => (found[key][1] === lowest ? [names[key]] : []));
          const findings = Object.fromEntries(Object.keys(names).map((key) => [names[key], found[key][0]]));
          one(
            Object.values(findings).join(", "),
            { decision: words[lowest], stoppedBy, ...findings },
            args({ s, g, r, d }),
          );
        }
  one("a no refuses, whatever else is fine", refused(["owner"], { scope: "within" }), {
    ...args({ s: "fine", g: "fine", r: "fine", d: "fine" }),
    confirmations: [{ by: "owner", answer: false }],
  });
  return file();
}

function questions() {
  const { policy: add, file } = book(
    "decisions/questions.json",
    "decision",
    "what a clarify asks: the smallest set of unknowns for which some answers decide",
  );
  const tree = (key, ask, choices) => ({ key, ask: [ask], choices });
  const asked = (questions_, more = {}) => ({ decision: "clarify", questions: questions_, ...more });
  const named = { ...maybe, ...asks("board") };
  const onScope = (givens, condition, more = {}, rest = {}) =>
    policy({ givens, ...rest }, { scope: scope([permit(1, condition)]), ...more });
  add("one given", onScope([named], given("maybe")))(
    "a given of two values, asked of whom `asks` names",
    asked(
      tree("given:maybe", "board", [
        [true, "authorize"],
        [false, "return"],
      ]),
    ),
  );
  add("one given, nobody named", onScope([{ name: "maybe", type: "bool" }], given("maybe")))(
    "asked of the first of `escalate` where nobody is named",
    asked(
      tree("given:maybe", "owner", [
        [true, "authorize"],
        [false, "return"],
      ]),
    ),
  );
  const level = { name: "level", type: { enum: ["low", "middle", "high"] } };
  add("an enum", onScope([level], op("!==", given("level"), "high")))(
    "a given of an enum: a choice for each value",
    asked(
      tree("given:level", "owner", [
        ["low", "authorize"],
        ["middle", "authorize"],
        ["high", "return"],
      ]),
    ),
  );
  add("a number", onScope([{ name: "most", type: "int" }], op("<=", arg("n"), given("most"))))(
    "a given of too many values: yes and no to the condition",
    asked(
      tree("permit/000000000001", "owner", [
        [true, "authorize"],
        [false, "return"],
      ]),
    ),
  );
  const two = [
    { name: "a", type: "bool" },
    { name: "b", type: "bool" },
  ];
  add("two givens, both wanted", onScope(two, op("and", given("a"), given("b"))))(
    "two givens of which one could decide: the first by key",
    asked(
      tree("given:a", "owner", [
        [true, "clarify"],
        [false, "return"],
      ]),
    ),
  );
  add("two givens, equal", onScope(two, op("===", given("a"), given("b"))))(
    "two givens that decide together only",
    asked(
      tree("given:a", "owner", [
        [
          true,
          tree("given:b", "owner", [
            [true, "authorize"],
            [false, "return"],
          ]),
        ],
        [
          false,
          tree("given:b", "owner", [
            [true, "return"],
            [false, "authorize"],
          ]),
        ],
      ]),
    ),
  );
  add("either of two", onScope(two, op("or", given("a"), given("b"))))(
    "either of two givens would do: the first by key",
    asked(
      tree("given:a", "owner", [
        [true, "authorize"],
        [false, "clarify"],
      ]),
    ),
  );
  const classes = [{ name: "free" }, { name: "grave", confirm: "board" }];
  add(
    "a class",
    policy(
      { givens: [maybe], classes },
      { reversibility: reversibility([treat(1, "grave", given("maybe"))]) },
    ),
  )(
    "a leaf says who would have to confirm then",
    asked(
      tree("given:maybe", "owner", [
        [true, { confirm: ["board"] }],
        [false, "authorize"],
      ]),
    ),
  );
  add(
    "a gray line",
    policy({}, { discernment: discernment([threshold(1, 0.1)], [gray(1, 0.5, true, asks("board"))]) }),
  )(
    "a gray line: a yes accepts it, a no refuses",
    asked(
      tree("gray/000000000001", "board", [
        [true, "authorize"],
        [false, "return"],
      ]),
    ),
  );
  add(
    "two gray lines",
    policy({}, { discernment: discernment([threshold(1, 0.1)], [gray(1, 0.5), gray(2, 0.6)]) }),
  )(
    "two gray lines: a no to the first decides",
    asked(
      tree("gray/000000000001", "owner", [
        [true, "clarify"],
        [false, "return"],
      ]),
    ),
  );
  add(
    "one gray line above",
    policy({}, { discernment: discernment([threshold(1, 0.55)], [gray(1, 0.5), gray(2, 0.6)]) }),
  )(
    "only gray lines above the threshold are asked",
    asked(
      tree("gray/000000000002", "owner", [
        [true, "authorize"],
        [false, "return"],
      ]),
    ),
  );
  const facts = { sources: [world("a", 0.9)], facts: [fact("f", "int", ["a"])] };
  add(
    "a fact",
    policy(facts, { grounding: grounding([ground(1, op("===", op("fact", "f"), 7))], { unsupported: 1 }) }),
  )(
    "a fact that nobody tells: yes and no to the check",
    asked(
      tree("ground/000000000001", "owner", [
        [true, "authorize"],
        [false, "return"],
      ]),
    ),
  );
  add(
    "a message",
    policy(
      {},
      {
        discernment: discernment([threshold(1, 0.5)], [], {
          fidelity: { id: "fidelity/000000000001", atLeast: 0.6 },
        }),
      },
    ),
  )(
    "a message that says too little",
    asked(
      tree("fidelity/000000000001", "owner", [
        [true, "authorize"],
        [false, "return"],
      ]),
    ),
  );
  const plain = add("nothing open", policy({}));
  plain("an authorized action asks nothing", { decision: "authorize", questions: null });
  plain("a returned action asks nothing", { decision: "return", questions: null }, { propose: { args: {} } });
  add("held", policy({ classes }, { reversibility: reversibility([treat(1, "grave")]) }))(
    "a held action asks nothing: it waits for a confirmation",
    {
      ...confirm("reversibility"),
      questions: null,
      remedies: ["reversibility obtain-confirmation"],
      from: ["board"],
    },
  );
  return file();
}

export const decisionsOfDiscernment = () => [grays(), answers(), table(), questions()];
