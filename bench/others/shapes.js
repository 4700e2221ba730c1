/** Which conditions a peer can say, and why it cannot decide a workload that has others. */
import { partsOf } from "../decide/conditions.js";
import { moreThanRules } from "../decide/peers/trusting.js";

/** All operators of a condition. */
export function operatorsIn(condition) {
  const { part, when, then, otherwise, parts = [] } = condition;
  const inner = [part, when, then, otherwise, ...parts].filter((one) => one !== undefined);
  return [condition.op, ...inner.flatMap(operatorsIn)];
}

/** Why not: rules do not suffice, or there is an operator for which `missing` has a reason. */
export function cannotSay(missing) {
  return (workload) => {
    const rules = moreThanRules(workload);
    if (rules !== undefined) return rules;
    const odd = conditionsOf(workload.policy)
      .flatMap(operatorsIn)
      .find((op) => op in missing);
    return odd === undefined ? undefined : missing[odd];
  };
}

/** For peers that keep rules as rows or data: one level of `and` is all there is. */
export const nested = (why) => ({ any: why, not: why, either: why });

const conditionsOf = ({ permits, above = [], forbids = [] }) =>
  [...permits, ...forbids, ...above.flatMap((layer) => layer.forbids)].map(({ when }) => when);

/** The parts of a flat condition by operator. */
export const byOperator = (condition) =>
  Object.fromEntries(partsOf(condition).map((part) => [part.op, part]));
