import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Expression } from "../../src/syntax/ast.js";
import { printDocument, printExpression } from "../../src/syntax/print.js";
import { bare, expression, policy } from "./support.js";

/** Prints what was read, and looks whether it reads the same. */
function reprinted(text: string): string {
  const { document, diagnostics } = expression(text);
  expect(diagnostics).toEqual([]);
  const printed = printExpression(document);
  const again = expression(printed);
  expect(again.diagnostics).toEqual([]);
  expect(bare(again.document)).toEqual(bare(document));
  return printed;
}

describe("an expression is printed with the parentheses it needs", () => {
  it.each([
    ["((a)) and (b and c)", "a and (b and c)"],
    ["(a and b) or (c)", "a and b or c"],
    ["a and (b or c)", "a and (b or c)"],
    ["not (a and b)", "not (a and b)"],
    ["not (a == b)", "not a == b"],
    ["(not a) == b", "(not a) == b"],
    ["a - (b - c)", "a - (b - c)"],
    ["(a - b) - c", "a - b - c"],
    ["-(a + b)", "-(a + b)"],
    ["- -a", "- -a"],
    ["a == (b < c)", "a == (b < c)"],
    ["a and (if b then c else d)", "a and if b then c else d"],
    ["a and (every x in y: b) and c", "a and (every x in y: b) and c"],
    ["not (some x in y: b)", "not (some x in y: b)"],
    ["(count x in y: b) > 1", "(count x in y: b) > 1"],
    ["if (if a then b else c) then d else (e or f)", "if if a then b else c then d else e or f"],
    ["every x in (a), ([b]): x", "every x in a, [b]: x"],
    ["every x in (a + b): x", "every x in (a + b): x"],
    ['(a + b) like "c"', 'a + b like "c"'],
    ["a traced to [b]", "a traced to b"],
    ["has f(x).y", "has f(x).y"],
    ["calls(a.*, 1h, x: 1)", "calls(a.*, 1h, x: 1)"],
    ["10000 + 999 + 1.50", "10_000 + 999 + 1.5"],
    ["48h + 90m + 0s", "2d + 90m + 0s"],
    ["`not`.`a b` == `x`", "`not`.`a b` == x"],
    ["`null`", "`null`"],
  ])("%s", (text, printed) => {
    expect(reprinted(text)).toBe(printed);
  });
});

describe("patterns of tools are printed as they were meant", () => {
  it.each([
    "*",
    "a",
    "a.b",
    "a.*",
    "a*",
    "a.b*",
    "`a b`.c",
    "`a b`*",
    "`.`*",
    "`..`.*",
    "`a.`",
    "`not`.x",
    "tool.intent",
  ])("%s", (pattern) => {
    const { document, diagnostics } = policy(`policy p\nscope {\n  permit ${pattern}\n}`);
    expect(diagnostics).toEqual([]);
    const again = policy(printDocument(document));
    expect(again.diagnostics).toEqual([]);
    expect(bare(again.document)).toEqual(bare(document));
  });
});

const span = { file: "test.reshimu", start: 0, end: 0 };
const node = { span };

const nameText = fc.oneof(
  fc.constantFrom("a", "b", "to", "count", "sum", "not", "null", "given", "list", "when"),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 4 }).filter((text) => !/[`\n\r]/.test(text)),
);
const name = nameText.map((written) => ({ ...node, text: written }));
const textValue = fc
  .string({ unit: "grapheme", maxLength: 6 })
  .filter((value) => !/\p{Surrogate}/u.test(value));
const word = <const T extends string>(...words: T[]) => fc.constantFrom(...words);

const constants: fc.Arbitrary<Expression> = fc.oneof(
  fc.maxSafeNat().map((value): Expression => ({ ...node, kind: "Number", value, decimal: false })),
  fc
    .double({ min: 0, noNaN: true, noDefaultInfinity: true })
    .map((value): Expression => ({ ...node, kind: "Number", value: value + 0, decimal: true })),
  fc.nat().map((milliseconds): Expression => ({ ...node, kind: "Duration", milliseconds })),
  textValue.map((value): Expression => ({ ...node, kind: "String", value })),
  fc.boolean().map((value): Expression => ({ ...node, kind: "Bool", value })),
  fc.constant<Expression>({ ...node, kind: "Now" }),
);

const { expr } = fc.letrec<{ expr: Expression; reference: Extract<Expression, { kind: "Reference" }> }>(
  (tie) => {
    const list = fc.array(tie("expr"), { maxLength: 3 });
    const lists = fc.array(tie("expr"), { minLength: 1, maxLength: 2 });
    const qualified = fc.record({
      ...constant({ kind: "Reference" as const, args: undefined }),
      root: word("given", "claim", "actor", "session"),
      name,
      fields: fc.array(name, { maxLength: 2 }),
    });
    const plain = fc.record({
      ...constant({ kind: "Reference" as const, root: "name" as const }),
      name,
      args: fc.option(list, { nil: undefined }),
      fields: fc.array(name, { maxLength: 2 }),
    });
    const binary = fc.record({
      ...constant({ kind: "Binary" as const }),
      operator: word(
        "and",
        "or",
        "and",
        "or",
        "==",
        "!=",
        "<",
        "<=",
        ">",
        ">=",
        "in",
        "not in",
        "within",
        "+",
        "-",
        "*",
        "/",
      ),
      left: tie("expr"),
      right: tie("expr"),
    });
    return {
      reference: fc.oneof(qualified, plain),
      expr: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        constants,
        tie("reference"),
        binary,
        fc.record({ ...constant({ kind: "Not" as const }), operand: tie("expr") }),
        fc.record({ ...constant({ kind: "Negate" as const }), operand: tie("expr") }),
        fc.record({ ...constant({ kind: "Has" as const }), of: tie("reference") }),
        fc.record({ ...constant({ kind: "List" as const }), elements: list }),
        fc.record({
          ...constant({ kind: "Match" as const }),
          operator: word("like", "matches"),
          operand: tie("expr"),
          pattern: textValue.map((value) => ({ ...node, value })),
        }),
        fc.record({
          ...constant({ kind: "TracedTo" as const }),
          operand: tie("expr"),
          sources: fc.array(name, { minLength: 1, maxLength: 2 }),
        }),
        fc.record({
          ...constant({ kind: "If" as const }),
          condition: tie("expr"),
          then: tie("expr"),
          else: tie("expr"),
        }),
        fc.record({
          ...constant({ kind: "Quantified" as const }),
          quantifier: word("every", "some", "no"),
          variable: name,
          lists,
          body: tie("expr"),
        }),
        fc.record({
          ...constant({ kind: "Tally" as const }),
          tally: word("count", "sum"),
          variable: name,
          lists,
          body: tie("expr"),
        }),
        fc.record({
          ...constant({ kind: "Calls" as const }),
          tools: fc.array(
            word("a", "a.b", "a.*", "*", "a*").map((pattern) => ({ ...node, pattern })),
            { minLength: 1, maxLength: 2 },
          ),
          window: fc.option(
            fc.nat().map((milliseconds) => ({ ...node, milliseconds })),
            { nil: undefined },
          ),
          args: fc.array(fc.record({ ...constant({}), name, value: tie("expr") }), { maxLength: 2 }),
        }),
      ) as fc.Arbitrary<Expression>,
    };
  },
);

function constant<T extends object>(
  values: T,
): { [K in keyof T]: fc.Arbitrary<T[K]> } & { span: fc.Arbitrary<typeof span> } {
  const fixed = Object.fromEntries(
    Object.entries({ ...node, ...values }).map(([key, value]) => [key, fc.constant(value)]),
  );
  return fixed as { [K in keyof T]: fc.Arbitrary<T[K]> } & { span: fc.Arbitrary<typeof span> };
}

describe("any expression", () => {
  it("is the same tree when it is printed and read again", () => {
    fc.assert(
      fc.property(expr, (tree) => {
        const printed = printExpression(tree);
        const { document, diagnostics } = expression(printed);
        expect(diagnostics, printed).toEqual([]);
        expect(bare(document), printed).toEqual(bare(tree));
      }),
      { numRuns: 1000 },
    );
  });

  it("is printed the same when it is read from what was printed", () => {
    fc.assert(
      fc.property(expr, (tree) => {
        const printed = printExpression(tree);
        expect(printExpression(expression(printed).document)).toBe(printed);
      }),
      { numRuns: 300 },
    );
  });
});

describe("the steps of a test are printed as they were meant", () => {
  it.each([
    'for each a, to, `class` in [1, authorize, "x"], [[-2.5, true], unknown, lead], [{ b: 3 }, within, `tier`]',
    'actor.roles = ["a", b]',
    'session.instruction = "x"',
    "now = `class`",
    "fact f(a, 1) from `in` = absent",
    "fact f() = unknown",
    'observe t(x: a) fails "no"',
    "claim c = a confidence to",
    'propose t(x: [a, "b"]) confidence 0.5 message "m"',
    "confirmed by a",
    "refused by a",
    "answered by a about given.`not` = true",
    'answered by a about gray because "x" = false',
    "expect outcome from scope by limit",
    'expect return by forbid serving `has` because "x"',
    "expect scope within",
    "expect discernment refused",
    "expect class light",
    "expect confidence at most 0.5",
    "expect confidence sure",
    "expect remedy narrow-action by permit serving a",
    "expect remedy wait",
    "expect asks lead",
    "expect asks lead about fidelity",
  ])("%s", (line) => {
    const { document, diagnostics } = policy(`policy p\ntest "t" {\n${line}\n}`);
    expect(diagnostics).toEqual([]);
    const printed = printDocument(document);
    expect(printed).toContain(`\n  ${line}\n`);
    expect(bare(policy(printed).document)).toEqual(bare(document));
  });
});
