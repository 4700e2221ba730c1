import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { commission } from "../../src/compiler/check/rules/snippets.js";
import { hasErrors } from "../../src/diagnostics/diagnostic.js";
import { loadPolicy } from "../../src/ir/load.js";
import { compile } from "./support.js";
import { policySchema } from "../../src/schemas.js";

const audit = readFileSync(new URL("../fixtures/accounts.audit.reshimu", import.meta.url), "utf8");
const tokens = audit.match(/"(?:[^"\\]|\\.)*"|[A-Za-z_][\w.]*|\d[\w.]*|\S/g) ?? [];

/** Whatever is compiled, there is an answer; a policy without an error is a sound one. */
function holds(text: string): void {
  const result = compile(text);
  expect(result.policy === null).toBe(hasErrors(result.diagnostics));
  if (result.policy !== null) policySchema.parse(result.policy);
  for (const { span } of result.diagnostics) {
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.end).toBeGreaterThanOrEqual(span.start);
  }
}

test("a policy with a token changed, dropped or doubled is compiled or explained", () => {
  const change = fc.record({
    at: fc.nat(tokens.length - 1),
    by: fc.oneof(
      fc.constant(""),
      fc.constantFrom(...tokens),
      fc.constant("`__proto__`"),
      fc.constant("{"),
      fc.constant("}"),
    ),
    more: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      const words = [...tokens];
      for (const { at, by, more } of changes) words[at] = more ? `${words[at]} ${by}` : by;
      holds(words.join(" "));
    }),
    { numRuns: 150 },
  );
});

test("a policy with a line left out is compiled or explained", () => {
  const lines = audit.split("\n");
  for (const at of lines.keys()) holds(lines.filter((_, index) => index !== at).join("\n"));
});

test("any text at all", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), holds), { numRuns: 100 });
});

describe("what compiles can be built and loaded again", () => {
  const inScope = (condition: string) =>
    commission({ tools: "tool deep.act(n: int)", scope: `permit deep.act serving read when ${condition}` });
  test.each([
    ["negations as deep as they may be", `${"not ".repeat(96)}n == 1`],
    ["a chain as long as it may be", `n ${"+ 1 ".repeat(390)}== 1`],
    ["parentheses as deep as they may be", `${"(".repeat(96)}n == 1${")".repeat(96)}`],
  ])("%s", (_, condition) => {
    const { policy, diagnostics } = compile(inScope(condition));
    expect(diagnostics).toEqual([]);
    expect(loadPolicy(JSON.stringify(policy))).toMatchObject({ ok: true });
  });
});
