import { describe, expect, test } from "vitest";
import { commission } from "../../src/compiler/check/rules/snippets.js";
import { rules } from "../../src/compiler/check/rules/index.js";
import { applyFixes } from "../../src/compiler/fix.js";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.js";
import { codesOf, compile, entry } from "./support.js";

const at = (start: number, end: number, text: string) => ({ span: { file: "a", start, end }, text });
const report = (...edits: ReturnType<typeof at>[]): Diagnostic => ({
  code: "lint/x",
  severity: "warning",
  message: "m",
  span: { file: "a", start: edits[0]?.span.start ?? 0, end: 0 },
  fix: { title: "t", edits },
});
const fixed = (text: string, ...diagnostics: Diagnostic[]) => {
  const { texts, applied } = applyFixes(diagnostics, new Map([["a", text]]));
  return [texts.get("a") ?? text, applied.length];
};

describe("repairs", () => {
  test("are applied together, whatever their order", () => {
    expect(fixed("0123456789", report(at(6, 7, "six")), report(at(1, 2, "one"), at(9, 10, "")))).toEqual([
      "0one2345six78",
      2,
    ]);
  });
  test("that touch are left for the next round, whole", () => {
    expect(fixed("0123456789", report(at(1, 3, "a")), report(at(3, 4, "b"), at(7, 8, "c")))).toEqual([
      "0a3456789",
      1,
    ]);
    expect(fixed("0123", report(at(1, 1, "a")), report(at(1, 1, "b")))).toEqual(["0a123", 1]);
    expect(fixed("0123", report(at(0, 2, "a"), at(1, 3, "b")))).toEqual(["0123", 0]);
  });
  test("outside the text, or of a file that is not at hand, are none", () => {
    expect(fixed("0123", report(at(3, 9, "a")))).toEqual(["0123", 0]);
    const elsewhere = { file: "b", start: 0, end: 1 };
    expect(fixed("0123", report(at(0, 1, "a"), { span: elsewhere, text: "" }))).toEqual(["0123", 0]);
  });
});

/** The text with its certain repairs, until there are none. */
function repaired(text: string): string {
  const { diagnostics, sources } = compile(text);
  const { texts } = applyFixes(diagnostics, sources);
  const next = texts.get(entry);
  return next === undefined ? text : repaired(next);
}

const withFix = rules
  .filter(({ code }) => code.startsWith("lint/"))
  .filter(({ avoid }) => compile(avoid).diagnostics.some((one) => one.fix !== undefined));

describe("the repair of a lint", () => {
  test("is offered by some", () => expect(withFix.length).toBeGreaterThan(3));

  test.each(withFix.map((rule) => [rule.code, rule.avoid] as const))(
    "%s: nothing is left to say",
    (_, avoid) => {
      expect(codesOf(compile(repaired(avoid)))).toEqual([]);
    },
  );

  test.each([
    ["permit notes.read serving read when true", "permit notes.read serving read"],
    ["forbid notes.read, notes.*, notes.write when has lines", "forbid notes.* when has lines"],
    ["forbid notes.read, notes.read, notes.read when has lines", "forbid notes.read when has lines"],
  ])("%s", (before, after) => {
    const scope =
      'permit notes.write serving summarise, restrain when path == "/a"\npermit notes.read serving read when path == "/a"';
    const others = { scope: `${scope}\n` };
    expect(repaired(commission({ scope: before }, others))).toContain(`  ${after}\n`);
  });

  test("of a comment leaves no space behind", () => {
    const line = 'permit notes.write serving summarise, restrain when path == "/a"';
    const text = commission({ scope: `${line} // reshimu-allow lint/shadowed: by design` });
    expect(repaired(text)).toContain(`${line}\n`);
  });

  test("of a copied test", () => {
    const one = 'test "a" {\n  propose notes.read(path: "/notes/1")\n  expect authorize\n}';
    const text = repaired(commission({ more: `${one}\n${one}` }));
    expect(text.match(/^test/gm)).toHaveLength(1);
  });
});
