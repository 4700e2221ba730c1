import type { PolicyIr } from "../ir/policy.js";
import { planFor, type ToolPlan } from "../validators/plan.js";
import { Register } from "../validators/register.js";
import { Arguments } from "./arguments.js";
import { tiersThatUse } from "./tiers.js";

/** What a policy says of one tool, and how its proposals are read. */
export interface EnginePlan extends ToolPlan {
  readonly arguments: Arguments;
  /** Names of the tiers that may use it. */
  readonly usableAt: ReadonlySet<string>;
}

const nobody: ReadonlySet<string> = new Set();

/** The plans of a policy's tools, each made when its tool is first proposed; undefined for a tool that is not declared. */
export function plansOf(policy: PolicyIr): (tool: string) => EnginePlan | undefined {
  const tools = new Map(policy.tools.map((tool) => [tool.name, tool]));
  const plans = new Map<string, EnginePlan>();
  const register = new Register(policy);
  const make = (name: string): EnginePlan | undefined => {
    const tool = tools.get(name);
    if (tool === undefined) return undefined;
    const plan = planFor(policy, register, tool);
    const { reader } = plan;
    const read = reader.once(
      reader,
      "arguments",
      () => new Arguments(reader.params, reader.slots, policy.zone),
    );
    const made = {
      ...plan,
      arguments: read,
      usableAt: policy.tiers.length === 0 ? nobody : tiersThatUse(policy, name),
    };
    plans.set(name, made);
    return made;
  };
  return (name) => plans.get(name) ?? make(name);
}
