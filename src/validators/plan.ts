import type { PastAction } from "../ir/knowledge.js";
import type {
  GrayIr,
  GroundIr,
  LayerIr,
  LimitIr,
  PermitIr,
  PolicyIr,
  ToolIr,
  ToolSourceIr,
  TreatIr,
} from "../ir/policy.js";
import type { Predicate } from "../ir/predicate.js";
import type { Prepared } from "../logic/frame.js";
import type { Value } from "../logic/value.js";
import { isOfArguments, Statement, Statements } from "./statements.js";
import type { Register } from "./register.js";
import type { ToolReader } from "./tool-reader.js";

export interface LimitPlan {
  readonly ir: LimitIr;
  readonly sum: Prepared | undefined;
  readonly each: Prepared | undefined;
  /** What earlier actions come to; only of a limit that reads their arguments and nothing else. */
  readonly read: WeakMap<PastAction, Readings> | undefined;
}

/** The key and the amount of an action by a limit. */
export interface Readings {
  readonly each: Value;
  readonly sum: Value;
}

export interface UndoPlan {
  readonly tool: string;
  readonly within: number;
  readonly args: readonly {
    readonly name: string;
    readonly value: Prepared;
    readonly result: string | undefined;
  }[];
}

/** A line that says what class an action has. */
export class TreatPlan extends Statement<TreatIr> {
  /** Where its class stands in the chain. */
  readonly grade: number;
  readonly #prepare: ToolReader["prepare"];
  #undo: UndoPlan | undefined;

  constructor(ir: TreatIr, grade: number, place: number, reader: ToolReader) {
    super(ir, ir.when, place, reader);
    this.grade = grade;
    this.#prepare = reader.prepare;
  }

  get undo(): UndoPlan | undefined {
    this.#undo ??= undoPlan(this.ir, this.#prepare);
    return this.#undo;
  }
}

/** The statements of one layer that speak of one tool; null where the layer does not write the block. */
export interface LayerPlan {
  readonly index: number;
  readonly ir: LayerIr;
  readonly scope: {
    readonly permits: Statements<Statement<PermitIr>>;
    readonly forbids: Statements<Statement<PermitIr>>;
    readonly limits: readonly LimitPlan[];
  } | null;
  readonly grounds: Statements<Statement<GroundIr>> | null;
  readonly treats: Statements<TreatPlan> | null;
  /** The place in the chain of what an action is that no line is about; undefined where the layer says nothing of it. */
  readonly otherwise: number | undefined;
  readonly grays: Statements<Statement<GrayIr>> | null;
}

/** All that a policy says of one tool. */
export interface ToolPlan {
  readonly tool: ToolIr;
  readonly reader: ToolReader;
  readonly layers: readonly LayerPlan[];
  /** Tool sources that name it, with their `when`. */
  readonly sources: readonly Statement<ToolSourceIr>[];
  /** The limits of all its layers by id: equal statements say the same wherever they stand. */
  readonly limits: ReadonlyMap<string, LimitPlan>;
}

/** Plans what covers a declared tool. */
export function planFor(policy: PolicyIr, register: Register, tool: ToolIr): ToolPlan {
  const reader = register.reader(tool);
  const here = <S extends { readonly tools: readonly string[] }>(all: readonly S[]): readonly S[] =>
    register.of(all, tool.name);
  const statements = <S extends { readonly tools: readonly string[]; readonly when: Predicate }>(
    all: readonly S[],
  ): Statements<Statement<S>> =>
    reader.once(
      here(all),
      "statements",
      (list) =>
        new Statements(
          list.map((ir, place) => new Statement(ir, ir.when, place, reader)),
          reader,
        ),
    );
  const grades = new Map(policy.classes.map(({ name }, grade) => [name, grade]));

  const layers = policy.layers.map(
    (ir, index): LayerPlan => ({
      index,
      ir,
      scope: ir.scope && {
        permits: statements(ir.scope.permits),
        forbids: statements(ir.scope.forbids),
        limits: reader.once(here(ir.scope.limits), "limits", (list) =>
          list.map((limit) => limitPlan(limit, reader)),
        ),
      },
      grounds:
        ir.grounding && reader.once(here(ir.grounding.grounds), "checks", (list) => checksOf(list, reader)),
      treats:
        ir.reversibility &&
        reader.once(here(ir.reversibility.treats), "treats", (list) => treatsOf(list, grades, reader)),
      otherwise: placeOf(grades, ir.reversibility?.otherwise),
      grays: ir.discernment && statements(ir.discernment.grays),
    }),
  );
  const limits = layers.flatMap((layer) => layer.scope?.limits ?? []);
  return {
    tool,
    reader,
    layers,
    sources: statements(register.toolSources).all,
    limits: new Map(limits.map((limit) => [limit.ir.id, limit])),
  };
}

const placeOf = (grades: ReadonlyMap<string, number>, name: string | undefined): number | undefined =>
  name === undefined ? undefined : (grades.get(name) ?? -1);

const limitPlan = (limit: LimitIr, reader: ToolReader): LimitPlan => ({
  ir: limit,
  sum: limit.sum === undefined ? undefined : reader.prepare(limit.sum),
  each: limit.each === undefined ? undefined : reader.prepare(limit.each),
  read: [limit.sum ?? 1, limit.each ?? 1].every(isOfArguments) ? new WeakMap() : undefined,
});

const checksOf = (grounds: readonly GroundIr[], reader: ToolReader): Statements<Statement<GroundIr>> =>
  new Statements(
    grounds.map((ir, place) => new Statement(ir, ir.condition, place, reader)),
    reader,
    "true",
  );

const treatsOf = (
  treats: readonly TreatIr[],
  grades: ReadonlyMap<string, number>,
  reader: ToolReader,
): Statements<TreatPlan> =>
  new Statements(
    treats.map((ir, place) => new TreatPlan(ir, grades.get(ir.class) ?? -1, place, reader)),
    reader,
  );

function undoPlan(treat: TreatIr, ready: (predicate: Predicate) => Prepared): UndoPlan | undefined {
  const undo = treat.undo;
  return (
    undo && {
      tool: undo.tool,
      within: undo.within,
      args: undo.args.map(({ name, value }) => ({ name, value: ready(value), result: resultPath(value) })),
    }
  );
}

/** `result.a.b`, if the argument is nothing but that. */
function resultPath(value: Predicate): string | undefined {
  const path = (value as { readonly val?: unknown }).val;
  return Array.isArray(path) && path[0] === "result" ? path.slice(1).join(".") : undefined;
}
