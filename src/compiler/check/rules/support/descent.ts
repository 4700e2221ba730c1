import type * as Ast from "../../../../syntax/ast.js";
import type { CheckContext, TierHolding } from "../../../program.js";
import { declarationsOf } from "./walk.js";

/** What a tier can hold, as a boundary writes it: `intent.find`, `given.region`, `crm.query`. */
export type Thing = string;

/** One item of a boundary's statement, and the things it covers. */
export interface Mention {
  readonly verb: Ast.HoldStatement["verb"];
  readonly held: Ast.Held;
  readonly things: readonly Thing[];
}

/** A step of the descent: what stands above a boundary, the boundary, and what it says. */
export interface Step {
  readonly upper: TierHolding;
  readonly lower: TierHolding;
  readonly boundary: Ast.BoundaryDeclaration;
  readonly mentions: readonly Mention[];
}

/** The tiers from the root down; none where they are not declared once and each with a name of its own. */
export function tierNames(context: CheckContext): readonly Ast.Name[] {
  const declared = [...declarationsOf(context.program, "Tiers")];
  const names = declared[0]?.node.names ?? [];
  const unique = new Set(names.map((name) => name.text)).size === names.length;
  return declared.length === 1 && unique ? names : [];
}

/** Each tier but the lowest, with the one below it. */
export function* neighbours(context: CheckContext): Generator<readonly [Ast.Name, Ast.Name]> {
  const names = tierNames(context);
  for (const [index, lower] of names.entries()) {
    const upper = names[index - 1];
    if (upper !== undefined) yield [upper, lower];
  }
}

/** The boundaries declared between two tiers: more than one is a slip of its own. */
export function boundariesBetween(
  context: CheckContext,
  upper: string,
  lower: string,
): Ast.BoundaryDeclaration[] {
  return [...declarationsOf(context.program, "Boundary")]
    .map(({ node }) => node)
    .filter(({ from, to }) => from.text === upper && to.text === lower);
}

/** The steps from the root down whose boundary is declared. */
export function stepsOf(context: CheckContext): Step[] {
  return [...neighbours(context)].flatMap(([from, to]) => {
    const upper = holdingOf(context, from.text);
    const lower = holdingOf(context, to.text);
    const boundaries = boundariesBetween(context, from.text, to.text);
    const [boundary] = boundaries;
    if (upper === undefined || lower === undefined || boundary === undefined) return [];
    return [{ upper, lower, boundary, mentions: boundaries.flatMap((one) => mentionsOf(context, one)) }];
  });
}

const holdingOf = ({ holdings }: CheckContext, name: string): TierHolding | undefined =>
  holdings.find((holding) => holding.name === name);

/** All that a tier holds. */
export function thingsHeld({ bullets, givens, uses, passes }: TierHolding): Set<Thing> {
  return new Set([
    ...[...bullets].map((bullet) => `intent.${bullet}`),
    ...[...givens].map((given) => `given.${given}`),
    ...uses,
    ...passes,
  ]);
}

/** Where something was lost on the way down: the boundary, and the item of it that withholds it. */
export interface Loss {
  readonly boundary: Ast.BoundaryDeclaration;
  readonly held: Ast.Held;
}

/** Where a tier lost something; nothing where the boundary contradicts itself on it, which is reported as such. */
export function lossOf(context: CheckContext, { lostAt }: TierHolding, thing: Thing): Loss | undefined {
  const boundary = lostAt.get(thing);
  if (boundary === undefined) return undefined;
  const said = mentionsOf(context, boundary).filter((mention) => mention.things.includes(thing));
  const [first] = said;
  return first !== undefined && said.every(({ verb }) => verb === "withholds")
    ? { boundary, held: first.held }
    : undefined;
}

function mentionsOf(context: CheckContext, boundary: Ast.BoundaryDeclaration): Mention[] {
  return boundary.statements.flatMap((statement) =>
    statement.kind !== "Hold"
      ? []
      : statement.held.map((held) => ({ verb: statement.verb, held, things: thingsOf(context, held) })),
  );
}

function thingsOf(context: CheckContext, held: Ast.Held): Thing[] {
  const { bullets, givens } = context.program.symbols;
  switch (held.kind) {
    case "HeldBullet":
      return named("intent", held.name, bullets.keys());
    case "HeldGiven":
      return named("given", held.name, givens.keys());
    case "HeldTool":
      return context.toolsOf(held).map((tool) => tool.name);
  }
}

function named(prefix: string, wanted: string, names: Iterable<string>): Thing[] {
  return [...names].filter((name) => wanted === "*" || wanted === name).map((name) => `${prefix}.${name}`);
}

/** An item of a boundary as it is written. */
export function showHeld(held: Ast.Held): string {
  switch (held.kind) {
    case "HeldBullet":
      return `intent.${held.name}`;
    case "HeldGiven":
      return `given.${held.name}`;
    case "HeldTool":
      return held.pattern;
  }
}

/** `carries` takes what a tier knows, `grants` and `passes` what it does, `withholds` both. */
export const fitsVerb = (verb: Ast.HoldStatement["verb"], held: Ast.Held): boolean =>
  verb === "withholds" || (verb === "carries") === (held.kind !== "HeldTool");
