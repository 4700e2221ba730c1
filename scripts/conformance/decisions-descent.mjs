// What a delegated session carries (semantics.md, *Layers*): a permit, a check or a gray line goes by what came down, all else by what is known.
import { authorized, book, clarify, confirm, returned } from "./book.mjs";
import {
  asks,
  commission,
  discernment,
  fact,
  forbid,
  gray,
  ground,
  grounding,
  layer,
  limit,
  permit,
  policy,
  reversibility,
  scope,
  threshold,
  treat,
  world,
} from "./policy.mjs";
import { arg, claim, given, op } from "./terms.mjs";

const givens = [
  { name: "most", type: "int", ...asks("board", "How many?") },
  { name: "of", type: "int", ...asks("owner", "Of which?") },
];
const known = { givens: { most: 5, of: 2 } };
const all = { bullets: ["find", "tell", "keep"], givens: ["most", "of"], tools: ["act", "idle"] };
const without = (...lost) => ({
  ...known,
  descent: {
    bullets: all.bullets.filter((name) => !lost.includes(name)),
    givens: all.givens.filter((name) => !lost.includes(name)),
    tools: all.tools.filter((name) => !lost.includes(name)),
  },
});
const n = (value) => ({ propose: { args: { n: value } } });
const upTo = op("<=", arg("n"), given("most"));
const ruling = (question, answer, by, whom) => ({
  rulings: [{ question, answer, by, ...(whom === undefined ? {} : { for: whom }) }],
});

const outside = { ...returned("scope"), scope: "outside" };
const within = { ...authorized, scope: "within" };
const unknown = { ...clarify("scope", "discernment"), scope: "unknown", ambiguity: 1 };

function permits() {
  const { policy: add, file } = book(
    "decisions/descent-scope.json",
    "decision",
    "delegated sessions: permits, forbids, limits and tools",
  );
  const serving = { serving: ["find"] };
  const one = add(
    "a permit that reads and serves",
    policy({ givens }, { scope: scope([permit(1, upTo, serving)]) }),
  );
  one("nothing was lost", within, without());
  one("what the permit needs came down", within, without("tell", "keep", "of"));
  one("the session was not delegated: it carries all", within, known);
  one(
    "a given was lost that the permit reads",
    { ...unknown, from: ["board"], unknowns: ["given:most"] },
    without("most"),
  );
  one(
    "a bullet was lost that the permit serves",
    { ...unknown, from: ["owner"], unknowns: ["bullet:find"] },
    without("find"),
  );
  one("both were lost", { ...unknown, unknowns: ["bullet:find", "given:most"] }, without("find", "most"));
  one("all that is known makes it false nevertheless", outside, { ...without("find", "most"), ...n(6) });
  one("nobody has said the given, and it did not come down either", unknown, {
    ...without("most"),
    givens: { of: 2 },
  });
  one("nobody has said the given that came down", unknown, { ...without(), givens: { of: 2 } });
  one("nothing came down at all", unknown, {
    ...known,
    descent: { bullets: [], givens: [], tools: ["act"] },
  });

  const id = "permit/000000000001";
  one("the one who is asked for the given that was lost says yes", within, {
    ...without("most"),
    ...ruling(id, true, "board"),
  });
  one("the one who is asked for it says no", outside, { ...without("most"), ...ruling(id, false, "board") });
  one("somebody else says yes", unknown, { ...without("most"), ...ruling(id, true, "owner") });
  one("of a bullet the first of `escalate` is asked, and says yes", within, {
    ...without("find"),
    ...ruling(id, true, "owner"),
  });
  one("a yes does not overrule what is known", outside, {
    ...without("most"),
    ...n(6),
    ...ruling(id, true, "board"),
  });

  const certain = add(
    "a permit that the arguments decide",
    policy({ givens }, { scope: scope([permit(1, op("or", op("===", arg("n"), 1), upTo), serving)]) }),
  );
  certain("what was lost decides nothing", within, without("most"));
  certain("what was lost decides", unknown, { ...without("most"), ...n(2) });
  const either = add(
    "two permits",
    policy({ givens }, { scope: scope([permit(1, upTo, serving), permit(2, true, { serving: ["tell"] })]) }),
  );
  either("one of them came down whole", within, without("find", "most"));
  either("neither came down whole", unknown, without("find", "tell"));
  either("one is false, the other lost", unknown, { ...without("tell"), ...n(6) });

  const forbids = add(
    "a forbid by a given",
    policy({ givens }, { scope: scope([permit(1)], [forbid(2, upTo)]) }),
  );
  forbids("a forbid binds with a given that did not come down", outside, without("most"));
  forbids("and lets through by it", within, { ...without("most"), ...n(6) });
  const limits = add(
    "a limit by a given",
    policy({ givens }, { scope: scope([permit(1)], [], [limit(2, 6, { sum: given("most") })]) }),
  );
  const call = (more) => ({
    history: [{ tool: "act", args: { n: 1 }, ago: "1h", classes: ["free"], ...more }],
  });
  limits("a limit counts by a given that did not come down", within, without("most"));
  limits("and is passed by it", outside, { ...without("most"), ...call({}) });

  const tools = add("tools", policy());
  const idle = { whole: { tool: "idle", args: {} } };
  tools("a tool that was handed down", within, { ...without(), ...idle });
  tools(
    "a tool that was not handed down",
    { ...outside, remedies: ["scope respecify-intent"] },
    { ...without("idle"), ...idle },
  );
  const tier = (name, uses, passes) => ({ name, bullets: [], givens: [], uses, passes });
  const tiers = add(
    "tiers",
    policy({ tiers: [tier("root", [], ["act", "idle"]), tier("worker", ["act"], [])] }),
  );
  tiers("at a tier that uses it", within, { ...without(), tier: "worker" });
  tiers("a tool that was handed down to a tier which does not use it", outside, {
    ...without(),
    tier: "worker",
    ...idle,
  });
  tiers("at a tier that is none", outside, { ...without(), tier: "boss" });

  const problems = { problems: ["this session has come to its end"] };
  tools("a session that may propose nothing", outside, problems);
  tools("nor may one that was delegated", outside, { ...without(), ...problems });

  const once = add("one per session", policy({}, { scope: scope([permit(1)], [], [limit(2, 1)]) }));
  const tree = { session: { id: "s/1", root: "s" } };
  once("what the root did counts", outside, { ...tree, ...call({ session: "s" }) });
  once("what was done under its own name was another tree's", within, {
    ...tree,
    ...call({ session: "s/1" }),
  });
  const trusting = add(
    "by trust",
    policy({}, { scope: scope([permit(1, op("===", { val: ["session", "trust"] }, 1))]) }),
  );
  trusting("its trust is that of the whole tree", outside, {
    ...tree,
    ...call({ session: "s", trust: 0.5 }),
  });
  const counting = add(
    "by calls",
    policy({}, { scope: scope([permit(1, op("===", { calls: [["act"], null] }, 1))]) }),
  );
  counting("calls are those of the whole tree", within, { ...tree, ...call({ session: "s" }) });
  return file();
}

const f = op("fact", "f", given("of"));
const sources = [world("a", 0.5)];
const facts = [fact("f", "int", ["a"], { params: [{ name: "k", type: "int" }] })];
const says = (value) => ({ facts: [{ name: "f", answers: [{ args: [2], by: { a: { value } } }] }] });
const unverified = { ...clarify("grounding", "discernment"), grounding: "unverified", ambiguity: 1 };
const sure = (confidence) => ({ propose: { claims: { x: { value: 7, confidence } } } });

function checks() {
  const { policy: add, file } = book(
    "decisions/descent-grounding.json",
    "decision",
    "delegated sessions: checks, and what they support",
  );
  const of = (name, condition, more = { unsupported: 1 }) =>
    add(
      name,
      policy(
        { givens, sources, facts, claims: [{ name: "x", type: "int" }] },
        { grounding: grounding([ground(1, condition)], more) },
      ),
    );
  const one = of("a check that reads", upTo);
  one("nothing was lost", { ...authorized, grounding: "grounded" }, without());
  one("a given was lost", { ...unverified, unknowns: ["given:most"] }, without("most"));
  one(
    "all that is known contradicts it nevertheless",
    { ...returned("grounding"), grounding: "contradicted" },
    { ...without("most"), ...n(6) },
  );
  one(
    "the one who is asked says yes",
    { ...authorized, grounding: "grounded" },
    { ...without("most"), ...ruling("ground/000000000001", true, "board") },
  );
  one(
    "the one who is asked says no",
    { ...returned("grounding"), grounding: "contradicted" },
    { ...without("most"), ...ruling("ground/000000000001", false, "board") },
  );

  const asking = of("a check that asks with a given", op("===", f, 7));
  asking(
    "the given came down",
    { ...authorized, grounding: "grounded", support: 0.5, confidence: 0.5 },
    { ...without("most"), ...says(7) },
  );
  asking(
    "it is not known what to ask: it supports nothing here, and binds the confidence",
    { ...unverified, support: null, confidence: 0.5 },
    { ...without("of"), ...says(7) },
  );
  asking(
    "the fact contradicts it nevertheless",
    { ...returned("grounding"), grounding: "contradicted" },
    { ...without("of"), ...says(8) },
  );
  const either = of("a check of either", op("or", op("===", given("most"), 5), op("===", f, 7)));
  either(
    "true, and not settled, since it is not known what it rests on",
    { ...unverified, support: null },
    { ...without("of"), ...says(7) },
  );
  either(
    "settled by the other",
    { ...authorized, grounding: "grounded", support: 0.5 },
    { ...without("most"), ...says(7) },
  );

  const claims = of("a claim against a fact", op("===", f, claim("x")), { unsupported: 1, tolerance: 0 });
  claims(
    "a claim as sure as all that is known bears out",
    { ...unverified, claims: [] },
    { ...without("of"), ...says(7), ...sure(0.5) },
  );
  claims(
    "one that is surer, though its check is open here",
    { ...returned("grounding"), grounding: "overconfident", claims: [["x", "overconfident", 0.5]] },
    { ...without("of"), ...says(7), ...sure(0.51) },
  );
  return file();
}

function lines() {
  const { policy: add, file } = book(
    "decisions/descent-discernment.json",
    "decision",
    "delegated sessions: gray lines, classes and layers",
  );
  const grays = (name, condition, serving = {}) =>
    add(
      name,
      policy(
        { givens },
        { discernment: discernment([threshold(1, 0.3)], [gray(1, 0.5, condition, serving)]) },
      ),
    );
  const more = grays("a gray line that reads", op(">", arg("n"), given("most")));
  const doubt = { ...clarify("discernment"), discernment: "ambiguous", ambiguity: 0.5 };
  const clear = { ...authorized, discernment: "clear", ambiguity: 0 };
  const id = "gray/000000000001";
  more("nothing was lost, and it does not apply", clear, without());
  more("a given was lost: it may apply", doubt, without("most"));
  more("a given was lost, and it applies", doubt, { ...without("most"), ...n(6) });
  more("it is accepted", clear, { ...without("most"), ...ruling(id, true, "owner") });
  more(
    "refused for this proposal",
    { ...returned("discernment"), discernment: "refused", refusedBy: ["owner"] },
    { ...without("most"), ...ruling(id, false, "owner") },
  );
  more(
    "refused for the session, and it may apply",
    { ...doubt, ambiguity: 1 },
    { ...without("most"), ...ruling(id, false, "owner", "session") },
  );
  more(
    "refused for the session, and it applies, though that did not come down",
    { ...returned("discernment"), discernment: "refused", refusedBy: ["owner"] },
    { ...without("most"), ...n(6), ...ruling(id, false, "owner", "session") },
  );

  const grave = add(
    "a class by a given",
    policy(
      { givens, classes: [{ name: "free" }, { name: "grave", confirm: "owner" }] },
      { reversibility: reversibility([treat(1, "grave", upTo)]) },
    ),
  );
  grave(
    "a class binds with a given that did not come down",
    { ...confirm("reversibility"), class: "grave" },
    without("most"),
  );
  grave("and is as mild by it", { ...authorized, class: "free" }, { ...without("most"), ...n(6) });

  const above = add(
    "a narrowing that reads",
    policy({
      givens,
      layers: [commission(), layer("above", { scope: scope([permit(2, upTo, { serving: ["find"] })]) })],
    }),
  );
  above("a layer above is as thin", unknown, without("most"));
  above("and false nevertheless", outside, { ...without("most"), ...n(6) });
  return file();
}

export const decisionsOfDescent = () => [permits(), checks(), lines()];
