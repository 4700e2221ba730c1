import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { rules } from "../../../src/compiler/check/rules/index.js";
import { type CompileResult, compileNarrowing } from "../../../src/compiler/compile.js";
import { allCodes, explain } from "../../../src/compiler/explain.js";
import type { Rule } from "../../../src/compiler/program.js";
import { renderDiagnostics } from "../../../src/diagnostics/code-frame.js";
import { commission } from "../../../src/compiler/check/rules/snippets.js";
import { syntaxRules } from "../../../src/syntax/codes.js";
import { compile, entry } from "./support.js";

const folder = new URL("../../../src/compiler/check/rules/", import.meta.url);

/** Files of the folder that are no rules. */
const others = ["index", "snippets"];

/** Their messages say what would be right; there is no other next step. */
const selfEvident = ["check/not-comparable", "check/type-mismatch", "check/wrong-arguments"];

const nameOf = (rule: Rule): string => rule.code.split("/")[1] ?? "";

/** A narrowing is no whole policy: it is compiled upon one. */
function compiled(rule: Rule, text: string): CompileResult {
  if (rule.code !== "check/narrowing-blocks") return compile(text, rule.files);
  const { policy } = compile(commission());
  if (policy === null) throw new Error("the minimal commission does not compile");
  return compileNarrowing({ file: entry, text }, policy);
}

const rendered = ({ diagnostics, sources }: CompileResult): string =>
  renderDiagnostics(diagnostics, (file) => sources.get(file), { color: false });

describe.each(rules.map((rule) => [rule.code, rule] as const))("%s", (code, rule) => {
  test("fires once on its `avoid`, alone", async () => {
    const result = compiled(rule, rule.avoid);
    expect(
      result.diagnostics.map((diagnostic) => diagnostic.code),
      rendered(result),
    ).toEqual([code]);
    await expect(`${rendered(result)}\n`).toMatchFileSnapshot(`./rendered/${nameOf(rule)}.txt`);
  });

  test("gives nothing on its `prefer`, nor does any other", () => {
    expect(rendered(compiled(rule, rule.prefer))).toBe("");
  });

  test("speaks as diagnostics do", () => {
    for (const { message, label = "", help = "", related = [] } of compiled(rule, rule.avoid).diagnostics) {
      expect(message).toMatch(/^[^A-Z].*[^.]$/);
      expect(message).not.toMatch(/\n/);
      expect(label).not.toMatch(/\.$/);
      expect(help).not.toMatch(/^[A-Z][a-z]|\.$/);
      if (!selfEvident.includes(code)) expect(help, "says what next").not.toBe("");
      for (const { text } of related) expect(text).not.toBe("");
    }
  });

  test("is documented", () => {
    expect(rule.severity).toMatch(code.startsWith("lint/") ? /^(?:warning|hint)$/ : /^error$/);
    expect(rule.summary).toMatch(/^(?![A-Z])[^\n]*[^.\n]$/);
    expect(rule.why).toMatch(/^[A-Z`].{60,}[.)]$/);
    expect(rule.why.toLowerCase()).not.toContain(rule.summary.toLowerCase());
    expect(explain(code)).toMatchObject({ code, summary: rule.summary, avoid: rule.avoid });
  });
});

test("codes are unique, and each says in its name what it is", () => {
  const codes = rules.map((rule) => rule.code);
  expect(allCodes()).toHaveLength(codes.length + syntaxRules.length);
  expect(codes).toEqual([...new Set(codes)]);
  for (const code of codes) expect(code).toMatch(/^(?:check|lint)\/[a-z]+(?:-[a-z]+)*$/);
  expect(allCodes()).toEqual(expect.arrayContaining(codes));
});

test("each rule is a file of its name, and each file is registered", () => {
  const files = [folder, new URL("lint/", folder)]
    .flatMap((at) => readdirSync(at, { withFileTypes: true }))
    .filter((file) => file.isFile())
    .map((file) => file.name.replace(/\.ts$/, ""))
    .filter((name) => !others.includes(name));
  expect(rules.map(nameOf).sort()).toEqual(files.sort());
});

test("a code that does not exist has no explanation", () => {
  expect(explain("check/no-such-thing")).toBeUndefined();
  expect(explain("constructor")).toBeUndefined();
});
