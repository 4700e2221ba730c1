import type { Ruling } from "../../src/ir/knowledge.js";
import { givensIn } from "./atoms.js";
import { asItReached, isServed } from "./descent.js";
import { put } from "./put.js";
import { type Term, termOf, truthOf } from "./term.js";
import type { Truth } from "./kleene.js";
import { everything, type World } from "./world.js";
import type { PermitIr } from "../../src/ir/policy.js";
import type { Predicate } from "../../src/ir/predicate.js";

/** A condition of a statement, with all that is known put in. */
export const judged = (world: World, condition: Predicate): Term => put(termOf(condition), everything(world));

/** The latest answer to a question by the one who is asked, for this proposal or for the session (semantics.md, *The Beiur report*). */
export function rulingOn(world: World, question: string, asked: string | undefined): Ruling | undefined {
  return world.knowledge.rulings.findLast(
    (ruling) =>
      ruling.question === question &&
      ruling.by === asked &&
      (ruling.proposal === undefined || ruling.proposal === world.digests.proposal),
  );
}

export const answerTo = (world: World, question: string, asked: string | undefined): boolean | undefined =>
  rulingOn(world, question, asked)?.answer;

/** Whom an open condition is asked of: whom the `asks` of a given in it names, else the first of `escalate`. */
export function askedFor({ policy }: World, condition: Term): string | undefined {
  const asks = givensIn(condition).flatMap(
    (name) => policy.intent?.givens.find((given) => given.name === name)?.asks?.principal ?? [],
  );
  return asks[0] ?? policy.escalate[0]?.principal;
}

/** As `ruled`, of a permit: it goes by what reached the acting tier (descent.ts). */
export function permitted(world: World, permit: PermitIr): Truth {
  if (truthOf(judged(world, permit.when)) === "false") return "false";
  const term = judged(asItReached(world), permit.when);
  const truth = isServed(world, permit) ? truthOf(term) : "unknown";
  return truth === "unknown" ? answered(world, permit.id, term) : truth;
}

/** What a statement's condition comes to, after what principals have answered to it where it is unknown. */
export function ruled(world: World, statement: { id: string; when: Predicate }): Truth {
  const term = judged(world, statement.when);
  const truth = truthOf(term);
  return truth === "unknown" ? answered(world, statement.id, term) : truth;
}

function answered(world: World, id: string, condition: Term): Truth {
  const answer = answerTo(world, id, askedFor(world, condition));
  return answer === undefined ? "unknown" : answer ? "true" : "false";
}
