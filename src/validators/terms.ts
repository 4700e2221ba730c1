import type { ClassIr, LayerIr, PolicyIr } from "../ir/policy.js";
import { degree } from "../logic/value.js";

/** What a class asks of an action, with all that milder ones ask. */
export interface ClassTerms {
  /** Who has to confirm. */
  readonly confirm: readonly string[];
  /** The least calibrated confidence. */
  readonly confidence: number;
  readonly limits: readonly { readonly limit: NonNullable<ClassIr["limit"]>; readonly grade: number }[];
}

interface Threshold {
  readonly value: number;
  /** Of the class it is for; -1: for every one. */
  readonly grade: number;
  readonly commission: boolean;
}

/** What a policy says that is the same for every action, in the form in which it is decided on. */
export interface Terms {
  /** By their place in the chain, the mildest first. */
  readonly classes: readonly ClassTerms[];
  /** `unsupported at most` of the commission; where it writes none, 0. */
  readonly unsupported: number;
  readonly thresholds: readonly Threshold[];
  readonly floors: readonly NonNullable<NonNullable<LayerIr["discernment"]>["fidelity"]>[];
  /** Who is asked first; undefined where nobody is. */
  readonly firstAsked: string | undefined;
}

export function termsOf(policy: PolicyIr): Terms {
  const grades = new Map(policy.classes.map(({ name }, grade) => [name, grade]));
  const blocks = policy.layers.map(({ discernment, grounding, commission }) => ({
    grounding,
    discernment,
    commission,
  }));
  const unsupported = blocks.flatMap(({ grounding, commission }) =>
    commission ? (grounding?.unsupported ?? []) : [],
  );
  return {
    classes: policy.classes.map((_, grade) => termsOfClass(policy.classes.slice(0, grade + 1))),
    unsupported: unsupported.length === 0 ? 0 : Math.min(...unsupported),
    thresholds: blocks.flatMap(({ discernment, commission }) =>
      (discernment?.thresholds ?? []).map(({ for: name, value }) => ({
        value,
        grade: name === undefined ? -1 : (grades.get(name) ?? -1),
        commission,
      })),
    ),
    floors: blocks.flatMap(({ discernment }) => discernment?.fidelity ?? []),
    firstAsked: policy.escalate[0]?.principal,
  };
}

const termsOfClass = (asked: readonly ClassIr[]): ClassTerms => ({
  confirm: [...new Set(asked.flatMap((one) => one.confirm ?? []))],
  confidence: Math.max(0, ...asked.map((one) => degree(one.confidence ?? 0))),
  limits: asked.flatMap(({ limit }, grade) => (limit === undefined ? [] : [{ limit, grade }])),
});

/**
 * The least threshold that applies to the gravest possible class; 0 where the commission writes none for the mildest:
 * once the class is known, it must not turn out that less was allowed.
 */
export function thresholdOf({ thresholds }: Terms, gravest: number, mildest: number): number {
  let least = Number.POSITIVE_INFINITY;
  let isWritten = false;
  for (const { value, grade, commission } of thresholds) {
    if (commission && grade <= mildest) isWritten = true;
    if (grade <= gravest && value < least) least = value;
  }
  return isWritten ? degree(least) : 0;
}
