// PANIM ADAM: is this truly unclear, so that its principals must say? Action and principals (semantics.md, *discernment*).

import type { Assessments, Finding } from "../ir/decision.js";
import type { GrayIr } from "../ir/policy.js";
import { degree, truthOf, type Unknown } from "../logic/value.js";
import { type Case, type OpenStatement, placeOf, latestRuling } from "./case.js";
import type { Candidate, Statement } from "./statements.js";
import { thresholdOf } from "./terms.js";

/** Who said yes and who said no to this very proposal under this policy. */
export interface Confirmations {
  readonly by: ReadonlySet<string>;
  readonly refusedBy: readonly string[];
}

const nothingSaid: Confirmations = { by: new Set(), refusedBy: [] };

/** What the other three signal: whether they could not decide something, and the gravest and the mildest class that is possible. */
export interface DiscernmentSignals {
  readonly open: boolean;
  readonly gravest: number;
  readonly mildest: number;
  readonly confirmations: Confirmations;
}

export interface DiscernmentTold {
  readonly assessment: Assessments["discernment"];
  /** Gray lines that weigh more than the threshold, for the questions of the report. */
  readonly grays: readonly GrayIr[];
}

type Component = Assessments["discernment"]["components"][number];

/** The latest word of each principal on this proposal; discernment's signal to reversibility. */
export function confirmationsOf(c: Case): Confirmations {
  if (c.knowledge.confirmations.length === 0) return nothingSaid;
  const said = new Map<string, boolean>();
  for (const one of c.knowledge.confirmations)
    if (one.proposal === c.digest && one.policy === c.policyDigest) said.set(one.by, one.answer);
  const with_ = (answer: boolean): string[] =>
    [...said].flatMap(([by, word]) => (word === answer ? [by] : []));
  return { by: new Set(with_(true)), refusedBy: with_(false) };
}

export function judgeDiscernment(
  c: Case,
  { open, gravest, mildest, confirmations }: DiscernmentSignals,
): Finding<"discernment"> {
  const doubts = doubtsOf(c, false);
  if (confirmations.refusedBy.length > 0 || c.knowledge.lapsed || doubts.some(isRefused)) return "refused";
  return ambiguityOf(open, doubts) > thresholdOf(c.terms, gravest, mildest) ? "ambiguous" : "clear";
}

const isRefused = ({ refusedBy }: Doubt): boolean => refusedBy !== undefined;

/** What weighs most: all that another validator could not decide weighs 1. */
function ambiguityOf(open: boolean, doubts: readonly Doubt[]): number {
  let most = open ? 1 : 0;
  for (const { weight } of doubts) most = Math.max(most, weight);
  return degree(most);
}

/** Tells what was judged; `undecided` is what the other three could not decide. */
export function tellDiscernment(
  c: Case,
  { open, gravest, mildest, confirmations }: DiscernmentSignals,
  finding: Finding<"discernment">,
  undecided: readonly OpenStatement[],
): DiscernmentTold {
  const doubts = doubtsOf(c, true);
  const threshold = thresholdOf(c.terms, gravest, mildest);
  const lapsed = c.knowledge.lapsed ? [c.policy.escalate.at(-1)?.principal ?? "nobody"] : [];
  return {
    assessment: {
      validator: "PANIM ADAM",
      finding,
      ambiguity: ambiguityOf(open, doubts),
      threshold,
      components: [
        ...undecided.map(({ part, id }) => componentOf(c, part, 1, id)),
        ...doubts.map(({ kind, weight, rule }) => componentOf(c, kind, weight, rule)),
      ],
      refusedBy: [
        ...new Set([
          ...confirmations.refusedBy,
          ...doubts.flatMap((doubt) => doubt.refusedBy ?? []),
          ...lapsed,
        ]),
      ].sort(),
    },
    grays: doubts.flatMap(({ gray, weight }) => (gray !== undefined && weight > threshold ? [gray] : [])),
  };
}

const componentOf = (c: Case, kind: Component["kind"], weight: number, rule: string): Component => ({
  kind,
  weight,
  rule,
  ...placeOf(c.policy, rule),
});

/** Something that is not clear, or that a principal, asked about it, refused. */
interface Doubt {
  readonly kind: "gray" | "message";
  readonly weight: number;
  readonly rule: string;
  readonly gray?: GrayIr;
  readonly refusedBy: string | undefined;
}

const noDoubts: readonly Doubt[] = [];

/** Of messages first, then of gray lines, in the order of the policy where they are looked at `inOrder`. */
function doubtsOf(c: Case, inOrder: boolean): readonly Doubt[] {
  let doubts = c.terms.floors.length === 0 ? noDoubts : messageDoubts(c);
  for (const { grays } of c.plan.layers) {
    if (grays === null || grays.all.length === 0) continue;
    // What was refused stays so, also where it is known by now that the line does not apply.
    const found = inOrder || c.knowledge.rulings.length > 0 ? grays.every : grays.among(c.full);
    for (let i = 0; i < found.count; i += 1) {
      const doubt = grayOf(c, (found.at[i] as Candidate<Statement<GrayIr>>).statement);
      if (doubt !== undefined) doubts = [...doubts, doubt];
    }
  }
  return doubts;
}

/** A gray line that may apply and that nobody has accepted. */
function grayOf(c: Case, { ir, when }: Statement<GrayIr>): Doubt | undefined {
  // By what reached the acting tier; a line that is known to apply does, or a delegation would leave a refusal behind.
  const known = truthOf(when.value(c.full));
  const applies = known === true || c.carried === c.full ? known : truthOf(when.value(c.carried));
  return applies === false && c.knowledge.rulings.length === 0 ? undefined : grayRuled(c, ir, applies);
}

function grayRuled(c: Case, ir: GrayIr, applies: boolean | Unknown): Doubt | undefined {
  const ruling = latestRuling(c, ir.id, () => grayAsks(c, ir));
  // A no to this very proposal stands, whatever comes to be known of the line afterwards.
  const refused = ruling?.answer === false && (applies === true || ruling.proposal !== undefined);
  if (!refused && (applies === false || ruling?.answer === true)) return undefined;
  // A no for the whole session, where it cannot be told whether the line applies: not to be waved through.
  const weight = ruling === undefined || refused ? degree(ir.weight) : 1;
  return { kind: "gray", weight, rule: ir.id, gray: ir, refusedBy: refused ? ruling.by : undefined };
}

/** Whom a gray line is asked of: its own `asks`, else the first of `escalate`. */
export function grayAsks(c: Case, ir: GrayIr): string | undefined {
  return ir.asks?.principal ?? c.terms.firstAsked;
}

/** 1 for a message that is missing or says too little of the intent, where a layer sets a floor. */
function messageDoubts(c: Case): Doubt[] {
  return c.terms.floors.flatMap(({ id, atLeast }): Doubt[] => {
    if ((c.knowledge.fidelity ?? -1) >= atLeast) return [];
    const ruling = latestRuling(c, id, () => c.terms.firstAsked);
    return ruling?.answer === true ? [] : [{ kind: "message", weight: 1, rule: id, refusedBy: ruling?.by }];
  });
}
