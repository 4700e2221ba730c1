import { isDeepStrictEqual } from "node:util";
import type { Json } from "../../src/ir/json.js";
import type { Case, JsonObject } from "./cases.js";

/** What a driver says to a case: an answer field by field, or why it cannot be asked this. */
export type Answer = { readonly answer: JsonObject } | { readonly uncovered: string };

/** Something that answers cases: an implementation, or a way to it. */
export interface Driver {
  readonly name: string;
  /** One answer a case, in their order. */
  run(cases: readonly Case[]): Promise<readonly Answer[]>;
}

export interface Result {
  readonly one: Case;
  readonly outcome: "same" | "different" | "uncovered";
  /** What the driver said, of the fields that the case expects; or why it is not covered. */
  readonly said: Json;
}

/** Asks a driver all cases and compares. Nothing is left out: what a driver does not cover is a result, too. */
export async function run(cases: readonly Case[], driver: Driver): Promise<Result[]> {
  const answers = await driver.run(cases);
  if (answers.length !== cases.length)
    throw new Error(`${driver.name} gave ${answers.length} answers to ${cases.length} cases`);
  return cases.map((one, i) => resultOf(one, answers[i] as Answer));
}

function resultOf(one: Case, answer: Answer): Result {
  if ("uncovered" in answer) return { one, outcome: "uncovered", said: answer.uncovered };
  const said = plain(
    Object.fromEntries(Object.keys(one.expected).map((field) => [field, answer.answer[field] ?? null])),
  );
  return { one, outcome: isDeepStrictEqual(said, plain(one.expected)) ? "same" : "different", said };
}

/** As JSON tells it: no prototypes, no minus zero. */
const plain = (value: Json): Json => JSON.parse(JSON.stringify(value)) as Json;

/** How many cases of each kind a driver answered. */
export function covered(results: readonly Result[]): { [kind: string]: number } {
  const counts: { [kind: string]: number } = {};
  for (const { one, outcome } of results)
    if (outcome !== "uncovered") counts[one.kind] = (counts[one.kind] ?? 0) + 1;
  return counts;
}

/** The differences, for a person. */
export function differences(results: readonly Result[]): string[] {
  return results.flatMap(({ one, outcome, said }) =>
    outcome === "different"
      ? [
          `${one.file}: ${one.name}\n  expected ${JSON.stringify(one.expected)}\n  got      ${JSON.stringify(said)}`,
        ]
      : [],
  );
}
