import { canonicalJson } from "../../ir/digest.js";
import { compareText } from "../../ir/order.js";
import { irVersion, type LayerIr, type PolicyIr } from "../../ir/policy.js";
import type * as Ast from "../../syntax/ast.js";
import { zoneOf } from "../check/typing.js";
import type { CheckContext, Program, Unit } from "../program.js";
import {
  lowerBoundaries,
  lowerClaims,
  lowerClasses,
  lowerEscalate,
  lowerFacts,
  lowerIntent,
  lowerPrincipals,
  lowerSources,
  lowerTiers,
  lowerTools,
} from "./declarations.js";
import { identified, lowerLayer, type Lowering, placeOf, toolsOf } from "./layer.js";
import { byId } from "./order.js";
import { collectPlaces } from "./places.js";
import { lowerExpression } from "./predicate.js";
import { lowerTests } from "./tests.js";

/** A checked program as a policy of the IR (`ir/policy.ts`): self-contained, and the same for every order of its statements. */
export function lowerPolicy(context: CheckContext): PolicyIr {
  const { program } = context;
  const lowering: Lowering = {
    types: context.typing.types,
    zoneOf: zoneOf(program),
    places: collectPlaces(program.sources),
  };
  const policy = {
    format: "reshimu-policy" as const,
    version: irVersion as typeof irVersion,
    name: nameOf(program.entry),
    // INVARIANT: an extension does not change how the commission reads a time.
    zone: lowering.zoneOf(program.intentUnit ?? program.entry),
    principals: lowerPrincipals(program),
    intent: lowerIntent(program, lowering),
    tools: lowerTools(program, lowering),
    sources: lowerSources(program, lowering),
    facts: lowerFacts(program, lowering),
    claims: lowerClaims(program, lowering),
    classes: lowerClasses(program, lowering),
    escalate: lowerEscalate(program, lowering),
    tiers: lowerTiers(context.holdings),
    boundaries: lowerBoundaries(program, lowering),
    layers: lowerLayers(program, lowering),
    asserts: lowerAsserts(program, lowering),
    tests: lowerTests(program, lowering),
  };
  return { ...policy, spans: lowering.places.table() };
}

const nameOf = ({ document }: Unit): string =>
  document.kind === "Policy" ? (document.header?.name.text ?? "") : "narrowing";

/**
 * The layers: bases before what extends them, those of one height by what they say, so that neither the order nor the paths
 * of the files matter. Two that say the same are one, for a meet is idempotent (semantics.md, T6, T9).
 */
function lowerLayers(program: Program, lowering: Lowering): LayerIr[] {
  const heights = heightsOf(program.units);
  const layers = new Map<string, { readonly height: number; readonly layer: LayerIr }>();
  for (const unit of program.units) {
    const layer = lowerLayer(unit, lowering);
    // What stands alone is compared with nothing, and to write all of it out takes long.
    const key = program.units.length === 1 ? "" : canonicalJson(layer);
    const height = Math.max(heights.get(unit) ?? 0, layers.get(key)?.height ?? 0);
    layers.set(key, { height, layer });
  }
  return [...layers]
    .sort(([a, one], [b, other]) => one.height - other.height || compareText(a, b))
    .map(([, { layer }]) => layer);
}

/** How many files stand beneath each, on the longest way. */
function heightsOf(units: readonly Unit[]): ReadonlyMap<Unit, number> {
  const heights = new Map<Unit, number>();
  for (const unit of units)
    heights.set(unit, Math.max(0, ...unit.bases.map((base) => 1 + (heights.get(base) ?? 0))));
  return heights;
}

/** All asserts: what must hold of every proposal holds of a narrower policy too. */
function lowerAsserts(program: Program, lowering: Lowering): PolicyIr["asserts"] {
  const asserts = program.units.flatMap((unit) =>
    unit.document.declarations
      .filter((one) => one.kind === "Assert")
      .map((node) => identified(lowering.places, "assert", node, assertContent(node, unit, lowering))),
  );
  return byId(asserts);
}

function assertContent(node: Ast.AssertDeclaration, unit: Unit, lowering: Lowering) {
  const never =
    node.never === "without confirmation"
      ? ("without confirmation" as const)
      : { when: lowerExpression(node.never, placeOf(unit, lowering)) };
  return { tools: toolsOf(node), never };
}
