import type { Predicate } from "../ir/predicate.js";
import { type TraceKind, traceKinds } from "../ir/trace.js";
import type { Filter } from "../trace/store.js";

/** What the store can sort out by itself, before a condition is judged. It lets through whatever the condition may hold of. */
export interface Pushed extends Filter {
  /** No record after this time fits, in milliseconds. */
  readonly until?: number;
}

/** The part of a condition that a store can answer: its parts joined by `and` that compare a field with a literal. */
export function pushedDown(when: Predicate, now: number): Pushed {
  return partsOf(when).reduce<Pushed>((pushed, part) => narrowed(pushed, part, now), {});
}

function partsOf(when: Predicate): Predicate[] {
  const [operator, operands] = operationOf(when);
  return operator === "and" ? operands.flatMap(partsOf) : [when];
}

function operationOf(rule: Predicate | undefined): [operator: string, operands: Predicate[]] {
  if (typeof rule !== "object" || rule === null || Array.isArray(rule)) return ["", []];
  const [operator = "", operands] = Object.entries(rule)[0] ?? [];
  return [operator, Array.isArray(operands) ? (operands as Predicate[]) : []];
}

/** `session.id`, or the name of a field; undefined for anything else. */
function fieldRead(rule: Predicate | undefined): string | undefined {
  const [operator, path] = operationOf(rule);
  if (operator !== "val" || path.length !== 2) return undefined;
  if (path[0] === "session") return "session.id";
  return path[0] === "arg" ? (path[1] as string) : undefined;
}

const mirrored: { readonly [operator: string]: string } = {
  "===": "===",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
};

function narrowed(pushed: Pushed, part: Predicate, now: number): Pushed {
  const [operator, [left, right]] = operationOf(part);
  if (operator === "in") return among(pushed, fieldRead(left), right);
  if (!Object.hasOwn(mirrored, operator)) return pushed;
  const [field, literal, turned] =
    fieldRead(left) === undefined
      ? [fieldRead(right), literalOf(left, now), mirrored[operator] as string]
      : [fieldRead(left), literalOf(right, now), operator];
  if (field === undefined || literal === undefined) return pushed;
  if (typeof literal === "string") return turned === "===" ? equal(pushed, field, literal) : pushed;
  return bounded(pushed, field, turned, literal);
}

function among(pushed: Pushed, field: string | undefined, list: Predicate | undefined): Pushed {
  if (field !== "kind" || !Array.isArray(list)) return pushed;
  const kinds = traceKinds.filter((kind) => list.includes(kind));
  return list.every((one) => typeof one === "string") ? withKinds(pushed, kinds) : pushed;
}

const withKinds = (pushed: Pushed, kinds: readonly TraceKind[]): Pushed => ({
  ...pushed,
  kinds: pushed.kinds === undefined ? kinds : pushed.kinds.filter((one) => kinds.includes(one)),
});

/** Two that differ leave nothing: the condition says so itself, whatever was let through. */
function equal(pushed: Pushed, field: string, value: string): Pushed {
  switch (field) {
    case "kind":
      return withKinds(
        pushed,
        traceKinds.filter((kind) => kind === value),
      );
    case "session.id":
      return { ...pushed, session: value };
    case "root":
    case "tool":
    case "policy":
    case "hash":
    case "cause":
      return { ...pushed, [field]: value };
    default:
      return pushed;
  }
}

function bounded(pushed: Pushed, field: string, operator: string, value: number): Pushed {
  const [lower, upper] = [operator === "===" || operator.startsWith(">"), !operator.startsWith(">")];
  const { since = value, until = value, after, upTo } = pushed;
  if (field === "at")
    return {
      ...pushed,
      ...(lower ? { since: Math.max(since, Math.ceil(value)) } : {}),
      ...(upper ? { until: Math.min(until, value) } : {}),
    };
  if (field !== "seq") return pushed;
  return {
    ...pushed,
    ...(lower
      ? { after: Math.max(after ?? 0, operator === ">" ? Math.floor(value) : Math.ceil(value) - 1) }
      : {}),
    ...(upper ? { upTo: Math.min(upTo ?? Number.POSITIVE_INFINITY, Math.floor(value)) } : {}),
  };
}

/** A literal, or a time reckoned from now; undefined for what is none. */
function literalOf(rule: Predicate | undefined, now: number): string | number | undefined {
  if (typeof rule === "string" || typeof rule === "number") return rule;
  const [operator, operands] = operationOf(rule);
  if (operator === "val" && operands.length === 1 && operands[0] === "now") return now;
  if ((operator !== "+" && operator !== "-") || operands.length !== 2) return undefined;
  const [left, right] = operands.map((one) => literalOf(one, now));
  if (typeof left !== "number" || typeof right !== "number") return undefined;
  return operator === "+" ? left + right : left - right;
}
