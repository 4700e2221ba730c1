import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { test } from "vitest";
import { canonicalJson, type Decision } from "../../../src/index.js";
import { type Scenario, type ScenarioOptions, scenarios } from "../generate/scenario.js";
import type { Judged } from "./judge.js";

/** How often each property is tried; `RESHIMU_RUNS` for a longer hunt. */
export const runs = Number(process.env.RESHIMU_RUNS ?? 100);
/** The ordinary run is the same on every machine; a hunt takes another `RESHIMU_SEED`, or `any` for one by chance. */
const seed = process.env.RESHIMU_SEED ?? "1";

export const parameters = <T>(share = 1): fc.Parameters<T> => ({
  numRuns: Math.ceil(runs * share),
  ...(seed === "any" ? {} : { seed: Number(seed) }),
});

/** Time for the runs, and for making a failure small. */
export const timeout = 240_000 + runs * 200;

/** Something that must hold of every scenario. */
export function holds(name: string, check: (scenario: Scenario) => void, options?: ScenarioOptions): void {
  test(name, () => fc.assert(fc.property(scenarios(options), check), parameters()), timeout);
}

/** As `holds`, of every decision of every scenario. */
export function holdsOfEach(
  name: string,
  check: (scenario: Scenario, proposal: unknown) => void,
  options?: ScenarioOptions,
): void {
  holds(
    name,
    (scenario) => {
      for (const proposal of scenario.proposals) check(scenario, proposal);
    },
    options,
  );
}

/** Fails with what two sides are, so that a reader sees where they part. */
export function mustBeSame(what: string, a: unknown, b: unknown, judged?: Judged): void {
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
