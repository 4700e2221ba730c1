import { z } from "zod";
import { jsonSchema } from "./json.js";

/** A claim: what the agent asserts, and how sure it is of it (unstated: 1). */
const claim = z.strictObject({ value: jsonSchema, confidence: z.number().min(0).max(1).optional() });

/**
 * What an agent proposes to do (architecture.md, *Contracts*). Tier, actor and history are the store's: a proposal that
 * names another session, tier or actor than the store does is outside.
 */
export const proposalSchema = z.strictObject({
  session: z.string().max(1_000).optional(),
  tier: z.string().max(1_000).optional(),
  actor: z.string().max(1_000).optional(),
  tool: z.string().max(1_000),
  args: z.record(z.string(), jsonSchema),
  /** The agent's own confidence in the action; unstated: 0. */
  confidence: z.number().min(0).max(1).optional(),
  claims: z.record(z.string(), claim).optional(),
  /** The message that goes with it, scored against the intent where a policy asks for fidelity. */
  message: z.string().optional(),
});

export type Proposal = z.infer<typeof proposalSchema>;
