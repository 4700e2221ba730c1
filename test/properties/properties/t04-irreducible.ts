import fc from "fast-check";
import { createEngine, validatorNames } from "../../../src/index.js";
import type { ValidatorName } from "../../../src/ir/decision.js";
import type { LayerIr, PolicyIr } from "../../../src/ir/policy.js";
import type { Story } from "../generate/knowledge.js";
import { allowances, clearance, lowest } from "../support/clearance.js";
import { compiled, judge } from "../support/judge.js";
import { compared, mustBeSame } from "../support/must.js";
import { ofDecisions, property } from "../support/property.js";

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
const policies = new Map<string, PolicyIr>();

function policyOf(text: string): PolicyIr {
  const policy = policies.get(text) ?? compiled("policy.reshimu", new Map([["policy.reshimu", text]]));
  policies.set(text, policy);
  return policy;
}

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

const allows = (policy: PolicyIr, words: number): boolean =>
  decisionUnder(policy, words).decision === "authorize";

const permissive = policyOf(policyWith({}));
const strict = policyOf(policyWith(stopping));

/** More words than any of the lines allows. */
const many = fc.integer({ min: 101, max: 9_999 });
const few = fc.integer({ min: 0, max: 100 });

interface Alone {
  readonly validator: ValidatorName;
  readonly many: number;
  readonly few: number;
}

const alone = property({
  id: "T4.alone",
  says: "irreducible: for each validator there are proposals that it alone stops",
  of: fc.record({ validator: fc.constantFrom(...validatorNames), many, few }),
  check: (one: Alone) => {
    const { validator } = one;
    const policy = policyOf(policyWith({ [validator]: stopping[validator] }));
    const stopped = decisionUnder(policy, one.many);
    compared(4);
    mustBeSame("it alone stops", stopped.stoppedBy, [validator]);
    const others = validatorNames.filter((_, index) => allowances(stopped)[index] === "authorize");
    mustBeSame(
      "the others do not",
      others,
      validatorNames.filter((other) => other !== validator),
    );
    mustBeSame("with fewer words it passes", allows(policy, one.few), true);
    mustBeSame("without it, it passes", allows(alwaysFine(policy, validator), one.many), true);
    mustBeSame("where none stops anything, all pass", allows(permissive, one.many), true);
  },
});

const three = property({
  id: "T4.three",
  says: "irreducible: with all four lines any three of them still leave the fourth to stop it",
  of: fc.record({ validator: fc.constantFrom(...validatorNames), many }),
  check: (one) => {
    const others = validatorNames.filter((other) => other !== one.validator);
    compared();
    mustBeSame(
      "only the fourth stops it",
      decisionUnder(others.reduce(alwaysFine, strict), one.many).stoppedBy,
      [one.validator],
    );
  },
});

const rest = ofDecisions(
  {
    id: "T4.rest",
    says: "irreducible: without the validators that stop it, a proposal is as clear as the others let it be",
  },
  (judged) => {
    const { decision } = judged.evaluation;
    const others = allowances(decision).filter(
      (_, index) => !decision.stoppedBy.includes(validatorNames[index] as ValidatorName),
    );
    const raised =
      decision.decision === "authorize" || clearance(lowest(others)) > clearance(decision.decision);
    mustBeSame("those that stop it are all that stop it", raised, true, judged);
  },
);

export const t04 = [alone, three, rest];
