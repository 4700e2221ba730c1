import { z } from "zod";

/** What the action `delegate` says; the policy's signature of it decides which of these it may say. */
export const delegationSchema = z.looseObject({
  brief: z.string(),
  tier: z.string().optional(),
  tools: z.array(z.string()).optional(),
  carries: z.array(z.string()).optional(),
  narrowing: z.string().optional(),
  expires: z.int().optional(),
  depth: z.int().min(0).optional(),
});
export type DelegationSaid = z.infer<typeof delegationSchema>;

const head = {
  seq: z.int().min(1),
  hash: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  at: z.int(),
};

/** A line of what was anchored: the end of a chain, or a checkpoint of it. */
export const anchorSchema = z.union([
  z.strictObject(head),
  z.strictObject({ ...head, key: z.string().max(200), signature: z.string().max(200) }),
]);

/** One address. */
export const emailSchema = z.email();

/** What a scorer answers. */
export const scoreSchema = z.looseObject({ score: z.number().min(0).max(1) });
