// ARYEH: is it within what was authorized? Action and specification (semantics.md, *scope*).

import type { Assessments, Finding, RuleReport } from "../ir/decision.js";
import { compareText } from "../ir/order.js";
import type { PermitIr } from "../ir/policy.js";
import { UNKNOWN, truthName, type Unknown } from "../logic/value.js";
import type { OpenLeaf } from "../logic/frame.js";
import {
  type Case,
  carriedLeaves,
  either,
  failingParts,
  judge,
  judgeCarried,
  type OpenStatement,
  openLeaves,
  placeOf,
  rulingOn,
  unknownsOf,
} from "./case.js";
import { limitPassed } from "./limits.js";
import type { LayerPlan, LimitPlan } from "./plan.js";
import type { Candidate, Statement } from "./statements.js";

/** What scope finds, and its signal to discernment: whether a statement is open that decides. */
export interface ScopeJudged {
  readonly finding: Finding<"scope">;
  readonly open: boolean;
}

/** The same as it is told, and every statement that could not be decided. */
export interface ScopeTold {
  readonly assessment: Assessments["scope"];
  readonly open: readonly OpenStatement[];
}

/** Judges a proposal against every scope block; `problems` are why it may not even be proposed (tier, session, actor). */
export function judgeScope(c: Case, problems: readonly string[]): ScopeJudged {
  let finding: Finding<"scope"> | undefined = problems.length > 0 ? "outside" : undefined;
  let open = false;
  for (const { scope } of c.plan.layers) {
    if (scope === null) continue;
    const own = opinionOf(c, scope);
    open ||= own === "unknown";
    finding = lower(finding, own);
  }
  if (finding === undefined || finding === "outside") return { finding: "outside", open };
  return finding === "within" ? within : unknown;
}

const within: ScopeJudged = { finding: "within", open: false };
const unknown: ScopeJudged = { finding: "unknown", open: true };

/** No layer allows what another does not. */
const lower = (one: Finding<"scope"> | undefined, other: Finding<"scope">): Finding<"scope"> =>
  one === "outside" || other === "outside" ? "outside" : one === "unknown" ? one : other;

type ScopePlan = NonNullable<LayerPlan["scope"]>;

/** A layer's view: within where a permit is true and no forbid nor limit may be against it. */
function opinionOf(c: Case, { permits, forbids, limits }: ScopePlan): Finding<"scope"> {
  const permitted = somePermit(c, permits);
  if (permitted === false) return "outside";
  let against: boolean | Unknown = false;
  const { at, count } = forbids.among(c.full);
  for (let i = 0; i < count; i += 1) against = either(against, judge(c, at[i] as OnePermit));
  for (const limit of limits) against = either(against, limitJudged(c, limit).passed);
  if (against === true) return "outside";
  return permitted === true && against === false ? "within" : "unknown";
}

function somePermit(c: Case, permits: ScopePlan["permits"]): boolean | Unknown {
  let permitted: boolean | Unknown = false;
  const { at, count } = permits.among(c.full);
  for (let i = 0; i < count && permitted !== true; i += 1)
    permitted = either(permitted, judgeCarried(c, at[i] as OnePermit));
  return permitted;
}

/** A permit or a forbid. */
type OnePermit = Candidate<Statement<PermitIr>>;

/** Tells what was judged: the rules that speak for and against it, of each layer. */
export function tellScope(c: Case, problems: readonly string[], { finding }: ScopeJudged): ScopeTold {
  const layers = c.plan.layers.flatMap((layer) =>
    layer.scope === null ? [] : [{ ...toldBy(c, layer, layer.scope), finding: opinionOf(c, layer.scope) }],
  );
  const open = layers.flatMap((layer) => (layer.finding === "unknown" ? layer.open : []));
  return {
    assessment: {
      validator: "ARYEH",
      finding,
      rules: layers.flatMap((layer) => layer.rules),
      unknowns: unknownsOf(c, open),
      problems: [...problems],
    },
    open,
  };
}

/** What one layer says. */
interface Told {
  readonly rules: readonly RuleReport[];
  readonly open: readonly OpenStatement[];
}

function toldBy(c: Case, layer: LayerPlan, own: ScopePlan): Told {
  const permits = own.permits.inOrder(c.full).map((one): Told => {
    const truth = judgeCarried(c, one);
    return told(c, layer, one.ir, { effect: "permit", truth }, () =>
      carriedLeaves(c, one.when, one.ir.serving),
    );
  });
  const forbids = own.forbids.inOrder(c.full).map((one): Told => {
    const truth = judge(c, one);
    return told(c, layer, one.ir, { effect: "forbid", truth }, () => openLeaves(c, one.when));
  });
  const limits = own.limits.map((limit): Told => {
    const { passed, used } = limitJudged(c, limit);
    const report: RuleReport = { ...ruleReport(c, layer, limit.ir, "limit", passed), limit: limit.ir.to };
    return {
      rules: [used === UNKNOWN ? report : { ...report, used }],
      open: passed === UNKNOWN ? [openStatement(layer, limit.ir, limitLeaves(c, limit))] : [],
    };
  });
  const speaks = permits.some(({ rules }) => rules.length > 0);
  const nearest = speaks ? [] : nearestPermits(c, layer, own.permits.all);
  const all = [...permits, ...forbids, ...limits];
  return { rules: [...nearest, ...all.flatMap((one) => one.rules)], open: all.flatMap((one) => one.open) };
}

/** A permit or forbid is told where it is true or not known. */
function told(
  c: Case,
  layer: LayerPlan,
  ir: PermitIr,
  { effect, truth }: { readonly effect: string; readonly truth: boolean | Unknown },
  leaves: () => OpenLeaf[],
): Told {
  if (truth === false) return { rules: [], open: [] };
  return {
    rules: [ruleReport(c, layer, ir, effect, truth)],
    open: truth === UNKNOWN ? [openStatement(layer, ir, leaves())] : [],
  };
}

const openStatement = (
  layer: LayerPlan,
  { id }: { readonly id: string },
  leaves: OpenLeaf[],
): OpenStatement => ({
  id,
  layer: layer.ir.name,
  part: "scope",
  leaves,
});

/** So many permits are told where none covers the action, out of so many that are looked at. */
const mostNearest = 3;
const mostLookedAt = 1_000;

/** The permits that lack least, with what each lacks: fewest failing parts first, then by id. */
function nearestPermits(c: Case, layer: LayerPlan, permits: readonly Statement<PermitIr>[]): RuleReport[] {
  return permits
    .slice(0, mostLookedAt)
    .map((statement) => ({
      statement,
      failing: statement.parts.filter((part) => part.value(c.full) === false).length,
    }))
    .sort((a, b) => a.failing - b.failing || compareText(a.statement.ir.id, b.statement.ir.id))
    .slice(0, mostNearest)
    .map(({ statement: { ir, parts } }) => {
      const fails = failingParts(c, ir.id, parts);
      return { ...ruleReport(c, layer, ir, "permit", false), ...(fails.length === 0 ? {} : { fails }) };
    });
}

/** A ruling on a limit that cannot be told says whether it is kept: yes, it is not passed. */
function limitJudged(c: Case, limit: LimitPlan): ReturnType<typeof limitPassed> {
  const judged = limitPassed(c, limit);
  if (judged.passed !== UNKNOWN) return judged;
  const kept = rulingOn(c, limit.ir.id, () => c.askedOf(limitLeaves(c, limit)));
  return kept === undefined ? judged : { passed: !kept, used: judged.used };
}

function limitLeaves(c: Case, limit: LimitPlan): OpenLeaf[] {
  return [limit.sum, limit.each].flatMap((part) => (part === undefined ? [] : openLeaves(c, part)));
}

function ruleReport(
  c: Case,
  layer: LayerPlan,
  ir: { readonly id: string; readonly because?: string | undefined },
  effect: string,
  truth: boolean | Unknown,
): RuleReport {
  const because = ir.because === undefined ? {} : { because: ir.because };
  return {
    id: ir.id,
    layer: layer.ir.name,
    effect,
    value: truthName(truth),
    ...placeOf(c.policy, ir.id),
    ...because,
  };
}
