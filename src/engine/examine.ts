import type { ValidatorName } from "../ir/decision.js";
import type { FactQuestion } from "../ir/knowledge.js";
import type { Written } from "../ir/policy.js";
import type { Predicate } from "../ir/predicate.js";
import type { Frame, OpenLeaf } from "../logic/frame.js";
import { type Outline, outlineOf } from "../logic/outline.js";
import { truthOf, type Unknown } from "../logic/value.js";
import type { Case } from "../validators/case.js";
import { confirmationsOf } from "../validators/discernment.js";
import { judgeGrounding } from "../validators/grounding.js";
import { limitPassed } from "../validators/limits.js";
import type { ProposalCase } from "./proposal-case.js";
import type { LayerPlan, ToolPlan } from "../validators/plan.js";
import type { Statement, Statements } from "../validators/statements.js";
import { type ClassExamined, examineClasses } from "../validators/reversibility.js";

/** A condition of a statement with all its sub-expressions. */
export interface ExaminedCondition {
  readonly role: Written["role"];
  readonly outline: Outline;
}

/** A statement by itself: what its own text comes to, without rulings and whatever other statements say. */
export interface ExaminedStatement {
  /** Its id, or `source:NAME`. */
  readonly key: string;
  /** Undefined: a tool source. */
  readonly validator: ValidatorName | undefined;
  /** Of a limit: whether it is passed. */
  readonly truth: boolean | Unknown;
  readonly conditions: readonly ExaminedCondition[];
}

/** What all statements come to that speak of one action; for explanations and coverage, never for a decision. */
export interface Examination {
  readonly frame: Frame;
  readonly statements: readonly ExaminedStatement[];
  /** What the classes ask that the action may have; one entry a layer and class. */
  readonly classes: readonly ClassExamined[];
  /** Whether some layer falls back on its `otherwise`. */
  readonly otherwise: boolean;
  /** Ids of the thresholds that apply to the action. */
  readonly thresholds: readonly string[];
  /** Facts that are not known yet of those that have been looked at so far. */
  readonly asks: ReadonlyMap<string, FactQuestion>;
  /** Why something that is open is not known, a clause; undefined where there is nothing to say. */
  why(leaf: OpenLeaf): string | undefined;
}

/** Outlines by statement of a plan, each made when it is first wanted. */
const outlines = new WeakMap<object, readonly ExaminedCondition[]>();

function conditionsOf(
  statement: object,
  { tool, reader }: ToolPlan,
  written: { readonly [R in Written["role"]]?: Predicate | undefined },
): readonly ExaminedCondition[] {
  const known = outlines.get(statement);
  if (known !== undefined) return known;
  const made = (["when", "sum", "each"] as const).flatMap((role) => {
    const rule = written[role];
    return rule === undefined ? [] : [{ role, outline: outlineOf(rule, reader.slots, tool.annotated) }];
  });
  outlines.set(statement, made);
  return made;
}

/** Looks at every statement of a case by itself; of an output, at the tool sources alone. */
export function examined(c: ProposalCase, of: "proposal" | "output"): Examination {
  const world = { frame: c.full, asks: c.full.world.pending, why: (leaf: OpenLeaf) => whyOpen(c, leaf) };
  if (of === "output")
    return { ...world, statements: sourcesOf(c), classes: [], otherwise: false, thresholds: [] };
  const signals = { calibrated: judgeGrounding(c).calibrated, confirmations: confirmationsOf(c) };
  const opinions = c.plan.layers.flatMap((layer) => examineClasses(c, layer, signals) ?? []);
  const classes = opinions.flatMap((opinion) => opinion.classes);
  return {
    ...world,
    statements: c.plan.layers.flatMap((layer) => statementsOf(c, layer)),
    classes,
    otherwise: opinions.some((opinion) => opinion.otherwise),
    thresholds: thresholdsOf(c, new Set(classes.map(({ name }) => name))),
  };
}

function statementsOf(c: Case, { scope, grounds, treats, grays }: LayerPlan): ExaminedStatement[] {
  const judged = (
    validator: ValidatorName,
    statements: Statements<Statement<{ readonly id: string }>> | null | undefined,
  ): ExaminedStatement[] =>
    (statements?.all ?? []).map((one) => ({
      key: one.ir.id,
      validator,
      truth: truthOf(one.when.value(c.full)),
      conditions: conditionsOf(one, c.plan, { when: one.condition }),
    }));
  return [
    ...judged("scope", scope?.permits),
    ...judged("scope", scope?.forbids),
    ...(scope?.limits ?? []).map(
      (limit): ExaminedStatement => ({
        key: limit.ir.id,
        validator: "scope",
        truth: limitPassed(c, limit).passed,
        conditions: conditionsOf(limit, c.plan, limit.ir),
      }),
    ),
    ...judged("grounding", grounds),
    ...judged("reversibility", treats),
    ...judged("discernment", grays),
  ];
}

const sourcesOf = (c: Case): ExaminedStatement[] =>
  c.plan.sources.map((source) => ({
    key: `source:${source.ir.name}`,
    validator: undefined,
    truth: truthOf(source.when.value(c.full)),
    conditions: conditionsOf(source, c.plan, { when: source.ir.when }),
  }));

/** Those without a class, and those of a class that the action may have or is above. */
const thresholdsOf = (c: Case, classes: ReadonlySet<string>): string[] =>
  c.plan.layers.flatMap((layer) =>
    (layer.ir.discernment?.thresholds ?? []).flatMap((one) =>
      one.for === undefined || classes.has(one.for) ? [one.id] : [],
    ),
  );

function whyOpen(c: Case, leaf: OpenLeaf): string | undefined {
  if (leaf.kind !== "claim") return c.explain(leaf)?.reason;
  return c.claims.has(leaf.name)
    ? `what the proposal claims as \`${leaf.name}\` is not of its type`
    : `the proposal does not claim \`${leaf.name}\``;
}
