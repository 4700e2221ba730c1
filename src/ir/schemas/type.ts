import { z } from "zod";
import { type FieldIr, scalarTypes, type TypeIr } from "../type.js";

export const typeSchema: z.ZodType<TypeIr> = z.lazy(() =>
  z.union([
    z.enum([...scalarTypes, "json"]),
    z.strictObject({ enum: z.array(z.string()).min(1).max(10_000) }),
    z.strictObject({ list: typeSchema }),
    z.strictObject({ record: z.array(fieldSchema).max(1_000) }),
  ]),
);

/** A parameter or a record's field; absent flags are false. */
export const fieldSchema: z.ZodType<FieldIr> = z.lazy(() =>
  z.strictObject({
    name: z.string(),
    type: typeSchema,
    optional: z.literal(true).optional(),
    sensitive: z.literal(true).optional(),
  }),
);
