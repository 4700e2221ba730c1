import { describe, expect, test } from "vitest";
import { loadPolicy } from "../../src/ir/load.js";
import type { Predicate } from "../../src/ir/predicate.js";
import { commission, compiled } from "../support/policy.js";
import { predicateSchema } from "../../src/ir/schemas/predicate.js";

const policy = compiled(
  commission({
    givens: 'given maybe: bool asks board "Is it so?"',
    discernment:
      'threshold 0.3 for free\n threshold 0.5\n gray act weight 0.1 asks board "Is it?"\n escalate owner within 4h',
    reversibility: "class free\n class grave above free confirm owner\n treat act as grave\n otherwise free",
  }),
);
const problemOf = (text: string): string => {
  const loaded = loadPolicy(text);
  return loaded.ok ? "" : loaded.problem;
};
const changed = (change: (policy: Record<string, unknown>) => void): string => {
  const copy = structuredClone(policy) as Record<string, unknown>;
  change(copy);
  return problemOf(JSON.stringify(copy));
};

const put = (one: Record<string, unknown>, key: string): void => {
  one[key] = 5;
};

describe("a built policy", () => {
  test("is read back as it was", () => {
    expect(loadPolicy(JSON.stringify(policy))).toEqual({ ok: true, policy });
  });
  test.each([
    ["", "not JSON"],
    ["{", "not JSON"],
    ["null", "not a built policy"],
    ["[]", "not a built policy"],
    ['{"format":"else"}', "not a built policy"],
    ['{"format":"reshimu-policy","version":2}', "of version 2"],
    ['{"format":"reshimu-policy"}', "of version undefined"],
    ['{"format":"reshimu-policy","version":1}', "malformed"],
    ['{"a":1,"a":2}', "twice"],
  ])("is not %j", (text, problem) => {
    expect(problemOf(text)).toContain(problem);
  });
  test("says where it is malformed", () => {
    expect(changed((one) => put(one, "zone"))).toContain("`zone`");
    expect(changed((one) => put(one, "extra"))).toContain("malformed");
  });
  /** Each name that stands at this path, put in place of what is there. */
  test.each<readonly [string, readonly (string | number)[], string]>([
    ["a class of a line", ["layers", 0, "reversibility", "treats", 0, "class"], "class"],
    ["the class of `otherwise`", ["layers", 0, "reversibility", "otherwise"], "class"],
    ["the class of a threshold", ["layers", 0, "discernment", "thresholds", 0, "for"], "class"],
    ["who confirms", ["classes", 1, "confirm"], "principal"],
    ["who is escalated to", ["escalate", 0, "principal"], "principal"],
    ["whom a given asks", ["intent", "givens", 0, "asks", "principal"], "principal"],
    ["whom a gray line asks", ["layers", 0, "discernment", "grays", 0, "asks", "principal"], "principal"],
  ])("is not read where %s is not there", (_, path, kind) => {
    const rename = (at: unknown, [key, ...rest]: readonly (string | number)[]): void => {
      const inner = at as Record<string | number, unknown>;
      if (key === undefined) return;
      if (rest.length === 0) inner[key] = "gone";
      else rename(inner[key], rest);
    };
    expect(changed((one) => rename(one, path))).toContain(`no ${kind} is called \`gone\``);
  });
});

describe("a predicate is", () => {
  const sound: Predicate[] = [
    true,
    1,
    "x",
    [],
    [1, ["a"]],
    { and: [true] },
    { val: ["now"] },
    { val: ["arg", "a", "b"] },
    { has: [{ val: ["arg", "a"] }] },
    { calls: [["*"], null, ["a", 1]] },
  ];
  test.each(sound.map((rule) => [JSON.stringify(rule), rule] as const))("sound: %s", (_, rule) => {
    expect(predicateSchema.safeParse(rule).success).toBe(true);
  });

  const deep = (levels: number): Predicate => {
    let rule: Predicate = true;
    for (let i = 0; i < levels; i += 1) rule = { "!": [rule] };
    return rule;
  };
  const broken: readonly (readonly [unknown, string])[] = [
    [null, "holds a value that is no rule"],
    [undefined, "holds a value that is no rule"],
    [Number.NaN, "a number is not finite"],
    [{}, "one operator"],
    [{ and: [true], or: [true] }, "one operator"],
    [{ nonsense: [] }, "`nonsense` is not an operator"],
    [{ toString: [] }, "is not an operator"],
    [{ and: true }, "takes a list of operands"],
    [{ and: [] }, "takes 1 to"],
    [{ "!": [true, false] }, "takes 1 operands"],
    [{ and: [null] }, "no rule"],
    [{ val: [] }, "path of a known root"],
    [{ val: ["arg"] }, "wrong length"],
    [{ val: ["now", "x"] }, "wrong length"],
    [{ val: ["else", "x"] }, "path of a known root"],
    [{ val: ["constructor", "x"] }, "path of a known root"],
    [{ val: ["arg", 5] }, "path of a known root"],
    [{ val: ["actor", "name"] }, "has no member `name`"],
    [{ has: [1] }, "takes one val or fact"],
    [{ has: [{ and: [true] }] }, "takes one val or fact"],
    [{ has: [[1]] }, "takes one val or fact"],
    [{ fact: [1] }, "takes a name first"],
    [{ traced: ["x", [], "text", "value"] }, "takes a value, sources"],
    [{ traced: ["x", ["s"], "else", "value"] }, "takes a value, sources"],
    [{ traced: ["x", ["s"], "text", "else"] }, "takes a value, sources"],
    [{ every: ["v", [], true] }, "takes a variable"],
    [{ every: [1, [[]], true] }, "takes a variable"],
    [{ like: ["a"] }, "takes 2 operands"],
    [{ like: ["a", 1] }, "does not know"],
    [{ within: ["a", "b", "else"] }, "takes a value, a prefix"],
    [{ calls: [[], null] }, "takes tools first"],
    [{ calls: [["*"], -1] }, "takes a window"],
    [{ calls: [["*"], null, ["a"]] }, "takes pairs"],
    [{ calls: [["*"], null, ["a", null]] }, "no rule"],
    [deep(1_100), "nested more than"],
  ];
  test.each(
    broken.map(([rule, problem]) => [String(JSON.stringify(rule)).slice(0, 60), problem, rule] as const),
  )("not %s: %s", (_, problem, rule) => {
    const result = predicateSchema.safeParse(rule);
    expect(result.success).toBe(false);
    expect(result.error?.issues[0]?.message).toContain(problem);
  });
});
