import type { Frame, Prepared, Visit } from "../frame.js";
import { isOpen, same, truthOf, UNKNOWN, type Unknown, type Value } from "../value.js";

/** Kleene `and` and `or`: `decisive` settles it whatever else is unknown. */
function fold(operands: readonly Prepared[], decisive: boolean): Prepared {
  const values = operands.map((operand) => operand.value);
  const value = (frame: Frame): Value => {
    let result: boolean | Unknown = !decisive;
    for (const each of values) {
      const truth = each(frame);
      if (truth === decisive) return decisive;
      if (typeof truth !== "boolean") result = UNKNOWN;
    }
    return result;
  };
  const open = (known: Frame, full: Frame, visit: Visit): void => {
    if (value(known) !== UNKNOWN) return;
    for (const operand of operands) operand.open(known, full, visit);
  };
  return { value, open };
}

export const and = (operands: readonly Prepared[]): Prepared => fold(operands, false);
export const or = (operands: readonly Prepared[]): Prepared => fold(operands, true);

export function not(operand: Prepared): Prepared {
  return {
    value: (frame) => {
      const truth = truthOf(operand.value(frame));
      return truth === UNKNOWN ? UNKNOWN : !truth;
    },
    open: operand.open,
  };
}

/** `if`: on an unknown condition, what both branches agree on. */
export function conditional(condition: Prepared, then: Prepared, otherwise: Prepared): Prepared {
  const value = (frame: Frame): Value => {
    const truth = truthOf(condition.value(frame));
    if (truth !== UNKNOWN) return (truth ? then : otherwise).value(frame);
    const a = then.value(frame);
    const b = otherwise.value(frame);
    return !isOpen(a) && same(a, b) ? a : UNKNOWN;
  };
  const open = (known: Frame, full: Frame, visit: Visit): void => {
    if (!isOpen(value(known))) return;
    const truth = truthOf(condition.value(known));
    const parts = truth === UNKNOWN ? [condition, then, otherwise] : [truth ? then : otherwise];
    for (const part of parts) part.open(known, full, visit);
  };
  return { value, open };
}
