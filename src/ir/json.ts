import { z } from "zod";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Any JSON value; depth is bounded where it is read (`parseJson`). */
export const jsonSchema = z.json() as z.ZodType<Json>;
