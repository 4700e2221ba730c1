import { describe, expect, test } from "vitest";
import { commission } from "../../../src/compiler/check/rules/snippets.js";
import { compile, policyOf, predicateOf } from "../support.js";

test("a negated number is a number, and zero has no sign", () => {
  expect(predicateOf("n > -0")).toEqual({ ">": [{ val: ["arg", "n"] }, 0] });
  expect(predicateOf("n > -3")).toEqual({ ">": [{ val: ["arg", "n"] }, -3] });
});

describe("`result` means what the action returned only in an undo, and only with a field", () => {
  const compiled = () =>
    policyOf(
      compile(
        commission({
          tools: `tool make(result: { a: int }, rec: { a: int }) tool back(a: int, rec: { a: int }, b: int)`,
          scope: "permit make serving read when result.a > 1",
          reversibility: `class undoable above permanent
          treat make as undoable by back(a: result.a, rec: result, b: rec.a) within 1d`,
        }),
      ),
    );

  test("in a condition it is an argument", () => {
    const permit = compiled().layers[0]?.scope?.permits.find(({ tools }) => tools.includes("make"));
    expect(permit?.when).toEqual({ ">": [{ val: ["arg", "result", "a"] }, 1] });
  });

  test("in an undo it is one too where no field is read", () => {
    const treat = compiled().layers[0]?.reversibility?.treats.find(({ tools }) => tools.includes("make"));
    expect(treat?.undo?.args).toEqual([
      { name: "a", value: { val: ["result", "a"] } },
      { name: "b", value: { val: ["arg", "rec", "a"] } },
      { name: "rec", value: { val: ["arg", "result"] } },
    ]);
  });
});

describe("tracing", () => {
  const traced = (condition: string) => {
    const policy = policyOf(
      compile(
        commission({
          intent: 'given who: string = "Ann"',
          tools: `tool t(text: string, rec: { plain: list<{ name: string, size?: int }>,
              deep: list<list<{ name: string }>>, words: list<list<string>>, none: {}, one: { name: string } }, n: int)`,
          grounding: `source a is json "./a.json" trust 0.9
            fact people(n: int): list<string> from a "/{n}"
            ground t on fact ${condition}`,
        }),
      ),
    );
    return policy.layers[0]?.grounding?.grounds.find(({ tools }) => tools.includes("t"))?.condition;
  };
  const owner = ["owner"];

  test("a record is traced field by field, its lists element by element, with a variable for each", () => {
    const name = { val: ["local", "`0", "name"] };
    const size = { val: ["local", "`0", "size"] };
    const inner = { val: ["local", "`1", "name"] };
    const plain = {
      and: [
        { traced: [name, owner, "text", "value"] },
        { or: [{ "!": [{ has: [size] }] }, { traced: [size, owner, "number", "value"] }] },
      ],
    };
    const deep = {
      every: ["`1", [{ val: ["local", "`0"] }], { and: [{ traced: [inner, owner, "text", "value"] }] }],
    };
    const all = {
      and: [
        { every: ["`0", [{ val: ["arg", "rec", "plain"] }], plain] },
        { every: ["`0", [{ val: ["arg", "rec", "deep"] }], deep] },
        { traced: [{ val: ["arg", "rec", "words"] }, owner, "text", "value"] },
        { traced: [{ val: ["arg", "rec", "none"] }, owner, "any", "value"] },
        { and: [{ traced: [{ val: ["arg", "rec", "one", "name"] }, owner, "text", "value"] }] },
      ],
    };
    expect(traced("rec traced to owner")).toEqual({ and: [all] });
  });

  test("a record that is not read from a place is traced as a whole", () => {
    expect(traced("(if n > 1 then rec.one else rec.one) traced to owner")).toEqual({
      traced: [expect.objectContaining({ if: expect.any(Array) }), owner, "any", "value"],
    });
  });

  test("what a fact says is a fact's, also where only one of the lists is one", () => {
    expect(traced('some one in people(n), ["x"]: one traced to owner')).toMatchObject({
      some: ["one", expect.any(Array), { traced: [{ val: ["local", "one"] }, owner, "text", "fact"] }],
    });
    expect(traced('some one in ["y"], ["x"]: one traced to owner')).toMatchObject({
      some: ["one", expect.any(Array), { traced: [{ val: ["local", "one"] }, owner, "text", "value"] }],
    });
  });

  test("a given of the name of a variable is not a fact's", () => {
    expect(traced("some who in people(n): given.who traced to owner")).toMatchObject({
      some: ["who", expect.any(Array), { traced: [{ val: ["given", "who"] }, owner, "text", "value"] }],
    });
    expect(traced("lower(text) traced to owner")).toMatchObject({
      traced: [{ lower: [{ val: ["arg", "text"] }] }, owner, "text", "value"],
    });
  });
});
