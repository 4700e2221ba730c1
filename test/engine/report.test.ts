import { describe, expect, test } from "vitest";
import { createEngine } from "../../src/engine/engine.js";
import type { Knowledge } from "../../src/ir/knowledge.js";
import type { PolicyIr } from "../../src/ir/policy.js";
import type { Predicate } from "../../src/ir/predicate.js";
import type { Proposal } from "../../src/ir/proposal.js";
import { answered, type Blocks, commission, compiled, knowing, past } from "../support/policy.js";

const givens = `
  given maybe: bool asks board "Is it so?"
  given region: string asks owner "Where?"
  given area: enum("north", "south")`;
const tools = `
  tool act(n: int, who?: string, at?: time)
  tool back(who?: string, at?: time, id?: string, n?: int)
  tool idle()`;
const world = `
  unsupported at most 1
  source a is json "a.json" trust 0.9
  source b is json "b.json" trust 0.8
  source web is tool idle as text trust 0.2
  fact f(): int from a "/f"
  fact both(): int from a "/f" from b "/f"
  fact all(): list<string> from a "/l"
  fact of(who: string): int from a "/{who}"
  claim x: int`;

interface Scene {
  readonly blocks?: Blocks;
  readonly proposal?: Partial<Proposal> | { readonly [name: string]: unknown };
  readonly knows?: Partial<Knowledge>;
  /** What the language would refuse, and a policy that was built elsewhere can hold. */
  readonly change?: (policy: PolicyIr) => PolicyIr;
}

/** All that a decision says, but for the digests. */
function told({ blocks = {}, proposal = {}, knows = {}, change = (same) => same }: Scene): unknown {
  const engine = createEngine(change(compiled(commission({ givens, tools, ...blocks }))));
  const given = { tool: "act", args: { n: 1 }, confidence: 1, ...proposal };
  const { decision, asks, values, classes, trust } = engine.decide(given, knowing(knows));
  const { policy: _policy, proposal: _proposal, ...rest } = decision;
  return { ...rest, asks, values, classes, trust };
}

const history = [past("act", { n: 1 })];
const silent = (reason: string): Partial<Knowledge> => ({
  answers: [answered("f", { a: { silent: reason } })],
});
const noOne = (policy: PolicyIr): PolicyIr => ({ ...policy, escalate: [] });
const withGround =
  (condition: Predicate) =>
  (policy: PolicyIr): PolicyIr => ({
    ...policy,
    layers: policy.layers.map((layer) => ({
      ...layer,
      grounding: layer.grounding && {
        ...layer.grounding,
        grounds: layer.grounding.grounds.map((ground) => ({ ...ground, condition })),
      },
    })),
  });
const classes = `
  class free
  class middle above free confirm owner
  class grave above middle confirm board`;

/** What decides is told first, then why; each part in its words. */
const scenes: { readonly [name: string]: Scene } = {
  "nothing in the way": {},
  "a forbid": { blocks: { scope: 'permit *\n forbid act when n == 1 because "one is too few"' } },
  "permits that do not hold": {
    blocks: {
      scope:
        "permit act when n > 1 and n < 9 and n != 1\n permit act when n > 2 and n < 9\n permit act when n > 3\n permit act when n > 4",
    },
  },
  "no permit": { blocks: { scope: "permit idle" } },
  "no scope at all": {
    change: (policy) => ({ ...policy, layers: policy.layers.map((layer) => ({ ...layer, scope: null })) }),
  },
  "a limit per duration": { blocks: { scope: "permit *\n limit act to 1 per 2h" }, knows: { history } },
  "a limit per session": { blocks: { scope: "permit *\n limit act to 1 per session" }, knows: { history } },
  "a limit that the action alone passes": {
    blocks: { scope: "permit *\n limit act sum n to 5 per 2h" },
    proposal: { args: { n: 6 } },
  },
  "a limit whose use cannot be told": {
    blocks: { scope: "permit *\n limit * sum 1 to 5 per session" },
    knows: { history: [past("elsewhere", {})] },
  },
  "a limit whose key cannot be told": {
    blocks: { scope: "permit *\n limit act to 5 per session each given.region" },
    knows: { history },
  },
  "a limit that an undeclared call may have used": {
    blocks: { scope: "permit *\n limit * to 2 per session each actor.id" },
    knows: { history: [past("elsewhere", {})] },
  },
  "another session, actor and tier": { proposal: { session: "other", actor: "other", tier: "other" } },
  "a tier where there are none": { knows: { tier: "lead" } },
  "an undeclared tool": { proposal: { tool: "nothing" } },
  "an argument of another type": { proposal: { args: { n: "one" } } },
  "something that is no proposal": { proposal: { tool: 7, args: [], more: 1 } },
  "a claim called `__proto__`": {
    proposal: { claims: JSON.parse('{"__proto__": {"value": 1}}') as Proposal["claims"] & object },
  },
  "a check that is false": {
    blocks: { grounding: `${world}\n ground act on fact n == 2 and n > 0 because "two is right"` },
  },
  "a claim that is missing": { blocks: { grounding: `${world}\n ground act on fact claim.x == n` } },
  "a claim of another type": {
    blocks: { grounding: `${world}\n ground act on fact claim.x == n` },
    proposal: { claims: { x: { value: "one" } } },
  },
  "a claim that is too sure": {
    blocks: { grounding: `${world}\n ground act on fact claim.x == f()\n tolerance 0.05` },
    proposal: { claims: { x: { value: 7 } } },
    knows: { answers: [answered("f", { a: 7 })] },
  },
  "a check that is borne out": {
    blocks: { grounding: `${world}\n ground act on fact f() == 7 because "it is seven"` },
    knows: { answers: [answered("f", { a: 7 })] },
  },
  "a source that is silent": {
    blocks: { grounding: `${world}\n ground act on fact f() == 7` },
    knows: silent("is down"),
  },
  "a source that was not asked": { blocks: { grounding: `${world}\n ground act on fact f() == 7` } },
  "sources that disagree": {
    blocks: { grounding: `${world}\n ground act on fact both() == 7` },
    knows: { answers: [answered("both", { a: 7, b: 8 })] },
  },
  "a fact of what is not known": {
    blocks: { grounding: `${world}\n ground act on fact of(given.region) == 7` },
  },
  "a fact of what is absent": {
    blocks: { grounding: `${world}\n ground act on fact given.maybe` },
    change: withGround({
      or: [{ val: ["given", "maybe"] }, { "===": [{ fact: ["of", { val: ["arg", "who"] }] }, 7] }],
    }),
  },
  "what is absent, traced": {
    blocks: { grounding: `${world}\n ground act on fact given.maybe` },
    change: withGround({
      or: [{ val: ["given", "maybe"] }, { traced: [{ val: ["arg", "who"] }, ["web"], "text", "value"] }],
    }),
  },
  "a fact that nobody declared": {
    blocks: { grounding: `${world}\n ground act on fact given.maybe` },
    change: withGround({ "===": [{ fact: ["nothing"] }, 7] }),
  },
  "an empty list, traced": {
    blocks: { grounding: `${world}\n ground act on fact all() traced to web` },
    knows: { answers: [answered("all", { a: [] })] },
  },
  "a value traced nowhere": {
    blocks: { grounding: `${world}\n ground act on fact has who and who traced to [web, owner]` },
    proposal: { args: { n: 1, who: "Ann Lee" } },
  },
  "what is not known, traced": {
    blocks: { grounding: `${world}\n ground act on fact given.region traced to web` },
  },
  "an operation without a result": { blocks: { scope: "permit act when n / (n - n) > 1" } },
  "a given of yes and no": { blocks: { scope: "permit act when given.maybe" } },
  "a given with its values, of nobody in particular": {
    blocks: { scope: 'permit act when given.area == "north"' },
  },
  "a given whose values cannot be listed": { blocks: { scope: 'permit act when given.region == "north"' } },
  "something open that nobody can be asked": {
    blocks: {
      scope: 'permit act when given.area == "north"',
      discernment: "threshold 0\n gray act weight 0.5\n escalate owner within 4h",
    },
    change: noOne,
  },
  "a class that is open": {
    blocks: {
      reversibility: `${classes}\n treat act as grave when given.maybe because "who knows"\n otherwise free`,
    },
  },
  "a class that two confirm": {
    blocks: { reversibility: `${classes}\n treat act as grave because "it is grave"\n otherwise free` },
  },
  "a class that asks for more confidence": {
    blocks: { reversibility: "class free\n class sure above free confidence 0.9\n otherwise sure" },
    proposal: { confidence: 0.5 },
  },
  "a class whose limit is used up, and nobody to ask": {
    blocks: { reversibility: "class free\n class few above free limit 1 per session\n otherwise few" },
    knows: { history: [past("act", { n: 1 }, { classes: ["few"] })] },
    change: noOne,
  },
  "an action that can be undone": {
    blocks: {
      reversibility: `${classes}
        treat act as free when has who and has at by back(who: who, at: at, id: result.a.id, n: n) within 2d
        treat act as free when has at and n > 0 by back(at: at, n: f()) within 1d
        otherwise free`,
      grounding: world,
    },
    proposal: { args: { n: 1, at: "2026-01-31T12:00:00Z" } },
    change: (policy) => ({
      ...policy,
      layers: policy.layers.map((layer) => ({
        ...layer,
        reversibility: layer.reversibility && {
          ...layer.reversibility,
          treats: layer.reversibility.treats.map((treat) => ({ ...treat, when: true })),
        },
      })),
    }),
  },
  "a gray line with its question": {
    blocks: {
      discernment:
        'threshold 0\n gray act weight 0.5 asks board "Is this meant?" because "it is odd"\n escalate owner within 4h',
    },
  },
  "a gray line without one": {
    blocks: { discernment: "threshold 0\n gray act weight 0.5\n escalate owner within 4h" },
  },
  "a message that is missing": {
    blocks: { discernment: "threshold 0\n fidelity at least 0.5\n escalate owner within 4h" },
  },
  "no answer in time": { knows: { lapsed: true } },
  "no answer in time of nobody": { knows: { lapsed: true }, change: noOne },
  "an empty list that is proposed, traced": {
    blocks: {
      tools: "tool act(n: int, all: list<string>)\ntool idle()",
      grounding: `${world}\n ground act on fact all traced to web`,
    },
    proposal: { args: { n: 1, all: [] } },
  },
  "a given that nobody declared": {
    blocks: { grounding: `${world}\n ground act on fact given.maybe` },
    change: withGround({ val: ["given", "nothing"] }),
  },
  "a gray line that nobody can be asked about": {
    blocks: { discernment: "threshold 0\n gray act weight 0.5\n escalate owner within 4h" },
    change: noOne,
  },
  "an undo by a tool that nobody declared": {
    blocks: { reversibility: "class free\n treat act as free by back(n: n) within 2d\n otherwise free" },
    change: (policy) => ({ ...policy, tools: policy.tools.filter(({ name }) => name !== "back") }),
  },
  "what returns before what asks": {
    blocks: {
      scope: "permit act when given.maybe",
      grounding: `${world}\n ground act on fact n == 2 and n > 5`,
    },
  },
  "all that is open": {
    blocks: {
      scope: "permit act when given.maybe\n limit act to 5 per session\n forbid act when n > 5",
      grounding: `${world}\n ground act on fact f() == 7`,
      reversibility: `${classes}\n treat act as grave when given.maybe\n treat act as middle when n == 1\n otherwise free`,
      discernment: "threshold 0\n gray act weight 0.5\n fidelity at least 0.5\n escalate owner within 4h",
    },
  },
  "outside, with a limit kept and a forbid open": {
    blocks: {
      scope:
        "permit idle\n forbid act when n == 1\n forbid act when given.maybe\n limit act to 5 per session",
    },
  },
  "permits of which one lacks least": {
    blocks: {
      scope:
        "permit act when n > 1 and n < 9 and n != 5\n permit act when n > 2 and n > 3\n permit act when n > 4 and n > 5\n permit act when n > 6 and n > 7",
    },
  },
  "an open permit whose words were not kept": {
    blocks: { scope: "permit act when given.maybe" },
    change: (policy) => ({ ...policy, spans: {} }),
  },
  "more that is not known than is told": {
    blocks: {
      scope:
        'permit act when given.maybe and given.region == "x" and given.area == "north" and n / (n - n) > 1',
    },
  },
  "a class of two that are true": {
    blocks: {
      reversibility: `${classes}\n treat act as middle when n == 1\n treat act as grave when n > 0\n treat act as grave when n > 5\n otherwise free`,
    },
  },
  "a message that is missing, and tolerated": {
    blocks: { discernment: "threshold 0\n fidelity at least 0.5\n escalate owner within 4h" },
    change: (policy) => ({
      ...policy,
      layers: policy.layers.map((layer) => ({
        ...layer,
        discernment: layer.discernment && {
          ...layer.discernment,
          thresholds: layer.discernment.thresholds.map((threshold) => ({ ...threshold, value: 1 })),
        },
      })),
    }),
  },
  "a message that is missing, and nobody to ask": {
    blocks: { discernment: "threshold 0\n fidelity at least 0.5\n escalate owner within 4h" },
    change: noOne,
  },
  "no answer in time of the only one": {
    blocks: { discernment: "threshold 0.5\n escalate owner within 4h" },
    knows: { lapsed: true },
  },
  "a permit whose words were not kept": {
    blocks: { scope: "permit act when n > 1 and n < 9" },
    change: (policy) => ({ ...policy, spans: {} }),
  },
  "a check whose parts were not kept": {
    blocks: { grounding: `${world}\n ground act on fact n == 2 and n > 0` },
    change: (policy) => ({
      ...policy,
      spans: Object.fromEntries(
        Object.entries(policy.spans).map(([id, all]) => [id, all.map(({ parts: _, ...place }) => place)]),
      ),
    }),
  },
  "a layer that writes nothing": {
    blocks: { scope: "permit act when given.maybe" },
    change: (policy) => ({
      ...policy,
      layers: [
        ...policy.layers,
        {
          name: "bare",
          commission: false,
          scope: null,
          grounding: null,
          reversibility: null,
          discernment: null,
        },
      ],
    }),
  },
  "the nearest of so many permits as are looked at": {
    blocks: { scope: "permit act when n > 1 and n > 2" },
    change: (policy) => {
      const [permit] = policy.layers[0]?.scope?.permits ?? [];
      const ids = Array.from({ length: 1_001 }, (_, i) => `permit/${String(i).padStart(4, "0")}`);
      const permits = ids.map((id, i) => ({
        ...permit,
        tools: ["act"],
        serving: [],
        id,
        when: i < 1_000 ? (permit?.when ?? false) : { ">": [{ val: ["arg", "n"] }, 5] },
      }));
      return {
        ...policy,
        layers: policy.layers.map((layer) => ({
          ...layer,
          scope: layer.scope && { ...layer.scope, permits },
        })),
      };
    },
  },
  "claims of two types": {
    blocks: { grounding: `${world}\n claim w: string\n ground act on fact claim.x == n and claim.w == "a"` },
    proposal: { claims: { x: { value: 1 }, w: { value: "a" } } },
  },
  "a gray line that weighs too little to be asked about": {
    blocks: {
      scope: "permit act when given.maybe",
      discernment:
        "threshold 0.5\n gray act weight 0.5\n gray act when n > 0 weight 0.6\n escalate owner within 4h",
    },
  },
  "a class that only one layer has an opinion on": {
    blocks: { reversibility: `${classes}\n otherwise middle` },
    change: (policy) => ({
      ...policy,
      layers: [
        ...policy.layers,
        {
          name: "silent",
          commission: false,
          scope: null,
          grounding: null,
          reversibility: { treats: [{ id: "treat/x", tools: ["act"], class: "grave", when: false }] },
          discernment: null,
        },
      ],
    }),
  },
  "a long value, traced nowhere": {
    blocks: { grounding: `${world}\n ground act on fact has who and who traced to web` },
    proposal: { args: { n: 1, who: "x".repeat(300) } },
  },
  "half of a surrogate pair": { proposal: { message: "\ud800" } },
  "a tool with a long name": { proposal: { tool: "x".repeat(300) } },
  "so many mistakes that not all are told": {
    proposal: { tool: 1, args: 2, confidence: 3, message: 4, session: 5, tier: 6, actor: 7 },
  },
  "a mistake deep within, under a long name": {
    proposal: { claims: { ["x".repeat(300)]: { value: 1, confidence: 2 } } },
  },
  "a mistake that takes many words": { proposal: { ["x".repeat(300)]: 1 } },
};

test("a decision names its policy, and tells what is malformed apart", () => {
  const engine = createEngine(compiled(commission()));
  const digestOf = (given: unknown): string => engine.decide(given, knowing()).decision.proposal;
  expect(engine.decide(1, knowing()).decision.policy).toEqual({ name: "test", digest: engine.digest });
  expect(engine.decide({ tool: "idle", args: {} }, knowing()).decision.policy).toEqual({
    name: "test",
    digest: engine.digest,
  });
  expect(digestOf(1)).not.toBe(digestOf(2));
  expect(digestOf(undefined)).not.toBe(digestOf("\ud800"));
});

test("the digest of what is proposed, fitting or not, cannot be found by trying out without its salt", () => {
  const engine = createEngine(compiled(commission()));
  const digestOf = (given: unknown, more: Partial<Knowledge> = {}): string =>
    engine.decide(given, knowing(more)).decision.proposal;
  for (const given of [{ tool: "idle", args: {} }, { tool: "nothing" }, 1]) {
    const digests = [digestOf(given), digestOf(given, { salt: "a" }), digestOf(given, { salt: "b" })];
    expect(new Set(digests).size).toBe(3);
    expect(digestOf(given, { salt: "a" })).toBe(digests[1]);
  }
});

describe("what a clarify says of its source", () => {
  const policy = compiled(
    commission({
      givens,
      tools,
      scope: `permit act serving find when given.maybe and n == 1
        permit act serving find, tell when n > 5
        permit idle serving keep
        forbid act serving keep when given.area == "north" and n == 1`,
      discernment: "threshold 0\n gray act when given.maybe and n == 1 weight 0.5\n escalate owner within 4h",
    }),
  );
  const idOf = (text: string): string =>
    Object.keys(policy.spans).find((id) => policy.spans[id]?.[0]?.text.startsWith(text)) as string;
  const [maybe, many, forbid] = [
    "permit act serving find when",
    "permit act serving find, tell",
    "forbid",
  ].map(idOf) as [string, string, string];
  const source = (of: PolicyIr, more: Partial<Knowledge> = {}) =>
    createEngine(of).decide({ tool: "act", args: { n: 1 }, confidence: 1 }, knowing(more)).decision.report
      ?.source;
  const rows = (rules: readonly { effect: string; value: string; residual?: string | undefined }[] = []) =>
    rules.map(({ effect, value, residual }) => [effect, value, residual]);

  test("is which of the tool's lines serve each bullet, whatever they come to", () => {
    expect(source(policy)?.bullets.map(({ name, servedBy }) => [name, [...servedBy].sort()])).toEqual([
      ["find", [maybe, many].sort()],
      ["keep", [forbid]],
      ["tell", [many]],
    ]);
    expect(source({ ...policy, intent: null })?.bullets).toEqual([]);
  });
  test("is what is left of each line that is open, and of a gray one", () => {
    expect(rows(source(policy)?.for)).toEqual([["permit", "unknown", "given.maybe"]]);
    expect(rows(source(policy)?.against)).toEqual([
      ["forbid", "unknown", 'given.area == "north"'],
      ["gray", "unknown", "given.maybe"],
    ]);
  });
  test("is nothing that is left of a line that a principal has settled", () => {
    const rulings = [{ question: maybe, answer: true, by: "board" }];
    expect(rows(source(policy, { rulings })?.for)).toEqual([["permit", "true", undefined]]);
  });
});

test("a refusal names all who refused, by name", () => {
  const engine = createEngine(compiled(commission()));
  const given = { tool: "idle", args: {} };
  const { proposal } = engine.decide(given, knowing()).decision;
  const confirmations = ["owner", "board"].map((by) => ({
    by,
    answer: false,
    proposal,
    policy: engine.digest,
  }));
  expect(engine.decide(given, knowing({ confirmations })).decision.remedies[0]?.satisfy).toBe(
    "`board` and `owner` refused it; propose something else, or let the intent be written anew",
  );
});

test("a limit that a principal says is not kept is told as that", () => {
  const engine = createEngine(compiled(commission({ scope: "permit *\n limit * sum 1 to 5 per session" })));
  const given = { tool: "idle", args: {} };
  const elsewhere = { history: [past("elsewhere", {})] };
  const open = engine.decide(given, knowing(elsewhere)).decision.assessments.scope.rules;
  const question = open.find(({ effect }) => effect === "limit")?.id as string;
  const rulings = [{ question, answer: false, by: "owner" }];
  expect(engine.decide(given, knowing({ ...elsewhere, rulings })).decision.remedies).toMatchObject([
    {
      kind: "respecify-intent",
      satisfy:
        "the limit of this session is reached (not kept, as a principal says); a principal has to allow more",
    },
  ]);
});

describe("a decision tells", () => {
  test.each(Object.entries(scenes))("%s", (_, scene) => {
    expect(told(scene)).toMatchSnapshot();
  });
});
