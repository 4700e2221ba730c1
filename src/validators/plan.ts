import type {
  GrayIr,
  GroundIr,
  LayerIr,
  LimitIr,
  PermitIr,
  PolicyIr,
  SourceIr,
  ToolIr,
  ToolSourceIr,
  TreatIr,
} from "../ir/policy.js";
import type { Predicate } from "../ir/predicate.js";
import type { Prepared } from "../logic/frame.js";
import { prepare } from "../logic/prepare.js";
import { covers } from "../logic/tools.js";

/** A statement of the policy, its condition prepared for one tool. */
export interface Statement<S> {
  readonly ir: S;
  readonly when: Prepared;
  /** The parts of the condition that `and` joins, prepared when they are first asked for: to tell which of them fails. */
  readonly parts: () => readonly Prepared[];
}

export interface LimitPlan {
  readonly ir: LimitIr;
  readonly sum: Prepared | undefined;
  readonly each: Prepared | undefined;
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

export interface TreatPlan extends Statement<TreatIr> {
  readonly undo: UndoPlan | undefined;
}

/** The statements of one layer that speak of one tool; null where the layer does not write the block. */
export interface LayerPlan {
  readonly index: number;
  readonly ir: LayerIr;
  readonly scope: {
    readonly permits: readonly Statement<PermitIr>[];
    readonly forbids: readonly Statement<PermitIr>[];
    readonly limits: readonly LimitPlan[];
  } | null;
  readonly grounds: readonly Statement<GroundIr>[] | null;
  readonly treats: readonly TreatPlan[] | null;
  readonly grays: readonly Statement<GrayIr>[] | null;
}

/** All that a policy says of one tool. */
export interface ToolPlan {
  readonly tool: ToolIr;
  readonly layers: readonly LayerPlan[];
  /** Tool sources that name it, with their `when`. */
  readonly sources: readonly Statement<ToolSourceIr>[];
  /** The limits of all its layers by id: equal statements say the same wherever they stand. */
  readonly limits: ReadonlyMap<string, LimitPlan>;
}

/** Prepares all statements that cover a declared tool. */
export function planFor(policy: PolicyIr, tool: ToolIr): ToolPlan {
  const slots = new Map(tool.params.map((param, slot) => [param.name, slot]));
  const ready = (predicate: Predicate): Prepared => prepare(predicate, slots, tool.annotated);
  const here = <S extends { readonly tools: readonly string[] }>(all: readonly S[]): S[] =>
    all.filter((s) => covers(s.tools, tool.name));
  const statement = <S>(ir: S, condition: Predicate): Statement<S> => ({
    ir,
    when: ready(condition),
    parts: partsOf(condition, ready),
  });
  const statements = <S extends { readonly tools: readonly string[]; readonly when: Predicate }>(
    all: readonly S[],
  ): Statement<S>[] => here(all).map((ir) => statement(ir, ir.when));

  const layers = policy.layers.map(
    (ir, index): LayerPlan => ({
      index,
      ir,
      scope: ir.scope && {
        permits: statements(ir.scope.permits),
        forbids: statements(ir.scope.forbids),
        limits: here(ir.scope.limits).map((limit) => ({
          ir: limit,
          sum: limit.sum === undefined ? undefined : ready(limit.sum),
          each: limit.each === undefined ? undefined : ready(limit.each),
        })),
      },
      grounds:
        ir.grounding && here(ir.grounding.grounds).map((ground) => statement(ground, ground.condition)),
      treats:
        ir.reversibility &&
        statements(ir.reversibility.treats).map((treat) => ({ ...treat, undo: undoPlan(treat.ir, ready) })),
      grays: ir.discernment && statements(ir.discernment.grays),
    }),
  );
  const limits = layers.flatMap((layer) => layer.scope?.limits ?? []);
  return {
    tool,
    layers,
    sources: statements(policy.sources.filter(isToolSource)),
    limits: new Map(limits.map((limit) => [limit.ir.id, limit])),
  };
}

const isToolSource = (source: SourceIr): source is ToolSourceIr => source.kind === "tool";

function partsOf(condition: Predicate, ready: (predicate: Predicate) => Prepared): () => readonly Prepared[] {
  let parts: readonly Prepared[] | undefined;
  return () => {
    const joined = (condition as { readonly and?: unknown }).and;
    parts ??= (Array.isArray(joined) ? (joined as Predicate[]) : [condition]).map(ready);
    return parts;
  };
}

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
