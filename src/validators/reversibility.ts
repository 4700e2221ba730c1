// NESHER: if it is wrong, can it be undone? Action and time (semantics.md, *reversibility*).

import type { Assessments, Finding, RuleReport } from "../ir/decision.js";
import type { Json } from "../ir/json.js";
import type { ClassIr, TreatIr } from "../ir/policy.js";
import type { TypeIr } from "../ir/type.js";
import { toJson } from "../ir/value.js";
import { degree, isOpen, truthName, UNKNOWN, type Unknown } from "../logic/value.js";
import { type Case, judge, type OpenStatement, openLeaves, placeOf, unknownsOf } from "./case.js";
import type { Confirmations } from "./discernment.js";
import { actionsIn } from "./limits.js";
import type { LayerPlan, Statement, TreatPlan, UndoPlan } from "./plan.js";

/** What reversibility finds, and its signals to discernment: undecided classes, and the gravest that is possible. */
export interface ReversibilityResult {
  readonly assessment: Assessments["reversibility"];
  readonly open: readonly OpenStatement[];
  /** Places in the chain of the gravest and the mildest possible class, -1 where no layer has an opinion. */
  readonly gravest: number;
  readonly mildest: number;
  /** Per layer of the policy the gravest class it may have, for the history; null where it has no opinion. */
  readonly classes: readonly (string | null)[];
}

interface Opinion {
  readonly layer: LayerPlan;
  readonly finding: Finding<"reversibility">;
  /** Places in the chain; mildest -1: it may have none. */
  readonly mildest: number;
  readonly gravest: number;
  readonly awaiting: readonly string[];
  readonly rules: readonly RuleReport[];
  readonly open: readonly OpenStatement[];
  readonly undo: readonly { readonly rule: string; readonly plan: UndoPlan }[];
}

interface JudgedTreat {
  readonly statement: TreatPlan;
  readonly truth: boolean | Unknown;
}

/** What the others signal: the calibrated confidence from grounding, confirmations from discernment. */
export interface ReversibilitySignals {
  readonly calibrated: number;
  readonly confirmations: Confirmations;
}

export function reversibility(
  c: Case,
  { calibrated, confirmations }: ReversibilitySignals,
): ReversibilityResult {
  const opinions = c.plan.layers.flatMap((layer) => opinionOf(c, layer, calibrated, confirmations) ?? []);
  const findings = opinions.map((opinion) => opinion.finding);
  const finding = findings.includes("indeterminate")
    ? "indeterminate"
    : findings.includes("held")
      ? "held"
      : "recoverable";
  const open = opinions.flatMap((opinion) => (opinion.finding === "indeterminate" ? opinion.open : []));
  const gravest = Math.max(-1, ...opinions.map((opinion) => opinion.gravest));
  const mildest = Math.max(-1, ...opinions.map((opinion) => opinion.mildest));
  return {
    assessment: {
      validator: "NESHER",
      finding,
      class: className(c, gravest),
      mildest: className(c, mildest),
      awaiting: [
        ...new Set(
          opinions.flatMap((opinion) => (opinion.finding === "recoverable" ? [] : opinion.awaiting)),
        ),
      ].sort(),
      rules: opinions.flatMap((opinion) => opinion.rules),
      unknowns: unknownsOf(c, open),
      undo: opinions.flatMap((opinion) => opinion.undo.map(({ rule, plan }) => undoOf(c, rule, plan))),
    },
    open,
    gravest,
    mildest,
    classes: c.policy.layers.map((_, index) =>
      className(c, opinions.find((o) => o.layer.index === index)?.gravest ?? -1),
    ),
  };
}

const className = (c: Case, place: number): string | null => c.policy.classes[place]?.name ?? null;

/** A layer's view; undefined where it has none: no block, or no line that may apply and no `otherwise`. */
function opinionOf(
  c: Case,
  layer: LayerPlan,
  calibrated: number,
  confirmations: Confirmations,
): Opinion | undefined {
  if (layer.treats === null) return undefined;
  const judged = layer.treats.map(
    (statement): JudgedTreat => ({ statement, truth: judge(c, statement.ir.id, statement.when) }),
  );
  const possible = possibleClasses(c, layer, judged);
  if (possible === undefined) return undefined;
  const holds = possible.map((place) => hold(c, layer, place, calibrated, confirmations));
  return {
    layer,
    mildest: Math.min(...possible),
    gravest: Math.max(...possible),
    // Not only the mildest and the gravest: one between, or a milder one, may wait for somebody whom the gravest does not name.
    finding: holds.every((one) => one.holds)
      ? "held"
      : holds.some((one) => one.holds)
        ? "indeterminate"
        : "recoverable",
    awaiting: [...new Set(holds.flatMap((one) => one.awaiting))],
    rules: judged.map(({ statement, truth }) => ruleReport(c, layer, statement.ir, truth)),
    open: judged.flatMap(({ statement, truth }) =>
      truth === UNKNOWN ? [openStatement(c, layer, statement)] : [],
    ),
    undo: judged.flatMap(({ statement, truth }) =>
      truth === true && statement.undo ? [{ rule: statement.ir.id, plan: statement.undo }] : [],
    ),
  };
}

const openStatement = (c: Case, layer: LayerPlan, statement: Statement<TreatIr>): OpenStatement => ({
  id: statement.ir.id,
  layer: layer.ir.name,
  part: "class",
  leaves: openLeaves(c, statement.when),
});

/** Places of the classes that it may have (semantics.md: T the true lines, V the unknown ones); -1: none. */
function possibleClasses(c: Case, layer: LayerPlan, judged: readonly JudgedTreat[]): number[] | undefined {
  const place = (name: string | undefined): number => c.policy.classes.findIndex((one) => one.name === name);
  const those = (truth: boolean | Unknown): number[] =>
    judged.flatMap((j) => (j.truth === truth ? [place(j.statement.ir.class)] : []));
  const certain = those(true);
  const unknown = those(UNKNOWN);
  const otherwise = layer.ir.reversibility?.otherwise;
  if (certain.length === 0 && unknown.length === 0 && otherwise === undefined) return undefined;
  const least = certain.length > 0 ? Math.max(...certain) : place(otherwise);
  const others = certain.length > 0 ? unknown.filter((one) => one > least) : unknown;
  return [...new Set([least, ...others])];
}

/** Whether a class holds the action back, and whose confirmation would release it. A class asks all that milder ones ask. */
function hold(c: Case, layer: LayerPlan, place: number, calibrated: number, confirmations: Confirmations) {
  const asked = c.policy.classes.slice(0, place + 1);
  const named = [...new Set(asked.flatMap((one) => one.confirm ?? []))];
  const reason =
    named.length > 0 ||
    asked.some((one) => degree(one.confidence ?? 0) > calibrated) ||
    asked.some((one) => usedUp(c, layer, one));
  if (!reason) return { holds: false, awaiting: [] };
  const fallback = c.policy.escalate[0]?.principal;
  const from = named.length > 0 ? named : fallback === undefined ? [] : [fallback];
  const awaiting = from.filter((principal) => !confirmations.by.has(principal));
  return { holds: from.length === 0 || awaiting.length > 0, awaiting };
}

/** A class that an action may have or is above, and of what it asks whether the action meets it. */
export interface ClassExamined {
  readonly name: string;
  readonly meets: { readonly confidence?: boolean; readonly confirm?: boolean; readonly limit?: boolean };
}

/** What the classes of an action ask in one layer, by themselves; undefined where the layer has no opinion. */
export function examineClasses(
  c: Case,
  layer: LayerPlan,
  { calibrated, confirmations }: ReversibilitySignals,
): { readonly classes: readonly ClassExamined[]; readonly otherwise: boolean } | undefined {
  if (layer.treats === null) return undefined;
  const judged = layer.treats.map(
    (statement): JudgedTreat => ({ statement, truth: judge(c, statement.ir.id, statement.when) }),
  );
  const possible = possibleClasses(c, layer, judged);
  if (possible === undefined) return undefined;
  const asked = c.policy.classes.slice(0, Math.max(...possible) + 1);
  return {
    classes: asked.map((one) => ({
      name: one.name,
      meets: {
        ...(one.confidence === undefined ? {} : { confidence: degree(one.confidence) <= calibrated }),
        ...(one.confirm === undefined ? {} : { confirm: confirmations.by.has(one.confirm) }),
        ...(one.limit === undefined ? {} : { limit: !usedUp(c, layer, one) }),
      },
    })),
    otherwise: layer.ir.reversibility?.otherwise !== undefined && judged.every(({ truth }) => truth !== true),
  };
}

/** A class's limit counts its own and graver actions, as this layer saw them. */
function usedUp(c: Case, layer: LayerPlan, one: ClassIr): boolean {
  const limit = one.limit;
  if (limit === undefined) return false;
  const place = c.policy.classes.indexOf(one);
  // A class that is not known, or none, is at no place.
  const counted = actionsIn(c, limit.per).filter(
    ({ classes }) => c.policy.classes.findIndex(({ name }) => name === classes[layer.index]) >= place,
  );
  return counted.length + 1 > limit.to;
}

function undoOf(c: Case, rule: string, plan: UndoPlan): Assessments["reversibility"]["undo"][number] {
  const params = c.policy.tools.find((tool) => tool.name === plan.tool)?.params ?? [];
  const args = plan.args.flatMap(({ name, value, result }): [string, UndoArgument][] => {
    if (result !== undefined) return [[name, { result }]];
    const now = value.value(c.full);
    const type = params.find((param) => param.name === name)?.type ?? "json";
    return now === undefined ? [] : [[name, undoArgument(type, now)]];
  });
  return { rule, tool: plan.tool, args: Object.fromEntries(args), within: plan.within };
}

type UndoArgument = Assessments["reversibility"]["undo"][number]["args"][string];

/** As it would be proposed: times and durations as JSON writes them. */
function undoArgument(type: TypeIr, value: Json | Unknown): UndoArgument {
  return isOpen(value) ? { unknown: true } : { value: toJson(type, value) };
}

function ruleReport(c: Case, layer: LayerPlan, ir: TreatIr, truth: boolean | Unknown): RuleReport {
  const because = ir.because === undefined ? {} : { because: ir.because };
  return {
    id: ir.id,
    layer: layer.ir.name,
    effect: `treat as ${ir.class}`,
    value: truthName(truth),
    ...placeOf(c.policy, ir.id),
    ...because,
  };
}
