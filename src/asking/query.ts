import type { Json } from "../ir/json.js";
import type { Predicate } from "../ir/predicate.js";
import type { TraceRecord } from "../ir/trace.js";
import type { FieldIr } from "../ir/type.js";
import { normaliseFields } from "../ir/value.js";
import { type Frame, noWork } from "../logic/frame.js";
import { prepare } from "../logic/prepare.js";
import { truthOf, UNKNOWN, type Unknown } from "../logic/value.js";
import type { TraceStore } from "../trace/store.js";
import { fieldNames, fieldOf } from "./fields.js";
import { pushedDown } from "./pushdown.js";

/** A condition over records, checked and lowered over `recordFields`. */
export interface RecordCondition {
  readonly when: Predicate;
  /** The parameters of the tool whose arguments the condition reads one by one, where it does. */
  readonly params?: readonly FieldIr[] | undefined;
}

/** What a query has looked at so far. */
export interface QueryCount {
  /** Judged, beside what the store sorted out by itself. */
  judged: number;
  found: number;
  /** Neither true nor false: not found, and told. */
  unknown: number;
}

/** Judges one record; unknown where an operation has no result, or its arguments do not fit the tool as it is declared. */
export type Judge = (record: TraceRecord) => boolean | Unknown;

/** `now`: milliseconds, what the condition reads as `now`. */
export function judgeOf({ when, params }: RecordCondition, now: number): Judge {
  const slots = new Map(fieldNames.map((name, slot) => [name, slot]));
  const prepared = prepare(when, slots);
  const read = fieldNames.map((name) => (mentions(when, name) ? name : undefined));
  return (record) => {
    let misfit = false;
    const args = read.map((name) => {
      const value = name === undefined ? undefined : fieldOf(record, name);
      if (name !== "args" || params === undefined || value === undefined) return value;
      const fitted = normaliseFields(params, value as { [key: string]: Json }, "UTC");
      misfit ||= !fitted.ok;
      return fitted.ok ? fitted.value : undefined;
    });
    return misfit ? UNKNOWN : truthOf(prepared.value(frameOf(record, args, now)));
  };
}

/** Only what is mentioned is looked up: a body as text is long. */
function mentions(rule: unknown, name: string): boolean {
  if (typeof rule !== "object" || rule === null) return false;
  if (Array.isArray(rule)) return rule.some((one) => mentions(one, name));
  return Object.entries(rule).some(([operator, operands]) =>
    operator === "val" ? operands[0] === "arg" && operands[1] === name : mentions(operands, name),
  );
}

/** A record is asked about by itself: of a session, a policy or a source nothing is known. */
function frameOf(record: TraceRecord, args: Frame["args"], now: number): Frame {
  const unknown = (): Unknown => UNKNOWN;
  return {
    args,
    locals: [],
    work: noWork(),
    now,
    given: unknown,
    claim: unknown,
    actor: unknown,
    session: (member) => (member === "id" ? record.session : UNKNOWN),
    fact: () => ({ state: "silent", reason: "a record is asked about by itself" }),
    traced: () => ({ truth: UNKNOWN, support: 0 }),
    calls: unknown,
  };
}

/**
 * The records that a condition holds of, in order. The store sorts out what it can; memory is bounded however long the trace.
 * `count` is brought up to date with each record.
 */
export async function* queryTrace(
  store: TraceStore,
  condition: RecordCondition,
  { now, count }: { readonly now: number; readonly count?: QueryCount },
): AsyncIterable<TraceRecord> {
  const { until = Number.POSITIVE_INFINITY, ...filter } = pushedDown(condition.when, now);
  const judge = judgeOf(condition, now);
  if (filter.kinds?.length === 0) return;
  for await (const record of store.records(filter)) {
    // Time never runs backwards along the chain.
    if (record.at > until) return;
    const truth = judge(record);
    if (count !== undefined) {
      count.judged += 1;
      if (truth === true) count.found += 1;
      if (truth === UNKNOWN) count.unknown += 1;
    }
    if (truth === true) yield record;
  }
}
