import type { Predicate } from "./predicate.js";

/** A rule within another: where it stands in it (indices of operands, as in JSON), and the variable that is bound for it. */
export interface SubRule {
  readonly steps: readonly number[];
  readonly rule: Predicate;
  /** Of the body of `every`, `some`, `tally` and `total`. */
  readonly variable?: string;
}

/** The operator of a rule and its operands; of a list its elements, of a literal nothing. */
export function operationOf(rule: Predicate): readonly [operator: string, operands: readonly unknown[]] {
  if (Array.isArray(rule)) return ["list", rule];
  if (typeof rule !== "object") return ["literal", []];
  // A rule has one key, its own: what else this would come to is inherited, and comes after it.
  for (const operator in rule) return [operator, rule[operator] as unknown[]];
  return ["literal", []];
}

/** The rules directly within a rule, in order; literals, which are their own values, are left out. */
export function subRulesOf(rule: Predicate): SubRule[] {
  const [operator, operands] = operationOf(rule);
  const operand = (place: number): SubRule[] => compound([place], operands[place]);
  switch (operator) {
    case "val":
      return [];
    case "traced":
      return operand(0);
    case "every":
    case "some":
    case "tally":
    case "total":
      return [
        ...(operands[1] as Predicate[]).flatMap((list, i) => compound([1, i], list)),
        ...operand(2).map((body) => ({ ...body, variable: operands[0] as string })),
      ];
    case "calls":
      return operands.slice(2).flatMap((pair, i) => compound([i + 2, 1], (pair as unknown[])[1]));
    default:
      return operands.flatMap((_, place) => operand(place));
  }
}

/** A rule that is no literal, nor a list of nothing but literals. */
function compound(steps: readonly number[], rule: unknown): SubRule[] {
  const isLiteral =
    typeof rule !== "object" || (Array.isArray(rule) && rule.every((one) => typeof one !== "object"));
  return isLiteral ? [] : [{ steps, rule: rule as Predicate }];
}

/** The names of the givens that a rule reads, however deep. */
export function givensRead(rule: Predicate): ReadonlySet<string> {
  const names = new Set<string>();
  const waiting: Predicate[] = [rule];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    const [operator, operands] = operationOf(one);
    if (operator === "val" && operands[0] === "given") names.add(operands[1] as string);
    for (const sub of subRulesOf(one)) waiting.push(sub.rule);
  }
  return names;
}
