// reversibility (NESHER): which classes are possible, and which of them hold (semantics.md, *reversibility*).
import {
  authorized,
  book,
  clarify,
  coded,
  codedParam,
  codedTool,
  confirm,
  maybe,
  returned,
  told,
  truths,
} from "./book.mjs";
import { ground, grounding, param, policy, reversibility, treat } from "./policy.mjs";
import { arg, op } from "./terms.mjs";

const recoverable = (more = {}) => ({ ...authorized, reversibility: "recoverable", ...more });
const held = (awaiting, more = {}) => ({
  ...confirm("reversibility"),
  reversibility: "held",
  awaiting,
  ...more,
});
const indeterminate = (more = {}) => ({
  ...clarify("reversibility", "discernment"),
  reversibility: "indeterminate",
  ambiguity: 1,
  ...more,
});

const classes = [{ name: "free" }, { name: "warm", confidence: 0.5 }, { name: "grave", confirm: "owner" }];
const chain = classes.map(({ name }) => name);

/** From the page: T the classes of true lines, V of unknown ones, and the class that counts otherwise. */
function possible(lines, otherwise) {
  const of = (truth) => lines.flatMap(([name, how]) => (how === truth ? [chain.indexOf(name)] : []));
  const [certain, doubtful] = [of("t"), of("u")];
  const place = chain.indexOf(otherwise);
  return certain.length > 0
    ? { mildest: Math.max(...certain), gravest: Math.max(...certain, ...doubtful) }
    : { mildest: Math.min(place, ...doubtful), gravest: Math.max(place, ...doubtful) };
}
/** Without confirmations a class holds from `warm` on where the confidence is below its bar, and from `grave` on anyway. */
const holds = (place, confidence) => place >= 2 || (place >= 1 && confidence < 0.5);

function grid() {
  const { policy: add, file } = book(
    "decisions/classes.json",
    "decision",
    "which class an action may have: every combination of true, false and unknown lines",
  );
  for (const otherwise of chain) {
    const blocks = {
      reversibility: reversibility([treat(1, "warm", coded("w")), treat(2, "grave", coded("g"))], otherwise),
    };
    const one = add(
      `otherwise ${otherwise}`,
      policy({ tools: [codedTool("w", "g")], givens: [maybe], classes }, blocks),
    );
    for (const w of truths)
      for (const g of truths)
        for (const confidence of [1, 0.3]) {
          const { mildest, gravest } = possible(
            [
              ["warm", w],
              ["grave", g],
            ],
            otherwise,
          );
          const named = { class: chain[gravest], mildest: chain[mildest] };
          const expect = holds(mildest, confidence)
            ? held(["owner"], named)
            : holds(gravest, confidence)
              ? indeterminate(named)
              : recoverable(named);
          one(`warm ${told[w]}, grave ${told[g]}, otherwise ${otherwise}, confidence ${confidence}`, expect, {
            whole: { tool: "act", args: { w, g }, confidence },
          });
        }
  }
  return file();
}

function holding() {
  const { policy: add, file } = book(
    "decisions/holding.json",
    "decision",
    "what a class asks: confirmations, confidence, limits; a graver class asks all that milder ones ask",
  );
  const of = (name, all, className, more = {}) =>
    add(name, policy({ classes: all, ...more }, { reversibility: reversibility([treat(1, className)]) }));
  const sure = (confidence) => ({ propose: { confidence } });
  const bar = of("a bar", [{ name: "free" }, { name: "warm", confidence: 0.6 }], "warm");
  bar("confidence at the bar", recoverable({ class: "warm" }), sure(0.6));
  bar(
    "confidence a millionth below the bar",
    held(["owner"], { remedies: ["reversibility obtain-confirmation"], from: ["owner"] }),
    sure(0.599999),
  );
  bar("less than is counted below the bar", recoverable(), sure(0.5999999));
  bar("no confidence stated is 0", held(["owner"]), { whole: { tool: "act", args: { n: 1 } } });
  const below = of(
    "a bar below",
    [
      { name: "free", confidence: 0.6 },
      { name: "warm", confidence: 0.2 },
    ],
    "warm",
  );
  below("a graver class asks what a milder one asks", held(["owner"]), sure(0.5));
  const named = of(
    "two who confirm",
    [
      { name: "free", confirm: "owner" },
      { name: "grave", confirm: "board" },
    ],
    "grave",
  );
  named("all whom it and milder ones name", held(["board", "owner"]));
  named("one of them has confirmed", held(["board"]), { confirmations: [{ by: "owner" }] });
  named("all have confirmed", recoverable({ awaiting: [] }), {
    confirmations: [{ by: "owner" }, { by: "board" }],
  });
  const milder = of(
    "a milder class",
    [{ name: "free" }, { name: "warm" }, { name: "grave", confirm: "board" }],
    "warm",
  );
  milder("a milder class does not ask what a graver one asks", recoverable());
  const limited = of(
    "a limit",
    [{ name: "free" }, { name: "grave", limit: { id: "limit/000000000001", to: 2, per: "session" } }],
    "grave",
  );
  const past = (count, name, more = {}) => ({
    history: Array.from({ length: count }, () => ({
      tool: "act",
      args: { n: 1 },
      ago: "1h",
      classes: [name],
      ...more,
    })),
  });
  limited("a limit with one before", recoverable(), past(1, "grave"));
  limited("a limit that is used up", held(["owner"]), past(2, "grave"));
  limited("a limit counts no milder ones", recoverable(), past(2, "free"));
  limited("a limit counts those of this session", recoverable(), past(2, "grave", { session: "other" }));
  limited("a limit that is used up, and the owner confirms", recoverable(), {
    ...past(2, "grave"),
    confirmations: [{ by: "owner" }],
  });
  const lower = of(
    "a limit of the milder class",
    [
      { name: "free" },
      { name: "warm", limit: { id: "limit/000000000001", to: 2, per: "session" } },
      { name: "grave" },
    ],
    "warm",
  );
  lower("a limit counts graver actions, too", held(["owner"]), past(2, "grave"));
  lower("one of its own and one graver", held(["owner"]), {
    history: [...past(1, "warm").history, ...past(1, "grave").history],
  });
  const upper = of(
    "a graver class over a limit",
    [
      { name: "free" },
      { name: "warm", limit: { id: "limit/000000000001", to: 2, per: "session" } },
      { name: "grave" },
    ],
    "grave",
  );
  upper("a graver class has the limits of milder ones", held(["owner"]), past(2, "warm"));
  const daily = of(
    "a limit a day",
    [{ name: "free" }, { name: "grave", limit: { id: "limit/000000000001", to: 1, per: 86400000 } }],
    "grave",
  );
  daily("a limit per duration counts all sessions", held(["owner"]), past(1, "grave", { session: "other" }));
  daily("a limit per duration counts nothing older", recoverable(), past(1, "grave", { ago: "25h" }));
  const nobody = of("nobody to escalate to", [{ name: "free" }, { name: "warm", confidence: 0.6 }], "warm", {
    escalate: [],
  });
  nobody("nobody could confirm: it is held all the same", held([]), sure(0.5));
  return file();
}

function confirmations() {
  const { policy: add, file } = book(
    "decisions/confirmations.json",
    "decision",
    "a confirmation is of one proposal under one policy, by those who are named",
  );
  const one = add(
    "the owner confirms",
    policy({ classes }, { reversibility: reversibility([treat(1, "grave")]) }),
  );
  const by = (...words) => ({ confirmations: words.map(([who, more = {}]) => ({ by: who, ...more })) });
  one("nobody has confirmed", held(["owner"], { class: "grave" }));
  one("the owner has confirmed", recoverable({ awaiting: [], class: "grave" }), by(["owner"]));
  one("somebody else has confirmed", held(["owner"]), by(["board"]));
  one("somebody who is no principal has confirmed", held(["owner"]), by(["agent"]));
  one("another proposal was confirmed", held(["owner"]), by(["owner", { of: "another proposal" }]));
  one("another policy was in force", held(["owner"]), by(["owner", { of: "another policy" }]));
  one(
    "the owner refused",
    {
      ...returned("discernment"),
      discernment: "refused",
      refusedBy: ["owner"],
      remedies: ["discernment respecify-intent", "reversibility obtain-confirmation"],
    },
    by(["owner", { answer: false }]),
  );
  one(
    "somebody else refused",
    { ...returned("discernment"), discernment: "refused", refusedBy: ["board"] },
    by(["owner"], ["board", { answer: false }]),
  );
  one("a no to another proposal", held(["owner"]), by(["owner", { answer: false, of: "another proposal" }]));
  one(
    "a no, then a yes by the same: the latest counts",
    recoverable(),
    by(["owner", { answer: false }], ["owner"]),
  );
  one(
    "a yes, then a no by the same",
    { ...returned("discernment"), refusedBy: ["owner"] },
    by(["owner"], ["owner", { answer: false }]),
  );
  one(
    "a confirmation lifts nothing else: an action that does not fit",
    { ...returned("scope"), scope: "outside" },
    { ...by(["owner"]), propose: { args: {} } },
  );
  const free = add("nothing to confirm", policy({}));
  free("a yes that nobody asked for changes nothing", recoverable(), by(["owner"]));
  free(
    "a no that nobody asked for refuses",
    { ...returned("discernment"), refusedBy: ["owner"] },
    by(["owner", { answer: false }]),
  );
  return file();
}

function undoAndOpinion() {
  const { policy: add, file } = book(
    "decisions/undo.json",
    "decision",
    "undo plans, answers to unknown lines, and layers without an opinion",
  );
  const undo = (args) => ({ undo: { tool: "act", args, within: 3600000 } });
  const plain = (args) =>
    policy(
      {
        classes,
        tools: [{ name: "act", params: [param("n", "int"), param("t", "time", { optional: true })] }],
      },
      { reversibility: reversibility([treat(1, "warm", true, undo(args))]) },
    );
  const plan = (args) => ({ undo: [{ rule: "treat/000000000001", tool: "act", args, within: 3600000 }] });
  add("undone with the same", plain([{ name: "n", value: arg("n") }]))(
    "an undo plan with an argument",
    recoverable(plan({ n: { value: 1 } })),
  );
  add("undone with the opposite", plain([{ name: "n", value: op("-", arg("n")) }]))(
    "an undo plan with a computed argument",
    recoverable(plan({ n: { value: -1 } })),
  );
  add("undone by the result", plain([{ name: "n", value: { val: ["result", "id"] } }]))(
    "an undo plan with what the action will return",
    recoverable(plan({ n: { result: "id" } })),
  );
  const timed = add("undone by its time", plain([{ name: "t", value: arg("t") }]));
  timed(
    "an undo plan with a time, as JSON writes it",
    recoverable(plan({ t: { value: "2026-01-31T08:00:00.000Z" } })),
    { propose: { args: { n: 1, t: "2026-01-31T09:00:00+01:00" } } },
  );
  const both = policy(
    { classes },
    {
      reversibility: reversibility([
        treat(1, "free", true, undo([])),
        treat(2, "warm", true, undo([{ name: "n", value: arg("n") }])),
        treat(3, "grave", false, undo([])),
      ]),
    },
  );
  add("two plans", both)(
    "every true line's plan is carried, no other",
    recoverable({
      undo: [
        { rule: "treat/000000000001", tool: "act", args: {}, within: 3600000 },
        { rule: "treat/000000000002", tool: "act", args: { n: { value: 1 } }, within: 3600000 },
      ],
    }),
  );

  const line = { reversibility: reversibility([treat(1, "grave", coded("g"))]) };
  const one = add(
    "one unknown line",
    policy({ tools: [{ name: "act", params: [codedParam("g")] }], givens: [maybe], classes }, line),
  );
  const on = { whole: { tool: "act", args: { g: "u" }, confidence: 1 } };
  const word = (answer, by = "owner") => ({ rulings: [{ question: "treat/000000000001", answer, by }] });
  one("an unknown line, asked of the owner", indeterminate({ class: "grave", mildest: "free" }), on);
  one("a yes makes it true", held(["owner"], { class: "grave", mildest: "grave" }), { ...on, ...word(true) });
  one("a no makes it false", recoverable({ class: "free", mildest: "free" }), { ...on, ...word(false) });
  one("another's no is none", indeterminate(), { ...on, ...word(false, "board") });
  one(
    "the owner confirms what may be grave: no possible class holds",
    recoverable({ class: "grave", mildest: "free" }),
    { ...on, confirmations: [{ by: "owner" }] },
  );
  one("a confirmation by somebody else does not", indeterminate(), {
    ...on,
    confirmations: [{ by: "board" }],
  });
  return file();
}

/** Every kind of mark against every tool that has it or not. */
function annotated() {
  const { policy: add, file } = book(
    "decisions/annotated.json",
    "decision",
    "what the list that a tool was taken from says of it",
  );
  const kinds = ["writing", "destructive", "open world"];
  const tools = [
    { name: "declared", params: [] },
    ...kinds.map((kind) => ({ name: `only ${kind}`, params: [], annotated: [kind] })),
    { name: "all", params: [], annotated: kinds },
  ];
  for (const kind of kinds) {
    const condition = op("annotated", kind);
    const line = reversibility([treat(1, "grave", condition, { tools: ["*"] })]);
    const one = add(`graver if ${kind}`, policy({ tools, classes }, { reversibility: line }));
    const check = grounding([ground(1, op("!", condition), { tools: ["*"] })], { unsupported: 1 });
    const other = add(`unfounded if ${kind}`, policy({ tools, classes }, { grounding: check }));
    for (const { name, annotated: marks = [] } of tools) {
      const is = marks.includes(kind);
      const whole = { tool: name, args: {}, confidence: 1 };
      const graver = is ? held(["owner"], { class: "grave" }) : recoverable({ class: "free" });
      one(`${name}: ${kind}`, graver, { whole });
      // It is known with the arguments alone: a check of it is settled, rests on nothing and supports nothing.
      const settled = is
        ? { ...returned("grounding"), grounding: "contradicted" }
        : { ...authorized, grounding: "grounded", support: null };
      other(`${name}: a check of ${kind}`, settled, { whole });
    }
  }
  return file();
}

export const decisionsOfReversibility = () => [
  annotated(),
  grid(),
  holding(),
  confirmations(),
  undoAndOpinion(),
];
