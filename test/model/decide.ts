import {
  type DecisionWord,
  decisionWords,
  type Finding,
  type ValidatorName,
  validatorNames,
} from "../../src/ir/decision.js";
import type { FactQuestion, Knowledge } from "../../src/ir/knowledge.js";
import type { PolicyIr } from "../../src/ir/policy.js";
import { questionsOf } from "./asks.js";
import { discernmentOf } from "./discernment.js";
import { standsAsItSays, worldOf } from "./fit.js";
import { calibrated, checksOf, groundingOf, type LayerChecks, supportIn } from "./grounding.js";
import { reversibilityOf } from "./reversibility.js";
import { mayUse, scopeOf } from "./scope.js";
import type { Digests, World } from "./world.js";

/** The decision table (semantics.md, *The decision*); of two findings that give the same, the first is told. */
const gives: readonly (readonly [Finding, DecisionWord])[] = [
  ["outside", "return"],
  ["contradicted", "return"],
  ["unclaimed", "return"],
  ["overconfident", "return"],
  ["refused", "return"],
  ["unknown", "clarify"],
  ["contested", "clarify"],
  ["unverified", "clarify"],
  ["indeterminate", "clarify"],
  ["ambiguous", "clarify"],
  ["held", "confirm"],
  ["within", "authorize"],
  ["grounded", "authorize"],
  ["recoverable", "authorize"],
  ["clear", "authorize"],
];

/** What the reference model says of a proposal. */
export interface Verdict {
  readonly decision: DecisionWord;
  readonly findings: { readonly [V in ValidatorName]: Finding<V> };
  readonly stoppedBy: readonly ValidatorName[];
  readonly class: string | null;
  readonly mildest: string | null;
  readonly awaiting: readonly string[];
  readonly confidence: number;
  readonly support: number | null;
  readonly ambiguity: number;
  readonly threshold: number;
  readonly refusedBy: readonly string[];
  /** Facts whose sources nobody has asked yet. */
  readonly asks: readonly FactQuestion[];
}

/** Judges a proposal by semantics.md, word for word. */
export function modelDecide(
  policy: PolicyIr,
  proposal: unknown,
  knowledge: Knowledge,
  digests: Digests,
): Verdict {
  const world = worldOf(policy, proposal, knowledge, digests);
  if (world === undefined) return misfit;
  return verdictOn(world, standsAsItSays(policy, proposal, knowledge));
}

function verdictOn(world: World, stands: boolean): Verdict {
  const { policy } = world;
  const scopes = policy.layers.flatMap(({ scope }) => scope ?? []).map((one) => scopeOf(world, one));
  const layers = policy.layers.flatMap((layer): LayerChecks[] =>
    layer.grounding === null
      ? []
      : [{ layer, grounding: layer.grounding, checks: checksOf(world, layer.grounding) }],
  );
  const confidence = calibrated(world, layers);
  const reversibilities = policy.layers.flatMap(
    ({ reversibility }, at) => (reversibility && reversibilityOf(world, reversibility, at, confidence)) ?? [],
  );
  const mildest = Math.max(-1, ...reversibilities.map((one) => one.mildest));
  const gravest = Math.max(-1, ...reversibilities.map((one) => one.gravest));
  const isOpen =
    scopes.includes("unknown") ||
    layers.some(({ checks }) => checks.some((check) => !check.settled)) ||
    reversibilities.some(({ finding }) => finding === "indeterminate");
  const { finding: discerned, ...discernment } = discernmentOf(world, { isOpen, mildest, gravest });
  const findings: Verdict["findings"] = {
    scope: stands && mayUse(world) ? lowest(scopes, "within") : "outside",
    grounding: lowest(
      layers.map(({ grounding, checks }) => groundingOf(world, grounding, checks)),
      "grounded",
    ),
    reversibility: lowest(
      reversibilities.map((one) => one.finding),
      "recoverable",
    ),
    discernment: discerned,
  };
  return {
    ...decided(findings),
    class: policy.classes[gravest]?.name ?? null,
    mildest: policy.classes[mildest]?.name ?? null,
    awaiting: [...new Set(reversibilities.flatMap((one) => one.awaiting))].sort(),
    confidence,
    support: supportIn(layers),
    ...discernment,
    refusedBy: [...discernment.refusedBy].sort(),
    asks: questionsOf(world),
  };
}

const rank = (finding: Finding): number => gives.findIndex(([one]) => one === finding);
const allowed = (finding: Finding): DecisionWord => gives[rank(finding)]?.[1] ?? "return";

/** The lowest finding of all layers. */
const lowest = <F extends Finding>(all: readonly F[], otherwise: F): F =>
  all.reduce((a, b) => (rank(a) <= rank(b) ? a : b), otherwise);

function decided(findings: Verdict["findings"]): Pick<Verdict, "decision" | "findings" | "stoppedBy"> {
  const words = validatorNames.map((validator) => allowed(findings[validator]));
  const decision = decisionWords.find((word) => words.includes(word)) ?? "return";
  const stoppedBy = decision === "authorize" ? [] : validatorNames.filter((_, at) => words[at] === decision);
  return { decision, findings, stoppedBy };
}

/** What fits no tool is outside; the other three have nothing to judge. */
const misfit: Verdict = {
  decision: "return",
  findings: {
    scope: "outside",
    grounding: "unverified",
    reversibility: "indeterminate",
    discernment: "clear",
  },
  stoppedBy: ["scope"],
  class: null,
  mildest: null,
  awaiting: [],
  confidence: 0,
  support: null,
  ambiguity: 0,
  threshold: 0,
  refusedBy: [],
  asks: [],
};
