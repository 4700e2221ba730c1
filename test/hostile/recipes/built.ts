import type { PolicyIr } from "../../../src/index.js";
import { valuesBase } from "../bases.js";
import { filled, type Make, nested, recipesOf } from "./fill.js";

/** Built policies that no compiler would write. */

type Spoil = (policy: PolicyIr, size: number) => void;

/** The base policy, one part of it spoilt. */
const spoilt =
  (spoil: Spoil): Make =>
  (size) => {
    const policy = structuredClone(valuesBase().policy) as PolicyIr;
    spoil(policy, size);
    return JSON.stringify(policy);
  };

const times = <T>(size: number, each: number, make: (index: number) => T): T[] =>
  Array.from({ length: Math.max(1, Math.floor(size / each)) }, (_, i) => make(i));
const id = (kind: string, i: number): string => `${kind}/${i.toString(16).padStart(12, "0")}`;

type Condition = NonNullable<PolicyIr["layers"][number]["scope"]>["permits"][number]["when"];

/** A forbid with a condition. */
const forbidding = (condition: (size: number) => Condition): Make =>
  spoilt(({ layers: [layer] }, size) => {
    layer?.scope?.forbids.push({
      id: id("forbid", 0xf),
      tools: ["t.all"],
      serving: [],
      when: condition(size),
    });
  });

/** Text around the condition of a forbid, where building it as a value would take too long. */
const writing = (condition: Make): Make => {
  const policy = forbidding(() => "@HERE@")(0);
  return (size) => policy.replace('"@HERE@"', () => condition(Math.max(1, size - policy.length)));
};

/** Text where a type stands. */
const typed = (type: Make): Make => {
  const policy = spoilt((one) => {
    one.tools.push({ name: "odd", params: [{ name: "a", type: "@HERE@" as "json" }] });
  })(0);
  return (size) => policy.replace('"@HERE@"', () => type(Math.max(1, size - policy.length)));
};

const number = { val: ["arg", "n"] };

const makes: Readonly<Record<string, Make>> = {
  "nested-brackets": (size) => "[".repeat(size),
  "nested-objects": (size) => nested(size, '{"a":', "1", "}"),
  "nested-as-deep-as-json-may-be": () => nested(2_000 * 6, '{"a":', "1", "}"),
  "keys-without-number": (size) => filled(size, "{", (i) => `"k${i}":1,`, '"z":1}'),
  "format-and-nothing": (size) => `{"format":"reshimu-policy","version":1,"name":"${"a".repeat(size)}"}`,
  "version-that-is-long": (size) => `{"format":"reshimu-policy","version":"${"1".repeat(size)}"}`,
  "nested-not": writing((size) => nested(size, '{"!":[', "true", "]}")),
  "nested-not-as-deep-as-it-may-be": writing(() => nested(990 * 8, '{"!":[', "true", "]}")),
  "nested-not-of-an-unknown": writing(() =>
    nested(990 * 8, '{"!":[', '{"===":[{"val":["given","region"]},"x"]}', "]}"),
  ),
  "nested-and": writing(() => nested(990 * 20, '{"and":[true,{"or":[', "true", ",false]}]}")),
  "nested-if": writing(() => nested(990 * 26, '{"if":[true,', "true", ",false]}")),
  "nested-minus": writing(() => `{"===":[1,${nested(980 * 8, '{"-":[', "1", "]}")}]}`),
  "nested-lists": writing(() => `{"===":[1,${nested(990 * 2, "[", "1", "]")}]}`),
  "nested-some": writing(() => nested(60 * 40, '{"some":["v",[{"val":["arg","ints"]}],', "true", "]}")),
  "nested-tally": writing(() => nested(400 * 60, '{">":[{"tally":["v",[[1,1]],', "true", "]},0]}")),
  "nested-has": writing(() => nested(120 * 17, '{"has":[{"fact":["keyed",', '"a"', "]}]}")),
  "nested-facts": writing(() => nested(120 * 17, '{"fact":["keyed",', '"a"', "]}")),
  "loops-in-loops": forbidding(() => {
    const list = Array.from({ length: 10 }, (_, i) => i);
    let condition: Condition = { "===": [{ val: ["local", "v"] }, -1] };
    for (let depth = 0; depth < 12; depth += 1) condition = { some: ["v", [list], condition] };
    return condition;
  }),
  "loops-of-unknowns": forbidding(() => {
    const list = Array.from({ length: 10 }, () => ({ val: ["given", "region"] }));
    let condition: Condition = { "===": [{ val: ["local", "v"] }, "x"] };
    for (let depth = 0; depth < 12; depth += 1) condition = { every: ["v", [list], condition] };
    return condition;
  }),
  "wide-and": forbidding((size) => ({ and: times(size, 30, (i) => ({ "===": [number, i] })) })),
  "wide-and-of-unknowns": forbidding((size) => ({
    and: times(size, 40, (i) => ({ "===": [{ val: ["given", "region"] }, `${i}`] })),
  })),
  "wide-list": forbidding((size) => ({ in: [number, times(size, 7, (i) => i)] })),
  "wide-list-of-lists": forbidding((size) => ({ in: [number, times(size, 7, () => [[]])] })),
  "sums-that-overflow": forbidding(() => ({
    ">": [times(300, 1, () => 1e308).reduce<Condition>((sum, one) => ({ "+": [sum, one] }), 1e308), 0],
  })),
  "not-a-number-from-infinities": forbidding(() => ({
    "===": [{ "-": [{ "*": [1e308, 10] }, { "*": [1e308, 10] }] }, 0],
  })),
  "many-permits": spoilt(({ layers: [layer] }, size) => {
    for (const i of times(size, 90, (n) => n))
      layer?.scope?.permits.push({
        id: id("permit", i),
        tools: ["*"],
        serving: ["read"],
        when: { "===": [number, i] },
      });
  }),
  "many-permits-of-one-id": spoilt(({ layers: [layer] }, size) => {
    for (const i of times(size, 90, (n) => n))
      layer?.scope?.permits.push({
        id: id("permit", 1),
        tools: ["*"],
        serving: ["read"],
        when: { "===": [{ val: ["given", "region"] }, `${i}`] },
      });
  }),
  "many-unknown-grays": spoilt(({ layers: [layer] }, size) => {
    for (const i of times(size, 90, (n) => n))
      layer?.discernment?.grays.push({
        id: id("gray", i),
        tools: ["*"],
        when: { "===": [{ val: ["given", "region"] }, `${i}`] },
        weight: 0.001,
      });
  }),
  "many-open-questions": spoilt(({ layers: [layer], intent }, size) => {
    for (const i of times(Math.min(size, 20_000), 100, (n) => n)) {
      intent?.givens.push({ name: `g${i}`, type: "bool", asks: { principal: "owner", question: "?" } });
      layer?.scope?.forbids.push({
        id: id("forbid", i),
        tools: ["*"],
        serving: [],
        when: { "===": [{ val: ["given", `g${i}`] }, true] },
      });
    }
  }),
  "many-limits": spoilt(({ layers: [layer] }, size) => {
    for (const i of times(size, 90, (n) => n))
      layer?.scope?.limits.push({ id: id("limit", i), tools: ["*"], to: i, per: "session", each: number });
  }),
  "many-layers": spoilt((policy, size) => {
    const [layer] = policy.layers;
    if (layer !== undefined) policy.layers.push(...times(size, 5_000, () => layer));
  }),
  "many-classes": spoilt((policy, size) => {
    policy.classes.push(...times(size, 30, (i) => ({ name: `c${i}`, confirm: "owner" })));
  }),
  "many-tools": spoilt((policy, size) => {
    policy.tools.push(
      ...times(size, 50, (i) => ({ name: `t${i}`, params: [{ name: "a", type: "int" as const }] })),
    );
  }),
  "many-tools-of-one-name": spoilt((policy, size) => {
    policy.tools.push(
      ...times(size, 50, () => ({ name: "file.read", params: [{ name: "a", type: "int" as const }] })),
    );
  }),
  "many-facts": spoilt((policy, size) => {
    policy.facts.push(
      ...times(size, 100, (i) => ({
        name: `f${i}`,
        optional: false,
        params: [],
        type: "int" as const,
        from: [{ source: "w" }],
      })),
    );
  }),
  "many-facts-asked": forbidding((size) => ({
    or: times(size, 40, (i) => ({ "===": [{ fact: ["keyed", `${i}`] }, 1] })),
  })),
  "facts-of-facts": writing(() => `{"===":[1,${nested(120 * 17, '{"fact":["maybe",', "1", "]}")}]}`),
  "many-tiers": spoilt((policy, size) => {
    policy.tiers.push(
      ...times(size, 60, (i) => ({
        name: `t${i}`,
        bullets: [],
        givens: [],
        uses: ["file.read"],
        passes: [],
      })),
    );
  }),
  "many-escalations": spoilt((policy, size) => {
    policy.escalate.push(...times(size, 40, () => ({ principal: "owner", within: 1 })));
  }),
  "many-tests": spoilt((policy, size) => {
    const [test] = policy.tests;
    if (test !== undefined) policy.tests.push(...times(size, 1_000, () => test));
  }),
  "many-places": spoilt((policy, size) => {
    for (const i of times(size, 60, (n) => n))
      policy.spans[`x${i}`] = [{ file: "a", line: 1, column: 1, text: "" }];
  }),
  "type-of-nested-lists": typed(() => nested(500 * 9, '{"list":', '"int"', "}")),
  "type-of-nested-lists-as-deep-as-json-may-be": typed(() => nested(2_000 * 9, '{"list":', '"int"', "}")),
  "type-of-nested-records": typed(() => nested(500 * 37, '{"record":[{"name":"a","type":', '"int"', "}]}")),
  "type-of-a-wide-record": typed((size) =>
    filled(
      Math.min(size, 30_000),
      '{"record":[',
      (i) => `{"name":"f${i}","type":"int"},`,
      '{"name":"z","type":"int"}]}',
    ),
  ),
  "given-of-a-deep-value": spoilt((policy) => {
    let value: unknown = 1;
    for (let i = 0; i < 1_900; i += 1) value = [value];
    policy.intent?.givens.push({ name: "deep", type: "json", value: value as never });
  }),
  "pattern-of-groups": forbidding((size) => ({
    matches: [{ val: ["arg", "text"] }, nested(size, "(", "a", ")")],
  })),
  "pattern-of-repeats": forbidding((size) => ({
    matches: [{ val: ["arg", "text"] }, "a{1000}".repeat(size / 7)],
  })),
  "pattern-that-would-backtrack": forbidding(() => ({ matches: ["a".repeat(5_000), "(a*)*(a*)*(a|a)*b"] })),
  "glob-that-would-backtrack": forbidding(() => ({ like: ["a".repeat(5_000), "*a".repeat(500)] })),
  "long-traced": forbidding((size) => ({
    traced: [{ val: ["arg", "text"] }, times(size, 10, () => "read"), "any", "value"],
  })),
  "long-calls": forbidding((size) => ({ calls: [times(size, 10, (i) => `t${i}*`), null] }) as never),
};

export const builtRecipes = recipesOf("ir", makes);
