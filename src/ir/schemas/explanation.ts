import { z } from "zod";
import { validatorNames } from "../decision.js";
import type { Json } from "../json.js";
import { decisionSchema } from "./decision.js";
import { jsonSchema } from "./json.js";

const state = z.enum(["known", "unknown", "absent"]);

/** A sub-expression of a condition as its author wrote it, and what it came to. */
export interface ExplainedPart {
  /** Offsets in the condition's `text`; the value belongs beneath `anchor`. */
  from: number;
  to: number;
  anchor: number;
  /** `absent`: an optional value that is not there. */
  state: z.infer<typeof state>;
  /** Where it is known: times and durations as they are written. */
  value?: Json | undefined;
  /** In place of a value that is long: the beginning of its JSON. */
  cut?: string | undefined;
  /** Where it is unknown and no part of it is: why. */
  why?: string[] | undefined;
  parts: ExplainedPart[];
  /** Of `every`, `some`, `no`, `count` and `sum` over a list: the element that is shown, which of how many. */
  element?: { variable: string; place: number; count: number } | undefined;
}

export const explainedPartSchema: z.ZodType<ExplainedPart> = z.lazy(() =>
  z.strictObject({
    from: z.number(),
    to: z.number(),
    anchor: z.number(),
    state,
    value: jsonSchema.optional(),
    cut: z.string().optional(),
    why: z.array(z.string()).optional(),
    parts: z.array(explainedPartSchema),
    element: z.strictObject({ variable: z.string(), place: z.number(), count: z.number() }).optional(),
  }),
);

const condition = z.strictObject({
  /** `when` is the condition itself; `sum` and `each` are a limit's. */
  role: z.enum(["when", "sum", "each"]),
  /** The lines of the file, and the number of the first. */
  text: z.string(),
  line: z.number(),
  parts: z.array(explainedPartSchema),
});
export type ExplainedCondition = z.infer<typeof condition>;

const statement = z.strictObject({
  id: z.string(),
  layer: z.string(),
  effect: z.string(),
  /** What it came to, a principal's ruling taken into account; of a limit, whether it is passed. */
  value: z.enum(["true", "false", "unknown"]),
  /** What its text alone came to, where a principal ruled otherwise. */
  unruled: z.enum(["true", "false", "unknown"]).optional(),
  at: z.string().optional(),
  text: z.string().optional(),
  /** For a limit: what was used of it before, and what it allows. */
  used: z.number().optional(),
  limit: z.number().optional(),
  conditions: z.array(condition),
});
export type ExplainedStatement = z.infer<typeof statement>;

/** How the statements were evaluated that make the findings of a decision: of each validator that stops it, or of all. */
export const explanationSchema = z.array(
  z.strictObject({
    validator: z.enum(validatorNames),
    finding: z.string(),
    statements: z.array(statement),
  }),
);
export type Explanation = z.infer<typeof explanationSchema>;

/** A decision with its explanation: what `reshimu eval --explain --format json` writes. */
export const explainedDecisionSchema = decisionSchema.extend({ explanation: explanationSchema });
