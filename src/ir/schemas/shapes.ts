import type { Shape } from "../misfit.js";
import { generated, type JsonSchema } from "./json-schemas.js";
import { policySchema } from "./policy.js";
import { proposalSchema } from "./proposal.js";
import { recordSchemas } from "./record.js";
import { anchorSchema, delegationSchema, emailSchema, scoreSchema } from "./told.js";
import { traceRecordSchema } from "./trace.js";
import { wordSchema } from "./word.js";

/** What is checked as it comes in, or before it is recorded, where zod is not loaded. */
const checked = {
  policy: policySchema.omit({ spans: true }),
  spans: policySchema.shape.spans,
  proposal: proposalSchema,
  traceRecord: traceRecordSchema,
  word: wordSchema,
  ...recordSchemas,
  delegation: delegationSchema,
  anchor: anchorSchema,
  score: scoreSchema,
  email: emailSchema,
} as const;

/** The shapes of `../shapes.ts`, made from the zod schemas. */
export function shapesOf(): { readonly [K in keyof typeof checked]: Shape } {
  return Object.fromEntries(
    Object.entries(checked).map(([name, schema]) => [name, prepared(generated(schema, { predicate: true }))]),
  ) as { readonly [K in keyof typeof checked]: Shape };
}

/** The text of `../shapes.ts`. Each is JSON: what is not used is not read. */
export function shapesText(): string {
  const shapes = Object.entries(shapesOf()).map(
    ([name, shape]) => `  ${name}: ${JSON.stringify(JSON.stringify(shape))},\n`,
  );
  return `// Made by \`npm run schemas\` from the schemas in schemas/; not to be edited.
export const shapes = {
${shapes.join("")}} as const;
`;
}

/** Any JSON as one shape. */
const json = {
  type: ["string", "number", "boolean", "null", "array", "object"],
  items: { $ref: "json" },
  additionalProperties: { $ref: "json" },
};

/** Keywords that say nothing of a value, or what a pattern beside them says. */
const idle = ["$schema", "id", "description", "format"];

/** A JSON Schema as a shape: without what is for readers, and the names in `$ref` as they stand in `$defs`. */
function prepared(written: JsonSchema): Shape {
  const entries = Object.entries(written).filter(([key]) => !idle.includes(key));
  return Object.fromEntries(entries.flatMap(([key, value]) => preparedKeyword(key, value)));
}

function preparedKeyword(key: string, value: unknown): (readonly [string, unknown])[] {
  const all = (map: unknown) =>
    Object.fromEntries(
      Object.entries(map as object).map(([name, one]) => [
        name,
        key === "$defs" && name === "json" ? json : prepared(one as JsonSchema),
      ]),
    );
  switch (key) {
    case "properties":
    case "$defs":
      return [[key, all(value)]];
    case "anyOf":
    case "oneOf":
      return [[key, (value as JsonSchema[]).map(prepared)]];
    case "items":
      return [[key, prepared(value as JsonSchema)]];
    case "additionalProperties":
      return [
        [
          key,
          typeof value === "boolean" || Object.keys(value as object).length === 0
            ? value !== false
            : prepared(value as JsonSchema),
        ],
      ];
    case "$ref":
      return [[key, (value as string).replace("#/$defs/", "")]];
    case "propertyNames":
      // Every key is a string.
      if (JSON.stringify(value) === '{"type":"string"}') return [];
      throw new Error("keys of a shape are not looked at");
    default:
      return [[key, value]];
  }
}
