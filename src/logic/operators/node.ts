import type { Frame, Prepared, Visit } from "../frame.js";
import type { Json } from "../../ir/json.js";
import { isOpen, UNKNOWN, type Value } from "../value.js";
import { isUnbound, takes } from "../work.js";

/**
 * A strict operator: unknown as soon as an operand is (or is absent), else what `apply` gives; `apply` gives UNKNOWN
 * where the operation has no result.
 */
export function strict(
  operator: string,
  operands: readonly Prepared[],
  apply: (...values: never[]) => Value,
): Prepared {
  const value = strictValue(operands, apply as (...values: Value[]) => Value);
  return { value, open: openOperands(operator, operands, value) };
}

function strictValue(operands: readonly Prepared[], apply: (...values: Value[]) => Value): Prepared["value"] {
  const [first, second] = operands as [Prepared, Prepared];
  // The common numbers of operands by themselves: no list is made for each evaluation.
  switch (operands.length) {
    case 1:
      return (frame) => {
        const a = first.value(frame);
        return isOpen(a) || !takes(frame, a) ? UNKNOWN : apply(a);
      };
    case 2:
      return second.literal === undefined
        ? strictPair(first, second, apply)
        : strictTo(first, second.literal, apply);
  }
  return (frame) => {
    const values: Value[] = [];
    for (const operand of operands) {
      const value = operand.value(frame);
      if (isOpen(value) || !takes(frame, value)) return UNKNOWN;
      values.push(value);
    }
    return apply(...values);
  };
}

type Pair = (a: Value, b: Value) => Value;

const strictPair =
  (first: Prepared, second: Prepared, apply: Pair): Prepared["value"] =>
  (frame) => {
    const a = first.value(frame);
    if (isOpen(a)) return UNKNOWN;
    const b = second.value(frame);
    return isOpen(b) || !takes(frame, a) || !takes(frame, b) ? UNKNOWN : apply(a, b);
  };

/** Against a literal; of an argument, which is what most conditions read, without asking how. */
function strictTo({ value, slot }: Prepared, b: Json, apply: Pair): Prepared["value"] {
  const applied = (frame: Frame, a: Value): Value =>
    isOpen(a) || !takes(frame, a) || !takes(frame, b) ? UNKNOWN : apply(a, b);
  if (slot === undefined) return (frame) => applied(frame, value(frame));
  return (frame) => {
    const a = frame.args[slot];
    // Outside of loops there is no work to be counted, and a scalar is never open.
    return typeof a !== "object" && typeof a !== "symbol" && a !== undefined && isUnbound(frame)
      ? apply(a, b)
      : applied(frame, a);
  };
}

/** Opens the operands that are open; where all are known, the operation itself has no result. */
export function openOperands(
  operator: string,
  operands: readonly Prepared[],
  value: Prepared["value"],
): Prepared["open"] {
  return (known: Frame, full: Frame, visit: Visit) => {
    if (value(known) !== UNKNOWN) return;
    let visited = false;
    for (const operand of operands)
      if (isOpen(operand.value(known))) {
        visited = true;
        operand.open(known, full, visit);
      }
    if (!visited) visit({ kind: "operation", operator });
  };
}

/** A literal. */
export function constant(value: Json): Prepared {
  return { value: () => value, open: () => {}, literal: value };
}
