import { XMLValidator } from "fast-xml-parser";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { load } from "./load.js";

interface Stats {
  median(values: readonly number[]): number;
  percentile(values: readonly number[], share: number): number;
  rounded(value: number, digits?: number): number | null;
}
interface Round {
  readonly byRequest: readonly number[];
  readonly single: readonly number[];
}
interface Figures {
  readonly p50: number;
  readonly p99: number;
  readonly mean: number;
  readonly single: { readonly p50: number };
  readonly byRound: readonly number[];
}
interface Measure {
  figuresOf(rounds: readonly Round[]): Figures;
  ratioOf(figures: Figures, base: Figures): number;
}
interface Label {
  readonly wanted: number;
  readonly y: number;
}
interface Chart {
  chartOf(panels: readonly object[]): string;
  apart(labels: readonly { readonly wanted: number }[], room: object): readonly Label[];
  decades(values: readonly number[]): readonly [number, number];
  duration(microseconds: number): string;
}
interface Docs {
  between(text: string, inside: string): string;
}

const { median, percentile, rounded } = await load<Stats>("decide/stats.js");
const { figuresOf, ratioOf } = await load<Measure>("decide/measure.js");
const { chartOf, apart, decades, duration } = await load<Chart>("decide/chart.js");
const { between } = await load<Docs>("decide/docs.js");

describe("medians and percentiles", () => {
  test("the middle one, or what is between the two in the middle", () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([10, 9])).toBe(9.5);
    expect(median([])).toBeNaN();
  });

  test("between neighbours, by how near it is", () => {
    const hundred = Array.from({ length: 101 }, (_, i) => 100 - i);
    expect(percentile(hundred, 0.99)).toBe(99);
    expect(percentile([0, 10], 0.25)).toBe(2.5);
    expect(percentile([7], 0.99)).toBe(7);
  });

  test("never outside of what was given, and larger for a larger share", () => {
    const some = fc.array(fc.integer(), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(some, fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
        const found = percentile(values, share);
        expect(found).toBeGreaterThanOrEqual(Math.min(...values));
        expect(found).toBeLessThanOrEqual(Math.max(...values));
        expect(percentile(values, 1)).toBeGreaterThanOrEqual(found);
      }),
    );
  });

  test("three digits that count, and null for what is no number", () => {
    expect([rounded(0.123456), rounded(1234.5), rounded(Number.NaN)]).toEqual([0.123, 1230, null]);
  });
});

describe("the figures of a peer", () => {
  const round = (byRequest: readonly number[]): Round => ({ byRequest, single: byRequest });

  test("a request costs the median of its rounds: one noisy round changes nothing", () => {
    const { p50, p99, mean } = figuresOf([round([1, 2, 3]), round([1, 2, 3]), round([500, 600, 700])]);
    expect([p50, mean]).toEqual([2_000, 2_000]);
    expect(p99).toBeCloseTo(2_980);
  });

  test("singles are taken together", () => {
    expect(figuresOf([round([1, 1]), round([9, 9]), round([9, 9])]).single.p50).toBe(9_000);
  });

  test("a ratio is taken within each round, so that a slow minute changes nothing", () => {
    const base = figuresOf([round([1]), round([10]), round([1])]);
    const own = figuresOf([round([2]), round([20]), round([2])]);
    expect(ratioOf(own, base)).toBe(2);
  });
});

describe("the picture", () => {
  const lines = (peers: readonly string[]) =>
    peers.map((peer, i) => ({
      peer,
      title: `${peer} <&"> it`,
      points: [
        [10, 0.5 + i / 10],
        [10_000, 900],
      ],
    }));

  test("is well-formed, whatever a title holds, with a line and a label for each", () => {
    const svg = chartOf([
      { title: "one & two", lines: lines(["hand", "reshimu", "cedar"]) },
      { title: "three", lines: lines(["opa"]) },
    ]);
    expect(XMLValidator.validate(svg)).toBe(true);
    expect(svg.match(/<circle /g)).toHaveLength(8);
    expect(svg.match(/&lt;&amp;&quot;&gt; it<\/text>|&lt;&amp;&quot;> it<\/text>/g)).toHaveLength(4);
    expect(svg).toContain("rules in the policy");
    expect(svg).toContain("time a decision (p50)");
    expect(svg).not.toContain("NaN");
  });

  test("labels do not lie on one another", () => {
    const room = { least: 15, from: 0, to: 400 };
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 20 }), (places) => {
        const ys = apart(
          places.map((wanted) => ({ wanted })),
          room,
        ).map(({ y }) => y);
        for (const [i, y] of ys.entries()) {
          expect(y).toBeLessThanOrEqual(400);
          if (i > 0) expect(y - (ys[i - 1] as number)).toBeGreaterThanOrEqual(15);
        }
      }),
    );
  });

  test("axes go from a power of ten to a power of ten", () => {
    expect(decades([0.3, 20])).toEqual([-1, 2]);
    expect([0.05, 12.345, 43_000].map(duration)).toEqual(["50 ns", "12.3 µs", "43 ms"]);
  });
});

test("only what stands between the markers of the page is replaced", () => {
  const begin = "<!-- figures: written by `npm run bench -- --write-docs` -->";
  const end = "<!-- end of the figures -->";
  const page = `before\n${begin}\nold\n${end}\nafter\n`;
  expect(between(page, "new")).toBe(`before\n${begin}\n\nnew\n${end}\nafter\n`);
  expect(between(between(page, "new"), "new")).toBe(between(page, "new"));
  expect(() => between("none", "new")).toThrow("has lost its markers");
});
