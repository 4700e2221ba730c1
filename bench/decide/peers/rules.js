/**
 * The rules of scope by hand, in two ways: from a tool to closures, tried one after another; and from a tool to folders to rows of
 * flat columns. Both give a function from tool, arguments and roles to whether it is permitted.
 */
import { partsOf } from "../conditions.js";
import { anyOf, byFolder, oneByOne } from "./finders.js";
import { forbidsByTool } from "./forbids.js";
import { byTool } from "./grouped.js";

const itself = (statement) => statement;

/** From tool to whether one of its statements holds. */
const testsOf = (groups, finder) =>
  new Map([...groups].map(([tool, statements]) => [tool, anyOf(finder(statements))]));

export function plainRules(policy) {
  const permits = testsOf(byTool(policy, policy.permits, itself), oneByOne);
  const forbids = testsOf(forbidsByTool(policy, itself), oneByOne);
  return (tool, args, roles) => permits.get(tool)(args, roles) && !forbids.get(tool)(args, roles);
}

const flat = "within,atMost,anyRole";
const operatorsOf = (when) =>
  partsOf(when)
    .map(({ op }) => op)
    .join();

/** Only where each permit is a folder, a bound and roles. */
export const isFlat = ({ permits }) => permits.every(({ when }) => operatorsOf(when) === flat);

export function indexedRules(policy) {
  const forbids = testsOf(forbidsByTool(policy, itself), byFolder);
  const isPermitted = columns(policy);
  return (tool, args, roles) => isPermitted(tool, args, roles) && !forbids.get(tool)(args, roles);
}

function columns({ tools, permits }) {
  const bits = new Map();
  const bitOf = (role) => {
    if (!bits.has(role)) bits.set(role, 1 << bits.size);
    return bits.get(role);
  };
  const most = new Float64Array(permits.length);
  const masks = new Int32Array(permits.length);
  const folders = new Map(tools.map(({ name }) => [name, new Map()]));
  permits.forEach(({ tool, when }, row) => {
    const [inside, bound, role] = when.parts;
    most[row] = bound.most;
    masks[row] = role.roles.reduce((mask, one) => mask | bitOf(one), 0);
    const of = folders.get(tool);
    if (of.has(inside.path)) of.get(inside.path).push(row);
    else of.set(inside.path, [row]);
  });
  return (tool, { path, amount }, roles) => {
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
}
