import { expect, test } from "vitest";
import type { UnknownReport } from "../../src/ir/decision.js";
import type { OpenLeaf, Prepared } from "../../src/logic/frame.js";
import { type Case, failingParts, openLeaves, placeOf, unknownsOf } from "../../src/validators/case.js";

const given = (name: string): OpenLeaf => ({ kind: "given", name });
const many = Array.from({ length: 1_001 }, (_, i) => given(`g${String(9_999 - i)}`));
const explain = (leaf: OpenLeaf): UnknownReport | undefined =>
  leaf.kind === "given" ? { key: leaf.name, kind: "given", reason: "nobody has said" } : undefined;
const of = (more: object): Case => ({ explain, ...more }) as unknown as Case;

test("a thousand open leaves of one condition are kept, the first", () => {
  const when = {
    open: (_known: unknown, _full: unknown, visit: (leaf: OpenLeaf) => void) => {
      for (const leaf of many) visit(leaf);
    },
  } as unknown as Prepared;
  expect(openLeaves(of({}), when)).toEqual(many.slice(0, 1_000));
});

test("fifty unknowns are told, the first by key, each once", () => {
  const statement = { id: "s", layer: "test", part: "scope" as const };
  const told = unknownsOf(of({}), [
    { ...statement, leaves: many },
    { ...statement, leaves: [given("g9999"), { kind: "claim", name: "c" }, given("g1")] },
  ]);
  const keys = ["g1", ...Array.from({ length: 49 }, (_, i) => `g${8_999 + i}`)];
  expect(told.map(({ key }) => key)).toEqual(keys);
});

test("of a statement whose place was not kept neither place nor parts are told", () => {
  const policy = { spans: { s: [] } };
  const failing = { value: () => false } as unknown as Prepared;
  expect(placeOf(policy as never, "s")).toEqual({});
  expect(failingParts(of({ policy }), "s", [failing])).toEqual([]);
});
