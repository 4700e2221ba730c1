/**
 * The rules of scope by hand, in two ways: from a tool to closures, tried one after another; and from a tool to folders to rows of
 * flat columns. Both give a function from tool, arguments and roles to whether it is permitted.
 */
import { partsOf } from "../conditions.js";
import { closure } from "./closures.js";
import { byTool } from "./grouped.js";

const passes = (tests, args, roles) => {
  for (let i = 0; i < tests.length; i += 1) if (tests[i](args, roles)) return true;
  return false;
};

export function plainRules(policy) {
  const permits = byTool(policy, policy.permits, ({ when }) => closure(when));
  const forbids = forbidding(policy);
  return (tool, args, roles) =>
    passes(permits.get(tool), args, roles) && !passes(forbids.get(tool), args, roles);
}

/** Of all layers: any of them forbids. */
function forbidding({ above = [], ...policy }) {
  const all = [policy, ...above].flatMap(({ forbids }) => forbids ?? []);
  return byTool(policy, all, ({ when }) => closure(when));
}

/** Only where each permit is a folder, a bound and roles. */
export const isFlat = ({ permits }) =>
  permits.every(
    ({ when }) =>
      when !== undefined &&
      partsOf(when)
        .map(({ op }) => op)
        .join() === "within,atMost,anyRole",
  );

export function indexedRules(policy) {
  const bits = new Map();
  const bitOf = (role) => {
    if (!bits.has(role)) bits.set(role, 1 << bits.size);
    return bits.get(role);
  };
  const most = new Float64Array(policy.permits.length);
  const masks = new Int32Array(policy.permits.length);
  const folders = new Map(policy.tools.map(({ name }) => [name, new Map()]));
  policy.permits.forEach(({ tool, when }, row) => {
    const [inside, bound, role] = when.parts;
    most[row] = bound.most;
    masks[row] = role.roles.reduce((mask, one) => mask | bitOf(one), 0);
    const of = folders.get(tool);
    if (of.has(inside.path)) of.get(inside.path).push(row);
    else of.set(inside.path, [row]);
  });
  const forbids = forbidding(policy);
  const isPermitted = (tool, { path, amount }, roles) => {
    const of = folders.get(tool);
    let mask = 0;
    for (let i = 0; i < roles.length; i += 1) mask |= bits.get(roles[i]) ?? 0;
    for (let end = path.indexOf("/", 1); end !== -1; end = path.indexOf("/", end + 1)) {
      const rows = of.get(path.slice(0, end));
      if (rows === undefined) continue;
      for (let i = 0; i < rows.length; i += 1)
        if (amount <= most[rows[i]] && (masks[rows[i]] & mask) !== 0) return true;
    }
    return false;
  };
  return (tool, args, roles) => isPermitted(tool, args, roles) && !passes(forbids.get(tool), args, roles);
}
