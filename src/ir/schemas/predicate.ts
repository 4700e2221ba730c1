import { z } from "zod";
import { type Predicate, predicateProblem } from "../predicate.js";

/** A well-formed predicate; the message says what is wrong with it. */
export const predicateSchema: z.ZodType<Predicate> = z.custom<Predicate>().superRefine((value, context) => {
  const problem = predicateProblem(value);
  if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
});
