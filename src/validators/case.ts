import type { Json } from "../ir/json.js";
import type { Knowledge, PastAction, Ruling } from "../ir/knowledge.js";
import { compareText } from "../ir/order.js";
import type { PolicyIr } from "../ir/policy.js";
import type { UnknownReport } from "../ir/decision.js";
import type { Frame, OpenLeaf, Prepared } from "../logic/frame.js";
import { truthOf, UNKNOWN, type Unknown } from "../logic/value.js";
import type { ToolPlan } from "./plan.js";
import type { Terms } from "./terms.js";

/** A claim of the proposal, in the normal form of its type. */
export interface MadeClaim {
  /** Undefined: it is not of the declared type. */
  readonly value: Json | undefined;
  readonly confidence: number;
}

/** One proposal that fits its tool's signature, with all that is known: what the four validators judge. */
export interface Case {
  readonly policy: PolicyIr;
  readonly terms: Terms;
  readonly plan: ToolPlan;
  /** The plan of an earlier action's tool, for limits. */
  planOf(tool: string): ToolPlan | undefined;
  /** Digest of the proposal, and of the policy. */
  readonly digest: string;
  readonly policyDigest: string;
  /** The agent's confidence in the action; unstated: 0. */
  readonly confidence: number;
  readonly claims: ReadonlyMap<string, MadeClaim>;
  readonly knowledge: Knowledge;
  /** All that is known. */
  readonly full: Frame;
  /** What reached the acting tier: of a session that was not delegated, all that is known. */
  readonly carried: Frame;
  /** Bullets that did not reach it. */
  readonly lost: ReadonlySet<string>;
  /** The arguments, and nothing else (semantics.md, *rests*). */
  readonly bare: Frame;
  /** A frame for the arguments of an earlier action. */
  past(plan: ToolPlan, action: PastAction): Frame;
  /** Why something that is open in a condition is not known. */
  explain(leaf: OpenLeaf): UnknownReport | undefined;
  /** Whom an open condition is asked of: the `asks` of a given in it, else the first of `escalate`. */
  askedOf(leaves: readonly OpenLeaf[]): string | undefined;
}

/** Of several truths, one of which is enough. */
export const either = (one: boolean | Unknown, other: boolean | Unknown): boolean | Unknown =>
  one === true || other === true ? true : one === UNKNOWN || other === UNKNOWN ? UNKNOWN : false;

/** A statement whose condition is not decided, for discernment and for the questions of the report. */
export interface OpenStatement {
  readonly id: string;
  readonly layer: string;
  readonly part: "scope" | "check" | "class";
  readonly leaves: readonly OpenLeaf[];
}

/** A condition's truth, a ruling on what is open taken into account. */
export function judge(c: Case, { statement, when }: Judging): boolean | Unknown {
  const truth = truthOf(when.value(c.full));
  return truth !== UNKNOWN || c.knowledge.rulings.length === 0 ? truth : ruled(c, statement.ir.id, when);
}

/** A statement, and what of its condition is to be asked. */
interface Judging {
  readonly statement: { readonly ir: { readonly id: string } };
  readonly when: Prepared;
}

interface JudgingCarried extends Judging {
  readonly statement: { readonly ir: { readonly id: string; readonly serving: readonly string[] } };
}

// By itself, so that nothing is made for it where there is no ruling.
const ruled = (c: Case, id: string, when: Prepared): boolean | Unknown =>
  rulingOn(c, id, () => c.askedOf(openLeaves(c, when))) ?? UNKNOWN;

/**
 * As `judge`, of a statement that goes by what reached the acting tier (permits, checks and gray lines; semantics.md, *Layers*): false
 * where all that is known says so, so that a delegation cannot raise a clearance; true only where what was carried does.
 */
export function judgeCarried(c: Case, { statement, when }: JudgingCarried): boolean | Unknown {
  const known = truthOf(when.value(c.full));
  const truth = known === false || c.carried === c.full ? known : carriedTruth(c, when, statement.ir.serving);
  return truth !== UNKNOWN || c.knowledge.rulings.length === 0
    ? truth
    : ruledCarried(c, statement.ir.id, when, statement.ir.serving);
}

const ruledCarried = (c: Case, id: string, when: Prepared, served: readonly string[]): boolean | Unknown =>
  rulingOn(c, id, () => c.askedOf(carriedLeaves(c, when, served))) ?? UNKNOWN;

function carriedTruth(c: Case, when: Prepared, served: readonly string[]): boolean | Unknown {
  return served.some((bullet) => c.lost.has(bullet)) ? UNKNOWN : truthOf(when.value(c.carried));
}

/** What keeps such a statement open: also the bullets it serves that were lost. */
export function carriedLeaves(c: Case, when: Prepared, served: readonly string[]): OpenLeaf[] {
  const lost = served.filter((bullet) => c.lost.has(bullet));
  return [...lost.map((name): OpenLeaf => ({ kind: "bullet", name })), ...openLeaves(c, when, c.carried)];
}

/** The latest answer, by the one who was asked, to the question of a statement; undefined where there is none. */
export function rulingOn(c: Case, id: string, asked: () => string | undefined): boolean | undefined {
  return latestRuling(c, id, asked)?.answer;
}

/** As `rulingOn`, with what it was said of. */
export function latestRuling(c: Case, id: string, asked: () => string | undefined): Ruling | undefined {
  if (c.knowledge.rulings.length === 0) return undefined;
  const to = c.knowledge.rulings.filter(
    (r) => r.question === id && (r.proposal === undefined || r.proposal === c.digest),
  );
  return to.filter((r) => (r.instead ?? r.by) === asked()).at(-1);
}

/** What keeps a condition open, with everything known put in, or all that a frame knows. */
export function openLeaves(c: Case, when: Prepared, frame = c.full): OpenLeaf[] {
  const leaves: OpenLeaf[] = [];
  when.open(frame, frame, (leaf) => {
    if (leaves.length < mostLeaves) leaves.push(leaf);
  });
  return leaves;
}

/** So many open leaves of one condition are kept: a list can have a hundred thousand elements. */
const mostLeaves = 1_000;

/** A report tells so many unknowns of one validator, and no more. */
const mostUnknowns = 50;

/** The reasons behind open leaves, each once, by key. */
export function unknownsOf(c: Case, open: readonly OpenStatement[]): UnknownReport[] {
  const byKey = new Map<string, UnknownReport>();
  for (const statement of open)
    for (const leaf of statement.leaves) {
      const report = c.explain(leaf);
      if (report !== undefined) byKey.set(report.key, report);
    }
  return [...byKey.values()].sort((a, b) => compareText(a.key, b.key)).slice(0, mostUnknowns);
}

/** Where a statement stands, for reports: `file:line:column` and its text. */
export function placeOf(policy: PolicyIr, id: string): { at?: string; text?: string } {
  const place = policy.spans[id]?.[0];
  return place === undefined ? {} : { at: `${place.file}:${place.line}:${place.column}`, text: place.text };
}

/** The parts of a false condition that do not hold, by their texts; empty where the texts were not kept. */
export function failingParts(c: Case, id: string, parts: readonly Prepared[]): string[] {
  const texts = c.policy.spans[id]?.[0]?.parts;
  return parts.flatMap((part, i) => (part.value(c.full) === false ? (texts?.[i] ?? []) : []));
}
