import { z } from "zod";
import { outcomes, type TraceKind, traceKinds, type TraceRecord, traceVersion } from "../trace.js";
import { decisionSchema } from "./decision.js";
import { jsonSchema } from "./json.js";
import { signatureSchema } from "./word.js";

const digestText = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const name = z.string().max(1_000);
const time = z.int();
const args = z.record(z.string(), jsonSchema);

const sourceAnswer = z.union([
  z.strictObject({ source: name, value: jsonSchema, at: time.optional() }),
  z.strictObject({ source: name, silent: z.string() }),
]);
const factAnswer = z.strictObject({ fact: name, args: z.array(jsonSchema), answers: z.array(sourceAnswer) });

const unit = z.number().min(0).max(1);

/** What a session holds of the intent and of the tools: to use and pass on, and to pass on only. */
const holding = z.strictObject({
  bullets: z.array(name),
  givens: z.array(name),
  uses: z.array(name),
  passes: z.array(name),
});
export type Holding = z.infer<typeof holding>;

/** `Hop` of `knowledge.ts`. */
const hop = z.strictObject({
  session: name,
  from: name.nullable(),
  to: name.nullable(),
  carried: z.array(name),
  withheld: z.array(
    z.strictObject({ thing: name, by: z.enum(["boundary", "delegation"]), at: z.string().max(10_000) }),
  ),
  retention: unit,
  fidelity: unit.optional(),
});

/** What each kind of record holds, by its kind. */
export const traceBodies = {
  /** A session begins: what was commissioned, in the words of the intent, and what was supplied with it. */
  opened: z.strictObject({
    bullets: z.array(z.strictObject({ name, text: z.string() })),
    givens: z.record(z.string(), jsonSchema),
    instruction: z.string().optional(),
    /** The acting tier; null where the policy has one tier only. */
    tier: name.nullable(),
    actor: z.strictObject({ id: name, roles: z.array(name) }),
    /** A layer that the host laid on the policy `of` this digest for this session. */
    narrowing: z.strictObject({ text: z.string(), of: digestText }).optional(),
  }),
  /** A contraction: a child session at a lower tier. Its `session` is the child's id, its cause the decision that allowed it. */
  delegated: z.strictObject({
    parent: name,
    brief: z.string(),
    /** What it holds: all that it can know and do. */
    holds: holding,
    /** What was handed down, and what was not. */
    hop,
    narrowing: z.string().optional(),
    expires: time.optional(),
    /** How many further delegations may hang below this one. */
    depth: z.int().min(0).optional(),
    actor: z.strictObject({ id: name, roles: z.array(name) }),
  }),
  /** What the agent proposed, as it was sent; or why what it sent is no data. */
  proposed: z.strictObject({
    proposal: jsonSchema.optional(),
    problem: z.string().optional(),
    /** Of a delegation: who is to receive it, as the host says. */
    receiver: z
      .strictObject({ session: name.optional(), actor: name.optional(), roles: z.array(name).optional() })
      .optional(),
  }),
  /** The decision on it, with all that it was made on beside the records before: it can be made again. */
  decided: z.strictObject({
    decision: decisionSchema,
    answers: z.array(factAnswer),
    fidelity: z.number().min(0).max(1).optional(),
    /** The arguments as the engine reads them, for the history; null where nothing was authorized. */
    values: args.nullable(),
    classes: z.array(name.nullable()),
    trust: z.number(),
    /** The decision whose confirmation led to this one; absent where the agent proposed. */
    shown: digestText.optional(),
    /** Whether a yes that was said to this proposal before counts no more. */
    voids: z.boolean(),
  }),
  /** A principal's yes or no to one decision; its cause is that decision. Counts until `until`. */
  confirmed: z.strictObject({
    by: name,
    answer: z.boolean(),
    proposal: digestText,
    until: time,
    /** Of a principal with a key. */
    signed: signatureSchema.optional(),
  }),
  /** A principal's answer to a question of a report; its cause is the decision that asked. Without `proposal` it holds for the session. */
  ruled: z.strictObject({
    by: name,
    /** `given:NAME`, or a statement's id. */
    question: name,
    answer: jsonSchema,
    /** Whom it was asked of first, who let the time pass. */
    instead: name.optional(),
    proposal: digestText.optional(),
    signed: signatureSchema.optional(),
  }),
  /** What a principal said, recorded by the host. */
  said: z.strictObject({ by: name, text: z.string(), signed: signatureSchema.optional() }),
  /** What a tool returned; its cause is the decision that authorized the call, null where none did. */
  observed: z.strictObject({
    tool: name,
    output: jsonSchema,
    error: z.boolean(),
    /** The tool sources it belongs to: those whose `when` held as it arrived. */
    sources: z.array(name),
    /** How many actions of the session tree had been authorized when it arrived, its own included. */
    after: z.int().min(0),
    /** Of a call that nothing authorized: what the history keeps of it. */
    call: z.strictObject({ values: args, classes: z.array(name.nullable()), trust: z.number() }).optional(),
  }),
  /** What became of an action; its cause is the decision that authorized it. */
  outcome: z.strictObject({
    result: z.enum(outcomes),
    /** Claims made with it that were found true or false since. */
    claims: z.record(z.string(), z.boolean()).optional(),
    note: z.string().max(10_000).optional(),
  }),
  /** The session ends: nothing can be proposed in it any more. */
  closed: z.strictObject({ reason: z.string().max(10_000).optional() }),
} as const satisfies { readonly [K in TraceKind]: z.ZodType };

export type TraceBody<K extends TraceKind = TraceKind> = z.infer<(typeof traceBodies)[K]>;

const envelope = {
  v: z.literal(traceVersion),
  /** Its place in the store, from 1, without gaps. */
  seq: z.int().min(1),
  /** Never before the record before it. */
  at: time,
  /** The session at the root of the tree of delegations. */
  root: name,
  session: name,
  policy: z.strictObject({ name, digest: digestText }),
  /** The hash of the record before it in the store: the chain. Null for the first. */
  prev: digestText.nullable(),
  /** The hash of the record it follows from: the lineage. Null where it begins one. */
  cause: digestText.nullable(),
  /** SHA-256 over the canonical JSON of all the rest. */
  hash: digestText,
};

const schemas = traceKinds.map((kind) =>
  z.strictObject({ ...envelope, kind: z.literal(kind), body: traceBodies[kind] }),
);

export const traceRecordSchema = z.discriminatedUnion(
  "kind",
  schemas as unknown as [(typeof schemas)[number], ...(typeof schemas)[number][]],
) as unknown as z.ZodType<TraceRecord>;
