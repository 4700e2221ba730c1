import type { Json } from "../ir/json.js";
import type { Descent, Knowledge } from "../ir/knowledge.js";
import { delegateTool, type PolicyIr, type ToolIr } from "../ir/policy.js";
import { type Proposal, proposalSchema } from "../ir/proposal.js";
import { normalise, normaliseFields } from "../ir/value.js";
import { plain } from "./plain.js";
import { lossText } from "./loss.js";
import type { MadeClaim } from "../validators/case.js";

/** A proposal held against its tool's signature. */
export type Fit =
  | {
      readonly fits: true;
      readonly proposal: Proposal;
      readonly tool: ToolIr;
      readonly args: { readonly [name: string]: Json };
    }
  /** It is outside whatever the rules say; `problems` are sentences. */
  | {
      readonly fits: false;
      readonly proposal: Proposal | undefined;
      readonly problems: readonly string[];
    };

/** Whether the shape is a proposal's, the tool is declared, and the arguments are of their types. Normalises them. */
export function fitted(policy: PolicyIr, tools: ReadonlyMap<string, ToolIr>, given: unknown): Fit {
  const sent = plain(given);
  if (!sent.ok) return { fits: false, proposal: undefined, problems: [`the proposal ${sent.problem}`] };
  const shape = proposalSchema.safeParse(sent.value);
  if (!shape.success)
    return { fits: false, proposal: undefined, problems: shape.error.issues.slice(0, 5).map(problemOf) };
  // Not `shape.data`: the schema library leaves out own keys called `__proto__`, which here are only keys.
  const proposal = sent.value as unknown as Proposal;
  if (Object.hasOwn(proposal.claims ?? {}, "__proto__"))
    return { fits: false, proposal, problems: ["the proposal names a claim `__proto__`"] };
  const tool = tools.get(proposal.tool);
  if (tool === undefined)
    return { fits: false, proposal, problems: [`no tool is called \`${proposal.tool.slice(0, 100)}\``] };
  const args = normaliseFields(tool.params, proposal.args, policy.zone);
  if (!args.ok) return { fits: false, proposal, problems: [`\`${tool.name}\` ${args.problem}`] };
  return { fits: true, proposal, tool, args: args.value as { [name: string]: Json } };
}

function problemOf(issue: { readonly path: readonly PropertyKey[]; readonly message: string }): string {
  const where = issue.path.map(String).join(".").slice(0, 100);
  return `the proposal is not well-formed${where === "" ? "" : ` at \`${where}\``}: ${issue.message.slice(0, 200)}`;
}

/** Claims in the normal form of their types; one that is not declared is kept, so that its confidence can be judged. */
export function claimsOf(policy: PolicyIr, proposal: Proposal): Map<string, MadeClaim> {
  const made = new Map<string, MadeClaim>();
  for (const [name, claim] of Object.entries(proposal.claims ?? {})) {
    const declared = policy.claims.find((one) => one.name === name);
    const value = declared === undefined ? undefined : normalise(declared.type, claim.value, policy.zone);
    made.set(name, { value: value?.ok ? value.value : undefined, confidence: claim.confidence ?? 1 });
  }
  return made;
}

/** The acting tier as the store has it; the lowest where it names none; null without tiers. */
export function tierOf(policy: PolicyIr, knowledge: Knowledge): string | null {
  return knowledge.tier ?? policy.tiers.at(-1)?.name ?? null;
}

/** Why the one who proposes may not propose this: another session, tier or actor than the store's, or a tool not granted. */
export function standing(policy: PolicyIr, proposal: Proposal, knowledge: Knowledge): string[] {
  const problems: string[] = [...(knowledge.problems ?? [])];
  const tier = tierOf(policy, knowledge);
  const named = (what: string, theirs: string | undefined, ours: string | null): void => {
    if (theirs !== undefined && theirs !== ours)
      problems.push(`the proposal names another ${what} than the one it comes from`);
  };
  named("session", proposal.session, knowledge.session.id);
  named("tier", proposal.tier, tier);
  named("actor", proposal.actor, knowledge.actor.id);
  const { descent } = knowledge;
  if (descent !== undefined && !descent.tools.includes(proposal.tool))
    return [...problems, notHandedDown(descent, proposal.tool)];
  if (policy.tiers.length === 0)
    return tier === null ? problems : [...problems, `the policy has no tiers, and none called \`${tier}\``];
  const holding = policy.tiers.find((one) => one.name === tier);
  if (holding === undefined) return [...problems, `no tier is called \`${tier}\``];
  if (!mayUse(policy, holding, proposal.tool))
    problems.push(tierProblem(policy, proposal.tool, holding.name));
  return problems;
}

/** The root uses no tool, but to hand down is what it is there for. */
const mayUse = ({ tiers }: PolicyIr, holding: PolicyIr["tiers"][number], tool: string): boolean =>
  holding.uses.includes(tool) ||
  (tool === delegateTool && holding === tiers[0] && holding.passes.includes(tool));

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
