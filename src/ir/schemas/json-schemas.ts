import { z } from "zod";
import { decisionSchema } from "./decision.js";
import { explainedDecisionSchema, explainedPartSchema } from "./explanation.js";
import { jsonSchema } from "./json.js";
import { policySchema } from "./policy.js";
import { operators } from "../predicate.js";
import { predicateSchema } from "./predicate.js";
import { projectSchema } from "./project.js";
import { proposalSchema } from "./proposal.js";
import { evalRecordSchema } from "./record.js";
import { wordSchema } from "./word.js";
import { fieldSchema, typeSchema } from "./type.js";

/** A JSON Schema, as data. */
export type JsonSchema = { [key: string]: unknown };

/** What each schema file describes, by the file's name without `.schema.json`. */
const described = {
  policy: {
    schema: policySchema,
    title: "A built policy of Reshimu",
    description: "What `reshimu build` writes and an engine loads.",
  },
  proposal: {
    schema: proposalSchema,
    title: "A proposal to Reshimu",
    description: "What an agent proposes to do.",
  },
  decision: {
    schema: decisionSchema,
    title: "A decision of Reshimu",
    description: "What is decided on one proposal, and why.",
  },
  "explained-decision": {
    schema: explainedDecisionSchema,
    title: "A decision of Reshimu, explained",
    description: "A decision, and what each sub-expression came to of the conditions that decide.",
  },
  "eval-record": {
    schema: evalRecordSchema,
    title: "A line of reshimu eval",
    description: "A proposal, or what happened between proposals.",
  },
  word: {
    schema: wordSchema,
    title: "A word of a principal",
    description: "What a principal with a key signs: a confirmation, a ruling, or what it said.",
  },
  project: {
    schema: projectSchema,
    title: "reshimu.json",
    description: "What holds for all policies below a folder.",
  },
} as const;

/** The JSON Schemas (draft 2020-12) of all that crosses a process, generated from the zod schemas, by the names of their files. */
export function jsonSchemas(): { [file: string]: JsonSchema } {
  return Object.fromEntries(
    Object.entries(described).map(([name, { schema, title, description }]) => {
      const { $schema, $defs, ...rest } = generated(schema);
      const defs = withPredicate(rest, $defs as JsonSchema | undefined);
      return [
        `${name}.schema.json`,
        { $schema, title, description, ...rest, ...(defs === undefined ? {} : { $defs: defs }) },
      ];
    }),
  );
}

/** Schemas that others refer to by name. */
const named = z
  .registry<{ id: string }>()
  .add(jsonSchema, { id: "json" })
  .add(typeSchema, { id: "type" })
  .add(fieldSchema, { id: "field" })
  .add(explainedPartSchema, { id: "part" })
  .add(decisionSchema.shape.report.unwrap().shape.questions.unwrap(), { id: "question" });

const predicateRef = "#/$defs/predicate";

/** The JSON Schema of a zod schema; `predicates` is written where it has a predicate. */
export function generated(schema: z.ZodType, predicates: JsonSchema = { $ref: predicateRef }): JsonSchema {
  return z.toJSONSchema(schema, {
    metadata: named,
    // A predicate is checked by a function, which has no form in JSON Schema: `predicate` below says as much of it as can be said.
    unrepresentable: "any",
    override({ zodSchema, jsonSchema: written }) {
      if ((zodSchema as unknown) === predicateSchema) Object.assign(written, predicates);
    },
  }) as JsonSchema;
}

function withPredicate(schema: JsonSchema, defs: JsonSchema | undefined): JsonSchema | undefined {
  return JSON.stringify([schema, defs]).includes(predicateRef) ? { ...defs, predicate: predicate() } : defs;
}

/** A literal, a list of predicates, or one operator of the closed table with its operands. */
function predicate(): JsonSchema {
  return {
    description:
      "JsonLogic over a closed set of operators; which operands each takes is checked as a policy is loaded.",
    anyOf: [
      { type: ["boolean", "number", "string"] },
      { type: "array", items: { $ref: predicateRef } },
      {
        type: "object",
        minProperties: 1,
        maxProperties: 1,
        propertyNames: { enum: [...operators.keys()] },
        // Names and windows stand among the operands: `null` is a window without an end.
        additionalProperties: { type: "array", items: { anyOf: [{ $ref: predicateRef }, { type: "null" }] } },
      },
    ],
  };
}
