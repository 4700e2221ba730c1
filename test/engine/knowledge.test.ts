import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createEngine, type Engine } from "../../src/engine/engine.js";
import { type DecisionWord, decisionWords } from "../../src/ir/decision.js";
import type { Knowledge } from "../../src/ir/knowledge.js";
import { answered, commission, compiled, decided, knowing, past } from "../support/policy.js";

/** Conditions over two givens, two facts and the arguments. */
const conditions = [
  "given.maybe",
  "not given.maybe",
  "given.maybe and given.other",
  "given.maybe or f() == 7",
  "f() == 7",
  "f() > g()",
  "not given.other or n == 1",
  "if given.maybe then f() == 7 else g() == 7",
  "n == 1",
  "n == 2",
  "10 / (f() - 7) > 1",
];
const condition = fc.constantFrom(...conditions);
const weight = fc.constantFrom(0.1, 0.25, 0.4);
const className = fc.constantFrom("free", "middle", "grave");

const scopeLine = fc.oneof(
  condition.map((when) => `permit act when ${when}`),
  fc.constant("permit act"),
  condition.map((when) => `forbid act when ${when}`),
  fc.constantFrom(
    "limit act sum (if given.maybe then 1 else 2) to 3 per session",
    "limit act to 2 per session each (if n > 5 then given.other else n == n)",
  ),
);
const groundLine = fc.oneof(
  condition.map((when) => `ground act on fact ${when}`),
  fc.constantFrom(
    "ground act on inference claim.x == f()",
    "ground act on inference claim.x == g() or given.maybe",
    "tolerance 0",
  ),
);
const treatLine = fc.tuple(className, condition).map(([name, when]) => `treat act as ${name} when ${when}`);
const grayLine = fc.oneof(
  fc.tuple(weight, condition).map(([w, when]) => `gray act when ${when} weight ${w}`),
  fc.tuple(weight, className).map(([w, name]) => `threshold ${w} for ${name}`),
);

const few = (line: fc.Arbitrary<string>) => fc.uniqueArray(line, { maxLength: 3 });
const once = (lines: readonly string[], start: string): string[] =>
  lines.filter(
    (line, i) =>
      !line.startsWith(start) ||
      lines.findIndex((one) => one.split(" for ")[1] === line.split(" for ")[1] && one.startsWith(start)) ===
        i,
  );

const policies = fc.record({
  scope: few(scopeLine),
  ground: few(groundLine),
  treat: few(treatLine),
  gray: few(grayLine),
  otherwise: className,
  confirm: fc.constantFrom("owner", "board"),
  bar: fc.constantFrom(0, 0.3, 0.95),
});

function engineFor(lines: typeof policies extends fc.Arbitrary<infer T> ? T : never): Engine {
  const text = commission({
    givens: 'given maybe: bool asks owner "Is it so?"\n given other: bool asks owner "And this?"',
    scope: ["permit act when n < 100", ...lines.scope]
      .slice(lines.scope.some((line) => line.startsWith("permit")) ? 1 : 0)
      .join("\n"),
    grounding: [
      'source a is json "a.json" trust 0.9',
      'source b is json "b.json" trust 0.5',
      'fact f(): int from a "/f"',
      'fact g(): int from a "/g" from b "/g"',
      "claim x: int",
      "unsupported at most 0.4",
      ...lines.ground,
    ].join("\n"),
    reversibility: [
      `class free confidence ${lines.bar}`,
      `class middle above free confirm ${lines.confirm}`,
      "class grave above middle confidence 0.99 limit 2 per session",
      ...lines.treat,
      `otherwise ${lines.otherwise}`,
    ].join("\n"),
    discernment: [
      "threshold 0.3 for middle",
      ...once(lines.gray, "threshold").filter(
        (line) => line !== "threshold 0.1 for middle" && !line.endsWith("for middle"),
      ),
      "escalate owner within 4h",
    ].join("\n"),
  });
  return createEngine(compiled(text));
}

const truths = [undefined, true, false] as const;
const numbers = [undefined, 7, 8] as const;
type World = readonly [
  maybe: (typeof truths)[number],
  other: (typeof truths)[number],
  f: (typeof numbers)[number],
  g: (typeof numbers)[number],
];
const worlds: readonly World[] = truths.flatMap((maybe) =>
  truths.flatMap((other) => numbers.flatMap((f) => numbers.map((g): World => [maybe, other, f, g]))),
);

/** Whether the second only puts values for unknowns of the first. */
const isMore = (less: World, more: World): boolean =>
  less.every((one, i) => one === undefined || one === more[i]);

function knowledgeOf([maybe, other, f, g]: World): Partial<Knowledge> {
  return {
    givens: { ...(maybe === undefined ? {} : { maybe }), ...(other === undefined ? {} : { other }) },
    answers: [
      answered("f", { a: f ?? { silent: "is down" } }),
      answered("g", g === undefined ? { a: 7, b: { silent: "is down" } } : { a: g, b: g }),
    ],
    history: [past("act", { n: 6 }, { classes: ["middle"] })],
  };
}

function decisionsOf(engine: Engine, by: readonly string[]): DecisionWord[] {
  const proposal = { confidence: 0.9, claims: { x: { value: 7, confidence: 0.8 } } };
  const { proposal: digest } = decided(engine, proposal);
  const confirmations = by.map((one) => ({ by: one, answer: true, proposal: digest, policy: engine.digest }));
  return worlds.map((world) => decided(engine, proposal, { ...knowledgeOf(world), confirmations }).decision);
}

const who = fc.constantFrom<(readonly string[])[]>([], ["owner"], ["board"], ["owner", "board"]);

describe("over policies of every kind of line, and all that may be known", () => {
  test("a known decision never changes when an unknown becomes known (T7)", () => {
    fc.assert(
      fc.property(policies, who, (lines, by) => {
        const words = decisionsOf(engineFor(lines), by);
        for (const [i, less] of worlds.entries()) {
          if (words[i] === "clarify") continue;
          for (const [j, more] of worlds.entries())
            if (isMore(less, more)) expect([less, more, words[j]]).toEqual([less, more, words[i]]);
        }
      }),
      { numRuns: 150 },
    );
  });

  test("a source that falls silent, or a given that nobody says, never raises the decision above clarify (T5)", () => {
    fc.assert(
      fc.property(policies, who, (lines, by) => {
        const words = decisionsOf(engineFor(lines), by).map((word) => decisionWords.indexOf(word));
        for (const [i, fault] of worlds.entries())
          for (const [j, before] of worlds.entries())
            if (isMore(fault, before)) expect(words[i]).toBeLessThanOrEqual(Math.max(1, words[j] as number));
      }),
      { numRuns: 100 },
    );
  });
});

describe("a claim over a given list", () => {
  const engine = createEngine(
    compiled(
      commission({
        givens: 'given l: list<string> asks owner "Which?"',
        grounding: "claim c: bool\nground act on fact every v in given.l: claim.c\nunsupported at most 1",
      }),
    ),
  );
  const under = (givens: Knowledge["givens"]) =>
    engine.evaluate({ tool: "act", args: { n: 1 }, confidence: 1 }, knowing({ givens })).decision;
  test.each([[{}], [{ l: [] }], [{ l: ["a"] }]])(
    "is mentioned whatever the list turns out to be: %j",
    (givens) => {
      expect(under(givens)).toMatchObject({
        decision: "return",
        assessments: { grounding: { finding: "unclaimed" } },
      });
    },
  );
});
