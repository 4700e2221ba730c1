import type { Found } from "./found.js";

/** An interval with its ends, and what stands for it. */
export interface Interval<T> {
  readonly from: number;
  readonly to: number;
  readonly of: T;
}

/** Finds the intervals that hold a number: those that begin before it, found by search, less the subtrees that have ended. */
export class Intervals<T> {
  /** By where they begin; the middle one of a stretch is the root of its subtree. */
  readonly #sorted: readonly Interval<T>[];
  /** How far the subtree of each reaches. */
  readonly #reach: Float64Array;

  constructor(intervals: readonly Interval<T>[]) {
    this.#sorted = [...intervals].sort((a, b) => a.from - b.from);
    this.#reach = new Float64Array(intervals.length);
    this.#measure(0, intervals.length);
  }

  #measure(start: number, end: number): number {
    if (start >= end) return Number.NEGATIVE_INFINITY;
    const middle = (start + end) >>> 1;
    const own = this.#sorted[middle]?.to as number;
    const reach = Math.max(own, this.#measure(start, middle), this.#measure(middle + 1, end));
    this.#reach[middle] = reach;
    return reach;
  }

  /** All that stands for an interval that holds the number, its ends included. */
  collect(value: number, found: Found<T>, start = 0, end = this.#sorted.length): void {
    if (start >= end) return;
    const middle = (start + end) >>> 1;
    if ((this.#reach[middle] as number) < value) return;
    this.collect(value, found, start, middle);
    const one = this.#sorted[middle] as Interval<T>;
    if (one.from > value) return;
    if (one.to >= value) found.add(one.of);
    this.collect(value, found, middle + 1, end);
  }
}
