import fc from "fast-check";
import { expect, test } from "vitest";
import { loadPolicy, policySchema } from "../../../src/index.js";
import { drawn } from "../generate/choices.js";
import { scenarioOf } from "../generate/scenario.js";
import { judge } from "../support/judge.js";
import { holds, mustBeSame, timeout } from "../support/run.js";

holds("every generated policy checks, and what it is built to can be read back", ({ engine }) => {
  policySchema.parse(engine.policy);
  const loaded = loadPolicy(JSON.stringify(engine.policy));
  mustBeSame(
    "a built policy is read back as it was",
    loaded.ok ? loaded.policy : loaded.problem,
    engine.policy,
  );
});

const words = [
  ..."permit forbid limit sum each serving because asks zone extends source fact claim ground agree tolerance unsupported".split(
    " ",
  ),
  ..."fields trust fresh timeout class above confidence confirm treat otherwise result threshold gray fidelity escalate".split(
    " ",
  ),
  ..."tiers boundary grants passes withholds given claim actor session now calls has if every some no count sum".split(
    " ",
  ),
  ..."and or not in within like matches traced length lower host scheme extension abs min max hour weekday extract".split(
    " ",
  ),
  ...["as text", "==", "!=", "<=", ">=", "+", "-", "*", "/"],
];

test(
  "generated scenarios use every part of the language, and come to every decision and finding",
  () => {
    const made = fc.sample(
      drawn((draw) => scenarioOf(draw, 2, 3)),
      { numRuns: 250, seed: 7 },
    );
    const text = made.flatMap(({ texts }) => [...texts.values()]).join("\n");
    expect(words.filter((word) => !text.includes(word))).toEqual([]);
    const decisions = made.flatMap(({ engine, story, proposals }) =>
      proposals.map((proposal) => judge(engine, story, proposal).evaluation.decision),
    );
    const share = (word: string): number =>
      decisions.filter((one) => one.decision === word).length / decisions.length;
    const shares = {
      return: share("return"),
      clarify: share("clarify"),
      confirm: share("confirm"),
      authorize: share("authorize"),
    };
    for (const [word, part] of Object.entries(shares))
      expect(part, `${word} of ${JSON.stringify(shares)}`).toBeGreaterThan(0.03);
    const found = new Set(
      decisions.flatMap(({ assessments }) => Object.values(assessments).map(({ finding }) => finding)),
    );
    expect([...found].sort()).toEqual(findings);
  },
  timeout,
);

const findings = [
  ..."ambiguous clear contested contradicted grounded held indeterminate outside overconfident recoverable".split(
    " ",
  ),
  ..."refused unclaimed unknown unverified within".split(" "),
];
