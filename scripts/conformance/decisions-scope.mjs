// scope (ARYEH): what fits, who may, permits, forbids and limits (semantics.md, *scope*).
import { authorized, book, clarify, coded, codedTool, maybe, returned, told, truths } from "./book.mjs";
import { asks, forbid, limit, param, permit, policy, scope } from "./policy.mjs";
import { arg, given, op } from "./terms.mjs";

const outside = { ...returned("scope"), scope: "outside" };
const within = { ...authorized, scope: "within" };
const unknown = { ...clarify("scope", "discernment"), scope: "unknown", ambiguity: 1 };

function fitting() {
  const { policy: add, file } = book(
    "decisions/fit.json",
    "decision",
    "what fits its tool, and who proposes it",
  );
  const tool = {
    name: "act",
    params: [
      param("n", "int"),
      param("p", "path", { optional: true }),
      param("t", "time", { optional: true }),
      param("d", "duration", { optional: true }),
      param("l", { list: "email" }, { optional: true }),
    ],
  };
  const one = add("plain", policy({ tools: [tool, { name: "idle", params: [] }], zone: "Europe/Berlin" }));
  const misfit = { ...outside, action: null, remedies: ["scope narrow-action"] };
  const args = (value) => ({ propose: { args: value } });
  const acts = (value) => ({ ...within, action: { tool: "act", args: value } });
  one("an action that nothing speaks against is authorized", {
    ...within,
    grounding: "grounded",
    reversibility: "recoverable",
    discernment: "clear",
    remedies: [],
    questions: null,
  });
  one(
    "a tool without parameters",
    { ...within, action: { tool: "idle", args: {} } },
    { whole: { tool: "idle", args: {} } },
  );
  one("an unknown tool is outside", misfit, { whole: { tool: "destroy", args: {} } });
  one("a tool in another case is unknown", misfit, { whole: { tool: "Act", args: { n: 1 } } });
  one("a required argument is missing", misfit, args({}));
  one("a required argument is null, which is absence", misfit, args({ n: null }));
  one("an argument of another type", misfit, args({ n: "1" }));
  one("an argument that is not declared", misfit, args({ n: 1, x: 1 }));
  one("an argument called `__proto__` is not declared", misfit, {
    text: '{"tool":"act","args":{"n":1,"__proto__":{}}}',
  });
  one("an optional argument that is null is left out", acts({ n: 1 }), args({ n: 1, p: null }));
  one("a path is decided on in normal form", acts({ n: 1, p: "/b" }), args({ n: 1, p: "/a/../b/" }));
  one("a path that climbs above its root does not fit", misfit, args({ n: 1, p: "/../b" }));
  one(
    "a local time is read in the zone of the policy",
    acts({ n: 1, t: "2026-01-31T08:00:00.000Z" }),
    args({ n: 1, t: "2026-01-31T09:00" }),
  );
  one("a duration in its largest unit", acts({ n: 1, d: "2h" }), args({ n: 1, d: "120m" }));
  one("each element in normal form", acts({ n: 1, l: ["a@x.example"] }), args({ n: 1, l: ["a@X.example"] }));
  one("a list of addresses in one text does not fit", misfit, args({ n: 1, l: ["a@x.example,b@x.example"] }));
  one("an argument twice in the text of a proposal", misfit, { text: '{"tool":"act","args":{"n":1,"n":1}}' });
  one("a whole number in it that cannot be told exactly", misfit, {
    text: '{"tool":"act","args":{"n":9007199254740993}}',
  });
  one("half of a surrogate pair in it", misfit, {
    text: '{"tool":"act","args":{"n":1},"message":"\\ud800"}',
  });
  one("a text that is no JSON", misfit, { text: '{"tool":"act"' });
  for (const [name, whole] of [
    ["a number", 5],
    ["null", null],
    ["a list", []],
    ["an empty object", {}],
    ["one without arguments", { tool: "act" }],
    ["one without a tool", { args: {} }],
    ["arguments in a list", { tool: "act", args: [1] }],
    ["a tool that is no text", { tool: 5, args: {} }],
    ["a confidence above 1", { tool: "act", args: { n: 1 }, confidence: 1.5 }],
    ["a confidence below 0", { tool: "act", args: { n: 1 }, confidence: -0.1 }],
    ["a confidence in words", { tool: "act", args: { n: 1 }, confidence: "high" }],
    ["a claim without its form", { tool: "act", args: { n: 1 }, claims: { x: 5 } }],
    [
      "a claim with a confidence above 1",
      { tool: "act", args: { n: 1 }, claims: { x: { value: 1, confidence: 2 } } },
    ],
    ["a field that proposals do not have", { tool: "act", args: { n: 1 }, approved: true }],
    ["a message that is no text", { tool: "act", args: { n: 1 }, message: 1 }],
  ])
    one(`a proposal that is none: ${name}`, misfit, { whole });
  one("naming its own session", within, { propose: { session: "s" } });
  one(
    "naming another session is outside",
    { ...outside, remedies: ["scope respecify-intent"] },
    { propose: { session: "t" } },
  );
  one("naming its own actor", within, { propose: { actor: "agent" } });
  one("naming another actor is outside", outside, { propose: { actor: "somebody" } });
  one("naming a tier where there are none is outside", outside, { propose: { tier: "root" } });
  return file();
}

function tiers() {
  const { policy: add, file } = book("decisions/tiers.json", "decision", "who may use which tool");
  const tier = (name, uses, passes) => ({ name, bullets: [], givens: [], uses, passes });
  const ir = policy({
    tiers: [
      tier("root", [], ["act", "idle"]),
      tier("lead", ["act", "idle"], ["act"]),
      tier("worker", ["act"], []),
    ],
  });
  const one = add("three tiers", ir);
  const idle = { whole: { tool: "idle", args: {} } };
  one("without a tier the actor stands at the lowest", within);
  one("at the lowest, a tool that is withheld", { ...outside, remedies: ["scope respecify-intent"] }, idle);
  one("at a tier that the store names", within, { ...idle, tier: "lead" });
  one("the root uses no tool", outside, { tier: "root" });
  one("a tool that is only passed on may not be used", outside, { ...idle, tier: "root" });
  one("a tier that is not declared", outside, { tier: "boss" });
  one("naming the tier where it stands", within, { propose: { tier: "worker" } });
  one("naming another tier than the store does", outside, { propose: { tier: "lead" } });
  one("naming a higher tier does not lift it there", outside, {
    whole: { tool: "idle", args: {}, tier: "lead" },
  });
  const reading = add(
    "a permit by tier",
    policy({ tiers: ir.tiers }, { scope: scope([permit(1, op("===", { val: ["actor", "tier"] }, "lead"))]) }),
  );
  reading("actor.tier is the tier of the store", within, { tier: "lead" });
  reading("actor.tier is the lowest where none is named", outside);
  return file();
}

/** Page: outside iff every permit is false or a forbid is true; within iff a permit is true and every forbid false. */
function finding(permits, forbids) {
  if (permits.every((one) => one === "f") || forbids.includes("t")) return outside;
  return permits.includes("t") && forbids.every((one) => one === "f") ? within : unknown;
}

function permitsAndForbids() {
  const { policy: add, file } = book(
    "decisions/scope.json",
    "decision",
    "permits and forbids: every combination of true, false and unknown",
  );
  const blocks = {
    scope: scope(
      [permit(1, coded("p")), permit(2, coded("q"))],
      [forbid(3, coded("f")), forbid(4, coded("g"))],
    ),
  };
  const one = add(
    "two permits, two forbids",
    policy({ tools: [codedTool("p", "q", "f", "g")], givens: [maybe] }, blocks),
  );
  const pairs = truths.flatMap((a, i) => truths.slice(i).map((b) => [a, b]));
  for (const [p, q] of pairs)
    for (const [f, g] of pairs)
      one(`permits ${told[p]} and ${told[q]}, forbids ${told[f]} and ${told[g]}`, finding([p, q], [f, g]), {
        whole: { tool: "act", args: { p, q, f, g }, confidence: 1 },
      });
  const none = add(
    "no permit for the tool",
    policy({}, { scope: scope([{ ...permit(1), tools: ["idle"] }]) }),
  );
  none("no permit speaks of the tool: outside", { ...outside, remedies: ["scope respecify-intent"] });
  const patterns = add(
    "permits by pattern",
    policy(
      {
        tools: [
          { name: "a.b", params: [] },
          { name: "ab", params: [] },
        ],
      },
      { scope: scope([{ ...permit(1), tools: ["a.*"] }]) },
    ),
  );
  patterns("a pattern covers what begins like it", within, { whole: { tool: "a.b", args: {} } });
  patterns("a pattern covers nothing else", outside, { whole: { tool: "ab", args: {} } });
  const star = add(
    "a forbid of everything",
    policy({}, { scope: scope([permit(1)], [{ ...forbid(2), tools: ["*"] }]) }),
  );
  star("a forbid is not outvoted by any permit", { ...outside, remedies: ["scope narrow-action"] });
  const when = add("a permit by amount", policy({}, { scope: scope([permit(1, op("<=", arg("n"), 10))]) }));
  when("as much as is permitted", within, { propose: { args: { n: 10 } } });
  when(
    "more than is permitted",
    { ...outside, remedies: ["scope narrow-action"] },
    { propose: { args: { n: 11 } } },
  );
  return file();
}

const call = (args = { n: 1 }, more = {}) => ({ tool: "act", args, ago: "1h", classes: ["free"], ...more });
const times = (count, ...of) => Array.from({ length: count }, () => call(...of));

function limits() {
  const { policy: add, file } = book(
    "decisions/limits.json",
    "decision",
    "limits: how many actions, or how much of something, per session or duration, per key",
  );
  const with_ = (name, one, more = {}) =>
    add(
      name,
      policy(
        { givens: [maybe, { name: "amount", type: "int", ...asks("owner") }], ...more },
        { scope: scope([{ ...permit(1), tools: ["*"] }], [], [one]) },
      ),
    );
  const passed = (kind) => ({ ...outside, remedies: [`scope ${kind}`] });

  const count = with_("two per session", limit(2, 2));
  for (const [before, expect] of [
    [0, within],
    [1, within],
    [2, passed("respecify-intent")],
    [5, passed("respecify-intent")],
  ])
    count(`count: ${before} before, and two are allowed`, expect, { history: times(before) });
  count("count: those of another session do not count", within, {
    history: times(5, { n: 1 }, { session: "other" }),
  });
  count("count: those of another tool do not count", within, {
    history: [
      { tool: "idle", args: {}, ago: "1h" },
      { tool: "idle", args: {}, ago: "1h" },
    ],
  });
  count("count: those whose result is outstanding count", outside, {
    history: times(2, { n: 1 }, { observed: false }),
  });
  const zero = with_("none at all", limit(2, 0));
  zero("count: none is allowed: this action alone passes it", passed("narrow-action"));
  const all = with_("two of any tool", limit(2, 2, { tools: ["*"] }));
  all("count: of every tool that the limit names", outside, {
    history: [call(), { tool: "idle", args: {}, ago: "1h" }],
  });
  const daily = with_("two a day", limit(2, 2, { per: 86400000 }));
  daily("duration: over all sessions of the policy", passed("wait"), {
    history: times(2, { n: 1 }, { session: "other" }),
  });
  daily("duration: what is longer ago does not count", within, {
    history: times(2, { n: 1 }, { ago: "25h" }),
  });
  daily("duration: one of each", within, {
    history: [call({ n: 1 }, { ago: "25h" }), call({ n: 1 }, { ago: "23h" })],
  });
  daily("duration: just within", outside, { history: times(2, { n: 1 }, { ago: "86399999ms" }) });

  const sum = with_("ten in all", limit(2, 10, { sum: arg("n") }));
  const n = (value) => ({ propose: { args: { n: value } } });
  for (const [before, now, expect] of [
    [[], 10, within],
    [[], 11, passed("narrow-action")],
    [[4], 6, within],
    [[4], 7, passed("respecify-intent")],
    [[4, 6], 0, within],
    [[4, 6], 1, outside],
    [[12], -2, within],
    [[0, 0, 0], 10, within],
  ])
    sum(`sum: ${before.join(" + ") || "nothing"} before, and ${now} now, of 10`, expect, {
      ...n(now),
      history: before.map((value) => call({ n: value })),
    });
  const unknownSum = with_("ten in all of what is given", limit(2, 10, { sum: given("amount") }));
  unknownSum("sum: an amount that is not known: the limit is unknown", unknown);
  unknownSum("sum: an amount that is given", within, { givens: { amount: 10 } });
  unknownSum("sum: an amount that is given, and passes it", outside, { givens: { amount: 11 } });

  const each = with_(
    "one each",
    limit(2, 1, { each: op("if", op("has", arg("who")), arg("who"), "nobody") }),
  );
  const who = (name) => ({ propose: { args: { n: 1, who: name } } });
  each("each: the first by this key", within, { ...who("ann"), history: [call({ n: 1, who: "bob" })] });
  each("each: the second by this key", outside, { ...who("ann"), history: [call({ n: 1, who: "ann" })] });
  each("each: keys count with their case", within, { ...who("ann"), history: [call({ n: 1, who: "Ann" })] });
  each("each: a key that is computed", outside, { history: [call({ n: 1 })] });
  const eachSum = with_(
    "ten each",
    limit(2, 10, { sum: arg("n"), each: op("if", op("has", arg("who")), arg("who"), "nobody") }),
  );
  eachSum("each and sum: of this key alone", within, {
    propose: { args: { n: 6, who: "ann" } },
    history: [call({ n: 4, who: "ann" }), call({ n: 9, who: "bob" })],
  });
  eachSum("each and sum: passed by this key", outside, {
    propose: { args: { n: 7, who: "ann" } },
    history: [call({ n: 4, who: "ann" })],
  });

  const both = add(
    "two limits",
    policy({}, { scope: scope([permit(1)], [], [limit(2, 5), limit(3, 10, { sum: arg("n") })]) }),
  );
  both("several: one that is passed is enough", outside, { propose: { args: { n: 11 } } });
  both("several: all are kept", within, { propose: { args: { n: 10 } } });
  const notPermitted = add(
    "a limit and a false permit",
    policy({}, { scope: scope([permit(1, false)], [], [limit(2, 5)]) }),
  );
  notPermitted("a limit that is kept permits nothing", outside);
  return file();
}

function rulings() {
  const { policy: add, file } = book(
    "decisions/rulings-scope.json",
    "decision",
    "answers of principals to what scope cannot tell",
  );
  const blocks = { scope: scope([permit(1, coded("p"))], [forbid(3, coded("f"))]) };
  const one = add("asked of the owner", policy({ tools: [codedTool("p", "f")], givens: [maybe] }, blocks));
  const unasked = add(
    "asked of nobody by name",
    policy({ tools: [codedTool("p", "f")], givens: [{ name: "maybe", type: "bool" }] }, blocks),
  );
  const board = add(
    "asked of the board",
    policy({ tools: [codedTool("p", "f")], givens: [{ ...maybe, ...asks("board") }] }, blocks),
  );
  const on = (p, f) => ({ whole: { tool: "act", args: { p, f }, confidence: 1 } });
  const yes = (question, by = "owner", more = {}) => ({ question, answer: true, by, ...more });
  const no = (question, by = "owner", more = {}) => ({ question, answer: false, by, ...more });
  const [permitId, forbidId] = ["permit/000000000001", "forbid/000000000003"];
  one("a yes makes an unknown permit true", within, { ...on("u", "f"), rulings: [yes(permitId)] });
  one("a no makes it false", outside, { ...on("u", "f"), rulings: [no(permitId)] });
  one("a yes makes an unknown forbid true", outside, { ...on("t", "u"), rulings: [yes(forbidId)] });
  one("a no makes it false", within, { ...on("t", "u"), rulings: [no(forbidId)] });
  one("one answer of two that are wanted", unknown, { ...on("u", "u"), rulings: [yes(permitId)] });
  one("both answers", within, { ...on("u", "u"), rulings: [yes(permitId), no(forbidId)] });
  one("a yes does not overrule what is known", outside, { ...on("f", "f"), rulings: [yes(permitId)] });
  one("a no does not overrule what is known", within, { ...on("t", "f"), rulings: [no(permitId)] });
  one("another's answer is no answer", unknown, { ...on("u", "f"), rulings: [yes(permitId, "board")] });
  one("the latest counts: no, then yes", within, { ...on("u", "f"), rulings: [no(permitId), yes(permitId)] });
  one("the latest counts: yes, then no", outside, {
    ...on("u", "f"),
    rulings: [yes(permitId), no(permitId)],
  });
  one("the latest of the one who was asked", within, {
    ...on("u", "f"),
    rulings: [yes(permitId), no(permitId, "board")],
  });
  one("for another proposal", unknown, {
    ...on("u", "f"),
    rulings: [yes(permitId, "owner", { for: "another" })],
  });
  one("for the session", within, { ...on("u", "f"), rulings: [yes(permitId, "owner", { for: "session" })] });
  one("to another question", unknown, { ...on("u", "f"), rulings: [yes("permit/00000000000f")] });
  unasked("asked of the first of `escalate` where no `asks` names another", within, {
    ...on("u", "f"),
    rulings: [yes(permitId)],
  });
  unasked("not of the second of `escalate`", unknown, { ...on("u", "f"), rulings: [yes(permitId, "board")] });
  board("asked of whom `asks` names", within, { ...on("u", "f"), rulings: [yes(permitId, "board")] });
  board("not of the first of `escalate`, then", unknown, { ...on("u", "f"), rulings: [yes(permitId)] });
  one("a given that is answered is known", within, { ...on("u", "f"), givens: { maybe: true } });
  one("a given that is answered with no", outside, { ...on("u", "f"), givens: { maybe: false } });
  one("a given with a value of another type is not known", unknown, {
    ...on("u", "f"),
    givens: { maybe: "yes" },
  });
  const standard = add(
    "a given with a default",
    policy({ tools: [codedTool("p", "f")], givens: [{ name: "maybe", type: "bool", value: true }] }, blocks),
  );
  standard("a given has its default", within, on("u", "f"));
  standard("a value that was supplied counts more than the default", outside, {
    ...on("u", "f"),
    givens: { maybe: false },
  });
  return file();
}

export const decisionsOfScope = () => [fitting(), tiers(), permitsAndForbids(), limits(), rulings()];
