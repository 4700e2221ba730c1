import { describe, expect, test } from "vitest";
import { handedDown, holdingOf, lowered, whyNotHanded } from "../../src/engine/holdings.js";
import { lossText } from "../../src/engine/loss.js";
import { commission, compiled } from "../support/policy.js";

const text = {
  givens: "given most: int = 5\n given of: int = 1",
  tools:
    "tool act(n: int, who?: string)\n tool idle()\n tool delegate(brief: string, tier?: string, tools?: list<string>)",
  scope:
    "permit act serving find when n <= given.most\n permit idle serving tell\n permit delegate serving find",
};
const policy = compiled(
  commission({
    ...text,
    more: `tiers root > lead > middle > worker
      boundary root -> lead { carries intent.*, given.* grants act, delegate passes idle }
      boundary lead -> middle { carries intent.find, intent.tell, given.* withholds intent.keep grants act, idle, delegate }
      boundary middle -> worker { carries intent.find, given.most withholds intent.tell, given.of grants act withholds idle, delegate }`,
  }),
);
const flat = compiled(commission(text));

describe("who is at the root holds", () => {
  test("what the root tier does, or what its own tier does", () => {
    expect(holdingOf(policy, { tier: "root" })).toMatchObject({
      bullets: ["find", "keep", "tell"],
      uses: [],
      passes: ["act", "delegate", "idle"],
    });
    expect(holdingOf(policy, { tier: "lead" })).toMatchObject({
      uses: ["act", "delegate"],
      passes: ["idle"],
    });
  });
  test("everything where there are no tiers", () => {
    expect(holdingOf(flat, { tier: null })).toEqual({
      bullets: ["find", "keep", "tell"],
      givens: ["most", "of"],
      uses: ["act", "delegate", "idle"],
      passes: [],
    });
    const none = { ...flat, intent: null };
    expect(holdingOf(none, { tier: null })).toMatchObject({ bullets: [], givens: [] });
  });
  test("what it was handed, where it was made by a delegation", () => {
    const holds = { bullets: ["find"], givens: [], uses: ["act"], passes: [] };
    expect(holdingOf(policy, { tier: "worker", holds })).toBe(holds);
  });
});

describe("boundaries let through", () => {
  const root = holdingOf(policy, { tier: "root" });
  test("what is held above and the tier holds", () => {
    expect(lowered(policy, root, "worker")).toEqual({
      bullets: ["find"],
      givens: ["most"],
      uses: ["act"],
      passes: [],
    });
    expect(lowered(policy, { bullets: ["tell"], givens: [], uses: ["idle"], passes: [] }, "middle")).toEqual({
      bullets: ["tell"],
      givens: [],
      uses: ["idle"],
      passes: [],
    });
    expect(lowered(policy, { bullets: [], givens: [], uses: ["idle"], passes: [] }, "lead")).toEqual({
      bullets: [],
      givens: [],
      uses: [],
      passes: ["idle"],
    });
  });
  test("everything where there are no tiers", () => {
    expect(lowered(flat, root, null)).toBe(root);
  });
});

describe("a delegation hands down", () => {
  const from = { tier: "root" };
  test("all that the boundaries let through, and tells at which the rest was lost", () => {
    expect(handedDown(policy, from, { tier: "worker" }, "s/1")).toEqual({
      holds: { bullets: ["find"], givens: ["most"], uses: ["act"], passes: [] },
      hop: {
        session: "s/1",
        from: "root",
        to: "worker",
        carried: ["intent.find", "given.most", "act"],
        withheld: [
          { thing: "intent.keep", by: "boundary", at: "lead -> middle" },
          { thing: "intent.tell", by: "boundary", at: "middle -> worker" },
          { thing: "given.of", by: "boundary", at: "middle -> worker" },
          { thing: "delegate", by: "boundary", at: "middle -> worker" },
          { thing: "idle", by: "boundary", at: "middle -> worker" },
        ],
        retention: 1,
      },
    });
  });
  test("of that what it names, and tells that it left the rest out itself", () => {
    const { holds, hop } = handedDown(
      policy,
      from,
      { tier: "middle", tools: ["act", "del*"], carries: ["intent.t*", "given.of"] },
      "s/1",
    );
    expect(holds).toEqual({ bullets: ["tell"], givens: ["of"], uses: ["act", "delegate"], passes: [] });
    expect(hop.withheld).toEqual([
      { thing: "intent.find", by: "delegation", at: "s/1" },
      { thing: "intent.keep", by: "boundary", at: "lead -> middle" },
      { thing: "given.most", by: "delegation", at: "s/1" },
      { thing: "idle", by: "delegation", at: "s/1" },
    ]);
    // Of what `act` and `delegate` need, which is `find` and `most`, nothing is there.
    expect(hop.retention).toBe(0);
    expect(handedDown(policy, from, { tier: "middle", carries: ["given.*"] }, "s/1").hop.retention).toBe(
      0.333333,
    );
  });
  test("of what may only be passed on as well", () => {
    const { holds, hop } = handedDown(policy, from, { tier: "lead", tools: ["act"] }, "s/1");
    expect([holds.uses, holds.passes]).toEqual([["act"], []]);
    expect(hop.withheld.map(({ thing }) => thing)).toEqual(["delegate", "idle"]);
    expect(handedDown(policy, from, { tier: "lead", tools: ["idle"] }, "s/1").holds).toMatchObject({
      uses: [],
      passes: ["idle"],
    });
  });
  test("without tiers what it names of everything", () => {
    const { holds, hop } = handedDown(flat, { tier: null }, { tier: null, tools: ["act"] }, "s/1");
    expect(holds).toMatchObject({ givens: ["most", "of"], uses: ["act"] });
    expect(hop).toMatchObject({ from: null, to: null, retention: 1 });
    expect(hop.withheld).toEqual([
      { thing: "delegate", by: "delegation", at: "s/1" },
      { thing: "idle", by: "delegation", at: "s/1" },
    ]);
  });
});

describe("why something cannot be handed down", () => {
  const why = (tier: string, item: string, holder: Parameters<typeof whyNotHanded>[1] = { tier: "root" }) =>
    whyNotHanded(policy, holder, { tier, item });
  test("it can", () => {
    expect(why("worker", "act")).toBeUndefined();
    expect(why("worker", "intent.*")).toBeUndefined();
    expect(why("worker", "given.most")).toBeUndefined();
  });
  test("it is withheld on the way, at the first boundary that does so", () => {
    expect(why("worker", "idle")).toBe("it is withheld at `middle -> worker`");
    expect(why("worker", "intent.keep")).toBe("it is withheld at `lead -> middle`");
    expect(why("worker", "intent.k*")).toBe("it is withheld at `lead -> middle`");
    const lead = { tier: "lead", holds: { bullets: ["keep"], givens: [], uses: ["delegate"], passes: [] } };
    expect(why("middle", "intent.keep", lead)).toBe("it is withheld at `lead -> middle`");
  });
  test("it is not held", () => {
    const none = { tier: "lead", holds: { bullets: [], givens: [], uses: [], passes: [] } };
    expect(why("worker", "act", none)).toBe("this session does not hold it");
    expect(why("worker", "mail.send")).toBe("this session does not hold it");
  });
});

test("the first loss on the way down is told", () => {
  const hop = (by: "boundary" | "delegation", at: string, thing: string) => ({
    session: "s/1",
    from: null,
    to: null,
    carried: [],
    withheld: [{ thing, by, at }],
    retention: 1,
  });
  const hops = [
    hop("delegation", "s/1", "act"),
    hop("boundary", "a -> b", "act"),
    hop("boundary", "a -> b", "idle"),
  ];
  const lost = (thing: string) => lossText({ bullets: [], givens: [], tools: [], hops }, thing);
  expect(lost("act")).toBe("the delegation of `s/1` left it out");
  expect(lost("idle")).toBe("it was lost at the boundary `a -> b`");
  expect(lost("delegate")).toBeUndefined();
});
