import type { Frame } from "../frame.js";

/** What was found, in any order; what stands in it twice is one thing. Kept from one search to the next, so that none makes a list. */
export class Found<T> {
  readonly at: T[];
  count: number;

  constructor(at: readonly T[] = []) {
    this.at = [...at];
    this.count = at.length;
  }

  add(one: T): void {
    this.at[this.count] = one;
    this.count += 1;
  }
}

/** Finds the things whose selectors may all hold in a frame; those that are not found are false in it. */
export interface Index<T> {
  collect(frame: Frame, found: Found<T>): void;
}
