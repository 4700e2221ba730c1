import { type Decision, decisionWords, findings, validatorNames } from "../ir/decision.js";
import { canonicalJson } from "../ir/digest.js";
import type { Json } from "../ir/json.js";
import type { FieldIr, TypeIr } from "../ir/type.js";
import { outcomes, type TraceBody, traceKinds, type TraceRecord } from "../ir/trace.js";
import { toolOf } from "../trace/chain.js";

/**
 * What a condition over records can read, by name. What not every record has is optional, and guarded by `has`; beside these there
 * are `session.id`, the session of the record, and `now`.
 */
interface Field {
  readonly type: TypeIr;
  readonly optional?: true;
  /** Its value, as the engine reads it (times as milliseconds); undefined where the record has none. */
  readonly of: (record: TraceRecord) => Json | undefined;
}

const words = (names: readonly string[]): TypeIr => ({ enum: [...names] });
const list = (element: TypeIr): TypeIr => ({ list: element });

const always = (type: TypeIr, of: (record: TraceRecord) => Json): Field => ({ type, of });
const maybe = (type: TypeIr, of: Field["of"]): Field => ({ type, optional: true, of });

/** Of a decision alone. */
const decided = (type: TypeIr, of: (decision: Decision, body: TraceBody<"decided">) => Json | null): Field =>
  maybe(type, (record) =>
    record.kind === "decided" ? (of(record.body.decision, record.body) ?? undefined) : undefined,
  );

/** A member of the body, whatever kinds of record have it, where it is of the type of this one. */
const member = (type: TypeIr, like: string | boolean, ...names: readonly string[]): Field =>
  maybe(type, ({ body }) => {
    for (const name of names) {
      const value = Object.hasOwn(body, name) ? (body as { [key: string]: Json })[name] : undefined;
      if (typeof value === typeof like) return value;
    }
    return undefined;
  });

const table: { readonly [name: string]: Field } = {
  seq: always("int", ({ seq }) => seq),
  hash: always("string", ({ hash }) => hash),
  kind: always(words(traceKinds), ({ kind }) => kind),
  at: always("time", ({ at }) => at),
  root: always("string", ({ root }) => root),
  policy: always("string", ({ policy }) => policy.name),
  digest: always("string", ({ policy }) => policy.digest),
  body: always("string", ({ body }) => canonicalJson(body)),
  cause: maybe("string", ({ cause }) => cause ?? undefined),
  tool: maybe("string", toolOf),
  decision: decided(words(decisionWords), ({ decision }) => decision),
  ...Object.fromEntries(
    validatorNames.map((name) => [
      name,
      decided(words(findings[name]), ({ assessments }) => assessments[name].finding),
    ]),
  ),
  stopped: decided(list(words(validatorNames)), ({ stoppedBy }) => stoppedBy),
  class: decided("string", ({ assessments }) => assessments.reversibility.class),
  confidence: decided("decimal", ({ assessments }) => assessments.grounding.confidence),
  support: decided("decimal", ({ assessments }) => assessments.grounding.support),
  ambiguity: decided("decimal", ({ assessments }) => assessments.discernment.ambiguity),
  trust: decided("decimal", (_, body) => body.trust),
  rules: decided(list("string"), rulesOf),
  args: decided("json", ({ action }) => action?.args ?? null),
  proposal: maybe("string", (record) =>
    record.kind === "decided"
      ? record.body.decision.proposal
      : record.kind === "confirmed" || record.kind === "ruled"
        ? record.body.proposal
        : undefined,
  ),
  by: member("string", "", "by"),
  answer: member("bool", true, "answer"),
  question: member("string", "", "question"),
  text: member("string", "", "text", "instruction", "brief", "note", "reason"),
  error: member("bool", true, "error"),
  result: member(words(outcomes), "", "result"),
  tier: maybe("string", (record) =>
    record.kind === "opened"
      ? (record.body.tier ?? undefined)
      : record.kind === "delegated"
        ? (record.body.hop.to ?? undefined)
        : undefined,
  ),
  who: maybe("string", ({ kind, body }) =>
    kind === "opened" || kind === "delegated" ? (body as TraceBody<"opened">).actor.id : undefined,
  ),
  sources: maybe(list("string"), (record) =>
    record.kind === "observed" ? [...record.body.sources] : undefined,
  ),
};

/** The ids of all statements that spoke. */
export function rulesOf({ assessments }: Decision): string[] {
  const { scope, grounding, reversibility, discernment } = assessments;
  const ids = [
    ...scope.rules.map(({ id }) => id),
    ...grounding.checks.map(({ id }) => id),
    ...reversibility.rules.map(({ id }) => id),
    ...discernment.components.flatMap(({ rule }) => rule ?? []),
  ];
  return [...new Set(ids)];
}

/** The names of the fields, in the order in which they are shown. */
export const fieldNames: readonly string[] = Object.keys(table);

/** The fields as a signature. With the parameters of the one tool that is asked about, its arguments can be read one by one. */
export function recordFields(params?: readonly FieldIr[]): FieldIr[] {
  return Object.entries(table).map(([name, { type, optional }]) => ({
    name,
    type: name === "args" && params !== undefined ? { record: [...params] } : type,
    ...(optional === undefined ? {} : { optional }),
  }));
}

/** The value of a field of a record; undefined where it has none. */
export const fieldOf = (record: TraceRecord, name: string): Json | undefined =>
  Object.hasOwn(table, name) ? table[name]?.of(record) : undefined;
