import { describe, expect, it } from "vitest";
import { outline, policy, told } from "./support.js";

/** What people write by mistake, what they are told, and what is left of the file. One slip, one diagnostic. */

/** A line that stands in a scope, between two good statements. */
const inScope = (line: string) =>
  `policy p\nscope {\n  permit first\n  ${line}\n  permit last\n}\ntiers a > b\n`;

type Row = readonly [line: string, told: string, kept?: "Permit" | "Limit" | "Invalid"];

const scopeRows: readonly Row[] = [
  // operators of other languages
  ["permit x when a = 1", "4: wrong-operator: `=` does not compare", "Permit"],
  ["permit x when a && b", "4: wrong-operator: `&&` is not an operator of the language", "Permit"],
  ["permit x when a || b", "4: wrong-operator: `||` is not an operator of the language", "Permit"],
  ["permit x when !b", "4: wrong-operator: `!` is not an operator of the language", "Permit"],
  ["permit x when a <> b", "4: wrong-operator: `<>` is not an operator of the language", "Permit"],
  ["permit x when a === b", "4: wrong-operator: `===` is not an operator of the language", "Permit"],
  ["permit x when a ≤ 3", "4: wrong-operator: `≤` is not an operator of the language", "Permit"],
  ["permit x when a is b", "4: wrong-operator: `is` cannot stand here", "Permit"],
  ['permit x when a not like "b"', "4: wrong-operator: `not like` is not an operator", "Invalid"],
  ["permit x when a < b < c", "4: chained-comparison: comparisons cannot be chained", "Invalid"],
  [
    "permit x when a ? b : c",
    "4: unexpected-token: expected an operator, `because` or the next statement, found `?`",
  ],

  // quotes and comments
  ["permit x when a == 'b'", "4: wrong-quotes: strings stand in double quotes", "Permit"],
  ["permit x when a == “b”", "4: wrong-quotes: strings stand in double quotes", "Permit"],
  ['permit x because "not closed', "4: unterminated-string: this string is not closed on its line", "Permit"],
  [
    'permit x when f("not closed) and b',
    "4: unterminated-string: this string is not closed on its line",
    "Invalid",
  ],
  ["permit x # why", "4: wrong-comment: comments start with `//`", "Permit"],
  ["permit x /* why */", "4: wrong-comment: comments start with `//` and end with the line", "Permit"],
  ["permit x;", "4: unknown-character: statements have no `;` at their end", "Permit"],

  // keywords
  ["permit x if y", "4: unknown-keyword: `if` is not a keyword here", "Permit"],
  ["permit x where y", "4: unknown-keyword: `where` is not a keyword here", "Permit"],
  ["permit x unless y", "4: unknown-keyword: `unless` is not a keyword", "Invalid"],
  ["permitt x", "4: unknown-keyword: `permitt` is not a keyword here", "Permit"],
  ["allow x", "4: unknown-keyword: `allow` is not a keyword here", "Permit"],
  ["grant x", "4: unknown-keyword: `grant` starts nothing that can stand in `scope`", "Invalid"],
  ["permit x wehn y", "4: unknown-keyword: `wehn` is not a keyword here", "Permit"],
  ['permit x\n    becuase "y"', "5: unknown-keyword: `becuase` is not a keyword here", "Permit"],
  ["PERMIT x", "4: wrong-case: `PERMIT` is written `permit`", "Permit"],
  ["permit x when NOT a", "4: wrong-case: `NOT` is written `not`", "Permit"],
  ["permit x when a AND b", "4: wrong-case: `AND` is written `and`", "Permit"],
  ["treat x as y", "4: wrong-place: `treat` cannot stand in `scope`", "Invalid"],
  ["tool x()", "4: wrong-place: `tool` cannot stand in `scope`", "Invalid"],
  ["permit in", "4: reserved-word: `in` is a reserved word", "Permit"],
  ["permit x when given.not", "4: reserved-word: `not` is a reserved word", "Permit"],

  // what is missing
  ["permit", "4: unexpected-token: this `permit` is not finished: expected a name", "Invalid"],
  ["permit x serving", "4: unexpected-token: this `permit` is not finished: expected a name after `serving`"],
  [
    "permit x when",
    "4: unexpected-token: this `permit` is not finished: expected an expression after `when`",
  ],
  [
    "permit x when a and",
    "4: unexpected-token: this `permit` is not finished: expected an expression after `and`",
  ],
  [
    "permit x because",
    "4: unexpected-token: this `permit` is not finished: expected a string after `because`",
  ],
  ["permit x because nobody knows", "4: unexpected-token: expected a string, found `nobody`"],
  [
    "permit x when (a and b",
    "4: unexpected-token: this `permit` is not finished: expected an operator or `)` after `b`",
  ],
  ["permit x when and b", "4: unexpected-token: expected an expression, found `and`"],
  ["limit x to three per session", "4: unexpected-token: expected a number, found `three`"],
  ["limit x to 3", "4: unexpected-token: this `limit` is not finished: expected `per` after `3`"],
  ["permit x when not every v in w: v", "4: missing-parentheses: `every` needs parentheses here"],
  ["permit x when a == count v in w: v", "4: missing-parentheses: `count` needs parentheses here"],

  // what is too much
  ["permit x, y,", "4: trailing-comma: a comma stands only between two things", "Permit"],
  ["permit x,\n    when y", "4: trailing-comma: a comma stands only between two things", "Permit"],
  ['permit x when a in ["b", ]', "4: trailing-comma: a comma stands only between two things", "Permit"],
  ["permit x when f(a,)", "4: trailing-comma: a comma stands only between two things", "Permit"],
  [
    "permit x when a)",
    "4: unexpected-token: expected an operator, `because` or the next statement, found `)`",
  ],
  ["{", "4: unexpected-token: expected a statement of `scope`, found `{`", "Invalid"],

  // values
  ["permit x when a == null", "4: null: the language has no `null`", "Permit"],
  ["permit x when a == 1__0", "4: bad-number: `1__0` has a `_` where none can stand", "Permit"],
  ["permit x when a == 3days", "4: bad-number: `3days` is neither a number nor a duration", "Permit"],
  ['permit x when a == "\\q"', "4: bad-escape: strings have no escape `\\q`", "Permit"],
  ["permit x when a @ b", "4: unknown-character: the language has no use for `@` here", "Invalid"],
  ["permit x when größe == 1", "4: unknown-character: the language has no use for `öß` here", "Invalid"],
  [
    "permit x\u00a0when y",
    "4: unknown-character: there is a character here that cannot be seen (U+00A0)",
    "Permit",
  ],
  ["permit ``", "4: bad-name: a name in backquotes cannot be empty", "Permit"],
];

describe("in a scope", () => {
  const rows = scopeRows.map(([line, expected, kept = "Invalid"]) => [line, expected, kept] as const);

  it.each(rows)("%s", (line, expected, kept) => {
    const source = inScope(line);
    const { diagnostics, document } = policy(source);
    expect(told(source, diagnostics)).toEqual([expected]);
    expect(outline(document)).toBe(`Scope(Permit ${kept} Permit) Tiers`);
  });

  it("two slips give two diagnostics", () => {
    const source = inScope("permitt x\n  limit y to 3\n  permit z when a && !b");
    const { diagnostics, document } = policy(source);
    expect(told(source, diagnostics).map((line) => line.split(":", 2).join(":"))).toEqual([
      "4: unknown-keyword",
      "5: unexpected-token",
      "6: wrong-operator",
      "6: wrong-operator",
    ]);
    expect(outline(document)).toBe("Scope(Permit Permit Invalid Permit Permit) Tiers");
  });
});

const fileRows: readonly (readonly [source: string, told: string, kept: string])[] = [
  ["", "1: missing-header: the first line of a policy says its name", ""],
  ["tiers a > b", "1: missing-header: the first line of a policy says its name", "Tiers"],
  ["polcy p\ntiers a > b", "1: unknown-keyword: `polcy` is not a keyword here", "Tiers"],
  ["name p\ntiers a > b", "1: missing-header: the first line of a policy says its name", "Tiers"],
  ["policy\ntiers a > b", "1: unexpected-token: this `policy` is not finished: expected a name", "Tiers"],
  ["policy p zone Europe\ntiers a > b", "1: unexpected-token: expected a string, found `Europe`", "Tiers"],
  [
    "policy p\npolicy q\ntiers a > b",
    "2: wrong-place: `policy` can only be the first line of a policy",
    "Invalid Tiers",
  ],
  [
    "policy p\npermit x\ntiers a > b",
    "2: wrong-place: `permit` cannot stand outside of all blocks",
    "Invalid Tiers",
  ],
  [
    "policy p\nscope {\n  permit x\n\ntiers a > b",
    "3: missing-brace: the block of `scope` is not closed",
    "Scope(Permit) Tiers",
  ],
  [
    'policy p\nintent {\n  find "Find."\n\ntool t()\ntest "t" {\n  expect return\n}',
    "3: missing-brace: the block of `intent` is not closed",
    "Intent(Bullet) Tool Test(ExpectStep)",
  ],
  [
    "policy p\nscope {\n  permit x\n",
    "3: missing-brace: the block of `scope` is not closed",
    "Scope(Permit)",
  ],
  [
    "policy p\nscope\n  permit x\n}\ntiers a > b",
    "2: missing-brace: the block is not opened",
    "Scope(Permit) Tiers",
  ],
  [
    "policy p\nscope {\n  permit x\n}\n}\ntiers a > b",
    "5: unexpected-token: this `}` closes nothing",
    "Scope(Permit) Invalid Tiers",
  ],
  ["policy p\nscpoe {\n  permit x\n}", "2: unknown-keyword: `scpoe` is not a keyword here", "Scope(Permit)"],
  [
    "policy p\nrules {\n  permit x\n}\ntiers a > b",
    "2: unknown-keyword: `rules` starts nothing that can stand outside of all blocks",
    "Invalid Tiers",
  ],
  [
    "policy p\nreversibility {\n  treet x as y\n  otherwise y\n}",
    "3: unknown-keyword: `treet` is not a keyword here",
    "Reversibility(Treat Otherwise)",
  ],
  [
    "policy p\nboundary a > b {\n  carries *\n}",
    "2: wrong-operator: `>` cannot stand here",
    "Boundary(Hold)",
  ],
  [
    "policy p\nboundary a → b {\n  carries *\n}",
    "2: wrong-operator: `→` is not an operator of the language",
    "Boundary(Hold)",
  ],
  [
    "policy p\nboundary a -> b { carries x y passes * }\ntiers a > b",
    "2: unexpected-token: expected `,` or the next statement, found `y`",
    "Boundary(Invalid Hold) Tiers",
  ],
  [
    "policy p\ntool t(a: string,)\ntiers a > b",
    "2: trailing-comma: a comma stands only between two things",
    "Tool Tiers",
  ],
  ["policy p\ntool t(in: string)\ntiers a > b", "2: reserved-word: `in` is a reserved word", "Tool Tiers"],
  [
    "policy p\ntool t(a string)\ntiers a > b",
    "2: unexpected-token: expected `?` or `:`, found `string`",
    "Invalid Tiers",
  ],
  [
    "policy p\ntool t(a: string\ntool u()",
    "2: unexpected-token: this `tool` is not finished: expected `,` or `)` after `string`",
    "Invalid Tool",
  ],
  [
    'policy p\nprincipal a\nprincipal b "B"',
    "2: unexpected-token: this `principal` is not finished: expected a string after `a`",
    "Invalid Principal",
  ],
  [
    "policy p\nintent {\n  givn r: string\n  given s: int\n}",
    "3: unknown-keyword: `givn` is not a keyword here",
    "Intent(Given Given)",
  ],
  [
    "policy p\nintent {\n  find\n  given s: int\n}",
    "3: unexpected-token: this `find` is not finished: expected a string",
    "Intent(Invalid Given)",
  ],
  [
    "policy p\nintent {\n  find Find all.\n  given s: int\n}",
    "3: unexpected-token: expected a string after `find`, found `Find`",
    "Intent(Invalid Given)",
  ],
  [
    "policy p\nintent {\n  given s: list<string\n  given t: int\n}",
    "3: unexpected-token: this `given` is not finished: expected `>` after `string`",
    "Intent(Invalid Given)",
  ],
  [
    'policy p\ntest "t" {\n  given x == 3\n  expect return\n}',
    "3: wrong-operator: `==` cannot stand here",
    "Test(GivenStep ExpectStep)",
  ],
  [
    'policy p\ntest "t" {\n  given x = null\n  expect return\n}',
    "3: null: the language has no `null`",
    "Test(GivenStep ExpectStep)",
  ],
  [
    'policy p\ntest "t" {\n  propose x(a = 3)\n  expect return\n}',
    "3: wrong-operator: `=` cannot stand here",
    "Test(ProposeStep ExpectStep)",
  ],
  [
    'policy p\ntest "t" {\n  expectt authorize\n  expect return\n}',
    "3: unknown-keyword: `expectt` is not a keyword here",
    "Test(ExpectStep ExpectStep)",
  ],
];

describe("in a file", () => {
  it.each(fileRows)("%j", (source, expected, kept) => {
    const { diagnostics, document } = policy(source);
    expect(told(source, diagnostics)).toEqual([expected]);
    expect(outline(document)).toBe(kept);
  });
});

describe("a repair that is certain", () => {
  it.each([...scopeRows.map(([line]) => inScope(line)), ...fileRows.map(([source]) => source)])(
    "makes %j read well",
    (source) => {
      const [diagnostic] = policy(source).diagnostics;
      if (diagnostic?.fix === undefined) return;
      const repaired = diagnostic.fix.edits.reduceRight(
        (text, { span, text: written }) => text.slice(0, span.start) + written + text.slice(span.end),
        source,
      );
      expect(told(repaired, policy(repaired).diagnostics)).toEqual([]);
    },
  );
});

describe("messages", () => {
  it("are lower case, one sentence, without a full stop, and say what to do", () => {
    for (const source of [...scopeRows.map(([line]) => inScope(line)), ...fileRows.map(([each]) => each)]) {
      for (const { message, help } of policy(source).diagnostics) {
        expect(message).toMatch(/^[a-z`][\s\S]*[^.]$/);
        expect(help, message).toBeDefined();
        expect(message).not.toMatch(/LCurly|RCurly|Ident|Token|scopeBody|-->/);
      }
    }
  });

  it("point at the last token where the file ends too early", () => {
    const source = "policy p\nassert never authorize x when\n\n\n";
    const [diagnostic] = policy(source).diagnostics;
    expect(source.slice(diagnostic?.span.start, diagnostic?.span.end)).toBe("when");
  });

  it("show where a block was opened that is not closed", () => {
    const source = "policy p\nscope {\n  permit x\n";
    const [diagnostic] = policy(source).diagnostics;
    const [opened] = diagnostic?.related ?? [];
    expect(source.slice(opened?.span.start, opened?.span.end)).toBe("{");
  });
});
