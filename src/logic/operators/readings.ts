import type { Json } from "../../ir/json.js";
import type { TracedForm } from "../../ir/predicate.js";
import type { Frame, OpenLeaf, Prepared, Slots } from "../frame.js";
import { isOpen, UNKNOWN, type Value } from "../value.js";

/** `val`: a path of own keys from one of the roots. */
export function reading(path: readonly string[], slots: Slots): Prepared {
  const [root, name, ...fields] = path as readonly [string, string, ...string[]];
  switch (root) {
    case "arg":
      return argument(slots.params.get(name), fields);
    case "local":
      return local(slots.locals.lastIndexOf(name), fields);
    case "given":
      return leaf((frame) => field(frame.given(name), fields), { kind: "given", name });
    case "claim":
      return leaf((frame) => field(frame.claim(name), fields), { kind: "claim", name });
    case "actor":
      return leaf((frame) => frame.actor(name), { kind: "circumstance" });
    case "session":
      return leaf((frame) => frame.session(name), { kind: "circumstance" });
    case "now":
      return leaf((frame) => frame.now, { kind: "circumstance" });
    default:
      return leaf(() => UNKNOWN, { kind: "operation", operator: "result" });
  }
}

function argument(slot: number | undefined, fields: readonly string[]): Prepared {
  if (slot === undefined) return leaf(() => UNKNOWN, { kind: "operation", operator: "val" });
  const open = () => {};
  return fields.length === 0
    ? { value: (frame) => frame.args[slot], open, slot }
    : { value: (frame) => field(frame.args[slot], fields), open };
}

/** A bound variable: what is open about it has been visited with its list. */
function local(slot: number, fields: readonly string[]): Prepared {
  if (slot < 0) return leaf(() => UNKNOWN, { kind: "operation", operator: "val" });
  const open = () => {};
  return fields.length === 0
    ? { value: (frame) => frame.locals[slot], open, local: slot }
    : { value: (frame) => field(frame.locals[slot], fields), open };
}

/** A reading that is visited whole wherever it is not known. */
function leaf(value: (frame: Frame) => Value, what: OpenLeaf): Prepared {
  return {
    value,
    open: (known, _full, visit) => {
      if (value(known) === UNKNOWN) visit(what);
    },
  };
}

/** A field of a record: own keys only; of an unknown it is unknown, of an absent one absent. */
function field(value: Value, path: readonly string[]): Value {
  let at = value;
  for (const key of path) {
    if (at === undefined) return at;
    if (typeof at !== "object" || at === null || Array.isArray(at)) return UNKNOWN;
    at = Object.hasOwn(at, key) ? at[key] : undefined;
    if (at === null) at = undefined;
  }
  return at;
}

/** `has`: whether an optional value is there. */
export function presence(of: Prepared): Prepared {
  return {
    value: (frame) => {
      const value = of.value(frame);
      return value === UNKNOWN ? UNKNOWN : value !== undefined;
    },
    open: of.open,
  };
}

/** `fact`: its value, once all its sources agree. */
export function factOf(name: string, args: readonly Prepared[]): Prepared {
  const value = (frame: Frame): Value => {
    const values = allOf(args, frame);
    if (values === undefined) return UNKNOWN;
    const settled = frame.fact(name, values);
    return settled.state === "known" ? settled.value : UNKNOWN;
  };
  return {
    value,
    open: (known, full, visit) => {
      if (value(known) !== UNKNOWN) return;
      for (const arg of args) arg.open(known, full, visit);
      visit({ kind: "fact", name, args: args.map((arg) => arg.value(full)) });
    },
  };
}

function allOf(operands: readonly Prepared[], frame: Frame): Json[] | undefined {
  const values: Json[] = [];
  for (const operand of operands) {
    const value = operand.value(frame);
    if (isOpen(value)) return undefined;
    values.push(value);
  }
  return values;
}

/** `traced`: whether one of the sources said it (semantics.md, *Tracing*). */
export function tracedTo(
  x: Prepared,
  sources: readonly string[],
  form: TracedForm,
  ofFact: boolean,
): Prepared {
  const value = (frame: Frame): Value => {
    const said = x.value(frame);
    if (!isOpen(said)) return frame.traced(said, sources, form, ofFact).truth;
    // Of a list that holds an unknown: false as soon as one of the others is.
    const others = Array.isArray(said) ? (said as Value[]).filter((one) => !isOpen(one)) : [];
    return others.some((one) => frame.traced(one as Json, sources, form, ofFact).truth === false)
      ? false
      : UNKNOWN;
  };
  return {
    value,
    open: (known, full, visit) => {
      if (value(known) !== UNKNOWN) return;
      x.open(known, full, visit);
      visit({ kind: "traced", value: x.value(full), sources, form, ofFact });
    },
  };
}

/** `calls`: how many earlier actions fit. */
export function callsOf(
  tools: readonly string[],
  window: number | null,
  params: readonly (readonly [name: string, value: Prepared])[],
): Prepared {
  const value = (frame: Frame): Value => {
    const wanted: [string, Json][] = [];
    for (const [name, operand] of params) {
      const operandValue = operand.value(frame);
      if (isOpen(operandValue)) return UNKNOWN;
      wanted.push([name, operandValue]);
    }
    return frame.calls(tools, window, wanted);
  };
  return {
    value,
    open: (known, full, visit) => {
      if (value(known) !== UNKNOWN) return;
      for (const [, operand] of params) operand.open(known, full, visit);
      visit({ kind: "circumstance" });
    },
  };
}
