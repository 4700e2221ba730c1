import type { Json } from "../ir/json.js";
import type { Annotation, Predicate } from "../ir/predicate.js";
import { literalText } from "../ir/print-names.js";
import { flattened } from "../ir/print-predicate.js";
import { type NamesOfTypes, typeOfRule, withLocal } from "../ir/print-types.js";
import { operationOf } from "../ir/sub-rules.js";
import type { TypeIr } from "../ir/type.js";
import type { Frame, Prepared } from "./frame.js";
import { prepare } from "./prepare.js";
import { isOpen, type Value } from "./value.js";

/** What a predicate is put in for: the tool it is asked about, and what is known. */
export interface Setting {
  readonly params: ReadonlyMap<string, number>;
  readonly annotated: readonly Annotation[] | undefined;
  readonly frame: Frame;
  readonly names: NamesOfTypes;
}

/**
 * What is left of a predicate once all that is known is put in (semantics.md, *The Beiur report*, 1), simplified: parts of a chain that
 * are known are gone, a choice whose condition is known is its branch, and every other part that is known is its value, where the
 * language has a literal of it. It means the same as the predicate, in this frame and in every one that knows more.
 */
export function residualOf(predicate: Predicate, setting: Setting): Predicate {
  const known = new Map<object, Prepared>();
  const { params, annotated, frame } = setting;
  prepare(predicate, params, annotated, (rule, prepared) => void known.set(rule, prepared));
  // INVARIANT: every rule in it that is no literal has been prepared.
  const valueIn = (rule: Predicate): Value => (known.get(rule as object) as Prepared).value(frame);
  return put(predicate, { valueIn, names: setting.names, bound: new Set(), arithmetic: false });
}

interface Place {
  valueIn(rule: Predicate): Value;
  readonly names: NamesOfTypes;
  /** Variables that stand for elements here: what reads one has no value by itself. */
  readonly bound: ReadonlySet<string>;
  /** Beside another number, time or duration: a time that is written out would be read as a text there. */
  readonly arithmetic: boolean;
}

function put(rule: Predicate, place: Place): Predicate {
  if (typeof rule !== "object") return rule;
  const value = readsBound(rule, place.bound) ? undefined : place.valueIn(rule);
  if (!isOpen(value) && isWritten(value, typeOfRule(rule, place.names), place)) return value as Predicate;
  const [operator, operands] = operationOf(rule);
  return reduced(operator, operands as readonly Predicate[], rule, place);
}

/** In characters: what is longer says less than the name of what has it. */
const longestLiteral = 120;

/** Whether a value can stand in a policy's text in place of what has it. */
function isWritten(value: Json, type: TypeIr | undefined, { arithmetic }: Place): boolean {
  if (arithmetic && type === "time") return false;
  const text = literalText(value, type);
  return text !== undefined && text.length <= longestLiteral;
}

const compounds: ReadonlySet<string> = new Set(["+", "-", "min", "max"]);
/** Their operand keeps its words: who reads it wants to know what is traced, or is there. */
const opaque: ReadonlySet<string> = new Set(["has", "traced"]);

function reduced(operator: string, operands: readonly Predicate[], rule: Predicate, place: Place): Predicate {
  if (opaque.has(operator)) return rule;
  const inner = { ...place, arithmetic: compounds.has(operator) };
  const each = (all: readonly Predicate[]): Predicate[] => all.map((one) => put(one, inner));
  switch (operator) {
    case "list":
      return each(operands);
    case "and":
    case "or":
      return joined(operator, each(operands));
    case "if":
      return choice(operands, inner);
    case "every":
    case "some":
    case "tally":
    case "total":
      return { [operator]: over(operands, inner) };
    case "calls":
      return {
        calls: [
          ...operands.slice(0, 2),
          ...(operands.slice(2) as [string, Predicate][]).map(([name, value]) => [name, put(value, inner)]),
        ],
      };
    default:
      // What is a text, and no rule, stays as it is.
      return { [operator]: each(operands) };
  }
}

/** A chain without the parts that decide nothing; one that decides is all there is to it. */
function joined(operator: "and" | "or", operands: readonly Predicate[]): Predicate {
  const neutral = operator === "and";
  const open = flattened(operator, operands).filter((one) => one !== neutral);
  if (open.includes(!neutral)) return !neutral;
  if (open.length === 0) return neutral;
  return open.length === 1 ? (open[0] as Predicate) : { [operator]: open };
}

function choice([condition, then, otherwise]: readonly Predicate[], place: Place): Predicate {
  const decided = put(condition as Predicate, place);
  if (typeof decided === "boolean") return put((decided ? then : otherwise) as Predicate, place);
  return { if: [decided, put(then as Predicate, place), put(otherwise as Predicate, place)] };
}

function over([variable, lists, body]: readonly unknown[], place: Place): Predicate[] {
  const all = lists as readonly Predicate[];
  const inside = {
    ...place,
    names: withLocal(place.names, variable as string, all),
    bound: new Set(place.bound).add(variable as string),
  };
  // Lists keep their words: one that is long says less than its name.
  return [variable as string, [...all], put(body as Predicate, inside)];
}

/** Whether a rule reads a variable that stands for an element where the rule is. */
function readsBound(rule: Predicate, bound: ReadonlySet<string>): boolean {
  if (bound.size === 0) return false;
  const waiting: unknown[] = [rule];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (typeof one !== "object" || one === null) continue;
    if (Array.isArray(one)) waiting.push(...one);
    else {
      const path = (one as { readonly val?: unknown }).val;
      if (Array.isArray(path) && path[0] === "local" && bound.has(path[1] as string)) return true;
      waiting.push(...Object.values(one));
    }
  }
  return false;
}
