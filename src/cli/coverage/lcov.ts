import { type Coverage, type Direction, directionsOf, type FileCoverage } from "../../index.js";

/**
 * Coverage as an lcov tracefile: the lines are statements, the branches the directions of their conditions (0 true, 1 false,
 * 2 unknown). A line with several statements counts as often as the one that was exercised least.
 */
export function lcovText({ files }: Coverage): string {
  return files.map(recordOf).join("");
}

const branchNumber: { readonly [D in Direction]: number } = { true: 0, false: 1, unknown: 2 };

function recordOf({ file, all }: FileCoverage): string {
  const lines = new Map<number, number>();
  const branches: string[] = [];
  const blocks = new Map<number, number>();
  let taken = 0;
  for (const { place, count, conditions } of all) {
    lines.set(place.line, Math.min(count, lines.get(place.line) ?? count));
    for (const condition of conditions) {
      const line = condition.extent?.line ?? place.line;
      const block = blocks.get(line) ?? 0;
      blocks.set(line, block + 1);
      for (const direction of directionsOf(condition)) {
        const times = condition.counts[direction];
        if (times > 0) taken += 1;
        branches.push(`BRDA:${line},${block},${branchNumber[direction]},${count === 0 ? "-" : times}`);
      }
    }
  }
  const numbered = [...lines].sort(([a], [b]) => a - b);
  return `${[
    "TN:",
    `SF:${file}`,
    ...branches,
    `BRF:${branches.length}`,
    `BRH:${taken}`,
    ...numbered.map(([line, count]) => `DA:${line},${count}`),
    `LF:${numbered.length}`,
    `LH:${numbered.filter(([, count]) => count > 0).length}`,
    "end_of_record",
  ].join("\n")}\n`;
}
