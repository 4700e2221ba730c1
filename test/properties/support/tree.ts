import {
  compileNarrowing,
  createEngine,
  type Decision,
  type Engine,
  type Session,
  Store,
} from "../../../src/index.js";
import type { Knowledge } from "../../../src/ir/knowledge.js";
import type { Step, Tree } from "../generate/tree.js";
import { engineOf } from "./judge.js";

/** A session of a tree, with the engine of its own policy. */
export interface Member {
  readonly session: Session;
  readonly engine: Engine;
  readonly parent: Member | undefined;
}

/** What was decided in a tree, each decision with what it was made on. */
export interface Made {
  readonly member: Member;
  readonly proposal: unknown;
  readonly knowledge: Knowledge;
  readonly decision: Decision;
}

export interface Lived {
  readonly members: readonly Member[];
  readonly made: readonly Made[];
}

/** Lives through the steps of a tree, in a store in memory. */
export async function livedTree({ text, steps }: Tree): Promise<Lived> {
  const engine = engineOf("tree.reshimu", new Map([["tree.reshimu", text]]));
  const heard: Omit<Made, "member">[] = [];
  let now = Date.UTC(2026, 2, 1, 12);
  const store = new Store(engine, undefined, {
    clock: () => ++now,
    narrow: compileNarrowing,
    observer: {
      // A copy: what an observer is told lasts for the call only.
      decided: (proposal, knowledge, decision) =>
        void heard.push(structuredClone({ proposal, knowledge, decision })),
    },
  });
  const tier = engine.policy.tiers[0]?.name;
  const session = await store.open({ id: "s", givens: { most: 2 }, ...(tier === undefined ? {} : { tier }) });
  const members: Member[] = [{ session, engine, parent: undefined }];
  const made: Made[] = [];
  for (const step of steps) {
    const member = members[step.who % members.length] as Member;
    const child = await taken(member, step);
    made.push({ member, ...(heard.at(-1) as Omit<Made, "member">) });
    if (child !== undefined) members.push(child);
  }
  return { members, made };
}

/** Takes a step; gives the session that it made. */
async function taken(member: Member, step: Step): Promise<Member | undefined> {
  if ("propose" in step) {
    await member.session.propose({ ...step.propose, confidence: 1 });
    return undefined;
  }
  const { session } = await member.session.delegate(step.delegate, { confidence: 1 });
  if (session === undefined) return undefined;
  return { session, engine: narrowedBy(member, step.delegate.narrowing), parent: member };
}

function narrowedBy({ engine, session }: Member, text: unknown): Engine {
  if (typeof text !== "string") return engine;
  const { policy } = compileNarrowing({ file: `${session.id}.narrowing`, text }, engine.policy);
  if (policy === null) throw new Error("a session was made under a narrowing that does not check");
  return createEngine(policy);
}
