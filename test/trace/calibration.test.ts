import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { calibrationOf } from "../../src/trace/calibration.js";
import { enoughPairs, type Pair, reliabilityOf, wilson } from "../../src/trace/reliability.js";
import { Store } from "../../src/session/store.js";
import { reliabilitySvg } from "../../src/cli/html/reliability-svg.js";
import { engineOf } from "../support/policy.js";

const pairs = (n: number, confidence: number, right: number): Pair[] =>
  Array.from({ length: n }, (_, i) => ({ confidence, right: i < right }));

describe("reliability", () => {
  test("of few is not told", () => {
    expect(reliabilityOf(pairs(enoughPairs - 1, 0.5, 10))).toMatchObject({
      n: 29,
      enough: false,
      brier: null,
      error: null,
      excess: null,
    });
    expect(reliabilityOf([]).bins.every(({ n }) => n === 0)).toBe(true);
  });
  test("of who is right as often as said is without error, of who is too sure is not", () => {
    const fair = reliabilityOf([...pairs(50, 0.8, 40), ...pairs(50, 0.2, 10)]);
    expect(fair).toMatchObject({ enough: true, brier: { value: 0.16 }, error: { value: 0 }, excess: 0 });
    const sure = reliabilityOf(pairs(100, 1, 60));
    expect(sure).toMatchObject({ brier: { value: 0.4 }, error: { value: 0.4 }, excess: 0.4 });
    expect(sure.bins.at(-1)).toEqual({
      from: 0.9,
      to: 1,
      n: 100,
      confidence: 1,
      rate: 0.6,
      interval: wilson(60, 100),
    });
  });
  test("has intervals that hold the value, and are the same every time", () => {
    const some = fc.array(
      fc.record({ confidence: fc.double({ min: 0, max: 1, noNaN: true }), right: fc.boolean() }),
      { minLength: 30, maxLength: 60 },
    );
    fc.assert(
      fc.property(some, (all) => {
        const { brier, bins, n } = reliabilityOf(all);
        expect(brier?.interval[0]).toBeLessThanOrEqual(brier?.value ?? -1);
        expect(brier?.interval[1]).toBeGreaterThanOrEqual(brier?.value ?? 2);
        expect(bins.reduce((sum, bin) => sum + bin.n, 0)).toBe(n);
        expect(reliabilityOf(all)).toEqual(reliabilityOf(all));
      }),
      { numRuns: 20, seed: 3 },
    );
  });
  test("knows Wilson's interval", () => {
    expect(wilson(0, 10)).toEqual([0, expect.closeTo(0.2775, 3)]);
    expect(wilson(8, 10)).toEqual([expect.closeTo(0.4902, 3), expect.closeTo(0.9433, 3)]);
  });
});

describe("calibration", () => {
  const engine = engineOf({
    tools: "tool act(n: int)\ntool idle()",
    grounding: "claim fits: bool\n unsupported at most 1",
    reversibility: "class free\n class grave above free confirm owner\n treat act as free\n otherwise grave",
  });
  async function traced() {
    const store = new Store(engine, undefined);
    const session = await store.open();
    const claims = (confidence?: number) => ({
      fits: { value: true, ...(confidence === undefined ? {} : { confidence }) },
    });
    for (let n = 0; n < 40; n += 1) {
      await session.propose({
        tool: "act",
        args: { n },
        confidence: 0.9,
        claims: claims(n % 2 === 0 ? 0.6 : undefined),
      });
      await session.outcome({
        result: n < 20 ? "worked" : "failed",
        claims: { fits: n % 4 === 0, other: true },
      });
    }
    return { store, session };
  }
  test("holds what was stated against what was found, by tool and claim", async () => {
    const { store } = await traced();
    const { groups, unstated } = await calibrationOf(store.trace.records());
    expect(unstated).toBe(0);
    expect(groups.map(({ by, name, reliability }) => [by, name, reliability.n, reliability.excess])).toEqual([
      ["all", "", 40, 0.4],
      ["tool", "act", 40, 0.4],
      ["claim", "fits", 40, 0.55],
    ]);
  });
  test("goes by the last that was found, through confirmations, and leaves out what nobody stated", async () => {
    const { store, session } = await traced();
    await session.propose({ tool: "idle", args: {}, confidence: 0.4 });
    await session.confirm({ by: "owner" });
    for (const result of ["failed", "worked", "undone"] as const) await session.outcome({ result });
    await session.propose({ tool: "act", args: { n: 1 } });
    await session.outcome({ result: "worked" });
    await session.propose({ tool: "act", args: { n: 1 }, confidence: 1 });
    await session.outcome({ result: "undone" });
    const { groups, unstated } = await calibrationOf(store.trace.records());
    expect(unstated).toBe(1);
    const idle = groups.find(({ name }) => name === "idle")?.reliability;
    expect(idle).toMatchObject({ n: 1, enough: false });
    expect(idle?.bins[4]).toMatchObject({ n: 1, rate: 1 });
    expect(groups[0]?.reliability.n).toBe(41);
    const svg = reliabilitySvg(groups);
    expect(svg).toContain("not enough data");
    expect(svg.match(/<circle/gu)?.length).toBe(5);
  });
});
