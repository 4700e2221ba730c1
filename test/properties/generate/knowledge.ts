import type { Json } from "../../../src/ir/json.js";
import type { Descent } from "../../../src/ir/knowledge.js";
import type { PolicyIr } from "../../../src/ir/policy.js";
import type { Draw } from "./choices.js";
import type { OracleSpec } from "./oracle.js";
import { principalNames } from "./names.js";
import { reachedBy } from "./reached.js";
import { sample, sampleFields, strangers } from "./values.js";

/**
 * What a store could know, as far as it does not depend on how a policy judges: of this the knowledge of one engine is made,
 * so that two policies can be compared on the same past.
 */
export interface Story {
  readonly now: number;
  readonly instruction?: string;
  readonly tier?: string;
  readonly roles: readonly string[];
  readonly givens: { readonly [name: string]: Json };
  readonly past: readonly PastEvent[];
  readonly said: readonly { readonly by: string; readonly text: string }[];
  readonly rulings: readonly RulingSpec[];
  readonly confirmations: readonly ConfirmationSpec[];
  readonly fidelity?: number;
  readonly lapsed: boolean;
  readonly oracle: OracleSpec;
  /** Of a delegated session: what reached it, and the root of its tree where that is another than itself. */
  readonly descent?: Descent;
  readonly root?: string;
  /** Why nothing may be proposed. */
  readonly problems?: readonly string[];
}

/** An authorized action, and what it returned; no output: the result is outstanding. */
export interface PastEvent {
  readonly tool: string;
  readonly args: { readonly [name: string]: Json };
  readonly session: string;
  readonly ago: number;
  readonly output?: Json;
}

export interface RulingSpec {
  /** Which of the policy's statements it answers, counted round. */
  readonly statement: number;
  readonly answer: boolean;
  readonly by: string;
  readonly forSession: boolean;
}

export interface ConfirmationSpec {
  readonly by: string;
  readonly answer: boolean;
  /** Of this proposal under this policy; else of another. */
  readonly of: "this" | "other proposal" | "other policy";
}

const hour = 3_600_000;

/** A sunday noon, a monday's midnight and the end of a year. */
const instants = [
  Date.UTC(2026, 2, 1, 12),
  Date.UTC(2026, 2, 1, 23, 30),
  Date.UTC(2025, 11, 31, 23, 59, 59, 999),
];

export function storyOf(draw: Draw, policy: PolicyIr, tiers: readonly string[]): Story {
  return draw.span(() => ({
    ...toldOf(draw, policy, tiers),
    ...draw.span(() => delegated(draw, policy)),
    ...(draw.chance(2) ? { problems: ["this session has come to its end"] } : {}),
  }));
}

const delegated = (draw: Draw, policy: PolicyIr): Pick<Story, "descent" | "root"> =>
  draw.chance(35) ? { descent: reachedBy(draw, policy), ...(draw.chance(40) ? { root: "s0" } : {}) } : {};

function toldOf(draw: Draw, policy: PolicyIr, tiers: readonly string[]): Story {
  return {
    now: draw.pick(instants),
    ...(draw.chance(30) ? { instruction: "Look at /r/a and https://a.example/x for alpha, 412." } : {}),
    ...(tiers.length > 0 && draw.chance(40) ? { tier: draw.pick([...tiers].reverse()) } : {}),
    ...(draw.chance(1) ? { tier: "ghost" } : {}),
    roles: draw.subset(["alpha", "beta"], 40),
    givens: givensOf(draw, policy),
    past: draw.list(0, 4, () => pastEvent(draw, policy), 50),
    said: draw.list(
      0,
      2,
      () => ({
        by: draw.pick(principalNames),
        text: draw.pick(["alpha", "412", "Use /r/a and ann@a.example, high"]),
      }),
      30,
    ),
    rulings: draw.chance(18) ? draw.list(1, 4, () => rulingOf(draw), 60) : [],
    confirmations: draw.list(0, 3, () => confirmationOf(draw), 45),
    ...(draw.chance(60) ? { fidelity: draw.pick([1, 0.5, 0.499999, 0]) } : {}),
    lapsed: draw.chance(2),
    oracle: oracleOf(draw),
  };
}

function givensOf(draw: Draw, policy: PolicyIr): Story["givens"] {
  const known = (policy.intent?.givens ?? []).filter((given) =>
    draw.chance(given.value === undefined ? 70 : 30),
  );
  return Object.fromEntries(
    known.map((given) => [given.name, draw.chance(4) ? draw.pick(strangers) : sample(draw, given.type).json]),
  );
}

function pastEvent(draw: Draw, policy: PolicyIr): PastEvent {
  const tool = draw.pick(policy.tools);
  return {
    tool: tool.name,
    args: sampleFields(draw, tool.params),
    session: draw.chance(20) ? "s0" : "s1",
    ago: draw.pick([hour / 2, hour - 1, hour, 24 * hour, 23 * hour, 1]),
    ...(draw.chance(80) ? { output: outputOf(draw, policy) } : {}),
  };
}

/** What a tool returns: values that could be arguments, alone, in a text or in fields. */
function outputOf(draw: Draw, policy: PolicyIr): Json {
  const values = draw
    .list(1, 3, () => draw.pick(policy.tools).params)
    .flatMap((params) => Object.values(sampleFields(draw, params)));
  const [first = "alpha", second = 412] = values;
  switch (draw.below(4)) {
    case 0:
      return first;
    case 1:
      return { x: first, y: second };
    case 2:
      return { x: [{ y: first }, { y: second }] };
    default:
      return `It says ${typeof first === "string" ? first : JSON.stringify(first)}, and (${JSON.stringify(second)}).`;
  }
}

const rulingOf = (draw: Draw): RulingSpec => ({
  statement: draw.below(40),
  answer: draw.chance(60),
  by: draw.pick(principalNames),
  forSession: draw.chance(40),
});

const confirmationOf = (draw: Draw): ConfirmationSpec => ({
  by: draw.pick(principalNames),
  answer: !draw.chance(8),
  of: draw.weighted([
    [8, "this"],
    [1, "other proposal"],
    [1, "other policy"],
  ] as const),
});

const oracleOf = (draw: Draw): OracleSpec => ({
  seed: draw.below(1_000),
  trouble: draw.weighted([
    [4, 0],
    [3, 30],
    [3, 70],
  ]),
});
