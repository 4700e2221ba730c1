import type { Annotation, Predicate, TracedForm } from "../ir/predicate.js";
import type { Prepared, Slots } from "./frame.js";
import { and, conditional, not, or } from "./operators/connectives.js";
import { count, listOf, member, over, sum } from "./operators/lists.js";
import { constant } from "./operators/node.js";
import { callsOf, factOf, presence, reading, tracedTo } from "./operators/readings.js";
import { scalarOperators, textOperators, within } from "./operators/scalars.js";

/**
 * Turns a predicate into closures, once (architecture.md: prepared for speed). `params` gives the slot of each parameter
 * of the tool it will be asked about, `annotated` how that tool is marked. The predicate must be well-formed (ir/predicate.ts);
 * types are guarded at run time. `note` is told of every rule in it that is no literal: how each sub-expression is evaluated by
 * itself (outline.ts).
 */
export function prepare(
  predicate: Predicate,
  params: ReadonlyMap<string, number>,
  annotated: Slots["annotated"] = [],
  note?: Slots["note"],
): Prepared {
  return build(predicate, { params, annotated, locals: [], ...(note === undefined ? {} : { note }) });
}

function build(rule: unknown, slots: Slots): Prepared {
  if (isLiteral(rule)) return constant(rule);
  const prepared = compound(rule as object, slots);
  slots.note?.(rule as object, prepared);
  return prepared;
}

function compound(rule: object, slots: Slots): Prepared {
  if (Array.isArray(rule)) return rule.every(isLiteral) ? constant(rule) : listOf(buildAll(rule, slots));
  const [operator, operands] = Object.entries(rule)[0] as [string, unknown[]];
  return operation(operator, operands, slots);
}

const isLiteral = (rule: unknown): rule is boolean | number | string => typeof rule !== "object";

const buildAll = (rules: readonly unknown[], slots: Slots): Prepared[] =>
  rules.map((rule) => build(rule, slots));

function operation(operator: string, operands: readonly unknown[], slots: Slots): Prepared {
  const scalar = scalarOperators.get(operator);
  if (scalar !== undefined) return scalar(buildAll(operands, slots));
  const withText = textOperators.get(operator);
  if (withText !== undefined) return withText(build(operands[0], slots), operands[1] as string);
  return special(operator, operands, slots);
}

function special(operator: string, operands: readonly unknown[], slots: Slots): Prepared {
  switch (operator) {
    case "and":
      return and(buildAll(operands, slots));
    case "or":
      return or(buildAll(operands, slots));
    case "!":
      return not(build(operands[0], slots));
    case "if":
      return conditional(...(buildAll(operands, slots) as [Prepared, Prepared, Prepared]));
    case "in":
      return member(build(operands[0], slots), build(operands[1], slots));
    case "count":
      return count(build(operands[0], slots));
    case "sum":
      return sum(build(operands[0], slots));
    case "within":
      return within(build(operands[0], slots), build(operands[1], slots), operands[2] as "path" | "url");
    case "every":
    case "some":
    case "tally":
    case "total":
      return quantified(operator, operands, slots);
    case "val":
      return reading(operands as string[], slots);
    case "has":
      return presence(build(operands[0], slots));
    case "fact":
      return factOf(operands[0] as string, buildAll(operands.slice(1), slots));
    case "traced":
      return tracedTo(
        build(operands[0], slots),
        operands[1] as string[],
        operands[2] as TracedForm,
        operands[3] === "fact",
      );
    case "annotated":
      return constant(slots.annotated.includes(operands[0] as Annotation));
    case "calls":
      return calls(operands, slots);
    default:
      throw new Error(`internal error: operator ${operator} has no meaning`);
  }
}

function quantified(
  kind: "every" | "some" | "tally" | "total",
  operands: readonly unknown[],
  slots: Slots,
): Prepared {
  const [variable, lists, body] = operands as [string, unknown[], unknown];
  const inner = { ...slots, locals: [...slots.locals, variable] };
  return over(kind, slots.locals.length, buildAll(lists, slots), build(body, inner));
}

function calls(operands: readonly unknown[], slots: Slots): Prepared {
  const [tools, window, ...params] = operands as [string[], number | null, ...[string, unknown][]];
  return callsOf(
    tools,
    window,
    params.map(([name, value]) => [name, build(value, slots)] as const),
  );
}
