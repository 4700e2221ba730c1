// ARYEH: is it within what was authorized? Action and specification (semantics.md, *scope*).

import type { Assessments, Finding, RuleReport } from "../ir/decision.js";
import { compareText } from "../ir/order.js";
import type { PermitIr } from "../ir/policy.js";
import { UNKNOWN, truthName, type Unknown } from "../logic/value.js";
import type { OpenLeaf } from "../logic/frame.js";
import {
  type Case,
  carriedLeaves,
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
import type { LayerPlan, LimitPlan, Statement } from "./plan.js";

/** What scope finds, and its signal to discernment: every statement it could not decide. */
export interface ScopeResult {
  readonly assessment: Assessments["scope"];
  readonly open: readonly OpenStatement[];
}

interface Opinion {
  readonly finding: Finding<"scope">;
  readonly rules: readonly RuleReport[];
  readonly open: readonly OpenStatement[];
}

/** Judges a proposal against every scope block; `problems` are why it may not even be proposed (tier, session, actor). */
export function scope(c: Case, { problems }: { readonly problems: readonly string[] }): ScopeResult {
  const opinions = c.plan.layers.flatMap((layer) =>
    layer.scope === null ? [] : [opinionOf(c, layer, layer.scope)],
  );
  const findings = opinions.map((opinion) => opinion.finding);
  const finding =
    problems.length > 0 || findings.length === 0 || findings.includes("outside")
      ? "outside"
      : findings.includes("unknown")
        ? "unknown"
        : "within";
  const open = opinions.flatMap((opinion) => (opinion.finding === "unknown" ? opinion.open : []));
  return {
    assessment: {
      validator: "ARYEH",
      finding,
      rules: opinions.flatMap((opinion) => opinion.rules),
      unknowns: unknownsOf(c, open),
      problems: [...problems],
    },
    open,
  };
}

function opinionOf(c: Case, layer: LayerPlan, own: NonNullable<LayerPlan["scope"]>): Opinion {
  const open: OpenStatement[] = [];
  const note = (effect: "permit" | "forbid", statements: readonly Statement<PermitIr>[]) =>
    statements.flatMap((statement): Told[] => {
      const served = effect === "permit" ? statement.ir.serving : [];
      const truth =
        effect === "permit"
          ? judgeCarried(c, statement.ir.id, statement.when, served)
          : judge(c, statement.ir.id, statement.when);
      if (truth === false) return [];
      if (truth === UNKNOWN)
        open.push({
          id: statement.ir.id,
          layer: layer.ir.name,
          part: "scope",
          leaves:
            effect === "permit" ? carriedLeaves(c, statement.when, served) : openLeaves(c, statement.when),
        });
      return [{ truth, report: ruleReport(c, layer, statement.ir, effect, truth) }];
    });
  const permits = note("permit", own.permits);
  const forbids = note("forbid", own.forbids);
  const limits = own.limits.map((limit): Told => {
    const { passed, used } = limitJudged(c, limit);
    if (passed === UNKNOWN)
      open.push({ id: limit.ir.id, layer: layer.ir.name, part: "scope", leaves: limitLeaves(c, limit) });
    const report: RuleReport = { ...ruleReport(c, layer, limit.ir, "limit", passed), limit: limit.ir.to };
    return { truth: passed, report: used === UNKNOWN ? report : { ...report, used } };
  });
  const nearest = permits.length > 0 ? [] : nearestPermits(c, layer, own.permits);
  const rules = [...permits, ...forbids, ...limits].map((told) => told.report);
  return { finding: findingOf(permits, forbids, limits), rules: [...nearest, ...rules], open };
}

/** So many permits are told where none covers the action, out of so many that are looked at. */
const mostNearest = 3;
const mostLookedAt = 1_000;

/** The permits that lack least, with what each lacks: fewest failing parts first, then by id. */
function nearestPermits(c: Case, layer: LayerPlan, permits: readonly Statement<PermitIr>[]): RuleReport[] {
  return permits
    .slice(0, mostLookedAt)
    .map((statement) => ({
      statement,
      failing: statement.parts().filter((part) => part.value(c.full) === false).length,
    }))
    .sort((a, b) => a.failing - b.failing || compareText(a.statement.ir.id, b.statement.ir.id))
    .slice(0, mostNearest)
    .map(({ statement: { ir, parts } }) => {
      const fails = failingParts(c, ir.id, parts());
      return { ...ruleReport(c, layer, ir, "permit", false), ...(fails.length === 0 ? {} : { fails }) };
    });
}

/** A ruling on a limit that cannot be told says whether it is kept: yes, it is not passed. */
function limitJudged(c: Case, limit: LimitPlan): ReturnType<typeof limitPassed> {
  const told = limitPassed(c, limit);
  if (told.passed !== UNKNOWN) return told;
  const kept = rulingOn(c, limit.ir.id, () => c.askedOf(limitLeaves(c, limit)));
  return kept === undefined ? told : { passed: !kept, used: told.used };
}

function limitLeaves(c: Case, limit: LimitPlan): OpenLeaf[] {
  return [limit.sum, limit.each].flatMap((part) => (part === undefined ? [] : openLeaves(c, part)));
}

/** A rule that is true or unknown; a limit also where it is kept. */
interface Told {
  readonly truth: boolean | Unknown;
  readonly report: RuleReport;
}

function findingOf(
  permits: readonly Told[],
  forbids: readonly Told[],
  limits: readonly Told[],
): Finding<"scope"> {
  const some = (told: readonly Told[], truth: boolean | Unknown): boolean =>
    told.some((t) => t.truth === truth);
  if (permits.length === 0 || some(forbids, true) || some(limits, true)) return "outside";
  const certain = some(permits, true) && !some(forbids, UNKNOWN) && !some(limits, UNKNOWN);
  return certain ? "within" : "unknown";
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
