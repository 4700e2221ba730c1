import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { decisionWords } from "../../src/index.js";
import { findings } from "../../src/ir/decision.js";
import { operators, tracedForms } from "../../src/ir/predicate.js";
import { functions } from "../../src/compiler/check/typing/functions.js";
import { properties } from "./all.js";
import { drawn } from "./generate/choices.js";
import { type Scenario, scenarioOf } from "./generate/scenario.js";
import { trees } from "./generate/tree.js";
import { judge } from "./support/judge.js";
import { timeout } from "./support/ordinary.js";
import { declaredKinds, declaredWords, Reached } from "./support/reached.js";
import { livedTree, type Made } from "./support/tree.js";
import { decisionSchema } from "../../src/schemas.js";

/** Measured over a fixed seed: what is never reached here is tried by no property. */
const made: Scenario[] = [];
const reached = new Reached();

beforeAll(() => {
  const scenarios = drawn((draw) => scenarioOf(draw, { extensions: 2, stories: 1, proposals: 2 }));
  made.push(...fc.sample(scenarios, { numRuns: 300, seed: 7 }));
  for (const { texts } of made) reached.read(texts);
}, timeout);

const missing = (wanted: Iterable<string>, got: ReadonlySet<string>): string[] =>
  [...wanted].filter((one) => !got.has(one));

/** All keys and texts of data: in a policy, its operators and kinds are among them. */
function wordsIn(value: unknown, words: Set<string> = new Set()): Set<string> {
  if (typeof value === "string") words.add(value);
  if (typeof value !== "object" || value === null) return words;
  for (const [key, inner] of Object.entries(value)) {
    if (!Array.isArray(value)) words.add(key);
    wordsIn(inner, words);
  }
  return words;
}

describe("generated policies use", () => {
  test("every kind of node of the syntax tree", () => {
    expect(declaredKinds.length).toBeGreaterThan(60);
    expect(missing(declaredKinds, reached.kinds)).toEqual([]);
  });

  test("every option of each, written and left out", () => {
    expect(reached.never).toEqual([]);
  });

  test("every word where there are several", () => {
    expect(missing(declaredWords, reached.words)).toEqual([]);
    const types = ["bool", "int", "decimal", "string", "time", "duration", "path", "url", "email", "json"];
    expect(
      missing(
        types.map((type) => `NamedType.name=${type}`),
        reached.words,
      ),
    ).toEqual([]);
  });

  test("every function", () => {
    expect(missing(functions.keys(), reached.calls)).toEqual([]);
  });

  test("every operator and form of the built policy, and every kind of source", () => {
    const words = new Set(made.flatMap(({ engine }) => [...wordsIn(engine.policy)]));
    expect(missing(operators.keys(), words)).toEqual([]);
    expect(missing(tracedForms, words)).toEqual([]);
    expect(missing(["sqlite", "http", "json", "postgres", "mcp", "tool"], words)).toEqual([]);
  });
});

test(
  "generated scenarios come to every decision, finding and remedy, each decision often",
  () => {
    const decisions = made.flatMap(({ engine, tellings }) =>
      tellings.flatMap(({ story, proposals }) =>
        proposals.map((proposal) => {
          const { knowledge, evaluation } = judge(engine, story, proposal);
          const { decision } = evaluation;
          return decision.decision === "clarify" ? engine.decide(proposal, knowledge).decision : decision;
        }),
      ),
    );
    const shares = Object.fromEntries(
      decisionWords.map((word) => [
        word,
        decisions.filter((one) => one.decision === word).length / decisions.length,
      ]),
    );
    for (const [word, share] of Object.entries(shares))
      expect(share, `${word} of ${JSON.stringify(shares)}`).toBeGreaterThan(0.03);
    const found = new Set(
      decisions.flatMap(({ assessments }) => Object.values(assessments).map((one) => one.finding as string)),
    );
    expect(missing(Object.values(findings).flat(), found)).toEqual([]);
    const remedies = new Set<string>(decisions.flatMap((one) => one.remedies.map(({ kind }) => kind)));
    expect(missing(decisionSchema.shape.remedies.element.shape.kind.options, remedies)).toEqual([]);
    const words = wordsIn(decisions);
    const kinds = ["given", "bullet", "condition", "gray", "message", "operation", "traced", "fact"];
    expect(missing(kinds, words)).toEqual([]);
    expect(missing(["boundary", "delegation"], words)).toEqual([]);
  },
  timeout,
);

test(
  "generated trees are deep, lose things on the way, and come to their limits below the root",
  async () => {
    const all = await Promise.all(fc.sample(trees, { numRuns: 60, seed: 7 }).map(livedTree));
    const below = all.flatMap((tree) => tree.made.filter(({ member }) => member.parent !== undefined));
    const share = (of: (one: Made) => boolean): number => below.filter(of).length / below.length;
    expect(below.length).toBeGreaterThan(200);
    expect(share((one) => one.decision.decision === "authorize")).toBeGreaterThan(0.1);
    expect(share((one) => one.decision.decision === "clarify")).toBeGreaterThan(0.03);
    expect(
      share(({ decision }) =>
        decision.assessments.scope.rules.some(({ effect, value }) => effect === "limit" && value === "true"),
      ),
    ).toBeGreaterThan(0.05);
    expect(below.some(({ member }) => member.parent?.parent !== undefined)).toBe(true);
    expect(below.some(({ member }) => member.engine !== member.parent?.engine)).toBe(true);
    const things = new Set(
      all.flatMap((tree) => [...wordsIn(tree.made.map((one) => one.knowledge.descent))]),
    );
    expect(missing(["boundary", "delegation", "given.most", "intent.tell", "look"], things)).toEqual([]);
  },
  timeout,
);

test("every property of the page is stated", () => {
  const names = properties.map(({ id }) => id.split(".")[0]);
  const wanted = Array.from({ length: 15 }, (_, at) => `T${at + 1}`);
  expect([...new Set(names)].sort()).toEqual(wanted.sort());
  expect(new Set(properties.map(({ id }) => id)).size).toBe(properties.length);
});
