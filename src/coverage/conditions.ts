import type { PolicyIr } from "../ir/policy.js";
import type { Predicate } from "../ir/predicate.js";
import { operationOf, type SubRule, subRulesOf } from "../ir/sub-rules.js";
import type { FieldIr, TypeIr } from "../ir/type.js";

/** A condition within a predicate, that a test can find true, false or unknown (docs/coverage.md). */
export interface Condition {
  /** Where it stands: indices of operands. */
  readonly at: readonly number[];
  readonly rule: Predicate;
  /** Whether it is the whole of a predicate, made of conditions of its own. */
  readonly joins: boolean;
  /** What its variables are elements of, as far as that is known. */
  readonly locals: ReadonlyMap<string, TypeIr | undefined>;
}

type Locals = Condition["locals"];

/** What a predicate's reading is typed by. */
export interface Typed {
  readonly policy: PolicyIr;
  /** The signatures of the tools the statement covers. */
  readonly params: readonly (readonly FieldIr[])[];
}

/**
 * The conditions of a predicate: the whole, and what `and`, `or`, `not` and `if` join, down to what is joined by none of them.
 * A quantifier is one, and its body has its own. `isWritten`: whether a rule has a text of its own; `not in` and `no` are
 * written as one, and so are one condition.
 */
export function conditionsOf(
  predicate: Predicate,
  isBoolean: boolean,
  typed: Typed,
  isWritten: (at: readonly number[]) => boolean,
): Condition[] {
  const found: Condition[] = [];
  const visit = (rule: Predicate, at: readonly number[], boolean: boolean, locals: Locals): void => {
    const [operator] = operationOf(rule);
    const isNegation = operator === "!" && isOneWord(rule, at, isWritten);
    const joins = connectives.has(operator) && !isNegation;
    // `not x` says of `x` what `x` says of itself.
    const isWhole = at.length === 0 && (operator !== "!" || subRulesOf(rule).some(isJoined));
    if (boolean && (!joins || isWhole)) found.push({ at, rule, joins, locals });
    for (const sub of subRulesOf(rule))
      visitSub(sub, rule, [...at, ...sub.steps], boolean, isNegation, locals);
  };
  const visitSub = (
    sub: SubRule,
    of: Predicate,
    at: readonly number[],
    boolean: boolean,
    negated: boolean,
    locals: Locals,
  ): void => {
    const [operator] = operationOf(of);
    // The `in` of a `not in` has been counted; what is within it has not.
    if (negated) {
      for (const inner of subRulesOf(sub.rule))
        visitSub(inner, sub.rule, [...at, ...inner.steps], true, false, locals);
      return;
    }
    const inside =
      sub.variable === undefined ? locals : new Map(locals).set(sub.variable, elementType(of, typed, locals));
    visit(sub.rule, at, isBooleanPart(operator, sub, boolean), inside);
  };
  visit(predicate, [], isBoolean, new Map());
  return found;
}

const isJoined = ({ rule }: SubRule): boolean => connectives.has(operationOf(rule)[0]);
const connectives = new Set(["and", "or", "!", "if"]);

function isBooleanPart(operator: string, { steps, variable }: SubRule, whole: boolean): boolean {
  if (operator === "if") return steps[0] === 0 || whole;
  if (variable !== undefined) return operator !== "total";
  return connectives.has(operator);
}

function isOneWord(
  rule: Predicate,
  at: readonly number[],
  isWritten: (at: readonly number[]) => boolean,
): boolean {
  const [sub] = subRulesOf(rule);
  return sub !== undefined && isWritten(at) && !isWritten([...at, ...sub.steps]);
}

/** The type of the elements that a quantifier goes over, where one of its lists tells it. */
function elementType(quantifier: Predicate, { policy, params }: Typed, locals: Locals): TypeIr | undefined {
  const [, operands] = operationOf(quantifier);
  for (const list of operands[1] as Predicate[]) {
    const [operator, path] = operationOf(list);
    const type =
      operator === "fact"
        ? policy.facts.find((fact) => fact.name === path[0])?.type
        : operator === "val"
          ? params.map((fields) => readingOf(path as string[], fields, policy, locals).type).find(Boolean)
          : undefined;
    if (typeof type === "object" && "list" in type) return type.list;
  }
  return undefined;
}

/** What a reading gives: its type as far as it is told, and whether it looks into JSON, of which nothing is told. */
interface Reading {
  readonly type: TypeIr | undefined;
  readonly untold: boolean;
}

function readingOf(
  [root, name = "", ...fields]: readonly string[],
  params: readonly FieldIr[],
  policy: PolicyIr,
  locals: Locals,
): Reading {
  const declared = {
    arg: () => params.find((one) => one.name === name)?.type,
    given: () => policy.intent?.givens.find((one) => one.name === name)?.type,
    claim: () => policy.claims.find((one) => one.name === name)?.type,
    local: () => locals.get(name),
  }[root as "arg" | "given" | "claim" | "local"];
  const type = declared?.();
  return fields.reduce<Reading>(fieldOf, { type, untold: type === "json" });
}

function fieldOf({ type, untold }: Reading, name: string): Reading {
  const field =
    typeof type === "object" && "record" in type ? type.record.find((one) => one.name === name) : undefined;
  return { type: field?.type, untold: untold || field === undefined || field.type === "json" };
}

/**
 * Whether a condition can be unknown at all, by what it reads: a fact, a trace, a claim, a given that is asked, JSON,
 * a division. What may be absent does not count: the compiler sees to it that something else decides there. Nor does arithmetic
 * that leaves the safe range.
 */
export function canBeUnknown({ rule, locals }: Pick<Condition, "rule" | "locals">, typed: Typed): boolean {
  const [operator, operands] = operationOf(rule);
  const subs = subRulesOf(rule);
  const of = (sub: SubRule): boolean =>
    canBeUnknown(
      {
        rule: sub.rule,
        locals:
          sub.variable === undefined
            ? locals
            : new Map(locals).set(sub.variable, elementType(rule, typed, locals)),
      },
      typed,
    );
  switch (operator) {
    case "fact":
    case "traced":
      return true;
    case "val":
      return readingIsOpen(operands as string[], locals, typed);
    case "has": {
      const [root] = operationOf(operands[0] as Predicate)[1];
      return root !== "arg" && root !== "local" && subs.some(of);
    }
    case "/":
      return !(typeof operands[1] === "number" && operands[1] !== 0) || subs.some(of);
    default:
      return subs.some(of);
  }
}

function readingIsOpen(path: readonly string[], locals: Locals, { policy, params }: Typed): boolean {
  const [root, name] = path;
  if (root === "claim") return true;
  if (root === "given") {
    const given = policy.intent?.givens.find((one) => one.name === name);
    if (given !== undefined && given.value === undefined && given.asks !== undefined) return true;
  }
  if (root !== "arg" && root !== "given" && root !== "local") return false;
  return params.some((fields) => readingOf(path, fields, policy, locals).untold);
}
