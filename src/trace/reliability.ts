/** How sure somebody was, and whether it was so. */
export interface Pair {
  /** 0 to 1. */
  readonly confidence: number;
  readonly right: boolean;
}

/** From, to: 95% of what it may be. */
export type Interval = readonly [number, number];

/** Those of about one confidence. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly n: number;
  /** The mean confidence; null where there are none. */
  readonly confidence: number | null;
  /** How many of them were right, over all. */
  readonly rate: number | null;
  /** By Wilson. */
  readonly interval: Interval | null;
}

/** How confidence tracked what was found. Degrees are rounded to 6 places. */
export interface Reliability {
  readonly n: number;
  /** Whether there are enough of them (`enoughPairs`) for the figures to mean anything; else the three below are null. */
  readonly enough: boolean;
  /** The mean square of confidence less what was found: 0 is best, 0.25 is what 0.5 always gets. */
  readonly brier: { readonly value: number; readonly interval: Interval } | null;
  /** The expected calibration error: over the bins, the distance of confidence and rate, weighed by how many there are. */
  readonly error: { readonly value: number; readonly interval: Interval } | null;
  /** Mean confidence less rate: above 0 they were too sure. */
  readonly excess: number | null;
  readonly bins: readonly Bin[];
}

/** Of fewer pairs nothing is told but how many there are: an interval would be nearly as wide as the scale. */
export const enoughPairs = 30;

const binCount = 10;
/** So often pairs are drawn anew for an interval, always in the same way. */
const resamples = 1_000;
const seed = 0x5eed;

export function reliabilityOf(pairs: readonly Pair[]): Reliability {
  const n = pairs.length;
  const bins = binsOf(pairs).map(binTold);
  if (n < enoughPairs) return { n, enough: false, brier: null, error: null, excess: null, bins };
  const [briers, errors] = resampled(pairs);
  const mean = (value: (pair: Pair) => number): number =>
    pairs.reduce((sum, pair) => sum + value(pair), 0) / n;
  return {
    n,
    enough: true,
    brier: { value: rounded(brierOf(pairs)), interval: middle(briers) },
    error: { value: rounded(errorOf(pairs)), interval: middle(errors) },
    excess: rounded(mean(({ confidence }) => confidence) - mean(({ right }) => Number(right))),
    bins,
  };
}

/** The Wilson score interval of a share, for 95%: it holds for few and for shares near 0 and 1 too. */
export function wilson(hits: number, n: number): Interval {
  const z = 1.959964;
  const share = hits / n;
  const centre = share + (z * z) / (2 * n);
  const spread = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return [rounded(Math.max(0, (centre - spread) / scale)), rounded(Math.min(1, (centre + spread) / scale))];
}

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

interface Sums {
  n: number;
  confidence: number;
  right: number;
}

const placeOf = (confidence: number): number => Math.min(binCount - 1, Math.floor(confidence * binCount));

function binsOf(pairs: Iterable<Pair>): Sums[] {
  const bins = Array.from({ length: binCount }, (): Sums => ({ n: 0, confidence: 0, right: 0 }));
  for (const { confidence, right } of pairs) {
    const bin = bins[placeOf(confidence)] as Sums;
    bin.n += 1;
    bin.confidence += confidence;
    bin.right += Number(right);
  }
  return bins;
}

function binTold({ n, confidence, right }: Sums, place: number): Bin {
  const edges = { from: place / binCount, to: (place + 1) / binCount };
  if (n === 0) return { ...edges, n, confidence: null, rate: null, interval: null };
  return {
    ...edges,
    n,
    confidence: rounded(confidence / n),
    rate: rounded(right / n),
    interval: wilson(right, n),
  };
}

const brierOf = (pairs: readonly Pair[]): number =>
  pairs.reduce((sum, { confidence, right }) => sum + (confidence - Number(right)) ** 2, 0) / pairs.length;

const errorOf = (pairs: readonly Pair[]): number =>
  binsOf(pairs).reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.right), 0) / pairs.length;

function resampled(pairs: readonly Pair[]): [briers: number[], errors: number[]] {
  const next = numbers(seed);
  const briers: number[] = [];
  const errors: number[] = [];
  for (let i = 0; i < resamples; i += 1) {
    const drawn = pairs.map(() => pairs[Math.floor(next() * pairs.length)] as Pair);
    briers.push(brierOf(drawn));
    errors.push(errorOf(drawn));
  }
  return [briers, errors];
}

/** The middle 95%. */
function middle(values: readonly number[]): Interval {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => rounded(sorted[Math.floor(share * (sorted.length - 1))] as number);
  return [at(0.025), at(0.975)];
}

/** Numbers from 0 to 1 that are the same at every run: a xorshift of 32 bits. */
function numbers(start: number): () => number {
  let state = start;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
