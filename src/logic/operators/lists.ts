import type { Json } from "../../ir/json.js";
import type { Frame, Prepared, Visit } from "../frame.js";
import { isOpen, isScalar, listWith, same, truthOf, UNKNOWN, type Unknown, type Value } from "../value.js";
import { openOperands, strict } from "./node.js";
import { isEnough, looping, loopingBoth, takes, takesElement } from "../work.js";
import { result } from "./scalars.js";

/** `[a, b]`: a list that holds an unknown is no unknown list (semantics.md, *Three values*). */
export function listOf(elements: readonly Prepared[]): Prepared {
  return {
    value: (frame) => listWith(elements.map((element) => element.value(frame))),
    open: (known, full, visit) => {
      for (const element of elements) element.open(known, full, visit);
    },
  };
}

/** `in`: whether some element is equal. Nothing, not even what is not known, is in an empty list. */
export function member(element: Prepared, list: Prepared): Prepared {
  const written = scalarsIn(list.literal);
  const value = (frame: Frame): Value => {
    const all = list.value(frame);
    if (!Array.isArray(all)) return UNKNOWN;
    if (all.length === 0) return false;
    const one = element.value(frame);
    if (isOpen(one) || !takes(frame, all)) return UNKNOWN;
    if (written !== undefined) return written.has(one);
    for (const item of all) if (same(item, one)) return true;
    return isOpen(all) ? UNKNOWN : false;
  };
  const open = openOperands("in", [element, list], value);
  if (written === undefined || written.size === 0 || element.local === undefined) return { value, open };
  const work = (list.literal as readonly Json[]).length;
  return { value, open, membership: { slot: element.local, of: written, work } };
}

/** The elements of a list that is written down, where all are compared by identity. */
const scalarsIn = (list: Json | undefined): ReadonlySet<unknown> | undefined =>
  Array.isArray(list) && list.every(isScalar) ? new Set(list) : undefined;

export function count(operand: Prepared): Prepared {
  const value = (frame: Frame): Value => {
    const list = operand.value(frame);
    return Array.isArray(list) ? list.length : UNKNOWN;
  };
  return { value, open: openOperands("count", [operand], value) };
}

export function sum(operand: Prepared): Prepared {
  return strict("sum", [operand], (list: Json) =>
    Array.isArray(list) ? list.reduce<Value>(addTo, 0) : UNKNOWN,
  );
}

function addTo(total: Value, value: Value): Value {
  return typeof total === "number" && typeof value === "number" ? result(total + value) : UNKNOWN;
}

/** How the values of the body over the elements become one; `done` where no further element can change it. */
interface Fold {
  readonly start: Value;
  readonly step: (so: Value, value: Value) => Value;
  readonly done: (so: Value) => boolean;
}

const never = (): boolean => false;
const folds: { readonly [F in "every" | "some" | "tally" | "total"]: Fold } = {
  every: { start: true, step: (so, value) => kleene(so, value, false), done: (so) => so === false },
  some: { start: false, step: (so, value) => kleene(so, value, true), done: (so) => so === true },
  tally: {
    start: 0,
    step: (so, value) => {
      const truth = truthOf(value);
      return truth === UNKNOWN || so === UNKNOWN ? UNKNOWN : (so as number) + Number(truth);
    },
    done: never,
  },
  total: { start: 0, step: addTo, done: never },
};

function kleene(so: Value, value: Value, decisive: boolean): boolean | Unknown {
  const truth = truthOf(value);
  if (truth === decisive) return decisive;
  return truth === UNKNOWN || so === UNKNOWN ? UNKNOWN : !decisive;
}

/** `every`, `some`, `tally`, `total` over lists; an absent list is empty. */
export function over(
  kind: keyof typeof folds,
  slot: number,
  lists: readonly Prepared[],
  body: Prepared,
): Prepared {
  const { start, step, done } = folds[kind];
  const value = (frame: Frame): Value => {
    const elements = elementsOf(lists, frame);
    return elements === UNKNOWN ? UNKNOWN : looping(frame, slot, folded, elements);
  };
  const folded = (frame: Frame, elements: readonly Value[]): Value => {
    let so = start;
    for (const element of elements) {
      if (!takesElement(frame)) return UNKNOWN;
      frame.locals[slot] = element;
      so = step(so, body.value(frame));
      if (done(so)) break;
    }
    return so;
  };
  const open = (known: Frame, full: Frame, visit: Visit): void => {
    if (value(known) !== UNKNOWN) return;
    let opened = false;
    const seen: Visit = (leaf) => {
      opened = true;
      visit(leaf);
    };
    for (const list of lists) list.open(known, full, seen);
    const atHand = elementsOf(lists, known);
    // A claim is mentioned where it stands, also over a list that turns out to be empty: that is not known from `known`.
    if (atHand === UNKNOWN) openClaims(known, full, seen);
    // With elements that are known no more claims are mentioned than with one that is not.
    if (atHand === UNKNOWN && known.work.claimsOnly) return;
    const inFull = elementsOf(lists, full);
    // A list that is known in both has the same length in both.
    const each: readonly Value[] = inFull === UNKNOWN ? [UNKNOWN] : inFull;
    const inBody = inFull === UNKNOWN ? perhaps(seen) : seen;
    loopingBoth(known, full, slot, () => {
      for (const [place, element] of each.entries()) {
        if (!takesElement(known)) return seen({ kind: "operation", operator: kind });
        full.locals[slot] = element;
        known.locals[slot] = atHand === UNKNOWN ? UNKNOWN : atHand[place];
        body.open(known, full, inBody);
      }
    });
    if (!opened && atHand !== UNKNOWN) visit({ kind: "operation", operator: kind });
  };
  const openClaims = (known: Frame, full: Frame, visit: Visit): void => {
    const { claimsOnly } = known.work;
    full.locals[slot] = UNKNOWN;
    known.locals[slot] = UNKNOWN;
    known.work.claimsOnly = true;
    loopingBoth(known, full, slot, () =>
      body.open(known, full, (leaf) => {
        if (leaf.kind === "claim") visit(leaf);
      }),
    );
    known.work.claimsOnly = claimsOnly;
  };
  const { membership } = body;
  return (kind === "some" || kind === "every") &&
    slot === 0 &&
    lists.length === 1 &&
    membership?.slot === slot
    ? { value: atOnce(kind === "some", lists[0] as Prepared, membership, value), open }
    : { value, open };
}

/** `some x in LIST: x in LITERALS`, and `every`, without a loop, where there would be work enough for all of it. */
function atOnce(
  decisive: boolean,
  list: Prepared,
  { of, work }: NonNullable<Prepared["membership"]>,
  otherwise: Prepared["value"],
): Prepared["value"] {
  const read = list.value;
  return (frame) => {
    const elements = read(frame);
    return Array.isArray(elements) && isEnough(elements.length, work)
      ? among(elements, of, decisive)
      : otherwise(frame);
  };
}

/** Whether elements are among those; as soon as one decides, what it decides. */
function among(
  elements: readonly Value[],
  those: ReadonlySet<unknown>,
  decisive: boolean,
): boolean | Unknown {
  let so: boolean | Unknown = !decisive;
  for (let place = 0; place < elements.length; place += 1) {
    const one = elements[place];
    if (isOpen(one)) so = UNKNOWN;
    else if (those.has(one) === decisive) return decisive;
  }
  return so;
}

const perhaps =
  (visit: Visit): Visit =>
  (leaf) =>
    visit(leaf.kind === "fact" || leaf.kind === "traced" ? { ...leaf, perhaps: true } : leaf);

/** All elements of the lists in order; unknown where a list is. */
function elementsOf(lists: readonly Prepared[], frame: Frame): readonly Value[] | Unknown {
  const [first, ...others] = lists as readonly [Prepared, ...Prepared[]];
  if (others.length === 0) return asList(first.value(frame));
  const all: Value[] = [];
  for (const list of lists) {
    const some = asList(list.value(frame));
    if (some === UNKNOWN) return UNKNOWN;
    // Not spread into a call: its arguments would have to fit on the stack.
    for (const element of some) all.push(element);
  }
  return all;
}

function asList(list: Value): readonly Value[] | Unknown {
  if (list === undefined) return [];
  return Array.isArray(list) ? list : UNKNOWN;
}
