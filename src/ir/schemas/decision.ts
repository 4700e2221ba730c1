import { z } from "zod";
import { decisionWords, findings, type Question, remedyKinds, validatorNames } from "../decision.js";
import { jsonSchema } from "./json.js";

const truth = z.enum(["true", "false", "unknown"]);
export type Truth = z.infer<typeof truth>;

/** A statement that spoke. `at` is `file:line:column`, `text` the line itself, where spans are kept. */
const rule = z.strictObject({
  id: z.string(),
  layer: z.string(),
  effect: z.string(),
  value: truth,
  at: z.string().optional(),
  text: z.string().optional(),
  because: z.string().optional(),
  /** Of a permit that is false: the parts of its condition that do not hold. */
  fails: z.array(z.string()).optional(),
  /** For a limit: what was used of it before, and what it allows. */
  used: z.number().optional(),
  limit: z.number().optional(),
});
export type RuleReport = z.infer<typeof rule>;

/** Why something is not known. */
const unknown = z.strictObject({
  /** `given:NAME`, `bullet:NAME`, `fact:NAME(ARGS)`, `traced:…`, `operation:…`. */
  key: z.string(),
  kind: z.enum(["given", "bullet", "fact", "traced", "operation", "message"]),
  reason: z.string(),
});
export type UnknownReport = z.infer<typeof unknown>;

const check = z.strictObject({
  id: z.string(),
  layer: z.string(),
  on: z.enum(["fact", "inference", "situation", "effect"]),
  value: truth,
  settled: z.boolean(),
  /** Absent: supports nothing. */
  support: z.number().optional(),
  rests: z.array(z.string()),
  at: z.string().optional(),
  text: z.string().optional(),
  because: z.string().optional(),
  /** Of a check that is false: the parts of its condition that do not hold. */
  fails: z.array(z.string()).optional(),
});
export type CheckReport = z.infer<typeof check>;

const remedy = z.strictObject({
  kind: z.enum(remedyKinds),
  validator: z.enum(validatorNames),
  /** The statement that asks for it; absent where none does (no permit speaks of the tool). */
  rule: z.string().optional(),
  at: z.string().optional(),
  text: z.string().optional(),
  because: z.string().optional(),
  /** The parts of the rule's condition that do not hold. */
  fails: z.array(z.string()).optional(),
  /** What would satisfy it, a sentence. */
  satisfy: z.string(),
  /** Principals to be asked, in order. */
  from: z.array(z.string()).optional(),
  /** `lower-confidence`: the most that would pass. */
  atMost: z.number().optional(),
  /** `answer-question`: keys of the report's questions. */
  questions: z.array(z.string()).optional(),
});
export type Remedy = z.infer<typeof remedy>;

const leaf = z.strictObject({ decision: z.enum(decisionWords), confirmBy: z.array(z.string()).optional() });
const question: z.ZodType<Question> = z.lazy(() =>
  z.strictObject({
    key: z.string(),
    kind: z.enum(["given", "condition", "gray"]),
    ask: z.array(z.string()),
    text: z.string(),
    condition: z.string().optional(),
    choices: z.array(z.strictObject({ answer: jsonSchema, then: z.union([leaf, question]) })),
  }),
);

const scopeAssessment = z.strictObject({
  validator: z.literal("ARYEH"),
  finding: z.enum(findings.scope),
  rules: z.array(rule),
  unknowns: z.array(unknown),
  /** Why the proposal does not fit, where no rule says so (unknown tool, ill-typed argument, tier). */
  problems: z.array(z.string()),
});
const groundingAssessment = z.strictObject({
  validator: z.literal("SHOR"),
  finding: z.enum(findings.grounding),
  /** The calibrated confidence, 0 to 1. */
  confidence: z.number(),
  /** The least support of a supporting check; null: none supports. */
  support: z.number().nullable(),
  checks: z.array(check),
  unknowns: z.array(unknown),
  /** Claims that are missing, ill-typed or too sure. */
  claims: z.array(
    z.strictObject({
      name: z.string(),
      problem: z.enum(["missing", "ill-typed", "overconfident"]),
      atMost: z.number().optional(),
    }),
  ),
});
const reversibilityAssessment = z.strictObject({
  validator: z.literal("NESHER"),
  finding: z.enum(findings.reversibility),
  /** The gravest possible class; null: no layer has an opinion. */
  class: z.string().nullable(),
  mildest: z.string().nullable(),
  /** Principals whose confirmation is still wanted. */
  awaiting: z.array(z.string()),
  rules: z.array(rule),
  unknowns: z.array(unknown),
  undo: z.array(
    z.strictObject({
      rule: z.string(),
      tool: z.string(),
      args: z.record(
        z.string(),
        z.union([
          z.strictObject({ value: jsonSchema }),
          z.strictObject({ result: z.string() }),
          z.strictObject({ unknown: z.literal(true) }),
        ]),
      ),
      within: z.number(),
    }),
  ),
});
const discernmentAssessment = z.strictObject({
  validator: z.literal("PANIM ADAM"),
  finding: z.enum(findings.discernment),
  ambiguity: z.number(),
  threshold: z.number(),
  components: z.array(
    z.strictObject({
      kind: z.enum(["scope", "check", "class", "message", "gray"]),
      weight: z.number(),
      rule: z.string().optional(),
      at: z.string().optional(),
      text: z.string().optional(),
    }),
  ),
  refusedBy: z.array(z.string()),
});

/** A permit, forbid, limit or gray line that speaks for or against the action; of a limit `value` says whether it is passed. */
const reportRule = rule.omit({ fails: true, used: true, limit: true }).extend({
  /** Of one that is unknown: what is left of its condition once all that is known is put in, in the language. */
  residual: z.string().optional(),
});
export type ReportRule = z.infer<typeof reportRule>;

/** Did the source intent authorize this? */
const reportSource = z.strictObject({
  /** The three bullets, and which rules that speak of the tool stand for their sake. */
  bullets: z.array(z.strictObject({ name: z.string(), text: z.string(), servedBy: z.array(z.string()) })),
  for: z.array(reportRule),
  against: z.array(reportRule),
});

const loss = { by: z.enum(["boundary", "delegation"]), at: z.string() };
const reportHop = z.strictObject({
  /** The session that was made by it; absent: a boundary of the policy, which any descent passes. */
  session: z.string().optional(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  /** `intent.NAME`, `given.NAME`, or a tool. */
  carried: z.array(z.string()),
  withheld: z.array(z.strictObject({ thing: z.string(), ...loss })),
  retention: z.number(),
  fidelity: z.number().optional(),
});

/** Did the transmission preserve enough to tell? From the root down. */
const reportDescent = z.strictObject({
  hops: z.array(reportHop),
  /** What the rules for the tool need and who acts does not hold, and where it was lost; without a place: it was never handed down. */
  lost: z.array(z.strictObject({ thing: z.string(), by: loss.by.optional(), at: loss.at.optional() })),
});

/** The Beiur report that a clarify yields (semantics.md), in its three parts. */
const report = z.strictObject({
  source: reportSource,
  descent: reportDescent,
  /** What specification is needed? Null where no set of answers was found that decides. */
  questions: question.nullable(),
});
export type Report = z.infer<typeof report>;

/** One decision on one proposal (architecture.md, *Contracts*). Over layers each assessment shows its lowest finding and the rules of all. */
export const decisionSchema = z.strictObject({
  decision: z.enum(decisionWords),
  proposal: z.string(),
  /** The action in normal form: what was decided on, and what is to be carried out; null where it does not fit its tool. */
  action: z.strictObject({ tool: z.string(), args: z.record(z.string(), jsonSchema) }).nullable(),
  policy: z.strictObject({ name: z.string(), digest: z.string() }),
  assessments: z.strictObject({
    scope: scopeAssessment,
    grounding: groundingAssessment,
    reversibility: reversibilityAssessment,
    discernment: discernmentAssessment,
  }),
  stoppedBy: z.array(z.enum(validatorNames)),
  remedies: z.array(remedy),
  report: report.nullable(),
});
export type Decision = z.infer<typeof decisionSchema>;
export type Assessments = Decision["assessments"];
