import type { Json } from "../../ir/json.js";
import type { Frame, Prepared, Visit } from "../frame.js";
import { same, truthOf, UNKNOWN, type Unknown, type Value } from "../value.js";
import { strict } from "./node.js";
import { result } from "./scalars.js";

/** `[a, b]`: a list holding an unknown is not one. */
export function listOf(elements: readonly Prepared[]): Prepared {
  return strict("list", elements, (...values: Json[]) => values);
}

/** `in`: whether some element is equal. Nothing, not even what is not known, is in an empty list. */
export function member(operands: readonly Prepared[]): Prepared {
  const among = strict("in", operands, () => UNKNOWN);
  const value = (frame: Frame): Value => {
    const list = operands[1]?.value(frame);
    if (!Array.isArray(list)) return UNKNOWN;
    const one = list.length === 0 ? null : operands[0]?.value(frame);
    return one === UNKNOWN || one === undefined ? UNKNOWN : list.some((item) => same(item, one));
  };
  return {
    value,
    open: (known, full, visit) => {
      if (value(known) === UNKNOWN) among.open(known, full, visit);
    },
  };
}

export function count(operand: Prepared): Prepared {
  return strict("count", [operand], (list: Json) => (Array.isArray(list) ? list.length : UNKNOWN));
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
  if (truth === decisive || so === decisive) return decisive;
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
    if (elements === UNKNOWN) return UNKNOWN;
    let so = start;
    for (const element of elements) {
      frame.locals[slot] = element;
      so = step(so, body.value(frame));
      if (done(so)) break;
    }
    return so;
  };
  const open = (known: Frame, full: Frame, visit: Visit): void => {
    if (value(known) !== UNKNOWN) return;
    const atHand = elementsOf(lists, known);
    if (atHand === UNKNOWN) for (const list of lists) list.open(known, full, visit);
    const inFull = atHand === UNKNOWN ? elementsOf(lists, full) : atHand;
    let opened = false;
    const each: readonly Value[] = inFull === UNKNOWN ? [UNKNOWN] : inFull;
    for (const element of each) {
      full.locals[slot] = element;
      if (atHand === UNKNOWN) known.locals[slot] = UNKNOWN;
      else known.locals[slot] = element;
      body.open(known, full, (leaf) => {
        opened = true;
        visit(leaf);
      });
    }
    if (!opened && atHand !== UNKNOWN) visit({ kind: "operation", operator: kind });
  };
  return { value, open };
}

/** All elements of the lists in order; unknown where a list is. */
function elementsOf(lists: readonly Prepared[], frame: Frame): readonly Value[] | Unknown {
  const [only] = lists;
  if (only !== undefined && lists.length === 1) return asList(only.value(frame));
  const all: Value[] = [];
  for (const list of lists) {
    const some = asList(list.value(frame));
    if (some === UNKNOWN) return UNKNOWN;
    all.push(...some);
  }
  return all;
}

function asList(list: Value): readonly Value[] | Unknown {
  if (list === undefined) return [];
  return Array.isArray(list) ? list : UNKNOWN;
}
