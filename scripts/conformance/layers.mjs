// Layers: the lowest clearance wins, signals are pooled, and a layer speaks by what it writes itself.
import { authorized, book, clarify, confirm, maybe, returned } from "./book.mjs";
import {
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
import { arg, given, op } from "./terms.mjs";

const less = (most) => op("<=", arg("n"), most);
const n = (value) => ({ propose: { args: { n: value } } });

function scopes() {
  const { policy: add, file } = book(
    "layers/scope.json",
    "layers",
    "scope over layers: each by its own statements, the lowest wins",
  );
  const of = (name, ...layers) => add(name, policy({ layers, givens: [maybe] }));
  const base = commission();
  const outside = { ...returned("scope"), scope: "outside" };
  const unknown = { ...clarify("scope", "discernment"), scope: "unknown" };
  const within = { ...authorized, scope: "within" };
  of("a silent layer", base, layer("above"))("a layer that writes no block has no opinion", within);
  const narrower = of("a narrower permit", base, layer("above", { scope: scope([permit(2, less(10))]) }));
  narrower("both permit", within, n(10));
  narrower("only the one below permits", outside, n(11));
  const wider = of(
    "a wider permit",
    commission({ scope: scope([permit(1, less(10))]) }),
    layer("above", { scope: scope([permit(2)]) }),
  );
  wider("a layer above widens nothing", outside, n(11));
  const forbids = of(
    "a forbid above",
    base,
    layer("above", { scope: scope([permit(2)], [forbid(3, op(">", arg("n"), 5))]) }),
  );
  forbids("a forbid above counts", outside, n(6));
  forbids("a forbid above that is false", within, n(5));
  of(
    "an empty scope above",
    base,
    layer("above", { scope: scope([]) }),
  )("a scope without a permit permits nothing", outside);
  of(
    "no scope at all",
    commission({ scope: null }),
    layer("above"),
  )("no layer writes a scope: outside", outside);
  of(
    "unknown above",
    base,
    layer("above", { scope: scope([permit(2, given("maybe"))]) }),
  )("unknown above, within below: unknown", unknown);
  of(
    "unknown below, outside above",
    commission({ scope: scope([permit(1, given("maybe"))]) }),
    layer("above", { scope: scope([permit(2, false)]) }),
  )("unknown below, outside above: outside", outside);
  const limits = of(
    "a limit in each",
    commission({ scope: scope([permit(1)], [], [limit(1, 5)]) }),
    layer("above", { scope: scope([permit(2)], [], [limit(2, 2)]) }),
  );
  const past = (count) => ({
    history: Array.from({ length: count }, () => ({
      tool: "act",
      args: { n: 1 },
      ago: "1h",
      classes: ["free", null],
    })),
  });
  limits("the narrower limit is kept", within, past(1));
  limits("the narrower limit is passed", outside, past(2));
  of(
    "three layers",
    base,
    layer("one", { scope: scope([permit(2, less(10))]) }),
    layer("two", { scope: scope([permit(3, op(">=", arg("n"), 5))]) }),
  )("three layers, all have to permit: 5 to 10", outside, n(4));
  of(
    "three layers, all",
    base,
    layer("one", { scope: scope([permit(2, less(10))]) }),
    layer("two", { scope: scope([permit(3, op(">=", arg("n"), 5))]) }),
  )("three layers, all permit", within, n(7));
  of(
    "two of a commission",
    commission({ name: "base", scope: scope([permit(1, less(10))]) }),
    commission({ name: "own", scope: scope([permit(2, op(">=", arg("n"), 5))]) }),
  )("two layers of one commission: each by itself", outside, n(4));
  return file();
}

function groundings() {
  const { policy: add, file } = book(
    "layers/grounding.json",
    "layers",
    "grounding over layers: supports by minimum, tolerance and U each layer's own",
  );
  const world_ = {
    sources: [world("a", 0.9), world("b", 0.5)],
    facts: [fact("f", "int", ["a"]), fact("g", "int", ["b"])],
    claims: [{ name: "x", type: "int" }],
  };
  const is7 = (name) => op("===", op("fact", name), 7);
  const claimed = (name) => op("===", { val: ["claim", "x"] }, op("fact", name));
  const of = (name, ...layers) => add(name, policy({ ...world_, layers }));
  const all = {
    facts: ["f", "g"].map((name) => ({
      name,
      answers: [{ by: { [name === "f" ? "a" : "b"]: { value: 7 } } }],
    })),
  };
  const sure = (confidence) => ({ propose: { claims: { x: { value: 7, confidence } } } });
  const grounded = (confidence, support) => ({ ...authorized, grounding: "grounded", confidence, support });
  const commissioned = (grounds, more) => commission({ grounding: grounding(grounds, more) });
  const above = (grounds, more) => layer("above", { grounding: grounding(grounds, more) });
  of("a check in each", commissioned([ground(1, is7("f"))]), above([ground(2, is7("g"))]))(
    "supports are pooled by the least",
    grounded(0.5, 0.5),
    all,
  );
  of("a check above alone", commissioned([], { unsupported: 0.2 }), above([ground(2, is7("f"))]))(
    "a check above does not lift what the commission allows unsupported",
    grounded(0.2, 0.9),
    all,
  );
  of(
    "unsupported above",
    commissioned([], { unsupported: 0.2 }),
    above([], { unsupported: 0.8 }),
  )("`unsupported` of a layer above is not the commission's", grounded(0.2, null));
  of(
    "unsupported below",
    commissioned([], { unsupported: 0.8 }),
    above([], { unsupported: 0.2 }),
  )("nor does a lesser one above lower it", grounded(0.8, null));
  of(
    "unsupported of two",
    { ...commissioned([], { unsupported: 0.8 }), name: "base" },
    commissioned([], { unsupported: 0.3 }),
  )("of a commission's layers the least", grounded(0.3, null));
  of(
    "unsupported of one of two",
    { ...commissioned([]), name: "base" },
    commissioned([], { unsupported: 0.3 }),
  )("of a commission's layers only those that write one", grounded(0.3, null));
  of("false above", commissioned([ground(1, is7("f"))]), above([ground(2, op("===", op("fact", "f"), 8))]))(
    "a check above that is false contradicts",
    { ...returned("grounding"), grounding: "contradicted" },
    all,
  );
  of("unsettled above", commissioned([ground(1, is7("f"))]), above([ground(2, is7("g"))]))(
    "a check above that is not settled: unverified",
    { ...clarify("grounding", "discernment"), grounding: "unverified" },
    { facts: [all.facts[0]] },
  );
  const tolerant = of(
    "tolerance of each",
    commissioned([ground(1, claimed("g"))], { tolerance: 0.3 }),
    above([ground(2, claimed("g"))], { tolerance: 0 }),
  );
  tolerant(
    "the tolerance of its own layer: the stricter stops",
    { ...returned("grounding"), grounding: "overconfident", claims: [["x", "overconfident", 0.5]] },
    { ...all, ...sure(0.6) },
  );
  tolerant("both are kept", grounded(0.5, 0.5), { ...all, ...sure(0.5) });
  of("a claim above", commissioned([ground(1, is7("f"))]), above([ground(2, claimed("f"))]))(
    "a claim that a check above mentions has to be made",
    { ...returned("grounding"), grounding: "unclaimed" },
    all,
  );
  of("a silent layer above", commissioned([ground(1, is7("f"))]), layer("above"))(
    "a layer without the block checks nothing",
    grounded(0.9, 0.9),
    all,
  );
  return file();
}

function reversibilities() {
  const { policy: add, file } = book(
    "layers/reversibility.json",
    "layers",
    "reversibility over layers: the lowest finding, the gravest class, all who are named",
  );
  const classes = [
    { name: "free" },
    { name: "warm", confidence: 0.5 },
    { name: "grave", confirm: "owner", limit: { id: "limit/000000000009", to: 1, per: "session" } },
  ];
  const of = (name, ...layers) => add(name, policy({ classes, givens: [maybe], layers }));
  const above = (...given_) => layer("above", { reversibility: reversibility(...given_) });
  const recoverable = (name) => ({ ...authorized, reversibility: "recoverable", class: name });
  const held = { ...confirm("reversibility"), reversibility: "held", class: "grave", awaiting: ["owner"] };
  of("graver above", commission(), above([treat(1, "grave")], null))("a graver class above holds", held);
  of(
    "milder above",
    commission({ reversibility: reversibility([treat(1, "grave")]) }),
    above([treat(2, "free")], null),
  )("a milder class above lifts nothing", held);
  of(
    "no line above",
    commission(),
    above([treat(1, "grave", false)], null),
  )("a layer above without a line that applies, and without otherwise, has no opinion", recoverable("free"));
  of("otherwise above", commission(), above([], "grave"))("otherwise of a layer above counts", held);
  of(
    "unknown above",
    commission(),
    above([treat(1, "grave", given("maybe"))], null),
  )("an unknown line above: the class may be grave, or none", {
    ...clarify("reversibility", "discernment"),
    reversibility: "indeterminate",
    class: "grave",
    mildest: "free",
  });
  of(
    "held and unknown",
    commission({ reversibility: reversibility([treat(1, "grave")]) }),
    above([treat(2, "grave", given("maybe"))], null),
  )("held below and indeterminate above: the lowest", {
    ...clarify("reversibility", "discernment"),
    reversibility: "indeterminate",
  });
  const counted = of(
    "a limit by layer",
    commission({ reversibility: reversibility([treat(1, "free")]) }),
    above([treat(2, "grave")], null),
  );
  counted(
    "a class limit counts what this layer saw",
    { ...held, reversibility: "held" },
    { history: [{ tool: "act", args: { n: 1 }, ago: "1h", classes: ["free", "grave"] }] },
  );
  counted("confirmed, all layers are content", recoverable("grave"), { confirmations: [{ by: "owner" }] });
  return file();
}

function discernments() {
  const { policy: add, file } = book(
    "layers/discernment.json",
    "layers",
    "discernment over layers: ambiguity by maximum, the least threshold",
  );
  const of = (name, ...layers) => add(name, policy({ layers, givens: [maybe] }));
  const lines = (limit_, ...weights) =>
    discernment(
      limit_ === null ? [] : [threshold(1, limit_)],
      weights.map((weight, i) => gray(i + 1, weight)),
    );
  const clear = (ambiguity, limit_) => ({
    ...authorized,
    discernment: "clear",
    ambiguity,
    threshold: limit_,
  });
  const ambiguous = (ambiguity, limit_) => ({
    ...clarify("discernment"),
    discernment: "ambiguous",
    ambiguity,
    threshold: limit_,
  });
  const above = (...given_) => layer("above", { discernment: lines(...given_) });
  of(
    "gray above",
    commission({ discernment: lines(0.3) }),
    above(null, 0.5),
  )("a gray line above counts", ambiguous(0.5, 0.3));
  of(
    "gray in both",
    commission({ discernment: lines(0.6, 0.2) }),
    above(null, 0.5),
  )("the greatest of all layers", clear(0.5, 0.6));
  of(
    "stricter above",
    commission({ discernment: lines(0.6, 0.5) }),
    above(0.3),
  )("a stricter threshold above counts", ambiguous(0.5, 0.3));
  of(
    "looser above",
    commission({ discernment: lines(0.3, 0.5) }),
    above(0.9),
  )("a looser threshold above lifts nothing", ambiguous(0.5, 0.3));
  of(
    "only above",
    commission({ discernment: lines(null, 0.5) }),
    above(0.9),
  )("a threshold above does not stand in for the commission's", ambiguous(0.5, 0));
  of(
    "two of a commission",
    commission({ name: "base", discernment: lines(0.6, 0.5) }),
    commission({ discernment: lines(null) }),
  )("one of the commission's layers writes a threshold: it counts for all", clear(0.5, 0.6));
  of(
    "a floor above",
    commission(),
    layer("above", {
      discernment: discernment([], [], { fidelity: { id: "fidelity/000000000001", atLeast: 0.5 } }),
    }),
  )("a floor for messages above counts", ambiguous(1, 0.5));
  return file();
}

function pooled() {
  const { policy: add, file } = book(
    "layers/decision.json",
    "layers",
    "the decision is the lowest that any finding gives in any layer",
  );
  const classes = [{ name: "free" }, { name: "grave", confirm: "owner" }];
  const stops = {
    authorize: layer("fine"),
    confirm: layer("holds", { reversibility: reversibility([treat(9, "grave")], null) }),
    clarify: layer("asks", { discernment: discernment([], [gray(9, 0.9)]) }),
    return: layer("forbids", { scope: scope([{ ...permit(9), tools: ["*"] }], [forbid(9)]) }),
  };
  const by = { authorize: [], confirm: ["reversibility"], clarify: ["discernment"], return: ["scope"] };
  const words = ["return", "clarify", "confirm", "authorize"];
  for (const a of words)
    for (const b of words) {
      const one = add(
        `${a} and ${b}`,
        policy({ classes, layers: [commission(), stops[a], { ...stops[b], name: `${stops[b].name} too` }] }),
      );
      const lowest = words[Math.min(words.indexOf(a), words.indexOf(b))];
      one(`one layer gives ${a}, another ${b}`, { decision: lowest, stoppedBy: by[lowest] });
    }
  return file();
}

export const overLayers = () => [scopes(), groundings(), reversibilities(), discernments(), pooled()];
