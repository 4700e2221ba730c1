import { z } from "zod";
import type { Json } from "../json.js";

/** Any JSON value; depth is bounded where it is read (`readJson`). */
export const jsonSchema = z.json() as z.ZodType<Json>;
