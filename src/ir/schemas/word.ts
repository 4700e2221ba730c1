import { z } from "zod";
import { jsonSchema } from "./json.js";

const digestText = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const name = z.string().max(1_000);

/** What binds every word: who says it, in which session of which trace, under which policy, and until when it may be taken. */
const bound = {
  reshimu: z.literal("word"),
  by: name,
  session: name,
  /** The hash of the record that opened the session (of a delegated one, its root): the same id elsewhere is another session. */
  opened: digestText,
  /** The digest of the policy. */
  policy: digestText,
  /** Milliseconds since the epoch; at this time and later the word is taken no more. */
  expires: z.int(),
};

/**
 * What a principal with a key signs (semantics.md, *The Reshimu: the trace*). `decided` is the hash of the decision that was shown;
 * a word on a given, and what is only said, are of the session.
 */
export const wordSchema = z.discriminatedUnion("kind", [
  z.strictObject({ ...bound, kind: z.literal("confirm"), decided: digestText, answer: z.boolean() }),
  z.strictObject({
    ...bound,
    kind: z.literal("rule"),
    decided: digestText.nullable(),
    /** `given:NAME`, or a statement's id. */
    question: name,
    answer: jsonSchema,
  }),
  z.strictObject({ ...bound, kind: z.literal("said"), text: z.string() }),
]);
export type SignableWord = z.infer<typeof wordSchema>;

/** What a record keeps of a signature: what of the word the rest of the record does not say, and the signature itself. */
export const signatureSchema = z.strictObject({
  opened: digestText,
  expires: z.int(),
  /** Ed25519, base64. */
  signature: z.string().max(200),
});
export type KeptSignature = z.infer<typeof signatureSchema>;
