import { compareText } from "../../ir/order.js";
import type { ClassIr, FactIr, GivenIr, PolicyIr, SourceIr } from "../../ir/policy.js";
import type * as Ast from "../../syntax/ast.js";
import { literalValue } from "../check/typing/literals.js";
import { folderOf, isRooted, relativePath, resolvePath } from "../paths.js";
import type { Declared, Program, TierHolding, Unit } from "../program.js";
import { fieldsOf, typeOf } from "../types.js";
import { asksOf, because, identified, type Lowering, placeOf, toolsOf, windowOf } from "./layer.js";
import { writtenOf } from "./marks.js";
import { byName, sortedNames } from "./order.js";
import { lowerExpression } from "./predicate.js";

/** Each declared name with the declaration that counts. */
function firsts<N>(table: ReadonlyMap<string, readonly Declared<N>[]>): Declared<N>[] {
  return [...table.values()].flatMap((all) => all.slice(0, 1));
}

export function lowerPrincipals({ symbols }: Program): PolicyIr["principals"] {
  return byName(
    firsts(symbols.principals).map(({ name, node }) => ({
      name,
      display: node.display.value,
      ...(node.key === undefined ? {} : { key: node.key.value }),
    })),
  );
}

export function lowerIntent(program: Program, lowering: Lowering): PolicyIr["intent"] {
  const { intentUnit, symbols } = program;
  if (intentUnit === undefined) return null;
  const bullets = firsts(symbols.bullets).map(({ name, node }) => {
    lowering.places.add(`bullet:${name}`, node.span);
    return { name, text: node.text.value };
  });
  const givens = firsts(symbols.givens).map((given) => lowerGiven(given, lowering));
  return { bullets: byName(bullets), givens: byName(givens) };
}

function lowerGiven({ name, node, unit }: Declared<Ast.Given>, { places, zoneOf }: Lowering): GivenIr {
  places.add(`given:${name}`, node.span);
  const type = typeOf(node.type);
  const value = node.value && literalValue(node.value, type, zoneOf(unit));
  return { name, type, ...(value?.ok ? { value: value.value } : {}), ...asksOf(node) };
}

export function lowerTools({ symbols }: Program, { places }: Lowering): PolicyIr["tools"] {
  const tools = [...symbols.tools.values()].map(({ name, params, span, annotated = [] }) => {
    places.add(`tool:${name}`, span);
    return { name, params: [...params], ...(annotated.length === 0 ? {} : { annotated: [...annotated] }) };
  });
  return byName(tools);
}

export function lowerSources(program: Program, lowering: Lowering): SourceIr[] {
  const root = folderOf(program.entry.source.file);
  return byName(
    firsts(program.symbols.sources).map(({ name, node, unit }) => {
      const { origin } = node;
      const expression = origin.kind === "World" ? undefined : origin.when;
      const place = placeOf(unit, lowering);
      const when = expression === undefined ? true : lowerExpression(expression, place);
      lowering.places.add(`source:${name}`, node.span, {
        conditions: (lines) =>
          expression === undefined ? [] : writtenOf(lines, { role: "when", expression, rule: when }, place),
      });
      return origin.kind === "World"
        ? worldSource(name, node, origin, unit, root)
        : {
            name,
            kind: "tool" as const,
            tools: toolsOf(origin),
            fields: sortedNames(origin.fields.map((field) => field.text)),
            asText: origin.asText,
            when,
            trust: node.trust.value,
          };
    }),
  );
}

function worldSource(
  name: string,
  node: Ast.SourceStatement,
  origin: Ast.WorldOrigin,
  unit: Unit,
  root: string,
): SourceIr {
  const kind = origin.type.text as Extract<SourceIr, { locator: string }>["kind"];
  return {
    name,
    kind,
    locator: locatorOf(kind, origin.locator.value, unit, root),
    trust: node.trust.value,
    ...(node.fresh === undefined ? {} : { fresh: node.fresh.milliseconds }),
    ...(node.timeout === undefined ? {} : { timeout: node.timeout.milliseconds }),
  };
}

/** A file is found from the folder of the entry, whichever file writes it. */
function locatorOf(kind: string, written: string, unit: Unit, root: string): string {
  const isFile = (kind === "sqlite" || kind === "json") && !isRooted(written) && !written.startsWith(":");
  return isFile ? relativePath(root, resolvePath(folderOf(unit.source.file), written)) : written;
}

export function lowerFacts({ symbols }: Program, { places }: Lowering): FactIr[] {
  return byName(
    firsts(symbols.facts).map(({ name, node }) => {
      places.add(`fact:${name}`, node.span);
      const from = node.from.map(({ source, lookup }) => ({
        source: source.text,
        ...(lookup === undefined ? {} : { lookup: lookup.value }),
      }));
      return {
        name,
        optional: node.optional,
        params: fieldsOf(node.params),
        type: typeOf(node.type),
        from: from.sort((a, b) => compareText(a.source, b.source)),
        ...(node.agree === undefined ? {} : { agree: node.agree.value }),
      };
    }),
  );
}

export function lowerClaims({ symbols }: Program, { places }: Lowering): PolicyIr["claims"] {
  return byName(
    firsts(symbols.claims).map(({ name, node }) => {
      places.add(`claim:${name}`, node.span);
      return { name, type: typeOf(node.type) };
    }),
  );
}

/** The chain of classes, the mildest first: each stands behind the one it is `above`. */
export function lowerClasses({ symbols }: Program, { places }: Lowering): ClassIr[] {
  const waiting = new Map(firsts(symbols.classes).map((declared) => [declared.node.above?.text, declared]));
  const chain: ClassIr[] = [];
  for (let next = waiting.get(undefined); next !== undefined; next = waiting.get(next.name)) {
    // Every link is taken once, so that a ring, which is an error of its own, ends.
    waiting.delete(next.node.above?.text);
    places.add(`class:${next.name}`, next.node.span);
    chain.push(lowerClass(next.node, { places }));
  }
  return chain;
}

function lowerClass(node: Ast.ClassStatement, { places }: Pick<Lowering, "places">): ClassIr {
  const name = node.name.text;
  const { confidence, confirm, limit } = node;
  return {
    name,
    ...(confidence === undefined ? {} : { confidence: confidence.value }),
    ...(confirm === undefined ? {} : { confirm: confirm.text }),
    ...(limit === undefined ? {} : { limit: classLimit(name, limit, node, places) }),
  };
}

function classLimit(
  name: string,
  limit: NonNullable<Ast.ClassStatement["limit"]>,
  node: Ast.ClassStatement,
  places: Lowering["places"],
): NonNullable<ClassIr["limit"]> {
  const content = { to: limit.to.value, per: windowOf(limit.window) };
  // The class belongs to what the limit says, or equal limits of two classes would be one.
  const { id } = identified(places, "classlimit", node, { class: name, ...content });
  return { ...content, id };
}

/** Of the unit that writes the intent if it writes one, else of its bases (language.md, *discernment*). */
export function lowerEscalate(program: Program, { places }: Lowering): PolicyIr["escalate"] {
  const { intentUnit, units } = program;
  const steps = (unit: Unit): Ast.EscalateStatement[] =>
    unit.document.declarations
      .filter((one) => one.kind === "Discernment")
      .flatMap((block) => block.statements)
      .filter((one) => one.kind === "Escalate");
  const own = intentUnit === undefined ? [] : steps(intentUnit);
  const inherited = units.filter((unit) => intentUnit === undefined || unit.commission).flatMap(steps);
  // Bases that differ are an error, so that any of those inherited says the same.
  const chosen = own[0] ?? inherited.at(-1);
  if (chosen === undefined) return [];
  places.add("escalate", chosen.span);
  return chosen.steps.map((step) => ({ principal: step.principal.text, within: step.within.milliseconds }));
}

export function lowerTiers(holdings: readonly TierHolding[]): PolicyIr["tiers"] {
  return holdings.map((tier) => ({
    name: tier.name,
    bullets: sortedNames(tier.bullets),
    givens: sortedNames(tier.givens),
    uses: sortedNames(tier.uses),
    passes: sortedNames(tier.passes),
  }));
}

export function lowerBoundaries(program: Program, { places }: Lowering): PolicyIr["boundaries"] {
  const boundaries = program.units
    .flatMap((unit) => unit.document.declarations)
    .filter((one) => one.kind === "Boundary")
    .map((boundary) => identified(places, "boundary", boundary, boundaryContent(boundary)));
  return boundaries.sort((a, b) => compareText(a.id, b.id));
}

function boundaryContent(boundary: Ast.BoundaryDeclaration) {
  const holds = boundary.statements.filter((one) => one.kind === "Hold");
  const held = (verb: Ast.HoldStatement["verb"]): string[] =>
    sortedNames(holds.filter((one) => one.verb === verb).flatMap((one) => one.held.map(showHeld)));
  const reason = boundary.statements.find((one) => one.kind === "Because");
  return {
    from: boundary.from.text,
    to: boundary.to.text,
    carries: held("carries"),
    withholds: held("withholds"),
    grants: held("grants"),
    passes: held("passes"),
    ...because({ because: reason?.text }),
  };
}

function showHeld(held: Ast.Held): string {
  switch (held.kind) {
    case "HeldGiven":
      return `given.${held.name}`;
    case "HeldBullet":
      return `intent.${held.name}`;
    case "HeldTool":
      return held.pattern;
  }
}
