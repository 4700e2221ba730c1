import { validatorNames } from "../../../src/index.js";
import { allowed } from "../support/clearance.js";
import { must, mustBeSame } from "../support/must.js";
import { ofDecisions } from "../support/property.js";

/** The remedies that a finding may have (semantics.md, *The decision*). */
const remedies: Readonly<Record<string, readonly string[]>> = {
  outside: ["narrow-action", "wait", "respecify-intent"],
  contradicted: ["provide-evidence"],
  unclaimed: ["provide-evidence"],
  overconfident: ["lower-confidence"],
  unknown: ["wait", "answer-question"],
  contested: ["wait", "answer-question"],
  unverified: ["wait", "answer-question"],
  indeterminate: ["wait", "answer-question"],
  ambiguous: ["wait", "answer-question"],
  held: ["obtain-confirmation"],
  refused: ["respecify-intent"],
};

const attributed = ofDecisions(
  {
    id: "T3.attributed",
    says: "exhaustive: every other decision is attributed to the validators that give it, and to a remedy of each",
  },
  (judged) => {
    const { decision } = judged.evaluation;
    const giving = validatorNames.filter(
      (one) => allowed(decision.assessments[one].finding) === decision.decision,
    );
    mustBeSame(
      "stopped by those that give it",
      decision.stoppedBy,
      decision.decision === "authorize" ? [] : giving,
      judged,
    );
    if (decision.decision === "authorize") {
      mustBeSame("what is authorized asks for nothing", decision.remedies, [], judged);
      return;
    }
    must(decision.stoppedBy.length > 0, "some validator stops it", judged);
    for (const validator of decision.stoppedBy) {
      const fitting = remedies[decision.assessments[validator].finding] ?? [];
      const own = decision.remedies.filter((remedy) => remedy.validator === validator);
      must(
        own.some((remedy) => fitting.includes(remedy.kind)),
        `${validator} has a remedy among ${fitting.join(", ")}`,
        judged,
      );
    }
  },
);

const noIdleRemedy = ofDecisions(
  { id: "T3.idle", says: "exhaustive: no validator that allows the action asks for a remedy" },
  (judged) => {
    const { assessments, remedies: asked } = judged.evaluation.decision;
    const idle = asked.filter((remedy) => allowed(assessments[remedy.validator].finding) === "authorize");
    must(idle.length === 0, "remedies belong to findings that stop", judged, { idle });
  },
);

export const t03 = [attributed, noIdleRemedy];
