import { describe, expect, it } from "vitest";
import { difference } from "../../src/syntax/format/same.js";
import { formatNarrowing, formatPolicy } from "../../src/syntax/format/format.js";
import { readPolicy } from "../../src/syntax/parse.js";
import { accounts } from "./support.js";

function formatted(text: string): string {
  const made = formatNarrowing({ file: "test.reshimu", text });
  if (!made.ok) throw new Error(made.fault ?? made.diagnostics[0]?.message);
  expect(formatNarrowing({ file: "test.reshimu", text: made.text })).toEqual(made);
  return made.text;
}

/** A statement of a scope block, as it is laid out. */
const statement = (text: string): string =>
  formatted(`scope { ${text} }`).split("\n").slice(1, -2).join("\n");

/** A condition as it is laid out on one line. */
const condition = (text: string): string =>
  statement(`permit a when ${text}`)
    .replace(/^ *permit a\s+when /, "")
    .replaceAll(/\s+/g, " ");

describe("parentheses", () => {
  it.each([
    ["(a == b)", "a == b"],
    ["((a)) and (b)", "a and b"],
    ["a and ((b or c))", "a and (b or c)"],
    ["(a and b) or (c)", "(a and b) or c"],
    ["not (a == b)", "not (a == b)"],
    ["a - (b - c) == (1)", "a - (b - c) == 1"],
    ["f((a), (b + c))", "f(a, b + c)"],
    ['a in ([("x")])', 'a in ["x"]'],
    ["(count x in (y): (b)) > 1", "(count x in y: b) > 1"],
    ["if (a) then (b or c) else (d)", "if a then b or c else d"],
    ["a and (every x in y: b) and c", "a and (every x in y: b) and c"],
    ["-(-a) == -(1)", "-(-a) == -1"],
    ["- -a == - 1", "- -a == -1"],
  ])("%s", (text, expected) => {
    expect(condition(text)).toBe(expected);
  });
});

describe("tokens stay as they are written", () => {
  it.each(['a == "\\u202e\\/"', "a == 1_0.50 + 48h", "`a` == `null`", "calls( a . * , 1h , x : 1 ) > 0"])(
    "%s",
    (text) => {
      const squeezed = (one: string): string => one.replaceAll(" ", "");
      expect(squeezed(condition(text))).toBe(squeezed(text));
    },
  );
});

describe("layout", () => {
  it("breaks a condition before `or`, then before `and`, then within a quantifier", () => {
    const long = "some_argument_with_a_long_name";
    expect(
      statement(`permit a when ${long} == 1 and ${long} == 2 and ${long} == 3 or b and (every x in ${long}, ${long}:
        x.${long} == ${long} and x.${long} != 0) or c`),
    ).toBe(`  permit a
    when some_argument_with_a_long_name == 1
        and some_argument_with_a_long_name == 2
        and some_argument_with_a_long_name == 3
      or b
        and (
          every x in some_argument_with_a_long_name, some_argument_with_a_long_name:
            x.some_argument_with_a_long_name == some_argument_with_a_long_name
              and x.some_argument_with_a_long_name != 0
        )
      or c`);
  });

  it("does so wherever the lines broke before", () => {
    const made = formatPolicy({ file: "a", text: accounts });
    const squeezed = formatPolicy({ file: "a", text: accounts.replaceAll(/\n *(?!\n)/g, " ") });
    const withoutBlanks = (text: string): string => text.replaceAll(/\n+/g, "\n");
    expect(squeezed.ok && made.ok && withoutBlanks(squeezed.text)).toBe(made.ok && withoutBlanks(made.text));
  });

  it("sets blocks apart and leaves at most one blank line", () => {
    expect(
      formatted(
        "\n\ntiers a > b\n\n\n\ntiers c > d\nscope {\n\n  permit a\n\n\n  permit b\n\n}\ntiers e > f",
      ),
    ).toBe("tiers a > b\n\ntiers c > d\n\nscope {\n  permit a\n\n  permit b\n}\n\ntiers e > f\n");
  });
});

describe("comments", () => {
  it("stay in their line or on their own, wherever they stand", () => {
    expect(
      formatted(`// first
//second

tiers a // behind a
  > b

// apart
scope { // the block
  // before a permit

  permit a, // behind a comma
    // own
    b // before a comma
    , c serving // behind a word
    d when (x // in parentheses
    ) // behind them
  permit e // behind a statement
  // the end
} // closed
// tail`),
    ).toBe(`// first
//second

tiers a // behind a
  > b

// apart
scope { // the block
  // before a permit

  permit a, // behind a comma
    // own
    b, // before a comma
    c serving // behind a word
    d
    when x // in parentheses
  // behind them
  permit e // behind a statement
  // the end
} // closed
// tail
`);
  });

  it("that suppress a diagnostic stay in the line of the statement, or come to stand before it", () => {
    expect(statement("permit a // reshimu-allow lint/x: y\n permit b")).toBe(
      "  permit a // reshimu-allow lint/x: y\n  permit b",
    );
    expect(statement('permit b when x because "y" // reshimu-allow lint/x: y\n permit c')).toBe(
      '  // reshimu-allow lint/x: y\n  permit b\n    when x\n    because "y"\n  permit c',
    );
  });

  it("may be all there is", () => {
    expect(formatted("\n// a\n\n\n// b")).toBe("// a\n\n// b\n");
    expect(formatted("")).toBe("");
    expect(formatted("scope {\n\n // a\n\n}")).toBe("scope {\n  // a\n}\n");
    expect(formatted("scope {\n\n}")).toBe("scope {}\n");
  });
});

describe("what is read", () => {
  it("may begin with a byte order mark and end its lines in any way", () => {
    expect(formatted("\ufefftiers a > b\r\n\r\n\r\ntiers c > d // e\rtiers f > g")).toBe(
      "tiers a > b\n\ntiers c > d // e\ntiers f > g\n",
    );
  });

  it("is not formatted where it cannot be read", () => {
    expect(formatPolicy({ file: "a", text: "policy a\nscope { permt b }" })).toMatchObject({
      ok: false,
      diagnostics: [{ code: "syntax/unknown-keyword" }],
    });
  });
});

describe("the comparison of two texts finds", () => {
  const between = (one: string, other: string): string | undefined =>
    difference(...([one, other].map((each) => readPolicy({ file: "a", text: each })) as [never, never]));
  const text = "policy a\n// b\n// c\nscope { permit d when e == 1 }";

  it.each([
    ["nothing", text.replaceAll(" ", "  ").replaceAll("//  ", "// "), undefined],
    ["another number", text.replace("1", "2"), "mean something else"],
    ["another kind of number", text.replace("1", "1.0"), "mean something else"],
    ["a part that is gone", text.replace("when e == 1", ""), "mean something else"],
    ["a comment that is gone", text.replace("// c\n", ""), "comment"],
    ["comments in another order", text.replace("// b\n// c", "// c\n// b"), "comment"],
    ["a text that is broken", text.replace("permit", "permt"), "not be read"],
  ])("%s", (_, other, expected) => {
    if (expected === undefined) expect(between(text, other)).toBeUndefined();
    else expect(between(text, other)).toContain(expected);
  });
});
