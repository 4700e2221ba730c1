// PANIM ADAM: is this truly unclear, so that its principals must say? Action and principals (semantics.md, *discernment*).

import type { Assessments } from "../ir/decision.js";
import type { GrayIr } from "../ir/policy.js";
import { degree, truthOf } from "../logic/value.js";
import { type Case, type OpenStatement, placeOf, latestRuling } from "./case.js";
import type { Statement } from "./plan.js";

/** Who said yes and who said no to this very proposal under this policy. */
export interface Confirmations {
  readonly by: ReadonlySet<string>;
  readonly refusedBy: readonly string[];
}

/** What the other three signal: everything they could not decide, and the gravest and the mildest class that is possible. */
export interface DiscernmentSignals {
  readonly open: readonly OpenStatement[];
  readonly gravest: number;
  readonly mildest: number;
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
  { open: undecided, gravest, mildest, confirmations }: DiscernmentSignals,
): DiscernmentResult {
  const grays = c.plan.layers.flatMap((layer) =>
    (layer.grays ?? []).flatMap((gray) => grayOf(c, gray) ?? []),
  );
  const messages = messageDoubts(c);
  const components = [
    ...undecided.map(
      (open): Component => ({ kind: open.part, weight: 1, rule: open.id, ...placeOf(c.policy, open.id) }),
    ),
    ...messages.concat(grays).map((doubt) => doubt.component),
  ];
  const ambiguity = degree(Math.max(0, ...components.map((component) => component.weight)));
  const threshold = thresholdOf(c, gravest, mildest);
  const lapsed = c.knowledge.lapsed ? [c.policy.escalate.at(-1)?.principal ?? "nobody"] : [];
  const refusedBy = [
    ...new Set([
      ...confirmations.refusedBy,
      ...messages.concat(grays).flatMap((doubt) => doubt.refusedBy ?? []),
      ...lapsed,
    ]),
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
    grays: grays.flatMap((gray) => (gray.component.weight > threshold ? [gray.ir] : [])),
  };
}

/** Something that is not clear, or that a principal, asked about it, refused. */
interface Doubt {
  readonly component: Component;
  readonly refusedBy: string | undefined;
}

/** A gray line that may apply and that nobody has accepted. */
function grayOf(c: Case, { ir, when }: Statement<GrayIr>): (Doubt & { readonly ir: GrayIr }) | undefined {
  // By what reached the acting tier; a line that is known to apply does, or a delegation would leave a refusal behind.
  const applies = truthOf(when.value(c.full)) === true || truthOf(when.value(c.carried));
  const asked = grayAsks(c, ir);
  const ruling = latestRuling(c, ir.id, () => asked);
  // A no to this very proposal stands, whatever comes to be known of the line afterwards.
  const refused = ruling?.answer === false && (applies === true || ruling.proposal !== undefined);
  if (!refused && (applies === false || ruling?.answer === true)) return undefined;
  // A no for the whole session, where it cannot be told whether the line applies: not to be waved through.
  const weight = ruling === undefined || refused ? degree(ir.weight) : 1;
  const component: Component = { kind: "gray", weight, rule: ir.id, ...placeOf(c.policy, ir.id) };
  return { ir, component, refusedBy: refused ? ruling.by : undefined };
}

/** Whom a gray line is asked of: its own `asks`, else the first of `escalate`. */
export function grayAsks(c: Case, ir: GrayIr): string | undefined {
  return ir.asks?.principal ?? c.policy.escalate[0]?.principal;
}

/** 1 for a message that is missing or says too little of the intent, where a layer sets a floor. */
function messageDoubts(c: Case): Doubt[] {
  return c.plan.layers.flatMap((layer): Doubt[] => {
    const floor = layer.ir.discernment?.fidelity;
    if (floor === undefined || (c.knowledge.fidelity ?? -1) >= floor.atLeast) return [];
    const asked = c.policy.escalate[0]?.principal;
    const ruling = latestRuling(c, floor.id, () => asked);
    if (ruling?.answer === true) return [];
    const component: Component = {
      kind: "message",
      weight: 1,
      rule: floor.id,
      ...placeOf(c.policy, floor.id),
    };
    return [{ component, refusedBy: ruling?.by }];
  });
}

/**
 * The least threshold that applies to the gravest possible class; 0 where the commission writes none for the mildest:
 * once the class is known, it must not turn out that less was allowed.
 */
function thresholdOf(c: Case, gravest: number, mildest: number): number {
  const all = c.policy.layers.flatMap((layer) =>
    (layer.discernment?.thresholds ?? []).map(({ for: name, value }) => {
      const place = c.policy.classes.findIndex((one) => one.name === name);
      return { value, place, commission: layer.commission };
    }),
  );
  if (!all.some(({ place, commission }) => commission && place <= mildest)) return 0;
  return degree(Math.min(...all.flatMap(({ place, value }) => (place <= gravest ? [value] : []))));
}
