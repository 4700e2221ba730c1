import { describe, expect, test } from "vitest";
import { createEngine, type Engine } from "../../src/engine/engine.js";
import { explanationOf } from "../../src/engine/explain.js";
import type { ExplainedCondition, ExplainedPart, Explanation } from "../../src/ir/explanation.js";
import type { Knowledge } from "../../src/ir/knowledge.js";
import type { PolicyIr } from "../../src/ir/policy.js";
import { answered, commission, compiled, engineOf, knowing, past } from "../support/policy.js";

function explained(
  engine: Engine,
  proposal: object = {},
  more: Partial<Knowledge> = {},
  as: Engine = engine,
): Explanation {
  const given = { tool: "act", args: { n: 1 }, confidence: 1, ...proposal };
  const { decision } = engine.evaluate(given, knowing(more));
  return explanationOf(as.policy, decision, as.examine(given, knowing(more)));
}

const statementsOf = (explanation: Explanation, validator: string) =>
  explanation.find((one) => one.validator === validator)?.statements ?? [];

/** `TEXT: VALUE` of every part, those within after what they are within. */
const lines = ({ text, parts }: ExplainedCondition): string[] =>
  parts.flatMap(function line(part: ExplainedPart): string[] {
    const value = part.state === "known" ? (part.cut ?? JSON.stringify(part.value)) : part.state;
    const why = part.why === undefined ? "" : ` (${part.why.join("; ")})`;
    return [`${text.slice(part.from, part.to)}: ${value}${why}`, ...part.parts.flatMap(line)];
  });

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

describe("an explanation", () => {
  test("is of the validators that stop the action, and of all where none does", () => {
    const validators = (n: number) =>
      explained(engineOf({ scope: "permit act when n > 5" }), { args: { n } }).map((one) => one.validator);
    expect(validators(1)).toEqual(["scope"]);
    expect(validators(6)).toEqual(["scope", "grounding", "reversibility", "discernment"]);
  });

  test("of what does not fit names the finding, and no statement", () => {
    expect(explained(engineOf(), { tool: "other" })).toEqual([
      { validator: "scope", finding: "outside", statements: [] },
    ]);
  });

  test("of reversibility is the lines that apply or may", () => {
    const engine = engineOf({
      reversibility:
        "class free\n class grave above free confirm board\n treat act as grave when n > 0\n treat act as grave when n > 9\n otherwise free",
    });
    expect(explained(engine)).toMatchObject([
      {
        validator: "reversibility",
        finding: "held",
        statements: [{ effect: "treat as grave", value: "true", text: "treat act as grave when n > 0" }],
      },
    ]);
  });

  test("of discernment is the gray lines, each with its layer and what it came to", () => {
    const base = commission({
      givens: 'given maybe: bool asks owner "Is it so?"',
      discernment:
        "threshold 0.5\n gray act when given.maybe weight 0.8\n gray act when n > 0 weight 0.2\n escalate owner within 1h",
    });
    const engine = createEngine(
      compiled('policy above extends "base"\nscope { permit * }\ndiscernment { fidelity at least 0.5 }\n', {
        "base/policy.reshimu": base,
        base,
      }),
    );
    const statements = statementsOf(explained(engine), "discernment");
    expect(statements.map(({ layer, effect, value }) => [layer, effect, value])).toEqual([
      ["test", "gray", "unknown"],
      ["test", "gray", "true"],
    ]);
    expect(statements.every((one) => one.unruled === undefined)).toBe(true);
  });

  test("of a limit tells what was used and what is allowed, and its amount", () => {
    const engine = engineOf({
      scope: "permit act\n limit act sum n + 1 to 5 per session each who",
      tools: "tool act(n: int, who: string)",
    });
    const given = { args: { n: 3, who: "a" } };
    const [limit] = statementsOf(
      explained(engine, given, { history: [past("act", { n: 1, who: "a" })] }),
      "scope",
    );
    expect(limit).toMatchObject({ value: "true", used: 2, limit: 5 });
    expect(limit?.conditions.map(({ role }) => role)).toEqual(["sum", "each"]);
    expect(limit?.conditions.flatMap(lines)).toEqual(["n + 1: 4", "n: 3", 'who: "a"']);
  });

  test("tells what a statement came to by itself where a principal ruled otherwise", () => {
    const engine = engineOf({
      scope: "permit act when given.maybe",
      givens: 'given maybe: bool asks owner "Is it so?"',
    });
    const [open] = statementsOf(explained(engine), "scope");
    expect(open).toMatchObject({ value: "unknown" });
    expect(open).not.toHaveProperty("unruled");
    const rulings = [{ question: open?.id as string, answer: true, by: "owner" }];
    expect(statementsOf(explained(engine, {}, { rulings }), "scope")).toMatchObject([
      { value: "true", unruled: "unknown" },
    ]);
  });

  test("is of no more than ten statements of a validator", () => {
    const checks = Array.from({ length: 12 }, (_, i) => `ground act on inference n > ${i + 10}`);
    const engine = engineOf({ grounding: checks.join("\n") });
    expect(statementsOf(explained(engine), "grounding")).toHaveLength(10);
  });
});

describe("a policy that was loaded", () => {
  const policy = compiled(commission({ scope: "permit act when n > 5" }));
  const [whole] = statementsOf(explained(createEngine(policy)), "scope");
  const of = (spans: PolicyIr["spans"]) =>
    statementsOf(explained(createEngine({ ...policy, spans })), "scope")[0];

  test("without texts is explained without them", () => {
    const { at: _at, text: _text, ...rest } = whole ?? { id: "" };
    expect(of({})).toEqual({ ...rest, conditions: [] });
  });

  test("without the texts of its conditions is explained by its statements", () => {
    const bare = Object.entries(policy.spans).map(([id, places]) => [
      id,
      places.map(({ conditions: _, ...place }) => place),
    ]);
    expect(whole?.conditions).toHaveLength(1);
    expect(of(Object.fromEntries(bare))).toEqual({ ...whole, conditions: [] });
  });

  test("in another form than it decided in is explained as the decision tells it", () => {
    const before = engineOf({
      scope: "permit act when n > 5",
      discernment: "threshold 0.5\n gray act weight 0.2\n escalate owner within 1h",
    });
    const explanation = explained(before, { args: { n: 6 } }, {}, engineOf());
    expect(statementsOf(explanation, "scope")).toMatchObject([
      { effect: "permit", value: "true", text: expect.stringContaining("n > 5"), conditions: [] },
    ]);
    expect(statementsOf(explanation, "discernment")).toMatchObject([
      { effect: "gray", layer: "", value: "unknown", conditions: [] },
    ]);
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
