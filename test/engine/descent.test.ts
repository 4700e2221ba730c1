import { expect, test } from "vitest";
import { boundaryHops, descentReport, needsOf, needsOfTools, retentionOf } from "../../src/engine/descent.js";
import { commission, compiled, knowing } from "../support/policy.js";

const policy = compiled(
  commission({
    givens: 'given region: string = "EU"\n given most: int = 5\n given spare: int = 1',
    scope: `
      permit act serving find when has who and who == given.region
      permit idle serving tell
      forbid act serving keep when n > given.spare`,
    grounding: "unsupported at most 1\n ground act on situation n < given.most",
    more: `
      tiers root > middle > worker
      boundary root -> middle { carries intent.*, given.* grants * }
      boundary middle -> worker { carries intent.find, given.region, given.most withholds intent.tell, intent.keep, given.spare grants act withholds idle }`,
  }),
);

test("a tier needs what permits, checks and gray lines of the tools read and serve which it and lower tiers may use", () => {
  expect(needsOf(policy, "worker")).toEqual({ bullets: ["find"], givens: ["most", "region"] });
  expect(needsOf(policy, "middle")).toEqual({ bullets: ["find", "tell"], givens: ["most", "region"] });
  expect(needsOf(policy, "root")).toEqual(needsOf(policy, "middle"));
  expect(needsOf(policy, "middle", ["idle"])).toEqual({ bullets: ["tell"], givens: [] });
  expect(needsOf(policy, "nowhere")).toEqual({ bullets: [], givens: [] });
  expect(needsOf({ ...policy, tiers: [] }, null)).toEqual(needsOf(policy, "middle"));
  expect(needsOfTools(policy, ["idle"])).toEqual({ bullets: ["tell"], givens: [] });
});

test("retention is what is held of what is needed", () => {
  const needs = needsOf(policy, "worker");
  expect(retentionOf(needs, needs)).toBe(1);
  expect(retentionOf(needs, { bullets: ["find", "tell"], givens: [] })).toBe(0.333333);
  expect(retentionOf(needs, { bullets: [], givens: ["find"] })).toBe(0);
  expect(retentionOf({ bullets: [], givens: [] }, { bullets: [], givens: [] })).toBe(1);
});

test("the boundaries on the way down tell what they let through", () => {
  expect(boundaryHops(policy, "root")).toEqual([]);
  expect(boundaryHops(policy, null)).toEqual([]);
  const [first, second, ...more] = boundaryHops(policy, "worker");
  expect(more).toEqual([]);
  expect(first).toMatchObject({ from: "root", to: "middle", withheld: [], retention: 1 });
  const at = "middle -> worker";
  expect(second).toEqual({
    from: "middle",
    to: "worker",
    carried: ["intent.find", "given.most", "given.region", "act"],
    withheld: ["intent.keep", "intent.tell", "given.spare", "idle"].map((thing) => ({
      thing,
      by: "boundary",
      at,
    })),
    retention: 1,
  });
});

test("a delegated session is told what it lacks and where that was lost", () => {
  const hop = {
    session: "child",
    from: "root",
    to: "worker",
    carried: ["act"],
    withheld: [{ thing: "given.most", by: "delegation" as const, at: "root -> worker" }],
    retention: 0.5,
    fidelity: 0.75,
  };
  const descent = { bullets: ["find"], givens: [], tools: ["act"], hops: [hop] };
  expect(descentReport(policy, knowing({ tier: "worker", descent }), "act")).toEqual({
    hops: [hop],
    lost: [{ thing: "given.most", by: "delegation", at: "root -> worker" }, { thing: "given.region" }],
  });
  expect(descentReport(policy, knowing({ tier: "worker" }), "act").lost).toEqual([]);
  expect(descentReport({ ...policy, tiers: [] }, knowing(), "act")).toEqual({ hops: [], lost: [] });
});

const { layers, ...others } = compiled(
  commission({
    givens: "given often: int = 3\n given seldom: int = 1",
    scope: "permit * serving find",
    discernment: `threshold 0.5
      gray act when n > given.often weight 0.1
      gray idle when given.seldom > 1 weight 0.1
      escalate owner within 4h`,
    more: `
      tiers root > middle > worker
      boundary root -> middle { carries intent.*, given.* grants idle passes act }
      boundary middle -> worker { carries intent.find, given.* withholds intent.tell, intent.keep grants act withholds idle }`,
  }),
);
const silent = {
  name: "above",
  commission: false,
  scope: null,
  grounding: null,
  reversibility: null,
  discernment: null,
};
const grays = { ...others, layers: [...layers, silent] };

test("gray lines need givens, layers that write nothing need nothing, and nobody is at a tier that is not there", () => {
  expect(needsOfTools(grays, ["act"])).toEqual({ bullets: ["find"], givens: ["often"] });
  expect(needsOfTools(grays, ["idle"])).toEqual({ bullets: ["find"], givens: ["seldom"] });
  expect(needsOf(grays, "nowhere")).toEqual({ bullets: [], givens: [] });
});

test("tools stand in the order of their names, whether they are used or passed on", () => {
  const [first] = boundaryHops(grays, "middle");
  expect(first?.carried.slice(-2)).toEqual(["act", "idle"]);
});

test("who was not delegated lacks what the boundaries above its tier lost", () => {
  expect(descentReport(policy, knowing({ tier: "worker" }), "idle").lost).toEqual([
    { thing: "intent.tell", by: "boundary", at: "middle -> worker" },
  ]);
  expect(descentReport(policy, knowing({ tier: "middle" }), "idle").lost).toEqual([]);
});

test("of several losses of a thing the first on the way down is told", () => {
  const lost = (session: string) => ({
    session,
    from: null,
    to: null,
    carried: [],
    withheld: [{ thing: "intent.tell", by: "delegation" as const, at: session }],
    retention: 1,
  });
  const descent = { bullets: [], givens: [], tools: ["idle"], hops: [lost("s/1"), lost("s/1/2")] };
  expect(descentReport(policy, knowing({ tier: "worker", descent }), "idle").lost).toEqual([
    { thing: "intent.tell", by: "delegation", at: "s/1" },
  ]);
});
