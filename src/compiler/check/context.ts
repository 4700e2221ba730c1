import { holdingsOf } from "../holdings.js";
import { compareText } from "../../ir/order.js";
import type { CheckContext, DeclaredTool, Problem, Program, Unit } from "../program.js";
import { typeProgram } from "./typing.js";

/** What is known of a program before it is checked. */
export interface Found {
  /** What was met while files were read and names collected. */
  readonly problems: readonly Problem[];
  /** Whether names may be missing because a file could not be taken in. */
  readonly incomplete: boolean;
}

/** Makes what the rules see: names resolved, expressions typed, the tiers' holdings (architecture.md, habit 2). */
export function makeContext(program: Program, found: Found): CheckContext {
  const sees = makeSees(program.units);
  const toolsOf = makeToolsOf([...program.symbols.tools.values()]);
  const typing = typeProgram(program, { sees, toolsOf }, found.incomplete);
  return {
    program,
    typing: { ...typing, problems: [...found.problems, ...typing.problems] },
    holdings: holdingsOf(program),
    sees,
    toolsOf,
  };
}

function makeSees(units: readonly Unit[]): CheckContext["sees"] {
  const seen = new Map<Unit, ReadonlySet<Unit>>();
  // Bases stand before what extends them, so that what they see is known.
  for (const unit of units)
    seen.set(unit, new Set([unit, ...unit.bases.flatMap((base) => [...(seen.get(base) ?? [])])]));
  return (unit, declaredIn) => seen.get(unit)?.has(declaredIn) ?? false;
}

function makeToolsOf(tools: readonly DeclaredTool[]): CheckContext["toolsOf"] {
  // A name covers itself; only patterns have to be looked for.
  const known = new Map<string, readonly DeclaredTool[]>(tools.map((tool) => [tool.name, [tool]]));
  const below = makeBelow(tools);
  return ({ pattern }) => {
    const covered = known.get(pattern) ?? (pattern.endsWith("*") ? below(pattern.slice(0, -1)) : []);
    known.set(pattern, covered);
    return covered;
  };
}

/** Finds the tools whose names begin so, in the order given: by name they stand together. */
function makeBelow(tools: readonly DeclaredTool[]): (stem: string) => readonly DeclaredTool[] {
  const places = new Map(tools.map((tool, place) => [tool, place]));
  const placeOf = (tool: DeclaredTool): number => places.get(tool) ?? 0;
  const sorted = [...tools].sort((a, b) => compareText(a.name, b.name));
  return (stem) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle]?.name ?? "") < stem) low = middle + 1;
      else high = middle;
    }
    let end = low;
    while (sorted[end]?.name.startsWith(stem)) end += 1;
    return sorted.slice(low, end).sort((a, b) => placeOf(a) - placeOf(b));
  };
}
