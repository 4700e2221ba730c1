import { describe, expect, test } from "vitest";
import { reservedNames } from "../../src/ir/print-names.js";
import { literalText, nameText, toolText } from "../../src/ir/print-names.js";
import { reportText } from "../../src/report/report.js";
import { reserved } from "../../src/syntax/tokens.js";
import { answered, type Blocks, commission, compiled, knowing } from "../support/policy.js";
import { createEngine } from "../../src/engine/engine.js";
import type { Knowledge } from "../../src/ir/knowledge.js";

const blocks: Blocks = {
  givens: 'given maybe: bool asks owner "Is it so?"\n given place: string asks board "Where?"',
  scope:
    "permit act serving find when n < f() and given.maybe\n forbid act serving keep when given.place == who_is()",
  grounding: `unsupported at most 1
    source a is json "a.json" trust 0.9
    fact f(): int from a "/f"
    fact who_is(): string from a "/w"`,
};
const knows: Partial<Knowledge> = {
  answers: [answered("f", { a: 41 }), answered("who_is", { a: "secret place" })],
};

function told(
  options: Parameters<typeof reportText>[2],
  who = "Ann",
  more: Partial<Knowledge> = knows,
): string {
  const policy = compiled(commission(blocks));
  const { decision } = createEngine(policy).decide(
    { tool: "act", args: { n: 1, who }, confidence: 1 },
    knowing(more),
  );
  return reportText(decision, policy, options);
}

test("a report tells a principal all three parts", () => {
  const text = told({});
  expect(text).toMatchInlineSnapshot(`
    "Proposed under test, with a calibrated confidence of 1:
      act(n: 1, who: "Ann")

    1. Did the source intent authorize this?
      find: “Find what is there.” (served)
      keep: “Keep all else.” (served)
      tell: “Tell of it.” (no rule for this tool serves it)
      For it:
        policy.reshimu:13:9 is open: permit act serving find when n < f() and given.maybe
          it holds if given.maybe
      Against it:
        policy.reshimu:14:2 is open: forbid act serving keep when given.place == who_is()
          it holds if given.place == "secret place"

    2. Did the transmission preserve enough to tell?
    Nothing was handed down: whoever acts holds all of the intent.

    3. What specification is needed?
      Not known:
        nobody has said what \`given.maybe\` is
        nobody has said what \`given.place\` is
      board (The board) is asked: Where? Does this hold here? forbid act serving keep when given.place
        == who_is()
        that is: given.place == "secret place"
        yes → return
        no → clarify
      owner (The owner) is asked: Is it so? (a value)
      board (The board) is asked: Where? (a value)
    "
  `);
});

test("the same as Markdown", () => {
  expect(told({ format: "markdown" })).toMatchInlineSnapshot(`
    "Proposed under test, with a calibrated confidence of 1:

    - \`act(n: 1, who: "Ann")\`

    ### 1. Did the source intent authorize this?

    - find: “Find what is there.” (served)
    - keep: “Keep all else.” (served)
    - tell: “Tell of it.” (no rule for this tool serves it)
    - For it:
      - policy.reshimu:13:9 is open: \`permit act serving find when n < f() and given.maybe\`
        - it holds if \`given.maybe\`
    - Against it:
      - policy.reshimu:14:2 is open: \`forbid act serving keep when given.place == who_is()\`
        - it holds if \`given.place == "secret place"\`

    ### 2. Did the transmission preserve enough to tell?

    Nothing was handed down: whoever acts holds all of the intent.

    ### 3. What specification is needed?

    - Not known:
      - nobody has said what \\\`given.maybe\\\` is
      - nobody has said what \\\`given.place\\\` is
    - board (The board) is asked: Where? Does this hold here? forbid act serving keep when given.place == who\\_is()
      - that is: \`given.place == "secret place"\`
      - yes → return
      - no → clarify
    - owner (The owner) is asked: Is it so? (a value)
    - board (The board) is asked: Where? (a value)
    "
  `);
});

test("what sources answered is told to principals only", () => {
  expect(told({ audience: "principal" })).toContain("secret place");
  for (const format of ["text", "markdown"] as const)
    expect(told({ audience: "agent", format })).not.toMatch(/secret|41|it holds if|that is/);
});

test("what an agent wrote is quoted, cut, and cannot steer a terminal or a page", () => {
  const long = told({}, `${"x".repeat(2_000)}`);
  expect(long).toContain("…");
  expect(long.match(/x/g)?.length).toBeLessThan(520);
  const odd = told({}, "\u202e\u001b[31m\n# heading\n```");
  for (const sign of ["\u202e", "\u001b"]) expect(odd).not.toContain(sign);
  const markdown = told({ format: "markdown" }, "`a` ```b``` <img src=x> [x](y)");
  expect(markdown).toContain('act(n: 1, who: "`a` ```b``` <img src=x> [x](y)")````');
});

test("a decision without a report has no text", () => {
  const policy = compiled(commission());
  const { decision } = createEngine(policy).decide({ tool: "idle", args: {} }, knowing());
  expect(reportText(decision, policy)).toBe("");
});

describe("names and literals", () => {
  test("reserved are the words that the lexer reserves", () => {
    expect([...reservedNames].sort()).toEqual([...reserved].sort());
  });
  test("names are quoted where they have to be", () => {
    expect(["a", "within", "a b", "é", "a`b", ""].map(nameText)).toEqual([
      "a",
      "`within`",
      "`a b`",
      "`é`",
      undefined,
      undefined,
    ]);
  });
  test("tools too, part by part", () => {
    expect(["*", "a.b", "a.*", "a__*", "a.not", "a-b.c", "a..b", "a.b*"].map(toolText)).toEqual([
      "*",
      "a.b",
      "a.*",
      "a__*",
      "a.`not`",
      "`a-b`.c",
      "`a..b`",
      "a.b*",
    ]);
  });
  test("values are written as their type is", () => {
    expect(literalText(0, "time")).toBe('"1970-01-01T00:00:00.000Z"');
    expect(literalText(8.64e15, "time")).toBeUndefined();
    expect(literalText(90_000, "duration")).toBe("90s");
    expect(literalText(-90_000, "duration")).toBe("-90s");
    expect(literalText(1.5, "duration")).toBeUndefined();
    expect(literalText(-1.5, "decimal")).toBe("-1.5");
    expect(literalText(1e-9, "decimal")).toBeUndefined();
    expect(literalText(["a", 'b"'], { list: "string" })).toBe('["a", "b\\""]');
    expect(literalText([{}], undefined)).toBeUndefined();
    expect(literalText(null, undefined)).toBeUndefined();
  });
});
