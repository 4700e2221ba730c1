// SHOR: do the facts bear it out, and does the agent's confidence track them? Action and world (semantics.md, *grounding*).

import type { Assessments, CheckReport, Finding } from "../ir/decision.js";
import type { Json } from "../ir/json.js";
import { compareText } from "../ir/order.js";
import type { GroundIr, LayerIr } from "../ir/policy.js";
import type { Frame, OpenLeaf, Prepared } from "../logic/frame.js";
import { factKey } from "../logic/facts.js";
import { scalarsOf } from "../logic/said.js";
import { degree, isOpen, truthName, UNKNOWN, type Unknown, type Value } from "../logic/value.js";
import {
  type Case,
  failingParts,
  type OpenStatement,
  openLeaves,
  placeOf,
  rulingOn,
  unknownsOf,
} from "./case.js";
import type { Candidate, Statement } from "./statements.js";

/** What grounding finds, and its signals: the calibrated confidence to reversibility, whether something is unsettled to discernment. */
export interface GroundingJudged {
  readonly finding: Finding<"grounding">;
  /** Calibrated confidence, 0 to 1. */
  readonly calibrated: number;
  readonly open: boolean;
}

export interface GroundingTold {
  readonly assessment: Assessments["grounding"];
  readonly open: readonly OpenStatement[];
}

/** One check of one layer, judged. */
interface Check {
  readonly ir: GroundIr;
  readonly layer: LayerIr;
  readonly truth: boolean | Unknown;
  readonly settled: boolean;
  readonly support: number | undefined;
  /** What it supports by all that is known: it binds the confidence, so that a delegation cannot raise a clearance. */
  readonly known: number | undefined;
  readonly contested: boolean;
  /** Names of the claims it mentions once the arguments are put in. */
  readonly claims: ReadonlySet<string>;
  readonly rests: readonly string[];
  /** Of a false check: the parts that do not hold. */
  readonly fails: (() => readonly string[]) | undefined;
  readonly leaves: readonly OpenLeaf[];
}

type ClaimProblem = Assessments["grounding"]["claims"][number];

/** Of a check that is true by the arguments alone nothing follows: only the others are looked at. */
export function judgeGrounding(c: Case): GroundingJudged {
  const checks = checksOf(c);
  if (checks.length === 0 && c.claims.size === 0)
    return { finding: "grounded", calibrated: unsupported(c), open: false };
  const claims = claimsIn(c, checks);
  return {
    finding: findingOf(checks, claims),
    calibrated: calibratedConfidence(c, checks),
    open: checks.some((check) => !check.settled),
  };
}

const noChecks: readonly Check[] = [];

function checksOf(c: Case): readonly Check[] {
  let checks = noChecks;
  for (const { grounds, ir } of c.plan.layers) {
    if (grounds === null) continue;
    const { at, count } = grounds.among(c.full);
    for (let i = 0; i < count; i += 1) {
      const { statement } = at[i] as Candidate<Statement<GroundIr>>;
      if (statement.isOfArguments && statement.when.value(c.full) === true) continue;
      const check = checkOf(c, ir, statement);
      checks = checks === noChecks ? [check] : [...checks, check];
    }
  }
  return checks;
}

const claimsIn = (c: Case, checks: readonly Check[]): readonly ClaimProblem[] =>
  c.plan.layers.flatMap((layer) =>
    layer.grounds === null
      ? []
      : claimProblems(
          c,
          layer.ir,
          checks.filter((check) => check.layer === layer.ir),
        ),
  );

/** Tells what was judged, check by check. */
export function tellGrounding(c: Case, _: unknown, { finding, calibrated }: GroundingJudged): GroundingTold {
  const checks = c.plan.layers.flatMap(({ ir, grounds }) =>
    (grounds?.all ?? []).map((statement) => checkOf(c, ir, statement)),
  );
  const open = checks
    .filter((check) => !check.settled)
    .map(
      (check): OpenStatement => ({
        id: check.ir.id,
        layer: check.layer.name,
        part: "check",
        leaves: check.leaves,
      }),
    );
  const supports = checks.flatMap((check) => check.support ?? []);
  return {
    assessment: {
      validator: "SHOR",
      finding,
      confidence: calibrated,
      support: supports.length === 0 ? null : degree(Math.min(...supports)),
      checks: checks.map((check) => reportOf(c, check)),
      unknowns: unknownsOf(c, open),
      claims: dedupe(claimsIn(c, checks)),
    },
    open,
  };
}

function findingOf(checks: readonly Check[], claims: readonly ClaimProblem[]): Finding<"grounding"> {
  if (checks.some((check) => check.truth === false)) return "contradicted";
  if (claims.some((claim) => claim.problem !== "overconfident")) return "unclaimed";
  if (claims.length > 0) return "overconfident";
  const unsettled = checks.filter((check) => !check.settled);
  if (unsettled.some((check) => check.contested)) return "contested";
  return unsettled.length > 0 ? "unverified" : "grounded";
}

/** Truth, rests, settled and support of one check. */
function checkOf(c: Case, layer: LayerIr, statement: Statement<GroundIr>): Check {
  const { ir, when } = statement;
  const claims = new Set<string>();
  const givens: OpenLeaf[] = [];
  const on = restsOn(c, when, c.carried, (leaf) => {
    if (leaf.kind === "claim") claims.add(leaf.name);
    else if (leaf.kind === "given" && c.carried.given(leaf.name) === UNKNOWN) givens.push(leaf);
  });
  const everywhere = when.value(c.full);
  const plain = everywhere === false ? false : when.value(c.carried);
  const openHere = plain === true ? unknownIn(on, givens) : openLeaves(c, when, c.carried);
  const judged = judgeCheck(c, ir.id, plain, on, openHere);
  const known = supportOf(everywhere, c.carried === c.full ? on : restsOn(c, when, c.full));
  return {
    ir,
    layer,
    truth: judged.truth,
    settled: judged.settled,
    support: supportOf(plain, on),
    known,
    contested: on.some((r) => r.contested),
    claims,
    rests: on.map((r) => r.key).sort(),
    fails: plain === false ? () => failingParts(c, ir.id, statement.parts) : undefined,
    leaves: openHere,
  };
}

/** It is true, and rests on something, all of which is known: the weakest of that. */
function supportOf(plain: Value, rests: readonly Rest[]): number | undefined {
  if (plain !== true || rests.length === 0 || rests.some((r) => !r.known)) return undefined;
  return Math.min(...rests.map((r) => r.support));
}

/** What bounds the confidence by a check: what it supports here, and what it supports by all that is known. */
const bounds = ({ support, known }: Check): number[] => [support, known].filter((one) => one !== undefined);

/** A fact or traced value that a check rests on. */
interface Rest {
  readonly key: string;
  readonly leaf: OpenLeaf;
  readonly known: boolean;
  readonly contested: boolean;
  readonly support: number;
}

/** What a condition mentions once the arguments are put in, by what a frame knows; each once. */
function restsOn(c: Case, when: Prepared, frame: Frame, met?: (leaf: OpenLeaf) => void): Rest[] {
  const rests = new Map<string, Rest>();
  when.open(c.bare, frame, (leaf) => {
    met?.(leaf);
    const rest = restOf(c, leaf);
    if (rest !== undefined) rests.set(rest.key, rest);
  });
  return [...rests.values()];
}

/** What is not known of that on which a true check rests: of what it perhaps rests on, the givens that would tell. */
function unknownIn(rests: readonly Rest[], givens: readonly OpenLeaf[]): OpenLeaf[] {
  const open = rests.flatMap(({ known, leaf }) => (known ? [] : [leaf]));
  const perhaps = (leaf: OpenLeaf): boolean => "perhaps" in leaf;
  return [...open.filter((leaf) => !perhaps(leaf)), ...(open.some(perhaps) ? givens : [])];
}

function restOf(c: Case, leaf: OpenLeaf): Rest | undefined {
  // Of what is known to be absent nothing can be asked or traced: its guard has seen to it.
  if (leaf.kind === "fact" && leaf.args.includes(undefined)) return undefined;
  if (leaf.kind === "traced" && leaf.value === undefined) return undefined;
  if (leaf.kind === "fact") {
    if (!leaf.args.every(isKnown))
      return { key: `${leaf.name}(?)`, leaf, known: false, contested: false, support: 0 };
    const settled = c.carried.fact(leaf.name, leaf.args);
    const known = settled.state === "known" && leaf.perhaps === undefined;
    return {
      key: factKey({ fact: leaf.name, args: leaf.args }),
      leaf,
      known,
      contested: settled.state === "contested",
      support: settled.state === "known" ? settled.support : 0,
    };
  }
  if (leaf.kind !== "traced") return undefined;
  // Of an empty list nobody says anything: it rests on nothing.
  if (isKnown(leaf.value) && scalarsOf(leaf.value).length === 0) return undefined;
  const to = leaf.sources.join(", ");
  if (!isKnown(leaf.value))
    return { key: `? traced to ${to}`, leaf, known: false, contested: false, support: 0 };
  const traced = c.carried.traced(leaf.value, leaf.sources, leaf.form, leaf.ofFact);
  return {
    key: `${JSON.stringify(leaf.value)} traced to ${to}`,
    leaf,
    known: traced.truth !== UNKNOWN && leaf.perhaps === undefined,
    contested: false,
    support: traced.support,
  };
}

const isKnown = (value: Value): value is Json => !isOpen(value);

/** A ruling settles what is unknown, and what is true but rests on something not known; it supports nothing. */
function judgeCheck(c: Case, id: string, plain: Value, rests: readonly Rest[], open: readonly OpenLeaf[]) {
  if (plain === false) return { truth: false, settled: true } as const;
  if (plain === true && rests.every((r) => r.known)) return { truth: true, settled: true } as const;
  const answer = rulingOn(c, id, () => c.askedOf(open));
  if (answer !== undefined) return { truth: answer, settled: true } as const;
  return { truth: plain === true ? true : UNKNOWN, settled: false } as const;
}

/** Claims that checks of a layer mention and nobody made, and claims that are surer than their support. */
function claimProblems(c: Case, layer: LayerIr, checks: readonly Check[]): ClaimProblem[] {
  const mentioned = new Set(checks.flatMap((check) => [...check.claims]));
  const missing = [...mentioned].flatMap((name): ClaimProblem[] => {
    const made = c.claims.get(name);
    if (made === undefined) return [{ name, problem: "missing" }];
    return made.value === undefined ? [{ name, problem: "ill-typed" }] : [];
  });
  const sure = [...c.claims].flatMap(([name, made]): ClaimProblem[] => {
    const bound = boundOn(name, layer, checks, mentioned);
    const atMost = bound === undefined ? undefined : degree(bound + (layer.grounding?.tolerance ?? 0.1));
    return atMost !== undefined && degree(made.confidence) > atMost
      ? [{ name, problem: "overconfident", atMost }]
      : [];
  });
  return [...missing, ...sure];
}

/** The weakest support of the checks that mention a claim; for one that none mentions, `unsupported at most`. */
function boundOn(
  name: string,
  layer: LayerIr,
  checks: readonly Check[],
  mentioned: ReadonlySet<string>,
): number | undefined {
  if (!mentioned.has(name)) return layer.grounding?.unsupported;
  const supports = checks.flatMap((check) => (check.claims.has(name) ? bounds(check) : []));
  return supports.length === 0 ? undefined : Math.min(...supports);
}

const unsupported = (c: Case): number => degree(Math.min(c.confidence, c.terms.unsupported));

/** semantics.md: min(confidence, each checked claim's, each support), and at most U where no check of the commission supports. */
function calibratedConfidence(c: Case, checks: readonly Check[]): number {
  const checked = new Set(checks.flatMap((check) => [...check.claims]));
  const ofClaims = [...checked].map((name) => c.claims.get(name)?.confidence ?? 0);
  const supports = checks.flatMap(bounds);
  const supported = checks.some((check) => check.layer.commission && check.support !== undefined);
  return degree(
    Math.min(c.confidence, ...ofClaims, ...supports, ...(supported ? [] : [c.terms.unsupported])),
  );
}

/** One entry a claim and problem; of several bounds the least. */
function dedupe(problems: readonly ClaimProblem[]): ClaimProblem[] {
  const by = new Map<string, ClaimProblem>();
  for (const problem of problems) {
    const key = `${problem.name} ${problem.problem}`;
    const before = by.get(key);
    // Those of one problem all have a bound, or none has: nothing is less than none.
    if (before === undefined || (problem.atMost as number) < (before.atMost as number)) by.set(key, problem);
  }
  return [...by.values()].sort((a, b) => compareText(a.name, b.name));
}

function reportOf(c: Case, check: Check): CheckReport {
  const fails = [...(check.fails?.() ?? [])];
  return {
    id: check.ir.id,
    layer: check.layer.name,
    on: check.ir.on,
    value: truthName(check.truth),
    settled: check.settled,
    ...(check.support === undefined ? {} : { support: degree(check.support) }),
    rests: [...check.rests],
    ...placeOf(c.policy, check.ir.id),
    ...(check.ir.because === undefined ? {} : { because: check.ir.because }),
    ...(fails.length === 0 ? {} : { fails }),
  };
}
