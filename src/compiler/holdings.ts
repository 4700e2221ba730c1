import type * as Ast from "../syntax/ast.js";
import type { Program, TierHolding } from "./program.js";

type Verb = Ast.HoldStatement["verb"];

/** What a boundary says of one thing; the last of these that it writes is the one that counts. */
const weakestFirst: readonly Verb[] = ["carries", "passes", "grants", "withholds"];

/**
 * What each tier holds, from the root down (language.md, *tiers*). The root holds all and uses no tool; below, a tier holds what
 * the tier above holds and the boundary lets through. What no boundary speaks of goes on: that it must is a rule of its own.
 */
export function holdingsOf(program: Program): TierHolding[] {
  const [root, ...lower] = program.symbols.tiers;
  if (root === undefined) return [];
  const holdings = [rootHolding(root.name, program)];
  for (const tier of lower) {
    const upper = holdings.at(-1);
    if (upper !== undefined)
      holdings.push(below(upper, tier.name, boundariesBetween(upper.name, tier.name, program)));
  }
  return holdings;
}

function rootHolding(name: string, { symbols }: Program): TierHolding {
  return {
    name,
    bullets: new Set(symbols.bullets.keys()),
    givens: new Set(symbols.givens.keys()),
    uses: new Set(),
    passes: new Set(symbols.tools.keys()),
    lostAt: new Map(),
  };
}

function boundariesBetween(from: string, to: string, { units }: Program): Ast.BoundaryDeclaration[] {
  return units
    .flatMap((unit) => unit.document.declarations)
    .filter((one) => one.kind === "Boundary")
    .filter((boundary) => boundary.from.text === from && boundary.to.text === to);
}

function below(
  upper: TierHolding,
  name: string,
  boundaries: readonly Ast.BoundaryDeclaration[],
): TierHolding {
  const lostAt = new Map(upper.lostAt);
  const keep = (key: string, covers: (held: Ast.Held) => boolean): Verb | undefined => {
    const verb = verbFor(boundaries, covers);
    const boundary = boundaries[0];
    if (verb === "withholds" && boundary !== undefined) lostAt.set(key, boundary);
    return verb;
  };
  const named = (kind: "HeldBullet" | "HeldGiven", root: string, names: ReadonlySet<string>) =>
    new Set(
      [...names].filter(
        (n) =>
          keep(`${root}.${n}`, (held) => held.kind === kind && (held.name === "*" || held.name === n)) !==
          "withholds",
      ),
    );

  const bullets = named("HeldBullet", "intent", upper.bullets);
  const givens = named("HeldGiven", "given", upper.givens);
  const uses = new Set<string>();
  const passes = new Set<string>();
  for (const tool of [...upper.uses, ...upper.passes]) {
    const verb = keep(tool, (held) => held.kind === "HeldTool" && coversTool(held.pattern, tool));
    if (verb === "grants") uses.add(tool);
    else if (verb !== "withholds") passes.add(tool);
  }
  return { name, bullets, givens, uses, passes, lostAt };
}

function verbFor(
  boundaries: readonly Ast.BoundaryDeclaration[],
  covers: (held: Ast.Held) => boolean,
): Verb | undefined {
  const verbs = boundaries
    .flatMap((boundary) => boundary.statements)
    .filter((statement) => statement.kind === "Hold")
    .filter((statement) => statement.held.some(covers))
    .map((statement) => statement.verb);
  return weakestFirst.findLast((verb) => verbs.includes(verb));
}

/** Whether a pattern covers a tool: a star stands last, for any rest (language.md, *Declarations*). */
export function coversTool(pattern: string, tool: string): boolean {
  return pattern.endsWith("*") ? tool.startsWith(pattern.slice(0, -1)) : pattern === tool;
}
