import fc from "fast-check";
import type { Descent, Knowledge } from "../../../src/ir/knowledge.js";
import { drawn } from "../generate/choices.js";
import { oracleOf } from "../generate/oracle.js";
import { reachedBy } from "../generate/reached.js";
import { trees } from "../generate/tree.js";
import { clearance } from "../support/clearance.js";
import { answered, judge, type Judged } from "../support/judge.js";
import { compared, must, mustBeSame } from "../support/must.js";
import { property } from "../support/property.js";
import { wiselyRuled } from "../support/rulings.js";
import { livedTree, type Lived, type Made, type Member } from "../support/tree.js";
import { type Narrowed, narrowedOf } from "./t08-attenuation.js";

/** Every telling has what reached the session that it is of, and what of that reached one below it. */
interface HandedDown extends Narrowed {
  readonly reached: readonly (readonly [Descent, Descent])[];
}

/** A part of what a session carries. */
const partOf = (less: Descent, more: Descent): Descent => ({
  bullets: more.bullets.filter((name) => less.bullets.includes(name)),
  givens: more.givens.filter((name) => less.givens.includes(name)),
  tools: more.tools.filter((name) => less.tools.includes(name)),
  hops: [...more.hops, ...less.hops],
});

const handedDown: fc.Arbitrary<HandedDown> = drawn((draw): HandedDown => {
  const narrowed = narrowedOf(draw, { stories: 6, proposals: 10 });
  const { tellings, engine } = narrowed.scenario;
  const reached = tellings.map(() => {
    const own = reachedBy(draw, engine.policy);
    return [own, partOf(reachedBy(draw, engine.policy), own)] as const;
  });
  const told = fc.stringify(narrowed);
  return {
    ...narrowed,
    reached,
    [fc.toStringMethod]: () => `${told}\n${fc.stringify(reached)}`,
  } as HandedDown;
});

/** A proposal on one story, where all has reached the session, where some has, and where less has. */
function thinning({ scenario, narrowed, reached }: HandedDown): void {
  const { engine, tellings } = scenario;
  for (const [at, { story: told, proposals }] of tellings.entries()) {
    const { descent: _, ...story } = told;
    for (const proposal of proposals) {
      const whole = wiselyRuled(engine, story, proposal);
      const { rulings } = whole.knowledge;
      const on = (descent: Descent): Judged => {
        const { knowledge } = judge(narrowed, { ...story, rulings: [], descent }, proposal);
        return answered(
          narrowed,
          proposal,
          { ...knowledge, rulings },
          oracleOf(narrowed.policy, story.oracle, story.now),
        );
      };
      const [some, less] = (reached[at] as HandedDown["reached"][number]).map(on) as [Judged, Judged];
      mustBeSame("the same proposal", less.evaluation.decision.proposal, whole.evaluation.decision.proposal);
      notRaised(whole, some, "to a session below, under a layer more");
      notRaised(some, less, "as less reaches it");
    }
  }
}

function notRaised(before: Judged, after: Judged, how: string): void {
  const [was, is] = [before.evaluation.decision, after.evaluation.decision];
  compared();
  must(
    clearance(is.decision) <= clearance(was.decision),
    `${was.decision} becomes ${is.decision} ${how}`,
    after,
    {
      before: was,
    },
  );
}

const neverRaises = property({
  id: "T8.descent",
  says: "attenuation: no delegation raises a clearance, whatever narrowing it puts on and whatever is lost on the way",
  of: handedDown,
  check: thinning,
});

// ------------------------------------------------------------------ trees of sessions

/** What a limit of the policy lets through, all that its tree did taken together. */
function staysWithin({ made }: Lived, most: { readonly count: number; readonly sum: number }): void {
  const amounts = made.flatMap(({ decision: { decision, action } }) =>
    decision === "authorize" && action?.tool === "act" ? [action.args.n as number] : [],
  );
  compared(amounts.length);
  const sum = amounts.reduce((total, one) => total + one, 0);
  if (amounts.length > most.count || sum > most.sum)
    throw new Error(
      `a tree authorized ${amounts.length} actions of ${sum} in all; one session has ${most.count} of ${most.sum}`,
    );
}

const limits = property({
  id: "T8.tree",
  says: "attenuation: a tree of sessions authorizes no more under a limit than one session",
  of: trees,
  share: 4,
  check: async (tree) => staysWithin(await livedTree(tree), tree.most),
});

/** All that a session holds, as boundaries write it; of givens with their values. */
async function heldBy({ session }: Member): Promise<Set<string>> {
  const { bullets, givens, uses, passes } = await session.context();
  return new Set([
    ...bullets.map(({ name, text }) => `intent.${name}: ${text}`),
    ...givens.map(({ name, value }) => `given.${name}: ${JSON.stringify(value)}`),
    ...[...uses.map(({ name }) => name), ...passes].map((tool) => `tool ${tool}`),
  ]);
}

const contexts = property({
  id: "T8.context",
  says: "attenuation: what a session holds is a part of what the one holds that made it",
  of: trees,
  check: async (tree) => {
    for (const member of (await livedTree(tree)).members) {
      if (member.parent === undefined) continue;
      const [own, upper] = [await heldBy(member), await heldBy(member.parent)];
      const more = [...own].filter((thing) => !upper.has(thing));
      compared();
      mustBeSame(`${member.session.id} holds what nobody above it does`, more, []);
    }
  },
});

/**
 * What the session above would have been judged on, had it proposed the same in its place: the same records and the same tier, for what is
 * asked is not whose tool it is but what is known.
 */
async function above({ session }: Member, knowledge: Knowledge): Promise<Knowledge> {
  const { descent, ...all } = knowledge;
  if (session.id === session.root || descent === undefined) return all;
  const { bullets, givens, uses } = await session.context();
  const tools = [...uses.map(({ name }) => name), ...descent.tools];
  const names = (of: readonly { readonly name: string }[]): string[] => of.map(({ name }) => name);
  return { ...all, descent: { bullets: names(bullets), givens: names(givens), tools, hops: [] } };
}

async function wouldHaveBeen({ member, proposal, knowledge, decision }: Made): Promise<void> {
  if (member.parent === undefined) return;
  const { engine } = member.parent;
  const known = await above(member.parent, knowledge);
  const evaluation = engine.evaluate(proposal, known);
  compared();
  must(
    clearance(decision.decision) <= clearance(evaluation.decision.decision),
    `${member.session.id} comes to ${decision.decision}, and the session above it to ${evaluation.decision.decision}`,
    { engine, proposal, knowledge: known, evaluation },
    { below: decision },
  );
}

const noMore = property({
  id: "T8.above",
  says: "attenuation: what a session authorizes, the one that made it would have authorized on the same records",
  of: trees,
  share: 2,
  check: async (tree) => {
    for (const made of (await livedTree(tree)).made) await wouldHaveBeen(made);
  },
});

export const t08OfDelegations = [neverRaises, limits, contexts, noMore];
