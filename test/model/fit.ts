import type { Knowledge } from "../../src/ir/knowledge.js";
import type { PolicyIr } from "../../src/ir/policy.js";
import type { Proposal } from "../../src/ir/proposal.js";
import { normal, normalFields } from "./values.js";
import { type Claim, type Digests, tierOf, type World } from "./world.js";
import { proposalSchema } from "../../src/schemas.js";

/** A proposal that fits a tool's signature, with all that it is judged on; undefined where it does not fit. */
export function worldOf(
  policy: PolicyIr,
  proposed: unknown,
  knowledge: Knowledge,
  digests: Digests,
): World | undefined {
  const parsed = proposalSchema.safeParse(proposed);
  if (!parsed.success || isTooLarge(parsed.data)) return undefined;
  // Not `parsed.data`: the library leaves out own keys called `__proto__`, which are only keys, and looks at none of them.
  const proposal = proposed as Proposal;
  if (Object.hasOwn(proposal.claims ?? {}, "__proto__")) return undefined;
  const tool = policy.tools.find((one) => one.name === proposal.tool);
  const args = tool && normalFields(tool.params, proposal.args, policy.zone);
  if (tool === undefined || args === undefined) return undefined;
  const confidence = proposal.confidence ?? 0;
  const claims = claimsOf(policy, proposal);
  return { policy, knowledge, tool, args, claims, confidence, tier: tierOf(policy, knowledge), digests };
}

const isTooLarge = (proposal: Proposal): boolean => Buffer.byteLength(JSON.stringify(proposal)) > 1024 * 1024;

/** What was claimed, declared or not; unstated confidence is 1. */
function claimsOf(policy: PolicyIr, { claims = {} }: Proposal): Map<string, Claim> {
  return new Map(
    Object.entries(claims).map(([name, claim]): [string, Claim] => {
      const declared = policy.claims.find((one) => one.name === name);
      const value = declared && normal(declared.type, claim.value, policy.zone);
      return [name, { value, confidence: claim.confidence ?? 1 }];
    }),
  );
}

/** Whether it names the session, tier and actor that the store names, if any, and the store knows nothing against it. */
export function standsAsItSays(policy: PolicyIr, proposed: unknown, knowledge: Knowledge): boolean {
  const { session, tier, actor } = proposed as Proposal;
  return (
    (knowledge.problems ?? []).length === 0 &&
    (session === undefined || session === knowledge.session.id) &&
    (tier === undefined || tier === tierOf(policy, knowledge)) &&
    (actor === undefined || actor === knowledge.actor.id)
  );
}
