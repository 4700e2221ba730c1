import type { Span } from "../../diagnostics/diagnostic.js";
import { statementId } from "../../ir/digest.js";
import { compareText } from "../../ir/order.js";
import type {
  DiscernmentIr,
  GroundingIr,
  LayerIr,
  LimitIr,
  PermitIr,
  ReversibilityIr,
  ScopeIr,
  TreatIr,
  WindowIr,
} from "../../ir/policy.js";
import type { Predicate } from "../../ir/predicate.js";
import type * as Ast from "../../syntax/ast.js";
import { operandsOf } from "../chains.js";
import type { Typing, Unit } from "../program.js";
import { byId, sortedNames } from "./order.js";
import { type Lowered, writtenOf } from "./marks.js";
import type { Places } from "./places.js";
import { lowerExpression, type Place } from "./predicate.js";

/** What lowering a unit needs besides its tree. */
export interface Lowering {
  readonly types: Typing["types"];
  readonly zoneOf: (unit: Unit) => string;
  readonly places: Places;
}

/** A unit's own statements of the four blocks; null where it does not write the block (semantics.md, *Layers*). */
export function lowerLayer(unit: Unit, lowering: Lowering): LayerIr {
  const layer = new LayerLowering(unit, lowering);
  return {
    name: unit.document.kind === "Policy" ? (unit.document.header?.name.text ?? "") : "narrowing",
    commission: unit.commission,
    scope: layer.block("Scope", (statements) => layer.scope(statements)),
    grounding: layer.block("Grounding", (statements) => layer.grounding(statements)),
    reversibility: layer.block("Reversibility", (statements) => layer.reversibility(statements)),
    discernment: layer.block("Discernment", (statements) => layer.discernment(statements)),
  };
}

type Blocks = {
  readonly Scope: Ast.ScopeBlock;
  readonly Grounding: Ast.GroundingBlock;
  readonly Reversibility: Ast.ReversibilityBlock;
  readonly Discernment: Ast.DiscernmentBlock;
};
type Statements<K extends keyof Blocks> = Blocks[K]["statements"];

class LayerLowering {
  private readonly place: Place;

  constructor(
    private readonly unit: Unit,
    private readonly lowering: Lowering,
  ) {
    this.place = placeOf(unit, lowering);
  }

  block<K extends keyof Blocks, T>(kind: K, lower: (statements: Statements<K>[number][]) => T): T | null {
    const blocks = this.unit.document.declarations.filter(
      (one) => one.kind === kind,
    ) as unknown as Blocks[K][];
    return blocks.length === 0
      ? null
      : lower(blocks.flatMap((block): Statements<K>[number][] => [...block.statements]));
  }

  scope(statements: Statements<"Scope">[number][]): ScopeIr {
    const rules = statements.filter((one) => one.kind === "Permit");
    return {
      permits: byId(rules.filter((rule) => rule.effect === "permit").map((rule) => this.permit(rule))),
      forbids: byId(rules.filter((rule) => rule.effect === "forbid").map((rule) => this.permit(rule))),
      limits: byId(statements.filter((one) => one.kind === "Limit").map((limit) => this.limit(limit))),
    };
  }

  grounding(statements: Statements<"Grounding">[number][]): GroundingIr {
    const tolerance = statements.find((one) => one.kind === "Tolerance");
    const unsupported = statements.find((one) => one.kind === "Unsupported");
    const grounds = statements
      .filter((one) => one.kind === "Ground")
      .map((ground) =>
        this.identified(
          "ground",
          ground,
          {
            tools: toolsOf(ground),
            on: ground.on,
            condition: lowerExpression(ground.condition, this.place),
            ...because(ground),
          },
          ["when", ground.condition],
        ),
      );
    return {
      grounds: byId(grounds),
      ...(tolerance === undefined ? {} : { tolerance: tolerance.value.value }),
      ...(unsupported === undefined ? {} : { unsupported: unsupported.atMost.value }),
    };
  }

  reversibility(statements: Statements<"Reversibility">[number][]): ReversibilityIr {
    const otherwise = statements.find((one) => one.kind === "Otherwise");
    if (otherwise !== undefined) this.lowering.places.add("otherwise", otherwise.span);
    return {
      treats: byId(statements.filter((one) => one.kind === "Treat").map((treat) => this.treat(treat))),
      ...(otherwise === undefined ? {} : { otherwise: otherwise.name.text }),
    };
  }

  discernment(statements: Statements<"Discernment">[number][]): DiscernmentIr {
    const thresholds = statements
      .filter((one) => one.kind === "Threshold")
      .map((one) =>
        this.identified("threshold", one, {
          value: one.value.value,
          ...(one.for === undefined ? {} : { for: one.for.text }),
        }),
      );
    const fidelity = statements.find((one) => one.kind === "Fidelity");
    return {
      thresholds: byId(thresholds),
      grays: byId(statements.filter((one) => one.kind === "Gray").map((gray) => this.gray(gray))),
      ...(fidelity === undefined
        ? {}
        : { fidelity: this.identified("fidelity", fidelity, { atLeast: fidelity.atLeast.value }) }),
    };
  }

  private permit(rule: Ast.PermitStatement): PermitIr {
    const content = {
      tools: toolsOf(rule),
      serving: sortedNames(rule.serving.map((name) => name.text)),
      when: this.when(rule),
      ...because(rule),
    };
    return this.identified(rule.effect, rule, content, ["when", rule.when]);
  }

  private limit(limit: Ast.LimitStatement): LimitIr {
    const content = {
      tools: toolsOf(limit),
      ...(limit.sum === undefined ? {} : { sum: lowerExpression(limit.sum, this.place) }),
      to: limit.to.value,
      per: windowOf(limit.window),
      ...(limit.each === undefined ? {} : { each: lowerExpression(limit.each, this.place) }),
    };
    return this.identified("limit", limit, content, ["sum", limit.sum], ["each", limit.each]);
  }

  private treat(treat: Ast.TreatStatement): TreatIr {
    const content = {
      tools: toolsOf(treat),
      class: treat.as.text,
      when: this.when(treat),
      ...(treat.undo === undefined ? {} : { undo: this.undo(treat.undo) }),
      ...because(treat),
    };
    return this.identified("treat", treat, content, ["when", treat.when]);
  }

  private undo({ call, within }: NonNullable<Ast.TreatStatement["undo"]>): NonNullable<TreatIr["undo"]> {
    const args = call.args
      .map(({ name, value }) => ({
        name: name.text,
        value: lowerExpression(value, { ...this.place, undo: true }),
      }))
      .sort((a, b) => compareText(a.name, b.name));
    return { tool: call.tool.text, args, within: within.milliseconds };
  }

  private gray(gray: Ast.GrayStatement): DiscernmentIr["grays"][number] {
    const content = {
      tools: toolsOf(gray),
      when: this.when(gray),
      weight: gray.weight.value,
      ...asksOf(gray),
      ...because(gray),
    };
    return this.identified("gray", gray, content, ["when", gray.when]);
  }

  private when(statement: { readonly when: Ast.Expression | undefined }): Predicate {
    return statement.when === undefined ? true : lowerExpression(statement.when, this.place);
  }

  private identified<T extends object>(
    kind: string,
    node: Ast.Node,
    content: T,
    ...written: readonly (readonly [role: Lowered["role"], expression: Ast.Expression | undefined])[]
  ): T & { id: string } {
    const conditions = written.flatMap(([role, expression]): Lowered[] => {
      const rule = ruleOf(content, role);
      return expression === undefined || rule === undefined ? [] : [{ role, expression, rule }];
    });
    return identified(this.lowering.places, kind, node, content, conditions, this.place);
  }
}

/** The predicate of a statement's expression; the condition of a check is called `condition`. */
function ruleOf(content: object, role: Lowered["role"]): Predicate | undefined {
  const rules = content as { readonly [key: string]: Predicate | undefined };
  return role === "when" ? (rules.when ?? rules.condition) : rules[role];
}

/** Gives a statement its id, and notes where it stands and how its conditions are written. */
export function identified<T extends object>(
  places: Places,
  kind: string,
  node: Ast.Node,
  content: T,
  conditions: readonly Lowered[] = [],
  place?: Place,
): T & { id: string } {
  const id = statementId(kind, content);
  const reason = (node as { readonly because?: Ast.Text | undefined }).because;
  const when = conditions.find((one) => one.role === "when");
  places.add(id, node.span, {
    parts: when && partsOf(when.expression),
    because: reason?.span,
    conditions: (lines) =>
      place === undefined ? [] : conditions.flatMap((one) => writtenOf(lines, one, place)),
  });
  return { ...content, id };
}

/** The parts of a condition that `and` joins, as its predicate has them. */
const partsOf = (condition: Ast.Expression): Span[] =>
  condition.kind === "Binary" && condition.operator === "and"
    ? operandsOf(condition).map((part) => part.span)
    : [condition.span];

/** Where the conditions of a unit stand. */
export function placeOf(unit: Unit, { types, zoneOf }: Lowering): Place {
  return { types, zone: zoneOf(unit), undo: false, locals: new Map(), origins: new Map() };
}

/** The tools a statement names, each once. */
export const toolsOf = ({ tools }: { readonly tools: readonly Ast.ToolRef[] }): string[] =>
  sortedNames(tools.map((tool) => tool.pattern));

export const because = ({
  because: reason,
}: {
  readonly because: Ast.Text | undefined;
}): { because?: string } => (reason === undefined ? {} : { because: reason.value });

/** Whom an unknown or a gray line asks, and what. */
export const asksOf = ({
  asks,
}: {
  readonly asks: Ast.Asks | undefined;
}): { asks?: { principal: string; question: string } } =>
  asks === undefined ? {} : { asks: { principal: asks.principal.text, question: asks.question.value } };

export const windowOf = (window: Ast.Window): WindowIr =>
  window.per === "session" ? "session" : window.per.milliseconds;
