import type { Place, PolicyIr } from "../../../src/ir/policy.js";
import type { Predicate } from "../../../src/ir/predicate.js";
import { flattened, printPredicate } from "../../../src/ir/print-predicate.js";
import { namesOfTypes } from "../../../src/ir/print-types.js";
import type { Texts } from "../generate/model.js";
import { compiled } from "../support/judge.js";
import { compared, mustBeSame } from "../support/must.js";
import { ofScenarios } from "../support/property.js";

interface Condition {
  readonly id: string;
  readonly role: "when" | "sum" | "each";
  readonly tools: readonly string[];
  readonly rule: Predicate;
}

function conditionsOf({ layers }: PolicyIr): Condition[] {
  const found: Condition[] = [];
  for (const { scope, grounding, reversibility, discernment } of layers) {
    const all = [
      ...(scope?.permits ?? []),
      ...(scope?.forbids ?? []),
      ...(reversibility?.treats ?? []),
      ...(discernment?.grays ?? []),
    ];
    for (const { id, tools, when } of all) found.push({ id, role: "when", tools, rule: when });
    for (const { id, tools, condition } of grounding?.grounds ?? [])
      found.push({ id, role: "when", tools, rule: condition });
    for (const { id, tools, sum, each } of scope?.limits ?? []) {
      if (sum !== undefined) found.push({ id, role: "sum", tools, rule: sum });
      if (each !== undefined) found.push({ id, role: "each", tools, rule: each });
    }
  }
  return found;
}

/** A chain within a chain of its kind is one chain. */
export function joined(rule: unknown): unknown {
  if (Array.isArray(rule)) return rule.map(joined);
  if (typeof rule !== "object" || rule === null) return rule;
  const [operator, operands] = Object.entries(rule)[0] as [string, unknown[]];
  if (operator !== "and" && operator !== "or") return { [operator]: operands.map(joined) };
  const parts = flattened(operator, operands as Predicate[]);
  return parts.length === 1 ? joined(parts[0]) : { [operator]: parts.map(joined) };
}

const forms = (policy: PolicyIr): string[] =>
  conditionsOf(policy)
    .map(({ role, rule }) => `${role} ${JSON.stringify(joined(rule))}`)
    .sort();

/** The condition of a statement as it was written, by its place. */
function placeIn(texts: Texts, place: Place, role: Condition["role"]) {
  const written = place.conditions?.find((one) => one.role === role);
  const whole = written?.marks.find(({ at }) => at.length === 0);
  const text = texts.get(place.file);
  if (written === undefined || whole === undefined || text === undefined) return undefined;
  const lines = text.split("\n").slice(0, written.line - 1);
  const start = lines.reduce((sum, line) => sum + line.length + 1, 0) + written.column - 1;
  return { file: place.file, from: start + whole.from, to: start + whole.to };
}

export const t13Printed = ofScenarios(
  {
    id: "T13.printed",
    says: "faithful printing: what a condition is built to can be written in the language again, and means the same",
    options: { extensions: 2, stories: 1, proposals: 1 },
    share: 2,
  },
  ({ engine: { policy }, texts, model }) => {
    const changes = conditionsOf(policy).flatMap(({ id, role, tools, rule }) => {
      const printed = printPredicate(rule, namesOfTypes(policy, tools));
      if (printed === undefined) return [];
      return (policy.spans[id] ?? []).flatMap((place) => {
        const found = placeIn(texts, place, role);
        return found === undefined ? [] : [{ ...found, printed }];
      });
    });
    compared();
    const rewritten = new Map(texts);
    const once = new Map(changes.map((change) => [`${change.file} ${change.from}`, change]));
    for (const { file, from, to, printed } of [...once.values()].sort((a, b) => b.from - a.from)) {
      const text = rewritten.get(file) as string;
      rewritten.set(file, `${text.slice(0, from)}(${printed})${text.slice(to)}`);
    }
    mustBeSame("the same conditions", forms(compiled(model.entry, rewritten)), forms(policy));
  },
);
