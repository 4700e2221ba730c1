import { isEndFound, isFound } from "./found.js";
import type { Exported } from "./trace.js";

/** How many changes were made, and those that nobody noticed. */
export interface Tally {
  changes: number;
  readonly missed: string[];
}

export type Choose = (below: number) => number;

/** Puts so many other bytes, 255 are all there are, in the place of each byte of a line; its end is one of them. */
export async function changeBytes(
  whole: Exported,
  place: number,
  { each, choose, tally }: { each: number; choose: Choose; tally: Tally },
): Promise<void> {
  const line = whole.lines[place] as Buffer;
  const next = whole.lines[place + 1];
  // With its end, a line is followed by the next: what comes to stand between them must be found in the two.
  const bytes = next === undefined ? Buffer.from(line) : joined(line, next);
  for (let at = 0; at < Math.min(line.length + 1, bytes.length); at += 1) {
    const was = bytes[at] as number;
    const first = each === 255 ? 0 : choose(255);
    for (let step = 0; step < each; step += 1) {
      const to = (was + 1 + ((first + step) % 255)) % 256;
      bytes[at] = to;
      tally.changes += 1;
      // Only a change of the end needs the next line to be seen.
      const part = at < line.length ? bytes.subarray(0, line.length) : bytes;
      if (!(await isFound(whole, place, part)))
        tally.missed.push(`record ${place + 1}: byte ${at} from ${was} to ${to}`);
    }
    bytes[at] = was;
  }
}

/** Removes each record, repeats it, and puts another one in before it, one at a time. */
export async function moveRecords(whole: Exported, choose: Choose, tally: Tally): Promise<void> {
  const { lines } = whole;
  const must = (what: string, found: boolean): void => {
    tally.changes += 1;
    if (!found) tally.missed.push(what);
  };
  for (const [place, line] of lines.entries()) {
    const next = lines[place + 1];
    // A removed tail is what checkpoints are for; all else is found without one.
    const removed = next === undefined ? isEndFound(whole, place, []) : isFound(whole, place, next);
    must(`record ${place + 1} removed`, await removed);
    must(`record ${place + 1} repeated`, await isFound(whole, place, joined(line, line)));
    const foreign = lines[choose(lines.length)] as Buffer;
    if (foreign !== line)
      must(`a record put in before ${place + 1}`, await isFound(whole, place, joined(foreign, line)));
  }
}

const joined = (one: Buffer, other: Buffer): Buffer => Buffer.concat([one, Buffer.from("\n"), other]);

/** Swaps each two records; only the first of the two is reached by who verifies. */
export async function swapRecords(whole: Exported, tally: Tally): Promise<void> {
  const { lines } = whole;
  for (let one = 0; one < lines.length; one += 1)
    for (let other = one + 1; other < lines.length; other += 1) {
      tally.changes += 1;
      if (!(await isFound(whole, one, lines[other] as Buffer)))
        tally.missed.push(`${one + 1} and ${other + 1} swapped`);
    }
}

/** Cuts the export off behind each record but the last, and before the first; the whole of what is left is verified. */
export async function cutOff(whole: Exported, step: number, tally: Tally): Promise<void> {
  for (let end = 0; end < whole.lines.length; end += step) {
    tally.changes += 1;
    if (!(await isEndFound(whole, 0, whole.lines.slice(0, end))))
      tally.missed.push(`cut off behind record ${end}`);
  }
}
