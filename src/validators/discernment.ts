// PANIM ADAM: is this truly unclear, so that its principals must say? Action and principals (semantics.md, *discernment*).

import type { Assessments } from "../ir/decision.js";
import type { GrayIr } from "../ir/policy.js";
import { truthOf } from "../logic/value.js";
import { type Case, degree, type OpenStatement, placeOf, rulingOn } from "./case.js";
import type { LayerPlan, Statement } from "./plan.js";

/** Who said yes and who said no to this very proposal under this policy. */
export interface Confirmations {
  readonly by: ReadonlySet<string>;
  readonly refusedBy: readonly string[];
}

/** What the other three signal: everything they could not decide, and the gravest class that is possible. */
export interface DiscernmentSignals {
  readonly open: readonly OpenStatement[];
  readonly gravest: number;
  readonly confirmations: Confirmations;
}

export interface DiscernmentResult {
  readonly assessment: Assessments["discernment"];
  /** Gray lines that weigh more than the threshold, for the questions of the report. */
  readonly grays: readonly GrayIr[];
}

type Component = Assessments["discernment"]["components"][number];

/** The latest word of each principal on this proposal; discernment's signal to reversibility. */
export function confirmationsOf(c: Case): Confirmations {
  const said = new Map<string, boolean>();
  for (const one of c.knowledge.confirmations)
    if (one.proposal === c.digest && one.policy === c.policyDigest) said.set(one.by, one.answer);
  const with_ = (answer: boolean): string[] =>
    [...said].flatMap(([by, word]) => (word === answer ? [by] : []));
  return { by: new Set(with_(true)), refusedBy: with_(false) };
}

export function discernment(
  c: Case,
  { open: undecided, gravest, confirmations }: DiscernmentSignals,
): DiscernmentResult {
  const grays = c.plan.layers.flatMap((layer) =>
    (layer.grays ?? []).flatMap((gray) => grayOf(c, layer, gray) ?? []),
  );
  const components = [
    ...undecided.map(
      (open): Component => ({ kind: open.part, weight: 1, rule: open.id, ...placeOf(c.policy, open.id) }),
    ),
    ...messageComponents(c),
    ...grays.flatMap((gray) => (gray.refusedBy === undefined ? [gray.component] : [])),
  ];
  const ambiguity = degree(Math.max(0, ...components.map((component) => component.weight)));
  const threshold = thresholdOf(c, gravest);
  const lapsed = c.knowledge.lapsed ? [c.policy.escalate.at(-1)?.principal ?? "nobody"] : [];
  const refusedBy = [
    ...new Set([...confirmations.refusedBy, ...grays.flatMap((gray) => gray.refusedBy ?? []), ...lapsed]),
  ].sort();
  return {
    assessment: {
      validator: "PANIM ADAM",
      finding: refusedBy.length > 0 ? "refused" : ambiguity > threshold ? "ambiguous" : "clear",
      ambiguity,
      threshold,
      components,
      refusedBy,
    },
    grays: grays.flatMap((gray) => (gray.ir.weight > threshold ? [gray.ir] : [])),
  };
}

/** A gray line that may apply and that nobody has accepted. */
function grayOf(
  c: Case,
  layer: LayerPlan,
  { ir, when }: Statement<GrayIr>,
): { ir: GrayIr; component: Component; refusedBy?: string } | undefined {
  if (truthOf(when.value(c.full)) === false) return undefined;
  const asked = grayAsks(c, ir);
  const answer = rulingOn(c, ir.id, () => asked);
  if (answer === true) return undefined;
  const component: Component = { kind: "gray", weight: ir.weight, rule: ir.id, ...placeOf(c.policy, ir.id) };
  return { ir, component, ...(answer === false && asked !== undefined ? { refusedBy: asked } : {}) };
}

/** Whom a gray line is asked of: its own `asks`, else the first of `escalate`. */
export function grayAsks(c: Case, ir: GrayIr): string | undefined {
  return ir.asks?.principal ?? c.policy.escalate[0]?.principal;
}

/** 1 for a message that is missing or says too little of the intent, where a layer sets a floor. */
function messageComponents(c: Case): Component[] {
  return c.plan.layers.flatMap((layer): Component[] => {
    const floor = layer.ir.discernment?.fidelity;
    if (floor === undefined || (c.knowledge.fidelity ?? -1) >= floor.atLeast) return [];
    if (rulingOn(c, floor.id, () => c.policy.escalate[0]?.principal) === true) return [];
    return [{ kind: "message", weight: 1, rule: floor.id, ...placeOf(c.policy, floor.id) }];
  });
}

/** The least threshold that applies to the gravest possible class; 0 where the commission writes none. */
function thresholdOf(c: Case, gravest: number): number {
  const applying = c.policy.layers.flatMap((layer) =>
    (layer.discernment?.thresholds ?? []).flatMap((threshold) => {
      const place =
        threshold.for === undefined ? -1 : c.policy.classes.findIndex((one) => one.name === threshold.for);
      return place <= gravest ? [{ value: threshold.value, commission: layer.commission }] : [];
    }),
  );
  const values = applying.map((threshold) => threshold.value);
  return applying.some((threshold) => threshold.commission) ? Math.min(...values) : 0;
}
