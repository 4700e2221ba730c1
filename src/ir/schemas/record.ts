import { z } from "zod";
import type { RecordKind } from "../record.js";
import { jsonSchema } from "./json.js";
import { proposalSchema } from "./proposal.js";
import { traceBodies } from "./trace.js";

const session = z.string().max(1_000).optional();
const principal = z.string().max(1_000);

/** Of a principal with a key: the signature of the word, and until when it was signed to count (milliseconds). */
const signature = { signature: z.string().max(200).optional(), expires: z.int().optional() };

const observe = z.strictObject({
  tool: z.string().max(1_000),
  args: z.record(z.string(), jsonSchema),
  output: jsonSchema,
  /** The output is an error's: it says nothing. */
  error: z.boolean().optional(),
});
const said = z.strictObject({ by: principal, text: z.string(), ...signature });
const confirm = z.strictObject({ by: principal, answer: z.boolean().optional(), ...signature });
const rule = z.union([
  z.strictObject({ by: principal, given: z.string().max(1_000), answer: jsonSchema, ...signature }),
  z.strictObject({ by: principal, question: z.string().max(1_000), answer: jsonSchema, ...signature }),
]);
const outcome = z.strictObject({
  /** The hash of the decision's record; absent: the last action of the session that was authorized. */
  decided: z.string().max(1_000).optional(),
  ...traceBodies.outcome.shape,
});

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
  /** What became of an action that was authorized. */
  outcome: z.strictObject({ outcome, session }),
} as const satisfies { readonly [K in RecordKind]: z.ZodType };

export type EvalRecord = { readonly [K in RecordKind]: z.infer<(typeof recordSchemas)[K]> };

/** A line of `eval`: a proposal, or one of the records. */
export const evalRecordSchema = z.union([proposalSchema, ...Object.values(recordSchemas)]);
