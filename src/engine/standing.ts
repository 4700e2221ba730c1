import type { Descent, Knowledge } from "../ir/knowledge.js";
import type { PolicyIr } from "../ir/policy.js";
import type { Fitting } from "./fit.js";
import { lossText } from "./loss.js";
import { tierOf } from "./tiers.js";

const noProblems: readonly string[] = [];

/** Why the one who proposes may not propose this: another session, tier or actor than the store's, or a tool not granted. */
export function standing(policy: PolicyIr, fitting: Fitting, knowledge: Knowledge): readonly string[] {
  const tier = tierOf(policy, knowledge);
  const { plan, session, tier: named, actor } = fitting;
  const { descent, problems } = knowledge;
  const isAsItSays =
    (session === undefined || session === knowledge.session.id) &&
    (named === undefined || named === tier) &&
    (actor === undefined || actor === knowledge.actor.id);
  const granted =
    descent === undefined && (tier === null ? policy.tiers.length === 0 : plan.usableAt.has(tier));
  if (isAsItSays && granted && problems === undefined) return noProblems;
  return standingProblems(policy, fitting, knowledge);
}

function standingProblems(
  policy: PolicyIr,
  { plan, ...sent }: Fitting,
  knowledge: Knowledge,
): readonly string[] {
  const problems: string[] = [...(knowledge.problems ?? [])];
  const tier = tierOf(policy, knowledge);
  const named = (what: string, theirs: string | undefined, ours: string | null): void => {
    if (theirs !== undefined && theirs !== ours)
      problems.push(`the proposal names another ${what} than the one it comes from`);
  };
  named("session", sent.session, knowledge.session.id);
  named("tier", sent.tier, tier);
  named("actor", sent.actor, knowledge.actor.id);
  const { descent } = knowledge;
  const tool = plan.tool.name;
  if (descent !== undefined && !descent.tools.includes(tool))
    return [...problems, notHandedDown(descent, tool)];
  if (policy.tiers.length === 0)
    return tier === null ? problems : [...problems, `the policy has no tiers, and none called \`${tier}\``];
  if (tier === null || !policy.tiers.some((one) => one.name === tier))
    return [...problems, `no tier is called \`${tier}\``];
  if (!plan.usableAt.has(tier)) problems.push(tierProblem(policy, tool, tier));
  return problems;
}

/** Says where on the way the tool was kept back. */
const notHandedDown = (descent: Descent, tool: string): string =>
  `this session may not use \`${tool}\`; ${lossText(descent, tool) ?? "it was not handed down"}`;

/** Says where on the way down the tool was lost. */
function tierProblem(policy: PolicyIr, tool: string, tier: string): string {
  const place = policy.tiers.findIndex((one) => one.name === tier);
  const lost = policy.tiers.findIndex(
    (one, i) => i > 0 && i <= place && !one.uses.includes(tool) && !one.passes.includes(tool),
  );
  const names = policy.tiers.map(({ name }) => name);
  const where = lost < 1 ? "" : `; it was withheld at \`${names[lost - 1]} -> ${names[lost]}\``;
  return `the tier \`${tier}\` may not use \`${tool}\`${where}`;
}
