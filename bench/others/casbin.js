/** casbin: an enforcer a tool, a rule a row, one matcher for all; any row that denies overrides. */
import { newEnforcer, newModelFromString } from "casbin";
import { forbidsByTool } from "../decide/peers/forbids.js";
import { byTool } from "../decide/peers/grouped.js";
import { trusted } from "../decide/peers/trusting.js";
import { byOperator, cannotSay, nested } from "./shapes.js";

const model = `
[request_definition]
r = path, amount, roles

[policy_definition]
p = folder, least, most, roles, eft

[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))

[matchers]
m = r.amount <= p.most && r.amount >= p.least && keyMatch(r.path, p.folder) && hasRole(r.roles, p.roles)
`;

const row = ({ when }, effect) => {
  const { within, atMost, atLeast, anyRole } = byOperator(when);
  const folder = within === undefined ? "/*" : `${within.path}/*`;
  const most = atMost?.most ?? Number.MAX_SAFE_INTEGER;
  const least = atLeast?.least ?? Number.MIN_SAFE_INTEGER;
  return [folder, `${least}`, `${most}`, anyRole?.roles.join("|") ?? "", effect];
};

/** Sets of roles by how a row writes them, so that none is taken apart twice. */
const sets = new Map();
function hasRole(roles, written) {
  if (written === "") return true;
  let allowed = sets.get(written);
  if (allowed === undefined) {
    allowed = new Set(written.split("|"));
    sets.set(written, allowed);
  }
  return roles.some((role) => allowed.has(role));
}

const why = "its rules are rows for one matcher";

export const casbin = {
  name: "casbin",
  title: "casbin, per tool",
  checks: "rules",
  cannot: cannotSay({ ...nested(why), is: why, every: why, some: why }),
  async prepare({ policy }) {
    const permits = byTool(policy, policy.permits, (one) => row(one, "allow"));
    const forbids = forbidsByTool(policy, (one) => row(one, "deny"));
    const enforcers = new Map();
    for (const [tool, rows] of permits) {
      const enforcer = await newEnforcer(newModelFromString(model));
      enforcer.enableLog(false);
      await enforcer.addFunction("hasRole", hasRole);
      await enforcer.addPolicies([...rows, ...forbids.get(tool)]);
      enforcers.set(tool, enforcer);
    }
    return {
      input: trusted,
      decide: ({ tool, args, roles }) =>
        enforcers.get(tool).enforceSync(args.path, args.amount, roles) ? "authorize" : "return",
    };
  },
};
