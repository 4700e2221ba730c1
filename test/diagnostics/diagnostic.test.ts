import { describe, expect, test } from "vitest";
import { compareDiagnostics, type Diagnostic, hasErrors } from "../../src/diagnostics/diagnostic.js";

const at = (file: string, start: number, rest: Partial<Diagnostic> = {}): Diagnostic => ({
  code: "check/b",
  severity: "error",
  message: "m",
  span: { file, start, end: start },
  ...rest,
});

describe("compareDiagnostics", () => {
  test("orders by file, start, code and message", () => {
    const sorted = [
      at("B", 9),
      at("a", 1, { code: "check/a" }),
      at("a", 1, { message: "l" }),
      at("a", 1),
      at("a", 2, { code: "check/a" }),
      at("a", 10, { code: "check/a" }),
    ];
    expect([...sorted].reverse().sort(compareDiagnostics)).toEqual(sorted);
  });
});

describe("hasErrors", () => {
  test("a warning alone is no error", () => {
    const warning = at("a", 0, { severity: "warning" });
    expect(hasErrors([])).toBe(false);
    expect(hasErrors([warning])).toBe(false);
    expect(hasErrors([warning, at("a", 0)])).toBe(true);
  });
});
