import { describe, expect, test } from "vitest";
import { createEngine } from "../../src/engine/engine.js";
import { explanationOf } from "../../src/engine/explain.js";
import type { Knowledge } from "../../src/ir/knowledge.js";
import { explained, lines, statementsOf } from "../support/explanation.js";
import { answered, commission, compiled, engineOf, knowing } from "../support/policy.js";

/** The lines of the condition of the only permit. */
function ofPermit(when: string, proposal: object = {}, more: Partial<Knowledge> = {}): string[] {
  const engine = engineOf({
    scope: `permit act when ${when}`,
    givens: 'given k: int asks owner "How many?"',
    grounding:
      'unsupported at most 1\n source a is json "a.json" trust 0.9\n fact f(n: int): int from a "/{n}"',
    tools: "tool act(n: int, who?: string, list?: list<int>)",
  });
  const [statement] = statementsOf(explained(engine, proposal, more), "scope");
  return statement?.conditions.flatMap(lines) ?? [];
}

describe("a condition of which not every sub-expression has a text", () => {
  const tools = "tool act(n: int, who?: string, to: string)";
  /** The lines of the only permit, with the texts of these sub-expressions alone. */
  const withTexts = (when: string, texts: readonly string[]): string[] => {
    const givens = 'given k: int asks owner "How many?"';
    const policy = compiled(commission({ givens, tools, scope: `permit act when ${when}` }));
    const spans = structuredClone(policy.spans);
    for (const { conditions } of Object.values(spans).flat())
      for (const one of conditions ?? [])
        one.marks = one.marks.filter(({ from, to }) => texts.includes(one.text.slice(from, to)));
    const engine = createEngine({ ...policy, spans });
    return statementsOf(explained(engine, { args: { n: 2, to: "b" } }), "scope").flatMap((one) =>
      one.conditions.flatMap(lines),
    );
  };

  test("is open for the reason that there is, before what is absent in it", () => {
    const when = 'has who and who == "a" or given.k > 1';
    expect(withTexts(when, [when, "who"])).toEqual([
      `${when}: unknown (nobody has said what \`given.k\` is)`,
      "who: absent",
    ]);
  });

  test("is open for what is absent where one side of a comparison is", () => {
    expect(withTexts("has who and who == to", ["who == to", "who", "to"])).toEqual([
      "who == to: unknown (what it compares is absent)",
      "who: absent",
      'to: "b"',
    ]);
  });

  test("is told without a reason where none of its parts shows one", () => {
    const when = "n > 1 and (not has who or who == to)";
    expect(withTexts(when, ["who == to", "to"])).toEqual(["who == to: unknown", 'to: "b"']);
  });
});

describe("of what is sensitive", () => {
  const tools =
    "tool able(n: int)\ntool act(n: int, key: sensitive string, flag: sensitive bool)\ntool idle()";
  const when = '(key == "b" or flag) and length(key) > n';
  const args = { n: 1, key: "hunter", flag: true };
  const engine = engineOf({ tools, scope: `permit act when ${when}` });
  const truths = (known: { readonly key: string; readonly flag: string; readonly length: string }) => [
    `${when}: true`,
    'key == "b" or flag: true',
    'key == "b": false',
    `key: ${known.key}`,
    `flag: ${known.flag}`,
    "length(key) > n: true",
    `length(key): ${known.length}`,
    `key: ${known.key}`,
    "n: 1",
  ];

  test("the truths that are told of it are told, and no value that comes from it", () => {
    const [permit] = statementsOf(explained(engine, { args }), "scope");
    const withheld = '{"sensitive":true}';
    expect(permit?.conditions.flatMap(lines)).toEqual(
      truths({ key: withheld, flag: withheld, length: withheld }),
    );
  });

  test("nothing is withheld by a policy that has not got the tool", () => {
    const given = { tool: "act", args: args, confidence: 1 };
    const { decision } = engine.evaluate(given, knowing());
    const without = { ...engine.policy, tools: [] };
    const explanation = explanationOf(without, decision, engine.examine(given, knowing()));
    expect(statementsOf(explanation, "scope").flatMap((one) => one.conditions.flatMap(lines))).toEqual(
      truths({ key: '"hunter"', flag: "true", length: "6" }),
    );
  });
});

describe("a sub-expression", () => {
  test("that is absent is told from one that is unknown, and that from one that is false", () => {
    expect(ofPermit('has who and who == "a" and given.k > 1 and n > 1')).toEqual([
      'has who and who == "a" and given.k > 1 and n > 1: false',
      "has who: false",
      'who == "a": unknown (what it compares is absent)',
      "who: absent",
      "given.k > 1: unknown",
      "given.k: unknown (nobody has said what `given.k` is)",
      "n > 1: false",
      "n: 1",
    ]);
  });

  test("that is a list shows which of its elements are unknown, also within one another", () => {
    expect(ofPermit("n in [given.k, 3]")).toContain('[given.k, 3]: ["unknown",3]');
    expect(ofPermit("count([[given.k, 3], [2]]) > 2")).toContain('[[given.k, 3], [2]]: [["unknown",3],[2]]');
  });

  test("that is long is cut, and not within a character", () => {
    const args = { n: 1, who: `${"x".repeat(998)}\u{1f600}${"x".repeat(99)}` };
    expect(ofPermit('has who and who == "a"', { args })).toContain(`who: "${"x".repeat(998)}`);
  });

  test("of a thousand characters is not cut", () => {
    const who = "x".repeat(998);
    const part = (of: string) => {
      const engine = engineOf({ scope: 'permit act when has who and who == "a"' });
      const [statement] = statementsOf(explained(engine, { args: { n: 1, who: of } }), "scope");
      return statement?.conditions[0]?.parts[0]?.parts[1]?.parts[0];
    };
    expect(part(who)).toMatchObject({ state: "known", value: who });
    expect(part(who)).not.toHaveProperty("cut");
    expect(part(`${who}x`)).toMatchObject({ state: "known", cut: `"${who}x` });
    expect(part(`${who}x`)).not.toHaveProperty("value");
    const far = `\u{1f600}${"x".repeat(1_200)}`;
    expect(part(far)?.cut).toBe(`"${far}`.slice(0, 1_000));
  });

  test("is written as its type is", () => {
    const engine = engineOf({
      scope: 'permit act when at > "2026-01-02"',
      tools: "tool act(at: time)",
    });
    const given = { args: { at: "2026-01-01T08:00:00Z" } };
    const [statement] = statementsOf(explained(engine, given), "scope");
    expect(statement?.conditions.flatMap(lines)).toEqual([
      'at > "2026-01-02": false',
      'at: "2026-01-01T08:00:00.000Z"',
    ]);
  });

  test("of a loop names the element, and only it does", () => {
    const engine = engineOf({
      scope: "permit act when every x in list: x > 1",
      tools: "tool act(list: list<int>)",
    });
    const [statement] = statementsOf(explained(engine, { args: { list: [2, 1, 0] } }), "scope");
    expect(statement?.conditions[0]?.parts).toMatchObject([
      { value: false, element: { variable: "x", place: 2, count: 3 } },
    ]);
    for (const part of statement?.conditions[0]?.parts[0]?.parts ?? [])
      expect(part).not.toHaveProperty("element");
    const [none] = statementsOf(explained(engine, { args: { list: [] } }), "scope");
    expect(none?.conditions[0]?.parts[0]).not.toHaveProperty("element");
  });

  test("of a loop is shown for the element that decides", () => {
    const answers = [1, 3].map((one) => answered("f", { a: 9 }, [one]));
    expect(ofPermit("every x in list: f(x) > 0", { args: { n: 1, list: [1, 2, 3] } }, { answers })).toEqual([
      "every x in list: f(x) > 0: unknown",
      "list: [1,2,3]",
      "f(x) > 0: unknown",
      "f(x): unknown (its sources have not been asked)",
      "x: 2",
    ]);
  });

  test("has no more than five reasons", () => {
    const list = [1, 2, 3, 4, 5, 6, 7];
    const policy = compiled(
      commission({
        scope: "permit act when every x in list: f(x) > 0",
        grounding:
          'unsupported at most 1\n source a is json "a.json" trust 0.9\n fact f(n: int): int from a "/{n}"',
        tools: "tool act(list: list<int>)",
      }),
    );
    // Only the whole has a text: what is unknown within it is told there.
    const spans = structuredClone(policy.spans);
    for (const { conditions } of Object.values(spans).flat())
      for (const condition of conditions ?? [])
        condition.marks = condition.marks.filter(({ at }) => at.length === 0);
    const answers = list.map((one) => answered("f", { a: { silent: `does not know ${one}` } }, [one]));
    const [statement] = statementsOf(
      explained(createEngine({ ...policy, spans }), { args: { list } }, { answers }),
      "scope",
    );
    expect(statement?.conditions[0]?.parts).toMatchObject([
      { state: "unknown", why: [1, 2, 3, 4, 5].map((one) => `\`a\` does not know ${one}`), parts: [] },
    ]);
  });
});
