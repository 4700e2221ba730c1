/**
 * What each validator must find, and what must be decided: read off the rules one after another, with no thought of speed, from
 * docs/decisions.md and nothing of the engine. Every peer must say the same before it is timed.
 */
import { normalPath } from "./paths.js";

/** True, false, or undefined where it is not known. `facts` are by name and argument. */
export function holds(condition, request) {
  const { args, roles } = request;
  const value = args[condition.arg];
  switch (condition.op) {
    case "within":
      return value.startsWith(`${condition.path}/`);
    case "atMost":
      return value <= condition.most;
    case "atLeast":
      return value >= condition.least;
    case "is":
      return value === condition.value;
    case "oneOf":
      return condition.values.includes(value);
    case "short":
      return [...value].length <= condition.most;
    case "anyRole":
      return roles.some((role) => condition.roles.includes(role));
    case "every":
      return value.every((one) => condition.values.includes(one));
    case "some":
      return value.some((one) => condition.values.includes(one));
    case "factAtMost": {
      const fact = (request.facts ?? []).find((one) => one.fact === condition.fact && one.arg === value);
      return fact === undefined || fact.value === null ? undefined : fact.value <= condition.most;
    }
    case "all":
      return together(condition.parts, request, false);
    case "any":
      return together(condition.parts, request, true);
    case "not": {
      const inner = holds(condition.part, request);
      return inner === undefined ? undefined : !inner;
    }
    case "either": {
      const when = holds(condition.when, request);
      const [then, otherwise] = [holds(condition.then, request), holds(condition.otherwise, request)];
      if (when === undefined) return then === otherwise ? then : undefined;
      return when ? then : otherwise;
    }
    default:
      throw new Error(`no condition is called ${condition.op}`);
  }
}

/** `decisive` settles it; what is not known leaves it open; else it is the other. */
function together(parts, request, decisive) {
  const values = parts.map((part) => holds(part, request));
  if (values.includes(decisive)) return decisive;
  return values.includes(undefined) ? undefined : !decisive;
}

/** What of a condition rests on the world: the facts it names. */
function factsIn(condition) {
  if (condition.op === "factAtMost") return [condition];
  const inner = [
    condition.part,
    condition.when,
    condition.then,
    condition.otherwise,
    ...(condition.parts ?? []),
  ];
  return inner.filter((part) => part !== undefined).flatMap(factsIn);
}

/** The four findings and the decision. */
export function decideSlowly(policy, asSent) {
  const path = asSent.args.path === undefined ? undefined : normalPath(asSent.args.path);
  const request = path === undefined ? asSent : { ...asSent, args: { ...asSent.args, path } };
  const mine = (statements) => (statements ?? []).filter(({ tool }) => tool === "*" || tool === request.tool);
  const truths = (statements) =>
    mine(statements).map(({ when }) => (when === undefined ? true : holds(when, request)));

  const scopes = [policy, ...(policy.above ?? [])].map((layer) =>
    scopeOf({
      // A layer above permits everything, and forbids some of it.
      permits: layer === policy ? truths(policy.permits) : [true],
      forbids: truths(layer.forbids),
      passed: mine(layer.limits).some((limit) => isPassed(limit, request, policy.history ?? [])),
    }),
  );
  const scope = ["outside", "unknown", "within"].find((finding) => scopes.includes(finding));

  const checks = mine(policy.grounds).map(({ when }) => ({
    truth: holds(when, request),
    facts: factsIn(when),
  }));
  const grounding = checks.some(({ truth }) => truth === false)
    ? "contradicted"
    : checks.some(({ truth }) => truth === undefined)
      ? "unverified"
      : "grounded";
  const supports = checks.flatMap(({ truth, facts }) =>
    truth === true ? facts.map(() => policy.trust) : [],
  );
  const calibrated = Math.min(request.confidence, ...(supports.length > 0 ? supports : [policy.unsupported]));

  const classes = policy.classes.map(({ name }) => name);
  const true_ = mine(policy.treats).filter(({ when }) => when === undefined || holds(when, request) === true);
  const place =
    true_.length === 0
      ? classes.indexOf(policy.otherwise)
      : Math.max(...true_.map((treat) => classes.indexOf(treat.as)));
  const asked = policy.classes.slice(0, place + 1);
  const reversibility = asked.some(({ confidence, confirm }) => confirm || (confidence ?? 0) > calibrated)
    ? "held"
    : "recoverable";

  const grays = mine(policy.grays).filter(({ when }) => holds(when, request) !== false);
  const doubts = grounding === "unverified" || scope === "unknown" ? [1] : [];
  const ambiguity = Math.max(0, ...doubts, ...grays.map(({ weight }) => weight));
  const discernment = ambiguity > policy.threshold ? "ambiguous" : "clear";
  const found = { scope, grounding, reversibility, discernment };
  return { decision: lowest(found), ...found };
}

function scopeOf({ permits, forbids, passed }) {
  if (permits.every((truth) => truth === false) || forbids.includes(true) || passed) return "outside";
  return permits.includes(true) && !forbids.includes(undefined) ? "within" : "unknown";
}

/** More than it allows, this action included. */
function isPassed(limit, request, history) {
  const amount = (args) => (limit.sum === undefined ? 1 : args[limit.sum]);
  const before = history.filter(({ tool }) => tool === request.tool).map(({ args }) => amount(args));
  return before.reduce((sum, one) => sum + one, 0) + amount(request.args) > limit.to;
}

function lowest(found) {
  const words = Object.values(found);
  if (words.includes("outside") || words.includes("contradicted")) return "return";
  if (words.includes("unknown") || words.includes("unverified") || words.includes("ambiguous"))
    return "clarify";
  return words.includes("held") ? "confirm" : "authorize";
}
