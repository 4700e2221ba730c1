import { z } from "zod";
import { jsonSchema } from "./json.js";
import { proposalSchema } from "./proposal.js";

const session = z.string().max(1_000).optional();
const principal = z.string().max(1_000);

const observe = z.strictObject({
  tool: z.string().max(1_000),
  args: z.record(z.string(), jsonSchema),
  output: jsonSchema,
  /** The output is an error's: it says nothing. */
  error: z.boolean().optional(),
});
const said = z.strictObject({ by: principal, text: z.string() });
const confirm = z.strictObject({ by: principal, answer: z.boolean().optional() });
const rule = z.union([
  z.strictObject({ by: principal, given: z.string().max(1_000), answer: jsonSchema }),
  z.strictObject({ by: principal, question: z.string().max(1_000), answer: jsonSchema }),
]);

/** What a line of `eval` may say besides a proposal (architecture.md, *The command line*), by its key. */
export const recordSchemas = {
  /** What a tool returned. One that answers no authorized proposal counts as an authorized call. */
  observe: z.strictObject({ observe, session }),
  /** What a principal said. */
  said: z.strictObject({ said, session }),
  /** A principal's yes or no to the last proposal; gives its decision afresh. */
  confirm: z.strictObject({ confirm, session }),
  /** A principal's answer to a question of a report. */
  rule: z.strictObject({ rule, session }),
} as const;

export type RecordKind = keyof typeof recordSchemas;
export type EvalRecord = { readonly [K in RecordKind]: z.infer<(typeof recordSchemas)[K]> };

/** A line of `eval`: a proposal, or one of the records. */
export const evalRecordSchema = z.union([proposalSchema, ...Object.values(recordSchemas)]);
