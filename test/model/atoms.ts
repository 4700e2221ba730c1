import type { FactQuestion } from "../../src/ir/knowledge.js";
import { factState } from "./facts.js";
import { itemsOf, type Locals, noLocals, put, tracedLeaves, tracedOf } from "./put.js";
import { readings } from "./readings.js";
import { isKnown, isOpen, type Open, open, type Term, truthOf } from "./term.js";
import { originOf } from "./tracing.js";
import { everything, type World } from "./world.js";

/** A fact or a traced value that a condition mentions. */
export interface Atom {
  readonly known: boolean;
  readonly contested: boolean;
  readonly support: number;
  /** The question whose sources nobody has asked yet. */
  readonly unasked?: FactQuestion;
}

const isAbsent = (term: Term): boolean => !isKnown(term) && !isOpen(term);
const notKnown: Atom = { known: false, contested: false, support: 0 };

/** The facts and traced values that a condition mentions, whether or not they can still decide it. */
export function atomsOf(world: World, term: Term, locals: Locals = noLocals): Atom[] {
  if (!isOpen(term)) return [];
  const inside = (terms: readonly Term[]): Atom[] => terms.flatMap((one) => atomsOf(world, one, locals));
  const full = (one: Term): Term => put(one, everything(world), locals);
  switch (term.op) {
    case "fact":
      return [...inside(term.of), ...factAtoms(world, term, term.of.map(full))];
    case "traced":
      return [...inside(term.of), ...tracedAtoms(world, term, full(term.of[0] as Term))];
    default:
      if (!isQuantifier(term)) return inside(term.of);
      return [
        ...inside(term.of.slice(0, -1)),
        ...instancesOf(world, term, locals)
          .flatMap((own) => atomsOf(world, term.of.at(-1) as Term, own))
          .map((atom) => (isOverUnknown(world, term, locals) ? { ...atom, known: false, support: 0 } : atom)),
      ];
  }
}

/** Over a list that is not known: it may be empty, and then its condition mentions nothing. */
const isOverUnknown = (world: World, term: Open, locals: Locals): boolean =>
  term.of.slice(0, -1).some((list) => itemsOf(put(list, everything(world), locals)) === undefined);

/** A question that wants something absent is not asked: a guard stands before it. */
function factAtoms(world: World, term: Open, args: readonly Term[]): Atom[] {
  if (args.some(isAbsent)) return readings.absentIsNotUnknown ? [] : [notKnown];
  if (!args.every(isKnown)) return [notKnown];
  const question: FactQuestion = { fact: term.fixed[0] as string, args: args.map((arg) => arg.known) };
  const state = factState(world.policy, world.knowledge, question);
  const { known, contested, support } = state;
  return [{ known, contested, support, ...(state.unasked ? { unasked: question } : {}) }];
}

/** One origin for a list or a record; where nothing is in it, nothing is traced. */
function tracedAtoms(world: World, term: Open, traced: Term): Atom[] {
  if (isAbsent(traced) && !readings.absentIsNotUnknown) return [notKnown];
  const leaves = tracedLeaves(traced);
  if (leaves?.length === 0) return [];
  const truth = truthOf(put({ ...term, of: [traced] }, everything(world)));
  if (truth === "unknown") return [notKnown];
  const supports = (leaves ?? []).map((leaf) =>
    isKnown(leaf) ? originOf(world.policy, world.knowledge, leaf.known, tracedOf(term)).support : 0,
  );
  return [{ known: true, contested: false, support: Math.min(...supports) }];
}

const isQuantifier = ({ op }: Open): boolean => ["every", "some", "tally", "total"].includes(op);

/** What the variable stands for, of each element; of an unknown list, once and for an element that is not known. */
function instancesOf(world: World, term: Open, locals: Locals): Locals[] {
  const [variable] = term.fixed as [string];
  return term.of.slice(0, -1).flatMap((list) => {
    const items = itemsOf(put(list, everything(world), locals)) ?? [open("unknown element", [])];
    return items.map((item) => new Map(locals).set(variable, item));
  });
}

/** The claims that a condition mentions. */
export function claimsIn(term: Term): string[] {
  if (!isOpen(term)) return [];
  const own = term.op === "val" && term.fixed[0] === "claim" ? [term.fixed[1] as string] : [];
  return [...own, ...term.of.flatMap(claimsIn)];
}

/** The claims that are met as it is gone through, element by element. */
export function claimsMet(world: World, term: Term, locals: Locals = noLocals): string[] {
  if (!isOpen(term)) return [];
  const each = isQuantifier(term) ? term.of.slice(0, -1) : term.of;
  const own = term.op === "val" && term.fixed[0] === "claim" ? [term.fixed[1] as string] : [];
  const inside = each.flatMap((one) => claimsMet(world, one, locals));
  const bodies = isQuantifier(term)
    ? instancesOf(world, term, locals).flatMap((at) => claimsMet(world, term.of.at(-1) as Term, at))
    : [];
  return [...own, ...inside, ...bodies];
}

/** The givens that a condition still waits for, in the order in which they stand. */
export function givensIn(term: Term): string[] {
  if (!isOpen(term)) return [];
  const own = term.op === "val" && term.fixed[0] === "given" ? [term.fixed[1] as string] : [];
  return [...own, ...term.of.flatMap(givensIn)];
}
