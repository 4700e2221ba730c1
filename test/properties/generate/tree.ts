import fc from "fast-check";
import type { Json } from "../../../src/ir/json.js";
import { type Draw, drawn } from "./choices.js";

/**
 * A policy whose commission is handed down, and what is done in the tree of its sessions. It is a policy of few words, since what is
 * tried of it is the sessions: almost everything is permitted, so that delegations come about and limits are reached.
 */
export interface Tree {
  readonly text: string;
  /** What the limits of the policy let `act` come to in one session: how often, and how much. */
  readonly most: { readonly count: number; readonly sum: number };
  readonly steps: readonly Step[];
}

/** `who`: which of the sessions that there are by then, counted round. */
export type Step = { readonly who: number } & (
  | { readonly delegate: { readonly [name: string]: Json } }
  | { readonly propose: { readonly tool: string; readonly args: { readonly [name: string]: Json } } }
);

const bullets = ["find", "tell", "keep"] as const;
const conditions = [
  "",
  " when n <= given.most",
  " when given.open or n < 2",
  ' when given.region == "EU"',
] as const;
const narrowings = [
  "scope { permit * forbid act when n > 2 }",
  "scope { permit * limit act to 1 per session }",
  "discernment { gray act when n > given.most weight 0.4 }",
] as const;
/** Named now and then in a delegation, whether or not it can be handed down. */
const carriable = [
  "intent.*",
  "intent.find",
  "intent.tell",
  "given.*",
  "given.most",
  "given.region",
] as const;
const tools = ["act", "look", "delegate"] as const;
const tierNames = ["root", "lead", "worker"] as const;

export const trees: fc.Arbitrary<Tree> = drawn((draw) => {
  const tree = treeOf(draw);
  return { ...tree, [fc.toStringMethod]: () => `${tree.text}\n${fc.stringify(tree.steps)}` } as Tree;
});

function treeOf(draw: Draw): Tree {
  const most = { count: draw.pick([3, 2, 5]), sum: draw.pick([4, 7, 2]) };
  return draw.span(() => ({
    text: textOf(draw, most),
    most,
    steps: draw.list(1, 24, () => stepOf(draw), 96),
  }));
}

function textOf(draw: Draw, { count, sum }: Tree["most"]): string {
  const permit = (tool: string, condition: string): string =>
    `permit ${tool} serving ${draw.subset(bullets, 40).concat("find").filter(first).join(", ")}${condition}`;
  return `policy test.tree
principal owner "The owner"
intent {
  find "Find the accounts of the region."
  tell "Tell of the accounts."
  keep "Keep all else."
  given region: string = "EU"
  given most: int asks owner "How many?"
  given open: bool = true
}
tool act(n: int)
tool look(n: int)
tool delegate(brief: string, tier?: string, tools?: list<string>, carries?: list<string>, narrowing?: string, depth?: int)
scope {
  permit delegate serving find
  ${permit("act", draw.pick(conditions))}
  ${permit("look", draw.pick(conditions))}
  limit act to ${count} per session
  limit act sum n to ${sum} per ${draw.pick(["session", "1h"])}
}
grounding {
  unsupported at most 1
  ${draw.chance(30) ? "ground act on situation n <= given.most" : ""}
}
reversibility { class free otherwise free }
discernment {
  threshold 0.3
  ${draw.chance(30) ? "gray act when n > given.most weight 0.5" : ""}
  escalate owner within 1h
}
${draw.chance(70) ? tiersOf(draw) : ""}`;
}

const first = <T>(one: T, at: number, all: readonly T[]): boolean => all.indexOf(one) === at;

/** A boundary withholds now and then what nothing below it reads: else the policy would not check. */
const tiersOf = (draw: Draw): string => `tiers root > lead > worker
boundary root -> lead { carries intent.*, given.* grants ${draw.pick(["act, look, delegate", "act, delegate passes look"])} }
boundary lead -> worker { carries intent.*, given.* grants ${draw.pick(["act, look, delegate", "act withholds look, delegate"])} }`;

function stepOf(draw: Draw): Step {
  return draw.span(() => {
    const who = draw.below(6);
    if (draw.chance(35)) return { who, delegate: delegationOf(draw) };
    const tool = draw.weighted([
      [4, "act"],
      [1, "look"],
    ] as const);
    return { who, propose: { tool, args: { n: draw.pick([1, 2, 0, 3, 9]) } } };
  });
}

const delegationOf = (draw: Draw): { [name: string]: Json } => ({
  brief: "Find the accounts of the region, and tell of them.",
  ...(draw.chance(25) ? { tier: draw.pick(tierNames) } : {}),
  ...(draw.chance(25) ? { tools: draw.subset(tools, 80) } : {}),
  ...(draw.chance(40) ? { carries: draw.subset(carriable, 60) } : {}),
  ...(draw.chance(25) ? { narrowing: draw.pick(narrowings) } : {}),
  ...(draw.chance(15) ? { depth: draw.below(3) } : {}),
});
