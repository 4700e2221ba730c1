import type { Measured, MeasuredCondition } from "./inventory.js";

/** How many of how many. */
export interface Share {
  readonly hit: number;
  readonly of: number;
}

export interface Totals {
  readonly statements: Share;
  /** Directions of conditions: each can be true, false, and where it rests on what may not be known, unknown. */
  readonly directions: Share;
}

/** What was exercised of one file, in the order in which it is written. */
export interface FileCoverage extends Totals {
  readonly file: string;
  readonly statements: Share;
  readonly all: readonly Measured[];
}

export interface Coverage extends Totals {
  readonly files: readonly FileCoverage[];
}

export const directionNames = ["true", "false", "unknown"] as const;
export type Direction = (typeof directionNames)[number];

/** The directions that a condition can take. */
export const directionsOf = ({ canBeUnknown }: MeasuredCondition): readonly Direction[] =>
  canBeUnknown ? directionNames : ["true", "false"];

/** Coverage by file. A statement that several policies share (a base) is exercised by the tests of each. */
export function coverageOf(statements: readonly Measured[]): Coverage {
  const merged = new Map<string, Measured>();
  for (const one of statements) {
    const { file, line, column } = one.place;
    const key = JSON.stringify([file, line, column, one.key]);
    merged.set(key, mergedWith(merged.get(key), one));
  }
  const names = [...new Set([...merged.values()].map((one) => one.place.file))].sort();
  const files = names.map((file): FileCoverage => {
    const all = [...merged.values()].filter((one) => one.place.file === file).sort(byPlace);
    return { file, all, ...totalsOf(all) };
  });
  return { files, ...totalsOf([...merged.values()]) };
}

const byPlace = ({ place: a }: Measured, { place: b }: Measured): number =>
  a.line - b.line || a.column - b.column;

function mergedWith(before: Measured | undefined, one: Measured): Measured {
  if (before === undefined) return one;
  return {
    ...before,
    count: before.count + one.count,
    conditions: before.conditions.map((condition) => {
      const other = one.conditions.find(({ key }) => key === condition.key);
      if (other === undefined) return condition;
      const counts = { ...condition.counts };
      for (const name of directionNames) counts[name] += other.counts[name];
      return { ...condition, canBeUnknown: condition.canBeUnknown || other.canBeUnknown, counts };
    }),
  };
}

function totalsOf(statements: readonly Measured[]): Totals {
  const conditions = statements.flatMap((one) => one.conditions);
  const directions = conditions.flatMap((one) => directionsOf(one).map((name) => one.counts[name] > 0));
  return {
    statements: { hit: statements.filter((one) => one.count > 0).length, of: statements.length },
    directions: { hit: directions.filter(Boolean).length, of: directions.length },
  };
}

/** Percent, rounded down to a tenth, so that only all is 100; of nothing all is exercised. */
export const percent = ({ hit, of }: Share): number => (of === 0 ? 100 : Math.floor((hit / of) * 1_000) / 10);
