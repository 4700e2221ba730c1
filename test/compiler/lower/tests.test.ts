import { describe, expect, test } from "vitest";
import { commission } from "../../../src/compiler/check/rules/snippets.js";
import { compile, policyOf } from "../support.js";

const july = Date.UTC(2026, 6, 1);

const policyWith = (tests: string) =>
  policyOf(
    compile(
      commission(
        {
          principals: 'principal lead "The lead"',
          intent: `given since: time asks owner "Since when?"
            given span: duration = 1d`,
          tools: "tool find(since: time, span: duration, who: email)",
          scope: 'permit find serving read when since > given.since and span < given.span because "a reason"',
          grounding: `source a is json "./a.json" trust 0.9
            source b is json "./b.json" trust 0.9
            fact last?(at: time): time from a "/{at}" from b "/{at}"
            claim due: time
            ground find on fact has last(since) and last(since) == claim.due`,
          reversibility: "treat find as read",
          discernment: 'gray find when who == "ann@x.example" weight 0.5 asks lead "Is it meant?"',
          more: `tiers root > writer
            boundary root -> writer { carries intent.*, given.* grants * }
            ${tests}`,
        },
        { header: 'policy notes.summary zone "Europe/Berlin"' },
      ),
    ),
  );
/** The steps, as they are in a file of a compiled policy. */
const stepsOf = (steps: string): unknown[] =>
  JSON.parse(JSON.stringify(policyWith(`test "t" {\n${steps}\n}`).tests[0]?.steps));

const proposed = {
  step: "propose",
  tool: "find",
  args: { since: july, span: 7_200_000, who: "ann@x.example" },
};
const find = 'find(since: "2026-07-01T02:00", span: 2h, who: "ann@x.example")';

describe("what a session opens with", () => {
  test("a tier, who acts, and what was said", () => {
    expect(
      stepsOf(`tier writer
        actor.id = "bot"
        actor.roles = ["clerk", "night"]
        actor.roles = []
        session.instruction = "Write it."
        now = "2026-07-01T02:00"
        propose ${find}
        expect return`),
    ).toEqual([
      { step: "tier", tier: "writer" },
      { step: "actor", id: "bot" },
      { step: "actor", roles: ["clerk", "night"] },
      { step: "actor", roles: [] },
      { step: "instruction", text: "Write it." },
      { step: "now", time: july },
      proposed,
      { step: "expect", decision: "return", from: [] },
    ]);
  });

  test("givens, facts of all sources and of one, and claims, in the form of their types", () => {
    expect(
      stepsOf(`given since = "2026-07-01T02:00"
        given span = unknown
        fact last("2026-07-01T02:00") = "2026-07-01T02:00"
        fact last("2026-07-01T02:00") from b = unknown
        fact last("2026-07-02T02:00") from a = absent
        claim due = "2026-07-01T02:00"
        claim due = "2026-07-01T02:00" confidence 0.25
        propose ${find}
        expect return`).slice(0, 7),
    ).toEqual([
      { step: "given", name: "since", value: { value: july } },
      { step: "given", name: "span", value: "unknown" },
      { step: "fact", name: "last", args: [july], value: { value: july } },
      { step: "fact", name: "last", args: [july], from: "b", value: "unknown" },
      { step: "fact", name: "last", args: [july + 86_400_000], from: "a", value: "absent" },
      { step: "claim", name: "due", value: july },
      { step: "claim", name: "due", value: july, confidence: 0.25 },
    ]);
  });
});

test("what happens in a session", () => {
  expect(
    stepsOf(`said lead "Go on."
      observe ${find} returns { at: "2026-07-01T02:00", took: 2h, all: [1, -2.5, true] }
      observe ${find} fails "gone"
      propose ${find}
      propose ${find} confidence 0.75 message "Here it is."
      confirmed by owner
      refused by lead
      answered by owner about given.since = "2026-07-01T02:00"
      answered by lead about gray = true
      answered by lead about permit serving read because "a reason" = false
      expect return`).slice(0, -1),
  ).toEqual([
    { step: "said", by: "lead", text: "Go on." },
    {
      ...proposed,
      step: "observe",
      output: { at: "2026-07-01T02:00", took: "2h", all: [1, -2.5, true] },
    },
    { ...proposed, step: "observe", output: "gone", error: true },
    proposed,
    { ...proposed, confidence: 0.75, message: "Here it is." },
    { step: "confirmed", by: "owner" },
    { step: "refused", by: "lead" },
    { step: "answered", by: "owner", about: { given: "since" }, answer: july },
    { step: "answered", by: "lead", about: { rule: "gray" }, answer: true },
    {
      step: "answered",
      by: "lead",
      about: { rule: "permit", serving: "read", because: "a reason" },
      answer: false,
    },
  ]);
});

test("what is expected", () => {
  expect(
    stepsOf(`propose ${find}
      expect authorize
      expect clarify from scope, grounding by permit serving read because "a reason"
      expect confirm by gray
      expect grounding contested
      expect class permanent
      expect confidence 0.5
      expect confidence at least 0.25
      expect confidence at most 0.75
      expect remedy narrow-action
      expect remedy narrow-action by forbid serving restrain
      expect asks lead
      expect asks owner about given.since
      expect asks lead about gray`).slice(1),
  ).toEqual([
    { step: "expect", decision: "authorize", from: [] },
    {
      step: "expect",
      decision: "clarify",
      from: ["grounding", "scope"],
      by: { rule: "permit", serving: "read", because: "a reason" },
    },
    { step: "expect", decision: "confirm", from: [], by: { rule: "gray" } },
    { step: "expect-finding", validator: "grounding", finding: "contested" },
    { step: "expect-class", class: "permanent" },
    { step: "expect-confidence", value: 0.5 },
    { step: "expect-confidence", bound: "least", value: 0.25 },
    { step: "expect-confidence", bound: "most", value: 0.75 },
    { step: "expect-remedy", kind: "narrow-action" },
    { step: "expect-remedy", kind: "narrow-action", by: { rule: "forbid", serving: "restrain" } },
    { step: "expect-asks", principal: "lead" },
    { step: "expect-asks", principal: "owner", about: { given: "since" } },
    { step: "expect-asks", principal: "lead", about: { rule: "gray" } },
  ]);
});

test("a degree without a bound has none", () => {
  const [found] = policyWith(`test "t" { propose ${find} expect confidence 0.5 }`).tests;
  expect(found?.steps[1]).toStrictEqual({ step: "expect-confidence", value: 0.5 });
});

describe("rows", () => {
  const compiled = () =>
    policyWith(`test "{outcome}" {
    for each day, sure, outcome in
      ["2026-07-01T02:00", 0.5, return],
      ["2026-07-01T03:00", 0.25, authorize]
    propose find(since: day, span: 2h, who: "ann@x.example") confidence sure
    expect outcome
  }
  test "alone" {
    propose ${find}
    expect return
  }`);
  const named = (name: string) => compiled().tests.find((one) => one.name === name);

  test("each is a test of its own, and says which it is", () => {
    expect(compiled().tests).toHaveLength(3);
    expect(named("authorize")).toEqual({
      id: expect.any(String),
      name: "authorize",
      row: "day: 2026-07-01T03:00, sure: 0.25, outcome: authorize",
      steps: [
        { ...proposed, args: { ...proposed.args, since: july + 3_600_000 }, confidence: 0.25 },
        { step: "expect", decision: "authorize", from: [] },
      ],
    });
    expect(Object.keys(named("alone") ?? {}).sort()).toEqual(["id", "name", "steps"]);
  });

  test("a row stands where it is written, its steps where the test has them", () => {
    const { spans } = compiled();
    const textAt = (key: string) => spans[key]?.map(({ text }) => text);
    const id = named("authorize")?.id;
    expect(textAt(`${id}`)).toEqual(['["2026-07-01T03:00", 0.25, authorize]']);
    expect(textAt(`${id}:0`)).toEqual([
      'propose find(since: day, span: 2h, who: "ann@x.example") confidence sure',
    ]);
    expect(textAt(`${id}:1`)).toEqual(["expect outcome"]);
    expect(textAt(`${named("alone")?.id}:1`)).toEqual(["expect return"]);
  });
});
