import { z } from "zod";
import { severityLevels } from "../project.js";

/** `reshimu.json`: what holds for all policies below its folder (docs/cli.md, *reshimu.json*). Paths start at that folder. */
export const projectSchema = z.strictObject({
  $schema: z.string().max(10_000).optional().describe("Where editors find this schema."),
  policies: z
    .array(z.string().min(1).max(10_000))
    .min(1)
    .max(1_000)
    .optional()
    .describe("Policies and folders of policies that commands go through where none is given."),
  std: z
    .string()
    .min(1)
    .max(10_000)
    .optional()
    .describe("The folder that `std/…` means, in place of the policies that come with the package."),
  severity: z
    .record(z.string(), z.enum(severityLevels))
    .optional()
    .describe("Severity by code. Errors (`check/…`, `syntax/…`) cannot be lowered."),
});

export type ProjectFile = z.infer<typeof projectSchema>;
