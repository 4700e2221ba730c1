import { describe, expect, test } from "vitest";
import { bareFrame } from "../../src/engine/frame.js";
import type { Predicate } from "../../src/ir/predicate.js";
import type { FieldIr } from "../../src/ir/type.js";
import type { Frame } from "../../src/logic/frame.js";
import { truthOf, UNKNOWN, type Value } from "../../src/logic/value.js";
import { isOfArguments, Statement, Statements } from "../../src/validators/statements.js";
import { createEngine } from "../../src/engine/engine.js";
import { commission, compiled, knowing } from "../support/policy.js";
import { Register } from "../../src/validators/register.js";
import { ToolReader } from "../../src/validators/tool-reader.js";

const params: FieldIr[] = [
  { name: "s", type: "string" },
  { name: "u", type: "url" },
  { name: "r", type: { record: [{ name: "u", type: "url" }] } },
];
const reader = new ToolReader(params, []);
const s = { val: ["arg", "s"] } as Predicate;
const given = { val: ["given", "g"] } as Predicate;

interface Told {
  readonly id: string;
}

const statementsOf = (conditions: readonly Predicate[], idle?: "true"): Statements<Statement<Told>> =>
  new Statements(
    conditions.map((condition, place) => new Statement({ id: `${place}` }, condition, place, reader)),
    reader,
    idle,
  );

const frameOf = (text: Value, sure: Value = UNKNOWN): Frame => ({
  ...bareFrame([text, undefined, undefined]),
  given: () => sure,
});

const idsIn = (statements: Statements<Statement<Told>>, frame: Frame): string[] =>
  statements.inOrder(frame).map(({ ir }) => ir.id);

describe("of a thousand statements those are looked at that could matter", () => {
  const thousand = (kind: (i: number) => Predicate): Predicate[] =>
    Array.from({ length: 1_000 }, (_, i) => kind(i));

  test("where their conditions are not false", () => {
    const statements = statementsOf(thousand((i) => ({ and: [{ "===": [s, `x${i}`] }, given] })));
    const found = statements.among(frameOf("x7"));
    expect([found.count, found.at[0]?.statement.ir.id]).toEqual([1, "7"]);
    expect(idsIn(statements, frameOf("x7"))).toEqual(["7"]);
    expect(idsIn(statements, frameOf("y"))).toEqual([]);
    expect(idsIn(statements, frameOf(undefined))).toHaveLength(1_000);
  });

  test("of checks, where they are not true by the arguments alone", () => {
    const statements = statementsOf(
      thousand((i) => ({ or: [{ "!==": [s, `x${i}`] }, given] })),
      "true",
    );
    expect(idsIn(statements, frameOf("x7", true))).toEqual(["7"]);
    expect(idsIn(statements, frameOf("y"))).toEqual([]);
    const actors = statementsOf(
      thousand((i) => ({ "!==": [{ val: ["actor", "id"] }, `x${i}`] })) as Predicate[],
      "true",
    );
    expect(idsIn(actors, frameOf("y"))).toHaveLength(1_000);
  });

  test("each once and in order, however often and wherever it was found", () => {
    const statements = statementsOf(
      thousand((i) => ({
        some: ["v", [{ val: ["arg", "s"] }], { in: [{ val: ["local", "v"] }, [`x${i}`, `y${i}`]] }],
      })),
    );
    const frame = frameOf(["y9", "x7", "x9", "y7"]);
    expect(statements.among(frame).count).toBe(4);
    expect(idsIn(statements, frame)).toEqual(["7", "9"]);
  });
});

describe("what is left of a condition where it is found", () => {
  const conditions: Predicate[] = Array.from({ length: 60 }, (_, i) =>
    i % 3 === 0
      ? { "===": [s, `x${i}`] }
      : i % 3 === 1
        ? { and: [{ "===": [s, `x${i - 1}`] }, given] }
        : { and: [given, { in: [s, [`x${i - 2}`, "z"]] }, { "!==": [s, "w"] }] },
  );

  test.each<[text: string, sure: Value]>([
    ["x6", UNKNOWN],
    ["x6", true],
    ["x6", false],
    ["z", true],
  ])("decides as all of it does: %s", (text, sure) => {
    const frame = frameOf(text, sure);
    const { at, count } = statementsOf(conditions).among(frame);
    const found = at.slice(0, count);
    for (const { statement, when } of found)
      expect(truthOf(when.value(frame))).toBe(truthOf(statement.when.value(frame)));
    const places = new Set(found.map(({ statement }) => statement.place));
    for (const [place, condition] of conditions.entries())
      if (!places.has(place)) expect(reader.prepare(condition).value(frame)).toBe(false);
    expect(places.size).toBe(text === "z" ? 20 : 3);
  });

  test("is nothing where all is known, and reads no more what was looked up", () => {
    const found = statementsOf(conditions).among(frameOf("x6", true));
    const left = found.at.slice(0, found.count).sort((a, b) => a.statement.place - b.statement.place);
    const other = frameOf("another", true);
    expect(left.map(({ when }) => when.value(other))).toEqual([true, true, true]);
    expect(left.map(({ when }) => when.value(frameOf("w", false)))).toEqual([true, false, false]);
    expect(left.map(({ when }) => when.value(frameOf("w", true)))).toEqual([true, true, false]);
  });
});

test("of what was looked up by one key and then by another nothing is left", () => {
  const other = { val: ["arg", "u"] } as Predicate;
  const statements = statementsOf(
    Array.from(
      { length: 400 },
      (_, i): Predicate => ({
        and: [{ "===": [s, `x${i % 20}`] }, { "===": [other, `y${Math.floor(i / 20)}`] }, given],
      }),
    ),
  );
  const frame = { ...frameOf("x7", true), args: ["x7", "y3", undefined] };
  const { at, count } = statements.among(frame);
  expect([count, at[0]?.statement.ir.id]).toEqual([1, "67"]);
  expect(at[0]?.when.value(frameOf("another", false))).toBe(false);
  expect(at[0]?.when.value(frameOf("another", true))).toBe(true);
});

test("a few are looked at one by one", () => {
  const statements = statementsOf(Array.from({ length: 6 }, (_, i): Predicate => ({ "===": [s, `x${i}`] })));
  expect(statements.among(frameOf("x3"))).toBe(statements.every);
  expect(statements.every.count).toBe(6);
  expect(
    statementsOf(Array.from({ length: 7 }, (_, i): Predicate => ({ "===": [s, `x${i}`] }))).among(
      frameOf("x3"),
    ).count,
  ).toBe(1);
});

test("the parts of a condition are those that `and` joins", () => {
  const partsOf = (condition: Predicate): Value[] =>
    new Statement({ id: "" }, condition, 0, reader).parts.map((part) => part.value(frameOf("a", true)));
  expect(partsOf({ and: [{ "===": [s, "a"] }, { "===": [s, "b"] }, given] })).toEqual([true, false, true]);
  expect(partsOf({ "===": [s, "a"] })).toEqual([true]);
});

describe("a condition reads the arguments and nothing else", () => {
  test.each<[Predicate, boolean]>([
    [{ "===": [s, "a"] }, true],
    [true, true],
    [{ annotated: ["writing"] }, true],
    [{ some: ["v", [s], { "===": [{ val: ["local", "v"] }, "a"] }] }, true],
    [{ some: ["v", [s], { "===": [{ val: ["local", "v"] }, given] }] }, false],
    [{ "===": [{ val: ["now"] }, 1] }, false],
    [{ "===": [{ val: ["actor", "id"] }, "a"] }, false],
    [{ and: [{ "===": [s, "a"] }, { "===": [{ fact: ["f", s] }, "a"] }] }, false],
    [{ traced: [s, ["intent"], "value"] } as Predicate, false],
    [{ "<": [{ calls: [["act"], null] }, 3] } as Predicate, false],
  ])("%j: %s", (condition, expected) => {
    expect(isOfArguments(condition)).toBe(expected);
  });
});

test("a url is known by its type, also within records", () => {
  const paths = [
    "arg.u",
    "arg.r.u",
    "arg.s",
    "arg.r",
    "arg.r.v",
    "arg.s.u",
    "arg.none",
    "arg.u.u",
    "given.u",
    "arg",
  ];
  expect(paths.filter((path) => reader.isUrl(path.split(".")))).toEqual(["arg.u", "arg.r.u"]);
});

test("lists of a policy may be one and the same", () => {
  const policy = compiled(commission({ scope: "permit idle" }));
  const none: never[] = [];
  const layers = policy.layers.map((layer) => ({
    ...layer,
    scope: layer.scope && { permits: layer.scope.permits, forbids: none, limits: none },
    reversibility: layer.reversibility && { ...layer.reversibility, treats: none },
    grounding: layer.grounding && { ...layer.grounding, grounds: none },
    discernment: layer.discernment && { ...layer.discernment, grays: none },
  }));
  const engine = createEngine({ ...policy, layers });
  for (const tool of ["act", "idle"]) {
    const proposal = { tool, args: tool === "act" ? { n: 1 } : {}, confidence: 1 };
    const clearance = tool === "act" ? "return" : "authorize";
    expect(engine.evaluate(proposal, knowing()).clearance).toBe(clearance);
  }
});

test("what speaks of a tool is found by its name and by patterns, in the order of the policy", () => {
  const register = new Register(compiled(commission()));
  const names = ["act", "*", "a.b", "a.*", "act", "idle", "*", "a.b", "a.*", "act", "a.c", "*"];
  const all = names.map((name, place) => ({ tools: place === 5 ? [name, "act", name] : [name], place }));
  const placesFor = (tool: string): number[] => register.of(all, tool).map(({ place }) => place);
  expect(placesFor("act")).toEqual([0, 1, 4, 5, 6, 9, 11]);
  expect(placesFor("a.b")).toEqual([1, 2, 3, 6, 7, 8, 11]);
  expect(placesFor("idle")).toEqual([1, 5, 6, 11]);
  expect(placesFor("none")).toEqual([1, 6, 11]);
  expect(register.of(all, "none")).toBe(register.of(all, "nobody"));
  expect(register.of([{ tools: ["act"] }], "none")).toEqual([]);
});
