import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { canonicalJson, type Decision } from "../../../src/index.js";
import type { Judged } from "./judge.js";

let comparisons = 0;

/**
 * Counts decisions that are held against another one, against the model or against what is expected of them: one for each
 * decision, however much of it is looked at.
 */
export function compared(decisions = 1): void {
  comparisons += decisions;
}

/** How many comparisons this process has made. */
export const comparisonsMade = (): number => comparisons;

/** Fails with what two sides are, so that a reader sees where they part. */
export function mustBeSame(what: string, a: unknown, b: unknown, judged?: Judged): void {
  if (isDeepStrictEqual(a, b)) return;
  // Copies, so that objects without a prototype equal those with one.
  if (!isDeepStrictEqual(structuredClone(a), structuredClone(b)))
    fail(what, { one: a, other: b, ...(judged && told(judged)) });
}

export function must(
  fine: boolean,
  what: string,
  judged: Judged,
  seen: Readonly<Record<string, unknown>> = {},
): void {
  if (!fine) fail(what, { ...seen, ...told(judged) });
}

function fail(what: string, seen: Readonly<Record<string, unknown>>): never {
  const lines = Object.entries(seen).map(
    ([name, value]) =>
      `${name}: ${typeof value === "object" ? JSON.stringify(value, null, 1) : fc.stringify(value)}`,
  );
  throw new Error(`${what}\n${lines.join("\n")}`);
}

/** What a failure shows of a decision: all of it, with what it was made on. */
function told({ evaluation, knowledge, proposal }: Judged): Readonly<Record<string, unknown>> {
  return { decision: evaluation.decision, proposal, knowledge };
}

/** A decision without where its rules stand, as its canonical JSON. */
export function withoutPlaces(decision: Decision): string {
  return canonicalJson(
    JSON.parse(
      JSON.stringify(decision, (key, value: unknown) => (key === "at" || key === "text" ? undefined : value)),
    ),
  );
}
