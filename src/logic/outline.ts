import type { Json } from "../ir/json.js";
import type { Predicate } from "../ir/predicate.js";
import { operationOf, subRulesOf } from "../ir/sub-rules.js";
import { type Frame, type Prepared, type Slots, variant } from "./frame.js";
import { constant } from "./operators/node.js";
import { prepare } from "./prepare.js";
import { isOpen, type Value } from "./value.js";

/**
 * A predicate with every sub-expression of it prepared by itself, so that each can be evaluated whatever the others are:
 * nothing is passed over because something else decides. Made only where somebody wants to see inside.
 */
export interface Outline {
  /** Where it stands in the predicate: indices of operands (ir/policy.ts, `conditions`). */
  readonly at: readonly number[];
  readonly operator: string;
  readonly rule: Predicate;
  readonly prepared: Prepared;
  /** Sub-expressions, without literals. */
  readonly parts: readonly Outline[];
  /** Of `every`, `some`, `tally` and `total`: what is evaluated for each element. */
  readonly over: Over | undefined;
}

interface Over {
  readonly variable: string;
  readonly slot: number;
  /** A list may be a literal, and is then no part. */
  readonly lists: readonly Prepared[];
  /** Undefined: a literal. */
  readonly body: Outline | undefined;
}

/** Prepares a predicate for one tool, as `prepare` does, with its sub-expressions. */
export function outlineOf(
  predicate: Predicate,
  params: ReadonlyMap<string, number>,
  annotated?: Slots["annotated"],
): Outline {
  const known = new Map<object, Prepared>();
  const whole = prepare(predicate, params, annotated, (rule, prepared) => void known.set(rule, prepared));
  // What has not been noted is a literal.
  const preparedOf = (rule: unknown): Prepared => known.get(rule as object) ?? constant(rule as Json);

  const outlined = (rule: Predicate, at: readonly number[], slot: number): Outline => {
    const [operator, operands] = operationOf(rule);
    const subs = subRulesOf(rule);
    const of = (sub: (typeof subs)[number]): Outline =>
      outlined(sub.rule, [...at, ...sub.steps], sub.variable === undefined ? slot : slot + 1);
    const body = subs.find((sub) => sub.variable !== undefined);
    return {
      at,
      operator,
      rule,
      prepared: at.length === 0 ? whole : preparedOf(rule),
      parts: subs.filter((sub) => sub !== body).map(of),
      over: quantifiers.has(operator)
        ? {
            variable: operands[0] as string,
            slot,
            lists: (operands[1] as unknown[]).map(preparedOf),
            body: body && of(body),
          }
        : undefined,
    };
  };
  return outlined(predicate, [], 0);
}

const quantifiers = new Set(["every", "some", "tally", "total"]);

/** So many elements of a list are looked at one by one. */
const mostElements = 1_000;

/** The elements a quantifier goes over, as far as they are looked at; none where a list is not known. */
function elementsOf({ lists }: Over, frame: Frame): Value[] {
  const all: Value[] = [];
  for (const list of lists) {
    const value = list.value(frame);
    if (value === undefined) continue;
    if (!Array.isArray(value)) return [];
    for (const one of value.slice(0, mostElements - all.length)) all.push(one);
  }
  return all;
}

/** So many values of one predicate are visited: lists within lists grow fast. */
const mostVisits = 100_000;

/** Visits every sub-expression with its value; what is said of elements, for each of them. */
export function visitAll(
  outline: Outline,
  frame: Frame,
  visit: (at: Outline, value: Value) => void,
  budget = { left: mostVisits },
): void {
  budget.left -= 1;
  if (budget.left < 0) return;
  visit(outline, outline.prepared.value(frame));
  for (const part of outline.parts) visitAll(part, frame, visit, budget);
  const { over } = outline;
  if (over?.body === undefined) return;
  for (const element of elementsOf(over, frame)) {
    frame.locals[over.slot] = element;
    visitAll(over.body, frame, visit, budget);
  }
}

/** A sub-expression with its value in one frame. */
export interface Valued {
  readonly outline: Outline;
  readonly value: Value;
  readonly parts: readonly Valued[];
  /** Of what is said of elements: the one that decides, else one that is not known, else the first. */
  readonly element: Element | undefined;
  /** Keeps what opens the sub-expression where it stands, also once the frame has moved on. */
  readonly open: (visit: Parameters<Prepared["open"]>[2]) => void;
}

export interface Element {
  readonly variable: string;
  readonly value: Value;
  /** Which of how many, from 1. */
  readonly place: number;
  readonly count: number;
  readonly body: Valued;
}

/** Evaluates every sub-expression; what is said of elements, for one of them. */
export function valuesOf(outline: Outline, frame: Frame): Valued {
  const value = outline.prepared.value(frame);
  const parts = outline.parts.map((part) => valuesOf(part, frame));
  const element = outline.over && elementOf(outline.over, outline.operator, frame);
  // The bound variables of this moment: those of the frame change as other elements are looked at.
  const locals = [...frame.locals];
  return {
    outline,
    value,
    parts,
    element,
    open: (visit) => {
      const then = variant(frame, { locals: [...locals] });
      outline.prepared.open(then, then, visit);
    },
  };
}

function elementOf(over: Over, operator: string, frame: Frame): Element | undefined {
  const { variable, slot, body } = over;
  const elements = elementsOf(over, frame);
  if (body === undefined || elements.length === 0) return undefined;
  const values = elements.map((element) => {
    frame.locals[slot] = element;
    return body.prepared.value(frame);
  });
  const decides = operator === "every" || operator === "some" ? values.indexOf(operator === "some") : -1;
  const place = Math.max(0, decides < 0 ? values.findIndex(isOpen) : decides);
  frame.locals[slot] = elements[place];
  return {
    variable,
    value: elements[place],
    place: place + 1,
    count: elements.length,
    body: valuesOf(body, frame),
  };
}
