import fc from "fast-check";

/**
 * Where a generator takes its choices from: numbers below a bound, of which 0 always stands for what is simplest. All that is
 * drawn is recorded, with the spans that belong together, so that a failing case can be made smaller by editing the record
 * and generating again: whatever comes out is well-formed by construction.
 */
export class Draw {
  readonly record: number[] = [];
  readonly spans: Span[] = [];
  readonly #next: (bound: number) => number;

  constructor(next: (bound: number) => number) {
    this.#next = next;
  }

  /** A whole number from 0 to below `bound`. */
  below(bound: number): number {
    const value = this.#next(bound);
    this.record.push(value);
    return value;
  }

  /** True in so many of a hundred cases; false is the simpler. */
  chance(percent: number): boolean {
    return this.below(100) >= 100 - percent;
  }

  pick<T>(options: readonly T[]): T {
    return options[this.below(options.length)] as T;
  }

  /** One of the options, each as often as it weighs; the first is the simplest. */
  weighted<T>(options: readonly (readonly [weight: number, option: T])[]): T {
    const total = options.reduce((sum, [weight]) => sum + weight, 0);
    let at = this.below(total);
    for (const [weight, option] of options) {
      if (at < weight) return option;
      at -= weight;
    }
    return (options[0] as readonly [number, T])[1];
  }

  /** What belongs together, and can be taken away or made simple together. */
  span<T>(make: () => T): T {
    const start = this.record.length;
    const value = make();
    if (this.record.length > start) this.spans.push({ start, end: this.record.length });
    return value;
  }

  /** From `least` to `most` things; each can be taken away by itself. */
  list<T>(least: number, most: number, make: (index: number) => T, more = 60): T[] {
    const made: T[] = [];
    for (let index = 0; index < most; index += 1) {
      const start = this.record.length;
      if (index >= least && !this.chance(more)) break;
      made.push(make(index));
      this.spans.push({ start, end: this.record.length });
    }
    return made;
  }

  /** Those of the options that chance keeps, in their order. */
  subset<T>(options: readonly T[], percent = 50): T[] {
    return options.filter(() => this.chance(percent));
  }
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** What a drawn value was made of, and where its making smaller goes on. */
interface Context {
  readonly record: readonly number[];
  readonly spans: readonly Span[];
  /** Which part of the edits comes first, from 0 to below 1. */
  readonly from: number;
  readonly budget: { left: number };
}

/** No more edits are tried for one failure: each of them runs the whole property. */
const maxEdits = 4_000;

/** All that a generator can make, as an arbitrary that shrinks. */
export function drawn<T>(make: (draw: Draw) => T): fc.Arbitrary<T> {
  return new Drawn(make);
}

class Drawn<T> extends fc.Arbitrary<T> {
  readonly #make: (draw: Draw) => T;

  constructor(make: (draw: Draw) => T) {
    super();
    this.#make = make;
  }

  override generate(random: fc.Random): fc.Value<T> {
    const draw = new Draw((bound) => random.nextInt(0, bound - 1));
    return madeValue(this.#make(draw), draw, 0, { left: maxEdits });
  }

  override canShrinkWithoutContext(_value: unknown): _value is T {
    return false;
  }

  override shrink(_value: T, context: unknown): fc.Stream<fc.Value<T>> {
    return fc.stream(context === undefined ? [].values() : this.#smaller(context as Context));
  }

  *#smaller({ record, spans, from, budget }: Context): IterableIterator<fc.Value<T>> {
    const edits = [...editsOf(record, spans)];
    const first = Math.floor(from * edits.length);
    for (let step = 0; step < edits.length; step += 1) {
      if (budget.left <= 0) return;
      const place = (first + step) % edits.length;
      const edited = edits[place]?.() ?? record;
      const draw = replay(edited);
      const value = this.#make(draw);
      if (!simpler(draw.record, record)) continue;
      budget.left -= 1;
      yield madeValue(value, draw, place / edits.length, budget);
    }
  }
}

function madeValue<T>(value: T, draw: Draw, from: number, budget: Context["budget"]): fc.Value<T> {
  const context: Context = { record: draw.record, spans: draw.spans, from, budget };
  return new fc.Value(value, context);
}

function replay(record: readonly number[]): Draw {
  let at = 0;
  return new Draw((bound) => {
    const value = Math.min(record[at] ?? 0, bound - 1);
    at += 1;
    return value;
  });
}

function simpler(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return a.length < b.length;
  const at = a.findIndex((value, index) => value !== b[index]);
  return at !== -1 && (a[at] as number) < (b[at] as number);
}

/** Edits of a record, the bold ones first: spans taken away, spans made simple, single numbers lowered. */
function* editsOf(record: readonly number[], spans: readonly Span[]): Generator<() => number[]> {
  const bySize = [...spans].sort((a, b) => b.end - b.start - (a.end - a.start));
  for (const { start, end } of bySize) yield () => [...record.slice(0, start), ...record.slice(end)];
  for (const { start, end } of bySize)
    if (record.slice(start, end).some((value) => value !== 0))
      yield () => record.map((value, index) => (index >= start && index < end ? 0 : value));
  for (const [index, value] of record.entries()) {
    const lowered = (to: number) => () => record.with(index, to);
    if (value > 0) yield lowered(0);
    if (value > 2) yield lowered(value >> 1);
    if (value > 1) yield lowered(value - 1);
  }
}
