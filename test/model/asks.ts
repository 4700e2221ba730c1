import { canonicalText } from "./term.js";
import type { FactQuestion } from "../../src/ir/knowledge.js";
import type { Predicate } from "../../src/ir/predicate.js";
import { atomsOf } from "./atoms.js";
import { asItReached } from "./descent.js";
import { covers, inWindow } from "./history.js";
import { termOf } from "./term.js";
import type { Values, World } from "./world.js";

/** All questions to the world that a statement about the tool mentions, and that nobody has asked yet. */
export function questionsOf(world: World): FactQuestion[] {
  const name = world.tool.name;
  const about = <S extends { tools: string[] }>(statements: readonly S[]): S[] =>
    statements.filter((one) => covers(one.tools, name));
  const conditions = world.policy.layers.flatMap(({ scope, grounding, reversibility, discernment }) => [
    ...about([...(scope?.permits ?? []), ...(scope?.forbids ?? [])]).map((one) => one.when),
    ...about(grounding?.grounds ?? []).map((one) => one.condition),
    ...about(reversibility?.treats ?? []).flatMap((one) => [
      one.when,
      ...(one.undo?.args.map((arg) => arg.value) ?? []),
    ]),
    ...about(discernment?.grays ?? []).map((one) => one.when),
  ]);
  const sources = world.policy.sources.flatMap((one) =>
    one.kind === "tool" && covers(one.tools, name) ? [one.when] : [],
  );
  const limits = about(world.policy.layers.flatMap(({ scope }) => scope?.limits ?? []));
  const asked = [
    ...[...conditions, ...sources].flatMap((condition) => unaskedIn(world, condition)),
    ...limits.flatMap((limit) => {
      const past = inWindow(world.knowledge, limit.per).filter((one) => covers(limit.tools, one.tool));
      const worlds = [world, ...past.map((action) => ({ ...world, args: action.args as Values }))];
      const expressions = [limit.sum, limit.each].filter((one) => one !== undefined);
      return worlds.flatMap((one) => expressions.flatMap((expression) => unaskedIn(one, expression)));
    }),
  ];
  return [...new Map(asked.map((one) => [canonicalText([one.fact, ...one.args]), one])).values()];
}

/** By all that is known, or by what reached the session: a list that it does not know may have elements. */
const unaskedIn = (world: World, condition: Predicate): FactQuestion[] =>
  [world, asItReached(world)]
    .flatMap((one) => atomsOf(one, termOf(condition)))
    .flatMap((atom) => atom.unasked ?? []);
