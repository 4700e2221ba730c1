import type { PolicyIr, ToolIr } from "./policy.js";
import type { Predicate } from "./predicate.js";
import { haveSensitive, holdsSensitive } from "./sensitive.js";
import { operationOf, subRulesOf } from "./sub-rules.js";
import type { FieldIr } from "./type.js";

/**
 * The rules within a predicate whose value comes from something sensitive: readings of it, and what is made of these. What a fact says of
 * a sensitive value is the source's, and not sensitive.
 */
export function sensitiveReads(predicate: Predicate, params: readonly FieldIr[]): ReadonlySet<object> {
  const found = new Set<object>();
  const visit = (rule: Predicate, locals: ReadonlyMap<string, boolean>): boolean => {
    if (typeof rule !== "object") return false;
    const [operator, operands] = operationOf(rule);
    if (operator === "val") return noted(rule, readsSensitive(operands as string[], params, locals));
    const subs = subRulesOf(rule);
    let any = false;
    for (const sub of subs.filter(({ variable }) => variable === undefined))
      any = visit(sub.rule, locals) || any;
    // An element of a list is as sensitive as the list; so is what is said of each.
    for (const sub of subs)
      if (sub.variable !== undefined) any = visit(sub.rule, new Map([...locals, [sub.variable, any]])) || any;
    return noted(rule, any && operator !== "fact");
  };
  const noted = (rule: object, isSensitive: boolean): boolean => {
    if (isSensitive) found.add(rule);
    return isSensitive;
  };
  visit(predicate, new Map());
  return found;
}

function readsSensitive(
  [root, name = "", ...path]: readonly string[],
  params: readonly FieldIr[],
  locals: ReadonlyMap<string, boolean>,
): boolean {
  if (root === "local") return locals.get(name) === true;
  if (root !== "arg") return false;
  let fields = params;
  for (const [i, step] of [name, ...path].entries()) {
    const field = fields.find((one) => one.name === step);
    if (field === undefined) return false;
    if (field.sensitive) return true;
    if (i === path.length) return holdsSensitive(field.type);
    fields = typeof field.type === "object" && "record" in field.type ? field.type.record : [];
  }
  return false;
}

/** The parameters of facts, by the fact's name and their places, that are asked with what is sensitive. */
export function sensitiveQuestions(policy: PolicyIr): ReadonlyMap<string, ReadonlySet<number>> {
  const found = new Map<string, Set<number>>();
  for (const tool of policy.tools)
    for (const { predicate } of rulesOf(policy, tool)) collect(predicate, tool.params, found);
  return found;
}

function collect(predicate: Predicate, params: readonly FieldIr[], found: Map<string, Set<number>>): void {
  const reads = sensitiveReads(predicate, params);
  if (reads.size === 0) return;
  const waiting: Predicate[] = [predicate];
  for (let rule = waiting.pop(); rule !== undefined; rule = waiting.pop()) {
    const [operator, operands] = operationOf(rule);
    if (operator === "fact")
      for (const [place, arg] of operands.slice(1).entries())
        if (reads.has(arg as object)) {
          const places = found.get(operands[0] as string) ?? new Set();
          found.set(operands[0] as string, places.add(place));
        }
    for (const sub of subRulesOf(rule)) waiting.push(sub.rule);
  }
}

/** The ids of statements that read something sensitive of a tool: what is left of their conditions would tell it. */
export function statementsReading(policy: PolicyIr, tool: ToolIr): ReadonlySet<string> {
  const reading = rulesOf(policy, tool).filter(
    ({ predicate }) => sensitiveReads(predicate, tool.params).size > 0,
  );
  return new Set(reading.map(({ id }) => id));
}

interface RuleOf {
  readonly id: string;
  readonly predicate: Predicate;
}

/** Every condition and expression of a policy that may be evaluated for a tool; which do not cover it does no harm. */
function rulesOf({ layers, sources }: PolicyIr, { params }: ToolIr): RuleOf[] {
  if (!haveSensitive(params)) return [];
  const all = (id: string, ...predicates: readonly (Predicate | undefined)[]): RuleOf[] =>
    predicates.flatMap((predicate) => (predicate === undefined ? [] : [{ id, predicate }]));
  return [
    ...sources.flatMap((source) => (source.kind === "tool" ? all(`source:${source.name}`, source.when) : [])),
    ...layers.flatMap(({ scope, grounding, reversibility, discernment }) => [
      ...[...(scope?.permits ?? []), ...(scope?.forbids ?? [])].flatMap(({ id, when }) => all(id, when)),
      ...(scope?.limits ?? []).flatMap(({ id, sum, each }) => all(id, sum, each)),
      ...(grounding?.grounds ?? []).flatMap(({ id, condition }) => all(id, condition)),
      ...(reversibility?.treats ?? []).flatMap(({ id, when, undo }) =>
        all(id, when, ...(undo?.args ?? []).map(({ value }) => value)),
      ),
      ...(discernment?.grays ?? []).flatMap(({ id, when }) => all(id, when)),
    ]),
  ];
}
