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
import type { LayerPlan, TreatPlan, UndoPlan } from "./plan.js";
import type { Candidate } from "./statements.js";
import type { ClassTerms } from "./terms.js";

/** What reversibility finds, and its signals to discernment: whether the class is undecided, and the gravest that is possible. */
export interface ReversibilityJudged {
  readonly finding: Finding<"reversibility">;
  /** Places in the chain of the gravest and the mildest possible class, -1 where no layer has an opinion. */
  readonly gravest: number;
  readonly mildest: number;
  readonly open: boolean;
}

export interface ReversibilityTold {
  readonly assessment: Assessments["reversibility"];
  readonly open: readonly OpenStatement[];
}

/** What the others signal: the calibrated confidence from grounding, confirmations from discernment. */
export interface ReversibilitySignals {
  readonly calibrated: number;
  readonly confirmations: Confirmations;
}

export function judgeReversibility(c: Case, signals: ReversibilitySignals): ReversibilityJudged {
  let finding: Finding<"reversibility"> = "recoverable";
  let gravest = -1;
  let mildest = -1;
  for (const layer of c.plan.layers) {
    const possible = possibleClasses(c, layer);
    if (possible === undefined) continue;
    const own = findingOf(c, layer, possible, signals);
    if (own === "indeterminate" || finding === "recoverable") finding = own;
    gravest = Math.max(gravest, gravestOf(possible));
    mildest = Math.max(mildest, mildestOf(possible));
  }
  return { finding, gravest, mildest, open: finding === "indeterminate" };
}

/** Tells what was judged: the lines that give it its class, who is to confirm, and how it would be undone. */
export function tellReversibility(
  c: Case,
  signals: ReversibilitySignals,
  { finding, gravest, mildest }: ReversibilityJudged,
): ReversibilityTold {
  const layers = c.plan.layers.flatMap((layer) => toldBy(c, layer, signals) ?? []);
  const open = layers.flatMap((layer) => (layer.finding === "indeterminate" ? layer.open : []));
  return {
    assessment: {
      validator: "NESHER",
      finding,
      class: className(c, gravest),
      mildest: className(c, mildest),
      awaiting: [...new Set(layers.flatMap((layer) => layer.awaiting))].sort(),
      rules: layers.flatMap((layer) => layer.rules),
      unknowns: unknownsOf(c, open),
      undo: layers.flatMap((layer) => layer.undo.map(({ rule, plan }) => undoOf(c, rule, plan))),
    },
    open,
  };
}

/** Per layer of the policy the gravest class that an action may have, for the history; null where it has no opinion. */
export function classesOf(c: Case): (string | null)[] {
  return c.plan.layers.map((layer) => {
    const possible = possibleClasses(c, layer);
    return className(c, possible === undefined ? -1 : gravestOf(possible));
  });
}

const className = (c: Case, place: number): string | null => c.policy.classes[place]?.name ?? null;

/** Places of the classes that an action may have in a layer: one, or several where a line is not decided; -1: none. */
type Possible = number | readonly number[];

const gravestOf = (possible: Possible): number =>
  typeof possible === "number" ? possible : Math.max(...possible);
const mildestOf = (possible: Possible): number =>
  typeof possible === "number" ? possible : Math.min(...possible);

/**
 * semantics.md: of the true lines the gravest, else `otherwise`; and what unknown lines may make of it. Undefined: the layer has no
 * block, or no line that may apply and no `otherwise`.
 */
function possibleClasses(c: Case, { treats, otherwise }: LayerPlan): Possible | undefined {
  if (treats === null) return undefined;
  let certain: number | undefined;
  let unknown: number[] | undefined;
  const { at, count } = treats.among(c.full);
  for (let i = 0; i < count; i += 1) {
    const candidate = at[i] as Candidate<TreatPlan>;
    const truth = judge(c, candidate);
    const { grade } = candidate.statement;
    if (truth === true) certain = Math.max(certain ?? -1, grade);
    else if (truth === UNKNOWN) unknown = [...(unknown ?? []), grade];
  }
  if (certain === undefined && unknown === undefined && otherwise === undefined) return undefined;
  const least = certain ?? otherwise ?? -1;
  if (unknown === undefined) return least;
  const others = certain === undefined ? unknown : unknown.filter((one) => one > least);
  return [...new Set([least, ...others])];
}

const placeOfClass = (c: Case, name: string | undefined): number =>
  c.policy.classes.findIndex((one) => one.name === name);

function findingOf(
  c: Case,
  layer: LayerPlan,
  possible: Possible,
  signals: ReversibilitySignals,
): Finding<"reversibility"> {
  if (typeof possible === "number") return isHeld(c, layer, possible, signals) ? "held" : "recoverable";
  return findingOfSeveral(c, layer, possible, signals);
}

function findingOfSeveral(
  c: Case,
  layer: LayerPlan,
  possible: readonly number[],
  signals: ReversibilitySignals,
): Finding<"reversibility"> {
  // Not only the mildest and the gravest: one between, or a milder one, may wait for somebody whom the gravest does not name.
  const held = possible.filter((place) => isHeld(c, layer, place, signals)).length;
  return held === possible.length ? "held" : held > 0 ? "indeterminate" : "recoverable";
}

/** Whether a class holds the action back. */
function isHeld(c: Case, layer: LayerPlan, place: number, signals: ReversibilitySignals): boolean {
  if (!asksSomething(c, layer, place, signals.calibrated)) return false;
  const from = askedFor(c, place);
  const { by } = signals.confirmations;
  return from.length === 0 || !isSubset(from, by);
}

const isSubset = (some: readonly string[], all: ReadonlySet<string>): boolean =>
  some.every((one) => all.has(one));

/** A class asks all that milder ones ask. */
function asksSomething(c: Case, layer: LayerPlan, place: number, calibrated: number): boolean {
  const asks = c.terms.classes[place];
  return (
    asks !== undefined &&
    (asks.confirm.length > 0 ||
      asks.confidence > calibrated ||
      (asks.limits.length > 0 && someUsedUp(c, layer, asks.limits)))
  );
}

const someUsedUp = (c: Case, layer: LayerPlan, limits: ClassTerms["limits"]): boolean =>
  limits.some(({ limit, grade }) => isUsedUp(c, layer, limit, grade));

/** Whose confirmation would release a class that asks for something. */
function askedFor(c: Case, place: number): readonly string[] {
  const { firstAsked, classes } = c.terms;
  const named = (classes[place] as ClassTerms).confirm;
  return named.length > 0 || firstAsked === undefined ? named : [firstAsked];
}

/** INVARIANT: of a layer that has an opinion, so that it writes the block. */
const linesOf = ({ treats }: LayerPlan): readonly TreatPlan[] =>
  (treats as NonNullable<LayerPlan["treats"]>).all;

/** What one layer says. */
interface Told {
  readonly finding: Finding<"reversibility">;
  readonly awaiting: readonly string[];
  readonly rules: readonly RuleReport[];
  readonly open: readonly OpenStatement[];
  readonly undo: readonly { readonly rule: string; readonly plan: UndoPlan }[];
}

function toldBy(c: Case, layer: LayerPlan, signals: ReversibilitySignals): Told | undefined {
  const possible = possibleClasses(c, layer);
  if (possible === undefined) return undefined;
  const judged = linesOf(layer).map((treat): { treat: TreatPlan; truth: boolean | Unknown } => ({
    treat,
    truth: judge(c, treat),
  }));
  const held = [possible].flat().filter((place) => isHeld(c, layer, place, signals));
  const awaited = held.flatMap((place) => askedFor(c, place));
  return {
    finding: findingOf(c, layer, possible, signals),
    awaiting: awaited.filter((principal) => !signals.confirmations.by.has(principal)),
    rules: judged.map(({ treat, truth }) => ruleReport(c, layer, treat.ir, truth)),
    open: judged.flatMap(({ treat, truth }) => (truth === UNKNOWN ? [openStatement(c, layer, treat)] : [])),
    undo: judged.flatMap(({ treat, truth }) =>
      truth === true && treat.undo ? [{ rule: treat.ir.id, plan: treat.undo }] : [],
    ),
  };
}

const openStatement = (c: Case, layer: LayerPlan, treat: TreatPlan): OpenStatement => ({
  id: treat.ir.id,
  layer: layer.ir.name,
  part: "class",
  leaves: openLeaves(c, treat.when),
});

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
  const possible = possibleClasses(c, layer);
  if (possible === undefined) return undefined;
  const asked = c.policy.classes.slice(0, gravestOf(possible) + 1);
  return {
    classes: asked.map((one, grade) => ({
      name: one.name,
      meets: {
        ...(one.confidence === undefined ? {} : { confidence: degree(one.confidence) <= calibrated }),
        ...(one.confirm === undefined ? {} : { confirm: confirmations.by.has(one.confirm) }),
        ...(one.limit === undefined ? {} : { limit: !isUsedUp(c, layer, one.limit, grade) }),
      },
    })),
    otherwise: layer.otherwise !== undefined && linesOf(layer).every((treat) => judge(c, treat) !== true),
  };
}

/** A class's limit counts its own and graver actions, as this layer saw them. */
function isUsedUp(c: Case, layer: LayerPlan, limit: NonNullable<ClassIr["limit"]>, grade: number): boolean {
  // A class that is not known, or none, is at no place.
  const counted = actionsIn(c, limit.per).filter(
    ({ classes }) => placeOfClass(c, classes[layer.index] ?? undefined) >= grade,
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
