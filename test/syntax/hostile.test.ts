import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mostFindings } from "../../src/syntax/findings.js";
import { parseExpression, parseNarrowing, parsePolicy } from "../../src/syntax/parse.js";
import { accounts, codes, outline, policy } from "./support.js";

const permitting = (condition: string) => `policy p\nscope {\n  permit x when ${condition}\n}\n`;

describe("what nests too deep", () => {
  const nested = (open: string, close: string, times: number) =>
    `${open.repeat(times)}a${close.repeat(times)}`;

  it.each([
    ["(", ")"],
    ["[", "]"],
    ["f(", ")"],
    ["not ", ""],
    ["- ", ""],
    ["not (", ")"],
    ["if a then ", " else b"],
    ["if a then b else ", ""],
    ["every v in w: ", ""],
    ["count v in w: ", ""],
  ])("%s is refused before it is parsed", (open, close) => {
    for (const times of [101, 10_000]) {
      expect(codes(policy(permitting(nested(open, close, times))).diagnostics)).toEqual(["syntax/too-deep"]);
    }
  });

  it.each([
    ["(", ")"],
    ["f(1, ", ")"],
    ["[", "]"],
    ["if a then ", " else b"],
    ["if a then b else ", ""],
    ["every v in w: ", ""],
  ])("%s is read up to the bound", (open, close) => {
    expect(policy(permitting(nested(open, close, 98))).diagnostics).toEqual([]);
  });

  it("is refused in types and values as well", () => {
    expect(codes(policy(`policy p\ntool t(a: ${nested("list<", ">", 20_000)})`).diagnostics)).toEqual([
      "syntax/too-deep",
    ]);
    expect(codes(policy(`policy p\ntool t(a: ${nested("{a: ", "}", 500)})`).diagnostics)).toEqual([
      "syntax/too-deep",
    ]);
    expect(policy(`policy p\ntool t(a: ${nested("list<", ">", 98)})`).diagnostics).toEqual([]);
  });

  it("is not found where nothing nests", () => {
    const many = (text: string, joint: string) => Array.from({ length: 300 }, () => text).join(joint);
    for (const condition of [
      many("not a", " and "),
      many("count(a) > 1", " or "),
      many("-1", " + "),
      many("list < a", " and "),
    ]) {
      expect(policy(permitting(condition)).diagnostics).toEqual([]);
    }
    const statements = many("  permit x when if a then b else c and list < 3", "\n");
    expect(policy(`policy p\nscope {\n${statements}\n}`).diagnostics).toEqual([]);
  });

  it("never stops the reader, even where the count misses it", () => {
    const { diagnostics } = policy(permitting(`${"if a then when else ".repeat(30_000)}a`));
    expect(codes(diagnostics)).toEqual(["syntax/too-deep"]);
  });
});

describe("what is long", () => {
  const chain = (length: number, operator: string) => Array.from({ length }, () => "a").join(` ${operator} `);

  it.each(["and", "or", "+", "*"])("a chain of %s is read up to five hundred operands", (operator) => {
    expect(policy(permitting(chain(500, operator))).diagnostics).toEqual([]);
    for (const length of [501, 10_000]) {
      expect(codes(policy(permitting(chain(length, operator))).diagnostics)).toEqual(["syntax/too-long"]);
    }
  });

  it("chains inside of chains are bounded together", () => {
    const nested = `${`(${chain(300, "and")} and `.repeat(20)}a${")".repeat(20)}`;
    expect(codes(policy(permitting(nested)).diagnostics)).toContain("syntax/too-long");
  });

  it("a list may be long", () => {
    const elements = Array.from({ length: 10_000 }, (_, index) => `"${index}"`).join(", ");
    expect(policy(permitting(`a in [${elements}]`)).diagnostics).toEqual([]);
  });

  it("a file of more than a MiB is not read", () => {
    expect(codes(policy("x".repeat(5_000_000)).diagnostics)).toEqual(["syntax/too-large"]);
  });

  it("a file has no more than a hundred diagnostics, and the last says so", () => {
    for (const line of ["  permit x y\n", "  permit @\n", "  ;\n", "  permit 'a' when\n"]) {
      const { diagnostics } = policy(`policy p\nscope {\n${line.repeat(500)}}\nprincipal a "A"\n`);
      expect(diagnostics).toHaveLength(mostFindings);
      expect(diagnostics.at(-1)?.message).toContain("there are more errors");
    }
  });
});

describe("hostile text", () => {
  const texts: readonly (readonly [string, string])[] = [
    ["nothing", ""],
    ["NULs", "\0".repeat(1000)],
    ["lone surrogates", "\ud800 policy \udfff p"],
    ["closing brackets", ")".repeat(40_000)],
    ["braces", "{}".repeat(20_000)],
    ["quotes", '"'.repeat(40_001)],
    ["backquotes", "`".repeat(40_001)],
    ["backslashes in a string", `"${"\\".repeat(40_001)}`],
    ["open comments", "/*".repeat(20_000)],
    ["stars in a comment", `/${"*".repeat(40_000)}`],
    ["names", "a ".repeat(20_000)],
    ["lines of names", "a\n".repeat(20_000)],
    ["another script", "中".repeat(40_000)],
    ["open blocks", "policy p\nscope {\n".repeat(10_000)],
    ["broken blocks", `policy p\n${"scope { x }\n".repeat(4000)}`],
    ["dots", `policy p${".q".repeat(20_000)}`],
    ["strings", `policy p\nintent {\n a ${'"b" '.repeat(10_000)}\n}`],
    ["a long list with a slip at its end", permitting(`a in [${'"b", '.repeat(30_000)} c d]`)],
  ];

  it.each(texts)("%s", (_title, text) => {
    for (const read of [parsePolicy, parseNarrowing, parseExpression]) {
      const { diagnostics } = read({ file: "hostile", text });
      expect(diagnostics.length).toBeLessThanOrEqual(mostFindings);
      for (const { span } of diagnostics) {
        expect(span.start).toBeGreaterThanOrEqual(0);
        expect(span.end).toBeGreaterThanOrEqual(span.start);
        expect(span.end).toBeLessThanOrEqual(text.length);
      }
    }
  });
});

describe("any text at all", () => {
  const reads = (text: string): boolean => {
    for (const read of [parsePolicy, parseNarrowing, parseExpression]) {
      const { diagnostics, document } = read({ file: "any", text });
      expect(document).toBeDefined();
      for (const { span, message, help } of diagnostics) {
        expect(span.start <= span.end && span.end <= text.length).toBe(true);
        expect(message).not.toBe("");
        expect(help).not.toBe("");
      }
    }
    return true;
  };

  it("is read without a throw", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), reads), { numRuns: 300 });
  });

  it("is read without a throw when it is made of the language's own words", () => {
    const words = fc.constantFrom(
      ...new Set(accounts.match(/"[^"\n]*"|[A-Za-z_]+|[0-9.]+|\S/g) ?? []),
      "\n",
      "\n",
      "=",
      "'",
      "if",
    );
    const text = fc.array(words, { maxLength: 120 }).map((all) => all.join(" "));
    fc.assert(fc.property(text, reads), { numRuns: 300 });
  });

  it("is read without a throw when it is a part of a policy", () => {
    const end = fc.nat(accounts.length);
    fc.assert(
      fc.property(end, end, (a, b) => reads(accounts.slice(Math.min(a, b), Math.max(a, b)))),
      { numRuns: 200 },
    );
  });

  it("keeps what stands before the place where a policy is cut off", () => {
    const lines = accounts.split("\n");
    const whole = outline(policy(accounts).document).split(") ").length;
    for (let count = 1; count < lines.length; count += 1) {
      const { diagnostics, document } = policy(`${lines.slice(0, count).join("\n")}\n`);
      expect(diagnostics.length).toBeLessThanOrEqual(2);
      expect(outline(document).split(") ").length).toBeLessThanOrEqual(whole);
    }
  });
});
