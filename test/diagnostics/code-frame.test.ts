import { describe, expect, test } from "vitest";
import { renderDiagnostic, renderDiagnostics } from "../../src/diagnostics/code-frame.js";
import type { Diagnostic, Span } from "../../src/diagnostics/diagnostic.js";

const plain = { color: false };

/** The span of the first `needle` in the text. */
function spanOf(text: string, needle: string, file = "p.reshimu"): Span {
  const start = text.indexOf(needle);
  expect(start, `${needle} is in the text`).toBeGreaterThanOrEqual(0);
  return { file, start, end: start + needle.length };
}

function problem(span: Span, rest: Partial<Diagnostic> = {}): Diagnostic {
  return { code: "check/sample", severity: "error", message: "something is wrong", span, ...rest };
}

/** The frame without its title, for a text in the one file of the diagnostic. */
function frame(text: string, diagnostic: Diagnostic): string {
  const [, ...lines] = renderDiagnostic(diagnostic, () => text, plain).split("\n");
  return `\n${lines.join("\n")}\n`;
}

const policy = `policy accounts

tool crm.query
  permit crm.qurey when amount < 10
  forbid email.send
`;

describe("renderDiagnostic", () => {
  test("says what, where, why and what next", () => {
    const diagnostic = problem(spanOf(policy, "crm.qurey"), {
      code: "check/unknown-name",
      message: "no tool is called `crm.qurey`",
      label: "not declared",
      help: "did you mean `crm.query`?",
    });
    expect(renderDiagnostic(diagnostic, () => policy, plain)).toMatchInlineSnapshot(`
      "error[check/unknown-name]: no tool is called \`crm.qurey\`
       --> p.reshimu:4:10
        |
      4 |   permit crm.qurey when amount < 10
        |          ^^^^^^^^^ not declared
        |
      help: did you mean \`crm.query\`?"
    `);
  });

  test("shows other labels of the file, a line between them, and the sign of lines left out", () => {
    const diagnostic = problem(spanOf(policy, "email.send"), {
      severity: "warning",
      code: "lint/sample",
      label: "this one",
      related: [
        { span: spanOf(policy, "crm.query"), text: "declared here" },
        { span: spanOf(policy, "accounts"), text: "" },
      ],
      fix: { title: "remove the line", edits: [] },
    });
    expect(renderDiagnostic(diagnostic, () => policy, plain)).toMatchInlineSnapshot(`
      "warning[lint/sample]: something is wrong
       --> p.reshimu:5:10
        |
      1 | policy accounts
        |        --------
      2 |
      3 | tool crm.query
        |      --------- declared here
      4 |   permit crm.qurey when amount < 10
      5 |   forbid email.send
        |          ^^^^^^^^^^ this one
        |
      fix: remove the line"
    `);
    const far = problem(spanOf("a\nb\nc\nd", "d"), { related: [{ span: spanOf("a", "a"), text: "first" }] });
    expect(frame("a\nb\nc\nd", far)).toMatchInlineSnapshot(`
      "
       --> p.reshimu:4:1
        |
      1 | a
        | - first
       ...
      4 | d
        | ^
        |
      "
    `);
  });

  test("shows labels in other files, and says of a file not at hand what it can", () => {
    const files = new Map([
      ["p.reshimu", policy],
      ["base.reshimu", `${"\n".repeat(99)}tool email.send\n`],
    ]);
    const diagnostic = problem(spanOf(policy, "email.send"), {
      related: [
        { span: { file: "base.reshimu", start: 104, end: 114 }, text: "declared here" },
        { span: { file: "gone.reshimu", start: 3, end: 4 }, text: "extended here" },
      ],
    });
    expect(renderDiagnostic(diagnostic, (file) => files.get(file), plain)).toMatchInlineSnapshot(`
      "error[check/sample]: something is wrong
         --> p.reshimu:5:10
          |
        5 |   forbid email.send
          |          ^^^^^^^^^^
          |
         ::: base.reshimu:100:6
          |
      100 | tool email.send
          |      ---------- declared here
          |
         ::: gone.reshimu
          = extended here"
    `);
  });

  test("puts marks on one line under each other", () => {
    const diagnostic = problem(spanOf(policy, "< 10"), {
      label: "a number",
      related: [{ span: spanOf(policy, "amount"), text: "a text" }],
    });
    expect(frame(policy, diagnostic)).toMatchInlineSnapshot(`
      "
       --> p.reshimu:4:32
        |
      4 |   permit crm.qurey when amount < 10
        |                                ^^^^ a number
        |                         ------ a text
        |
      "
    `);
  });

  test("marks the first and the last line of a long span", () => {
    const text = "rule a {\n  one\n  two\n  three\n  }\n";
    expect(
      frame(text, problem(spanOf(text, "a {\n  one\n  two\n  three\n  }\n"), { label: "this rule" })),
    ).toMatchInlineSnapshot(`
      "
       --> p.reshimu:1:6
        |
      1 | rule a {
        |      ^^^
       ...
      5 |   }
        |   ^ this rule
        |
      "
    `);
  });

  test("gives an empty span a caret, also at the end of the file and outside of it", () => {
    expect(frame("one", problem({ file: "p", start: 3, end: 3 }, { label: "more" }))).toMatchInlineSnapshot(`
      "
       --> p:1:4
        |
      1 | one
        |    ^ more
        |
      "
    `);
    expect(frame("one\r\n", problem({ file: "p", start: 90, end: 99 }))).toMatchInlineSnapshot(`
      "
       --> p:2:1
        |
      2 |
        | ^
        |
      "
    `);
    expect(frame("", problem({ file: "p", start: 0, end: 0 }))).toMatchInlineSnapshot(`
      "
       --> p:1:1
        |
      1 |
        | ^
        |
      "
    `);
  });

  test("does not count line endings of any kind as text", () => {
    const text = "one\r\ntwo\rthree\n";
    expect(frame(text, problem(spanOf(text, "two\r")))).toMatchInlineSnapshot(`
      "
       --> p.reshimu:2:1
        |
      2 | two
        | ^^^
        |
      "
    `);
  });

  test("keeps carets under wide characters, vowel points and tabs", () => {
    const text = '\t"שָׁלוֹם 日本 👩‍👧" x';
    expect(frame(text, problem(spanOf(text, "日本"), { label: "wide" }))).toMatchInlineSnapshot(`
      "
       --> p.reshimu:1:11
        |
      1 |     "שָׁלוֹם 日本 👩‍👧" x
        |           ^^^^ wide
        |
      "
    `);
    expect(frame(text, problem(spanOf(text, "x"), { label: "after all of them" }))).toMatchInlineSnapshot(`
      "
       --> p.reshimu:1:21
        |
      1 |     "שָׁלוֹם 日本 👩‍👧" x
        |                    ^ after all of them
        |
      "
    `);
  });

  test("shows controls and marks that reorder text instead of obeying them", () => {
    const text = 'a \u001b[31m \u202e \u0000 \ud800 "x"';
    const diagnostic = problem(spanOf(text, '"x"', "p\u001b]0;t\u0007"), {
      message: "no `\u001b[2J`\nhere",
      label: "\u001b[1m",
      help: "first\n\u202esecond",
    });
    const rendered = renderDiagnostic(diagnostic, () => text, plain);
    expect(rendered).toMatchInlineSnapshot(`
      "error[check/sample]: no \`␛[2J\` here
       --> p␛]0;t␇:1:15
        |
      1 | a ␛[31m <U+202E> ␀ � "x"
        |                      ^^^ ␛[1m
        |
      help: first
            <U+202E>second"
    `);
    expect(rendered.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cs}\u202e]/u);
  });

  test("cuts a long line around what is marked, and far marks apart", () => {
    const text = `start ${"a ".repeat(300)}HERE ${"b ".repeat(300)}THERE`;
    const diagnostic = problem(spanOf(text, "HERE"), {
      label: "here",
      related: [
        { span: spanOf(text, "THERE"), text: "there" },
        { span: spanOf(text, "start"), text: "the start" },
      ],
    });
    expect(frame(text, diagnostic)).toMatchInlineSnapshot(`
      "
       --> p.reshimu:1:607
        |
      1 | …a a a a a a a a a a a a a a a a a a a a HERE b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b…
        |                                          ^^^^ here
      1 | … b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b b THERE
        |                                                                                                                     ----- there
      1 | start a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a …
        | ----- the start
        |
      "
    `);
  });

  test("never cuts a character in two", () => {
    const text = "😀".repeat(500);
    for (const start of [300, 301, 302, 303]) {
      const rendered = frame(text, problem({ file: "p", start, end: start + 2 }));
      expect(rendered).not.toContain("\ufffd");
      expect(rendered).toMatch(/\^\^/);
    }
  });

  test("renders a line of 5 MB at once", () => {
    const text = `${"x".repeat(2_500_000)} HERE ${"\u0301".repeat(2_500_000)}`;
    const started = performance.now();
    const whole = problem({ file: "p", start: 0, end: text.length });
    const rendered = renderDiagnostics([problem(spanOf(text, "HERE")), whole], () => text, plain);
    expect(performance.now() - started).toBeLessThan(1000);
    expect(rendered.length).toBeLessThan(2000);
  });

  test("colours when told to, and only then", () => {
    const diagnostic = problem(spanOf(policy, "email.send"), { help: "do without" });
    const colored = renderDiagnostic(diagnostic, () => policy, { color: true });
    expect(colored).toContain("\u001b[31m");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours are what is taken away
    expect(colored.replace(/\u001b\[\d+m/g, "")).toBe(renderDiagnostic(diagnostic, () => policy, plain));
  });
});

describe("renderDiagnostics", () => {
  test("reads each source once and puts an empty line between", () => {
    let reads = 0;
    const source = () => {
      reads += 1;
      return policy;
    };
    const diagnostic = problem(spanOf(policy, "email.send"));
    const one = renderDiagnostic(diagnostic, () => policy, plain);
    expect(renderDiagnostics([diagnostic, diagnostic], source, plain)).toBe(`${one}\n\n${one}`);
    expect(reads).toBe(1);
    expect(renderDiagnostics([], source, plain)).toBe("");
  });
});
