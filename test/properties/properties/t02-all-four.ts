import { createEngine, type Engine } from "../../../src/index.js";
import type { LayerIr, PolicyIr } from "../../../src/ir/policy.js";
import { allowances, allowed } from "../support/clearance.js";
import { judge, type Judged, statementIds } from "../support/judge.js";
import type { Story } from "../generate/knowledge.js";
import { compared, must, mustBeSame } from "../support/must.js";
import { ofDecisions, ofProposals } from "../support/property.js";

/** Findings of one validator, the lowest first; of two that give the same decision the one that is told first. */
const order = {
  scope: ["outside", "unknown", "within"],
  grounding: ["contradicted", "unclaimed", "overconfident", "contested", "unverified", "grounded"],
  reversibility: ["indeterminate", "held", "recoverable"],
} as const;
type Block = keyof typeof order;

/** The policy as if only one of its layers wrote a block; the others' of that block are taken away. */
function onlyLayer(policy: PolicyIr, block: Block, index: number): PolicyIr {
  return {
    ...policy,
    layers: policy.layers.map((layer, at): LayerIr => (at === index ? layer : { ...layer, [block]: null })),
  };
}

const alones = new WeakMap<Engine, Map<string, Engine>>();

/** Prepared once for all proposals. */
function engineAlone(engine: Engine, block: Block, index: number): Engine {
  const made = alones.get(engine) ?? new Map<string, Engine>();
  alones.set(engine, made);
  const key = `${block} ${index}`;
  const alone = made.get(key) ?? createEngine(onlyLayer(engine.policy, block, index));
  made.set(key, alone);
  return alone;
}

function findingAlone({ engine, proposal }: Judged, story: Story, block: Block, index: number): string {
  const alone = engineAlone(engine, block, index);
  return judge(alone, story, proposal, { statements: statementIds(engine.policy) }).evaluation.decision
    .assessments[block].finding;
}

const table = ofDecisions(
  { id: "T2.table", says: "all four: authorize iff within, grounded, recoverable and clear" },
  (judged) => {
    const { decision } = judged.evaluation;
    const all = allowances(decision).every((word) => word === "authorize");
    must((decision.decision === "authorize") === all, "authorize, and all four say so", judged);
  },
);

const lowest = ofProposals(
  {
    id: "T2.layers",
    says: "all four: each finding is the lowest that any layer gives by itself",
    share: 0.4,
  },
  ({ engine, story }, proposal) => {
    const judged = judge(engine, story, proposal);
    const { assessments } = judged.evaluation.decision;
    if (judged.evaluation.values === null || assessments.scope.problems.length > 0) return;
    for (const block of ["scope", "grounding", "reversibility"] as const) {
      const writing = engine.policy.layers.flatMap((layer, index) => (layer[block] === null ? [] : [index]));
      // U and the calibrated confidence are pooled over the layers: what a layer finds alone is told by its checks only.
      const findings = writing.map((index) => findingAlone(judged, story, block, index));
      const least = order[block].find((finding) => findings.includes(finding)) ?? order[block].at(-1);
      compared(findings.length);
      mustBeSame(
        `${block} finds the lowest of ${findings.join(", ")}`,
        assessments[block].finding,
        least,
        judged,
      );
      must(allowed(assessments[block].finding) !== undefined, "a finding of the table", judged);
    }
  },
);

export const t02 = [table, lowest];
