import canonicalize from "canonicalize";
import type { Json } from "../../src/ir/json.js";
import type { Predicate } from "../../src/ir/predicate.js";
import type { Truth } from "./kleene.js";

/**
 * A condition while values are put into it (semantics.md, *Three values*): what is known has become a value, what is not
 * stays as it was written. A condition that is still open when all has been put in is unknown.
 */
export type Term = Known | Absent | Open;

export interface Known {
  readonly known: Json;
}

/** What the agent, or a source, has left out. */
export interface Absent {
  readonly absent: true;
}

/** An operator whose operands are not all known, or that has no result. */
export interface Open {
  readonly op: string;
  readonly of: readonly Term[];
  /** What is written into the operator itself: a path, a pattern, the name of a variable. */
  readonly fixed: readonly Json[];
}

export const known = (value: Json): Known => ({ known: value });
export const absent: Absent = { absent: true };
export const open = (op: string, of: readonly Term[], fixed: readonly Json[] = []): Open => ({
  op,
  of,
  fixed,
});

export const isKnown = (term: Term): term is Known => "known" in term;
export const isOpen = (term: Term): term is Open => "op" in term;

/** The same value, whatever the order of its keys. */
export const sameJson = (a: Json, b: Json): boolean => canonicalText(a) === canonicalText(b);

/** A value as text, its keys in order. */
export const canonicalText = (value: Json): string => canonicalize(value) as string;

/** What a condition comes to. */
export function truthOf(term: Term): Truth {
  if (!isKnown(term)) return "unknown";
  return term.known === true ? "true" : "false";
}

/** How many operands, from the first, are rules; those after them are written into the operator. */
const ruleOperands: Readonly<Record<string, number>> = {
  hour: 1,
  weekday: 1,
  extract: 1,
  like: 1,
  matches: 1,
  within: 2,
  traced: 1,
  val: 0,
};

/** A rule of the IR as a term into which nothing has been put. */
export function termOf(rule: Predicate): Term {
  if (typeof rule !== "object") return known(rule);
  if (Array.isArray(rule)) return open("list", rule.map(termOf));
  const [op, operands] = Object.entries(rule)[0] as [string, Json[]];
  const rules = (list: readonly Json[]): Term[] => list.map((one) => termOf(one as Predicate));
  switch (op) {
    case "fact":
      return open("fact", rules(operands.slice(1)), [operands[0] as string]);
    case "every":
    case "some":
    case "tally":
    case "total": {
      const [variable, lists, body] = operands as [string, Json[], Json];
      return open(op, rules([...lists, body]), [variable]);
    }
    case "calls": {
      const [tools, window, ...params] = operands as [Json, Json, ...[string, Json][]];
      return open(op, rules(params.map(([, value]) => value)), [tools, window, params.map(([name]) => name)]);
    }
    case "annotated":
      return open("val", [], ["annotated", ...operands]);
    default: {
      const count = ruleOperands[op] ?? operands.length;
      return open(op, rules(operands.slice(0, count)), operands.slice(count));
    }
  }
}
