import { describe, expect, it } from "vitest";
import { bare, codes, expression, shape } from "./support.js";

describe("how operators bind", () => {
  it.each([
    ["a or b and c", "(a or (b and c))"],
    ["a and b or c and d", "((a and b) or (c and d))"],
    ["a and b and c", "((a and b) and c)"],
    ["a or b or c", "((a or b) or c)"],
    ["not a and b", "((not a) and b)"],
    ["not a == b", "(not (a == b))"],
    ["not not a", "(not (not a))"],
    ["a + b * c - d", "((a + (b * c)) - d)"],
    ["a / b / c", "((a / b) / c)"],
    ["-a * b", "((- a) * b)"],
    ["- -1", "(- (- 1))"],
    ["a - -b", "(a - (- b))"],
    ["a + 1 <= b * 2", "((a + 1) <= (b * 2))"],
    ["(a or b) and c", "((a or b) and c)"],
    ["a not in b", "(a not in b)"],
    ["not a in b", "(not (a in b))"],
    ["a within b + c", "(a within (b + c))"],
    ['a like "b" "c" and d', '((a like "bc") and d)'],
    ['a matches "b"', '(a matches "b")'],
    ["a traced to b", "(a traced b)"],
    ["a traced to [b, c]", "(a traced b c)"],
    ["has a.b and c", "((has a.b) and c)"],
    ["has f(x).y", "(has f(x).y)"],
  ])("%s", (text, expected) => {
    expect(shape(text)).toBe(expected);
  });
});

describe("if, every, some, no", () => {
  it.each([
    ["if a then b else c or d", "(if a b (c or d))"],
    ["if a then b else if c then d else e", "(if a b (if c d e))"],
    ["a and every x in y: x or b", "(a and (every x [y] (x or b)))"],
    ["a or b and some x in y, z: x and c", "(a or (b and (some x [y z] (x and c))))"],
    ["no x in [1, 2]: x > a", "(no x [[1 2]] (x > a))"],
    ["every x in given.l, f(a): some y in x: y", "(every x [given.l f(a)] (some y [x] y))"],
    ["(if a then b else c) and d", "((if a b c) and d)"],
    ["f(every x in a, b: c, d)", "f((every x [a b] c) d)"],
  ])("%s", (text, expected) => {
    expect(shape(text)).toBe(expected);
  });
});

describe("count and sum", () => {
  it.each([
    ["count x in y: x > 1", "(count x [y] (x > 1))"],
    ["sum x in y: x * 2", "(sum x [y] (x * 2))"],
    ["(count x in y: x) < 3", "((count x [y] x) < 3)"],
    ["count(x) < 3", "(count(x) < 3)"],
    ["count in sum", "(count in sum)"],
    ["count + sum", "(count + sum)"],
  ])("%s", (text, expected) => {
    expect(shape(text)).toBe(expected);
  });
});

describe("what stands alone", () => {
  it.each([
    ["given.x", "given.x"],
    ["claim.x.y", "claim.x.y"],
    ["actor.tier", "actor.tier"],
    ["session.`not`", "session.not"],
    ["f()", "f()"],
    ["f(1, g(a)).b", "f(1 g(a)).b"],
    ["[]", "[]"],
    ["now - 90d", "(now - 7776000000ms)"],
    ["true", "true"],
    ["10_000", "10000"],
    ["250ms", "250ms"],
  ])("%s", (text, expected) => {
    expect(shape(text)).toBe(expected);
  });

  it("reads calls with tools, a duration and arguments in any order", () => {
    const { document, diagnostics } = expression("calls(a.*, to: to, 1h, b, n: n + 1)");
    expect(diagnostics).toEqual([]);
    expect(bare(document)).toMatchObject({
      kind: "Calls",
      tools: [{ pattern: "a.*" }, { pattern: "b" }],
      window: { milliseconds: 3_600_000 },
      args: [{ name: { text: "to" } }, { name: { text: "n" } }],
    });
  });
});

describe("literals", () => {
  it.each([
    [String.raw`"a\n\"\\\/\u00e9\ud83d\ude00"`, 'a\n"\\/é😀'],
    ['"é😀"', "é😀"],
    ['""', ""],
  ])("%s", (text, value) => {
    expect(bare(expression(text).document)).toEqual({ kind: "String", value });
  });

  it.each([
    "1__0",
    "1.5_0",
    "10_",
    "1_.5",
    "1e5",
    "1x",
    "9007199254740992",
    "36526d",
    "1.5h",
    "3days",
    "1_d",
  ])("%s is an error", (text) => {
    expect(codes(expression(text).diagnostics)).toEqual(["syntax/bad-number"]);
  });

  it.each(["9007199254740991", "36525d", "1_0.5", "0.10", "1_0h"])("%s is none", (text) => {
    expect(expression(text).diagnostics).toEqual([]);
  });

  it.each([
    String.raw`"\q"`,
    String.raw`"\u12"`,
    String.raw`"\ud800"`,
    String.raw`"\udc00\ud800"`,
    '"\t"',
    '"\ud800"',
  ])("%j is an error", (text) => {
    expect(codes(expression(text).diagnostics)).toEqual(["syntax/bad-escape"]);
  });
});

describe("an expression that cannot be read", () => {
  it.each([
    ["", "syntax/unexpected-token"],
    ["a b", "syntax/unexpected-token"],
    ["a +", "syntax/unexpected-token"],
    ["(a", "syntax/unexpected-token"],
    ["a < b < c", "syntax/chained-comparison"],
    ["a = b", "syntax/wrong-operator"],
    ["a AND b", "syntax/wrong-case"],
    ["a == null", "syntax/null"],
    ["null.x", "syntax/null"],
    ["calls(a, 1d, 2d)", "syntax/two-windows"],
    ["a == (", "syntax/unexpected-token"],
  ])("%s", (text, code) => {
    expect(codes(expression(text).diagnostics)).toEqual([code]);
  });

  it("is an invalid node", () => {
    expect(bare(expression("a +").document)).toEqual({ kind: "Invalid" });
  });

  it("may still call an argument `null`, in backquotes", () => {
    expect(expression("`null` == 1").diagnostics).toEqual([]);
  });
});
