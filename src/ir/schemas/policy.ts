import { z } from "zod";
import { validatorNames } from "../decision.js";
import { irVersion } from "../policy.js";
import { annotations } from "../predicate.js";
import { jsonSchema } from "./json.js";
import { predicateSchema } from "./predicate.js";
import { fieldSchema, typeSchema } from "./type.js";

const name = z.string().min(1).max(1_000);
const text = z.string().max(100_000);
const milliseconds = z.number().int().nonnegative();
const unit = z.number().min(0).max(1);
/** A statement's id: its kind and the first 12 hex digits of the SHA-256 of its canonical content, e.g. `permit/1a2b3c4d5e6f`. */
const id = z.string().regex(/^[a-z]+\/[0-9a-f]{12}$/);
const tools = z.array(name).min(1);
const because = text.optional();
const asks = z.strictObject({ principal: name, question: text });
const window = z.union([z.literal("session"), milliseconds]);

const permit = z.strictObject({ id, tools, serving: z.array(name), when: predicateSchema, because });
const limit = z.strictObject({
  id,
  tools,
  sum: predicateSchema.optional(),
  to: z.number(),
  per: window,
  each: predicateSchema.optional(),
});
const scope = z.strictObject({ permits: z.array(permit), forbids: z.array(permit), limits: z.array(limit) });

const ground = z.strictObject({
  id,
  tools,
  on: z.enum(["fact", "inference", "situation", "effect"]),
  condition: predicateSchema,
  because,
});
const grounding = z.strictObject({
  grounds: z.array(ground),
  tolerance: unit.optional(),
  unsupported: unit.optional(),
});

const treat = z.strictObject({
  id,
  tools,
  class: name,
  when: predicateSchema,
  undo: z
    .strictObject({
      tool: name,
      args: z.array(z.strictObject({ name, value: predicateSchema })),
      within: milliseconds,
    })
    .optional(),
  because,
});
const reversibility = z.strictObject({ treats: z.array(treat), otherwise: name.optional() });

const gray = z.strictObject({
  id,
  tools,
  when: predicateSchema,
  weight: unit,
  asks: asks.optional(),
  because,
});
const discernment = z.strictObject({
  /** `for` absent: for every class. */
  thresholds: z.array(z.strictObject({ id, value: z.number().min(0).lt(1), for: name.optional() })),
  grays: z.array(gray),
  fidelity: z.strictObject({ id, atLeast: unit }).optional(),
});

/** One file of a policy (semantics.md, *Layers*); a validator whose block it does not write is null there: no opinion. */
const layer = z.strictObject({
  name,
  /** Whether it belongs to the commission: writes the intent, or is extended by the layer that does. */
  commission: z.boolean(),
  scope: scope.nullable(),
  grounding: grounding.nullable(),
  reversibility: reversibility.nullable(),
  discernment: discernment.nullable(),
});

const given = z.strictObject({
  name,
  type: typeSchema,
  /** The default, normalised; absent: to be supplied at opening, or asked. */
  value: jsonSchema.optional(),
  asks: asks.optional(),
});

const worldSource = z.strictObject({
  name,
  kind: z.enum(["sqlite", "http", "json", "postgres", "mcp"]),
  /** A path or URL; a relative path starts at the folder of the policy file given to the compiler. */
  locator: text,
  trust: unit,
  fresh: milliseconds.optional(),
  timeout: milliseconds.optional(),
});
const toolSource = z.strictObject({
  name,
  kind: z.literal("tool"),
  tools,
  /** Key paths without indices, segments joined by dots; empty: every leaf. */
  fields: z.array(name),
  asText: z.boolean(),
  when: predicateSchema,
  trust: unit,
});

const fact = z.strictObject({
  name,
  optional: z.boolean(),
  params: z.array(fieldSchema),
  type: typeSchema,
  from: z.array(z.strictObject({ source: name, lookup: text.optional() })).min(1),
  /** `agree within R`, a relative difference. */
  agree: z.number().nonnegative().optional(),
});

const reversibilityClass = z.strictObject({
  name,
  confidence: unit.optional(),
  confirm: name.optional(),
  limit: z.strictObject({ id, to: z.number(), per: window }).optional(),
});

/** What one tier holds, after all boundaries above it. */
const tier = z.strictObject({
  name,
  bullets: z.array(name),
  givens: z.array(name),
  /** Declared tools it may use. */
  uses: z.array(name),
  /** Declared tools it may only pass on. */
  passes: z.array(name),
});

const boundary = z.strictObject({
  id,
  from: name,
  to: name,
  carries: z.array(name),
  withholds: z.array(name),
  grants: z.array(name),
  passes: z.array(name),
  because,
});

const assertion = z.strictObject({
  id,
  tools,
  never: z.union([z.literal("without confirmation"), z.strictObject({ when: predicateSchema })]),
});

/** What a test step may say a value is. */
const testValue = z.union([z.literal("unknown"), z.literal("absent"), z.strictObject({ value: jsonSchema })]);
const args = z.record(z.string(), jsonSchema);
/** A rule that speaks of the action proposed last: of its kind, serving this bullet, with this reason. */
const ruleRef = z.strictObject({
  rule: z.enum(["permit", "forbid", "limit", "ground", "treat", "gray", "fidelity"]),
  serving: name.optional(),
  because,
});
const subject = z.union([z.strictObject({ given: name }), ruleRef]);
const testStep = z.discriminatedUnion("step", [
  z.strictObject({ step: z.literal("tier"), tier: name }),
  z.strictObject({ step: z.literal("actor"), id: text.optional(), roles: z.array(text).optional() }),
  z.strictObject({ step: z.literal("instruction"), text }),
  z.strictObject({ step: z.literal("given"), name, value: testValue }),
  z.strictObject({ step: z.literal("now"), time: z.number() }),
  z.strictObject({
    step: z.literal("fact"),
    name,
    args: z.array(jsonSchema),
    /** The source that says it; absent: every source of the fact. */
    from: name.optional(),
    value: testValue,
  }),
  z.strictObject({ step: z.literal("said"), by: name, text }),
  z.strictObject({
    step: z.literal("observe"),
    tool: name,
    args,
    output: jsonSchema,
    error: z.boolean().optional(),
  }),
  z.strictObject({ step: z.literal("claim"), name, value: jsonSchema, confidence: z.number().optional() }),
  z.strictObject({
    step: z.literal("propose"),
    tool: name,
    args,
    confidence: z.number().optional(),
    message: text.optional(),
  }),
  z.strictObject({ step: z.literal("confirmed"), by: name }),
  z.strictObject({ step: z.literal("refused"), by: name }),
  z.strictObject({ step: z.literal("answered"), by: name, about: subject, answer: jsonSchema }),
  z.strictObject({
    step: z.literal("expect"),
    decision: z.enum(["authorize", "confirm", "clarify", "return"]),
    from: z.array(name),
    /** A rule that decides. */
    by: ruleRef.optional(),
  }),
  z.strictObject({ step: z.literal("expect-finding"), validator: z.enum(validatorNames), finding: name }),
  z.strictObject({ step: z.literal("expect-class"), class: name }),
  /** The calibrated confidence; `bound` absent: exactly. */
  z.strictObject({
    step: z.literal("expect-confidence"),
    bound: z.enum(["least", "most"]).optional(),
    value: z.number(),
  }),
  z.strictObject({ step: z.literal("expect-remedy"), kind: name, by: ruleRef.optional() }),
  z.strictObject({ step: z.literal("expect-asks"), principal: name, about: subject.optional() }),
]);
/** One case of a `test` block; `row` is the row it comes from, as it reads. */
const test = z.strictObject({ id, name: text, row: text.optional(), steps: z.array(testStep) });

/** A sub-expression in the text of its condition, for explanations. */
const mark = z.strictObject({
  /** Where its rule stands in the predicate: indices of operands from the outermost rule inward. */
  at: z.array(z.number().int().nonnegative()),
  /** Offsets in `text` in UTF-16 units, the end left out; a value is shown beneath `anchor`, the operator where there is one. */
  from: z.number().int().nonnegative(),
  to: z.number().int().nonnegative(),
  anchor: z.number().int().nonnegative(),
  /** How its value is written, where that is not as JSON. */
  type: z.enum(["time", "duration"]).optional(),
});
export type Mark = z.infer<typeof mark>;

/** A condition as its author wrote it. */
const written = z.strictObject({
  /** Which expression of the statement it is: `when` (what comes after `on ASPECT` too), `sum` or `each`. */
  role: z.enum(["when", "sum", "each"]),
  /** Its lines, the first from its beginning unless that is long, the last up to where the condition ends. */
  text: z.string(),
  /** Where `text` begins in the file. */
  line: z.number().int().positive(),
  column: z.number().int().positive(),
  marks: z.array(mark),
});
export type Written = z.infer<typeof written>;

/** Where a statement stands; its text is quoted in decisions. Line and column count from 1. */
const place = z.strictObject({
  file: z.string(),
  line: z.number().int().positive(),
  column: z.number().int().positive(),
  text: z.string(),
  /** Of a statement with a condition: the text of each part that `and` joins, in the order of the predicate's operands. */
  parts: z.array(z.string()).optional(),
  /** Its conditions, sub-expression by sub-expression; absent in policies built before there were explanations. */
  conditions: z.array(written).optional(),
});
export type Place = z.infer<typeof place>;

/**
 * A compiled policy: every layer inside, nothing else to be read (semantics.md, *Layers*). Lists whose order has no
 * meaning are sorted, so that a permuted file has the same digest. `spans` is outside the digest.
 */
export const policySchema = z.strictObject({
  format: z.literal("reshimu-policy"),
  version: z.literal(irVersion),
  name,
  /** IANA zone of the file that writes the intent (of the entry file in a base): how times without an offset are read. */
  zone: name,
  principals: z.array(z.strictObject({ name, display: text, key: text.optional() })),
  /** Null in a base policy: no session opens on it. */
  intent: z
    .strictObject({
      bullets: z.array(z.strictObject({ name, text })).length(3),
      givens: z.array(given),
    })
    .nullable(),
  tools: z.array(
    z.strictObject({
      name,
      params: z.array(fieldSchema),
      annotated: z.array(z.enum(annotations)).min(1).optional(),
    }),
  ),
  sources: z.array(z.discriminatedUnion("kind", [worldSource, toolSource])),
  facts: z.array(fact),
  claims: z.array(z.strictObject({ name, type: typeSchema })),
  /** One chain, the mildest first. */
  classes: z.array(reversibilityClass),
  escalate: z.array(z.strictObject({ principal: name, within: milliseconds })),
  /** From the root down; empty without `tiers` (then one tier, which uses all). */
  tiers: z.array(tier),
  boundaries: z.array(boundary),
  layers: z.array(layer).min(1),
  asserts: z.array(assertion),
  tests: z.array(test),
  /** Places by statement id, and by `fact:NAME`, `source:NAME`, `class:NAME`, `given:NAME`, `bullet:NAME`, `tool:NAME`, `escalate`, `otherwise`; of a test's steps by its id, a colon and their index. */
  spans: z.record(z.string(), z.array(place)),
});

export type PolicyIr = z.infer<typeof policySchema>;
export type LayerIr = PolicyIr["layers"][number];
export type ScopeIr = NonNullable<LayerIr["scope"]>;
export type PermitIr = ScopeIr["permits"][number];
export type LimitIr = ScopeIr["limits"][number];
export type GroundingIr = NonNullable<LayerIr["grounding"]>;
export type GroundIr = GroundingIr["grounds"][number];
export type ReversibilityIr = NonNullable<LayerIr["reversibility"]>;
export type TreatIr = ReversibilityIr["treats"][number];
export type DiscernmentIr = NonNullable<LayerIr["discernment"]>;
export type GrayIr = DiscernmentIr["grays"][number];
export type GivenIr = NonNullable<PolicyIr["intent"]>["givens"][number];
export type ToolIr = PolicyIr["tools"][number];
export type SourceIr = PolicyIr["sources"][number];
export type WorldSourceIr = Exclude<SourceIr, { kind: "tool" }>;
export type ToolSourceIr = Extract<SourceIr, { kind: "tool" }>;
export type FactIr = PolicyIr["facts"][number];
export type ClassIr = PolicyIr["classes"][number];
export type TestIr = PolicyIr["tests"][number];
export type TestStepIr = TestIr["steps"][number];
export type RuleRefIr = z.infer<typeof ruleRef>;
export type SubjectIr = z.infer<typeof subject>;
export type Asks = z.infer<typeof asks>;
export type WindowIr = z.infer<typeof window>;
