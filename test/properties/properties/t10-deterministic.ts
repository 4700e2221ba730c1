import { createEngine } from "../../../src/index.js";
import type { Scenario } from "../generate/scenario.js";
import { judge } from "../support/judge.js";
import { compared, mustBeSame } from "../support/must.js";
import { ofScenarios } from "../support/property.js";

/** A copy that shares nothing and cannot be changed. */
function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    for (const inner of Object.values(value)) frozen(inner);
    Object.freeze(value);
  }
  return value;
}

const isPlain = (proposal: unknown): boolean => {
  try {
    structuredClone(proposal);
    return true;
  } catch {
    return false;
  }
};

function sameBytes({ engine, tellings }: Scenario): void {
  const again = createEngine(frozen(structuredClone(engine.policy)));
  const first = tellings.flatMap(({ story, proposals }) =>
    proposals.map((proposal) => judge(engine, story, proposal)),
  );
  for (const { proposal, knowledge, evaluation } of first.reverse()) {
    if (!isPlain(proposal)) continue;
    const copy = frozen(structuredClone(knowledge));
    const same = frozen(structuredClone(proposal));
    const text = JSON.stringify(evaluation);
    compared(3);
    mustBeSame("the same engine, asked again", JSON.stringify(engine.evaluate(proposal, knowledge)), text);
    mustBeSame(
      "the same policy prepared anew, on frozen copies",
      JSON.stringify(again.evaluate(same, copy)),
      text,
    );
    mustBeSame(
      "the same report",
      JSON.stringify(again.decide(same, copy)),
      JSON.stringify(engine.decide(proposal, knowledge)),
    );
    mustBeSame("nothing of what it was given was changed", copy, knowledge);
  }
}

export const t10 = [
  ofScenarios(
    {
      id: "T10",
      says: "deterministic: the same inputs give the same bytes, whatever was judged before",
      share: 0.5,
    },
    sameBytes,
  ),
];
