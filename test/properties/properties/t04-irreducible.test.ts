import { expect, test } from "vitest";
import { createEngine, validatorNames } from "../../../src/index.js";
import type { ValidatorName } from "../../../src/ir/decision.js";
import type { LayerIr, PolicyIr } from "../../../src/ir/policy.js";
import type { Story } from "../generate/knowledge.js";
import { allowances, clearance, lowest } from "../support/clearance.js";
import { compiled, judge } from "../support/judge.js";
import { holdsOfEach, mustBeSame } from "../support/run.js";

/** A policy under which all four let everything pass, but for the lines of one block. */
const policyWith = (lines: Partial<Readonly<Record<ValidatorName, string>>>): string => `policy one.stops

principal owner "The owner"

intent {
  find "Find it."
  summarise "Summarise it."
  restrain "Change nothing else."
}

tool notes.write(path: path, words: int)

scope {
  permit *
  ${lines.scope ?? ""}
}
grounding {
  ${lines.grounding ?? ""}
  unsupported at most 1
}
reversibility {
  class undoable
  class permanent above undoable confirm owner
  ${lines.reversibility ?? ""}
  otherwise undoable
}
discernment {
  threshold 0.5
  ${lines.discernment ?? ""}
  escalate owner within 4h
}
`;

/** For each validator a line that makes it alone stop a proposal that the others allow. */
const stopping: Readonly<Record<ValidatorName, string>> = {
  scope: "forbid notes.write when words > 100",
  grounding: "ground notes.write on situation words <= 100",
  reversibility: "treat notes.write as permanent when words > 100",
  discernment: "gray notes.write when words > 100 weight 0.6",
};

const quiet: Story = {
  now: 0,
  roles: [],
  givens: {},
  past: [],
  said: [],
  rulings: [],
  confirmations: [],
  lapsed: false,
  oracle: { seed: 0, trouble: 0 },
};
const proposal = (words: number) => ({
  tool: "notes.write",
  args: { path: "/notes/a.md", words },
  confidence: 1,
});
const policyOf = (text: string): PolicyIr => compiled("policy.reshimu", new Map([["policy.reshimu", text]]));
const decisionUnder = (policy: PolicyIr, words: number) =>
  judge(createEngine(policy), quiet, proposal(words)).evaluation.decision;

/** A block that is always fine, in place of one validator's in every layer. */
function alwaysFine(policy: PolicyIr, validator: ValidatorName): PolicyIr {
  const fine = policyOf(policyWith({})).layers[0] as LayerIr;
  return {
    ...policy,
    layers: policy.layers.map((layer) =>
      layer[validator] === null ? layer : { ...layer, [validator]: fine[validator] },
    ),
  };
}

for (const validator of validatorNames)
  test(`T4 irreducible: there is a proposal that ${validator} alone stops`, () => {
    const policy = policyOf(policyWith({ [validator]: stopping[validator] }));
    const stopped = decisionUnder(policy, 200);
    expect(stopped.stoppedBy).toEqual([validator]);
    const others = validatorNames.filter((_, index) => allowances(stopped)[index] === "authorize");
    expect(others).toEqual(validatorNames.filter((other) => other !== validator));
    expect(decisionUnder(policy, 50).decision).toBe("authorize");
    expect(decisionUnder(alwaysFine(policy, validator), 200).decision).toBe("authorize");
  });

test("T4 irreducible: with all four lines any three of them still leave the fourth to stop it", () => {
  const all = policyOf(policyWith(stopping));
  for (const validator of validatorNames) {
    const others = validatorNames.filter((other) => other !== validator);
    expect(decisionUnder(others.reduce(alwaysFine, all), 200).stoppedBy).toEqual([validator]);
  }
});

holdsOfEach(
  "T4 irreducible: without the validators that stop it, a proposal is as clear as the others let it be",
  ({ engine, story }, proposed) => {
    const judged = judge(engine, story, proposed);
    const { decision } = judged.evaluation;
    const others = allowances(decision).filter(
      (_, index) => !decision.stoppedBy.includes(validatorNames[index] as ValidatorName),
    );
    const raised =
      decision.decision === "authorize" || clearance(lowest(others)) > clearance(decision.decision);
    mustBeSame("those that stop it are all that stop it", raised, true, judged);
  },
);
