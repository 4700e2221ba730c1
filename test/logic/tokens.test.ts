import { describe, expect, test } from "vitest";
import {
  containsRun,
  digitsIn,
  numberOf,
  numbersIn,
  sameTokens,
  tokensOf,
  trimEdges,
} from "../../src/logic/tokens.js";

describe("tokens", () => {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ["Hello, World!", ["hello", "world"]],
    ['a;b"c"(d)[e]{f}<g>|h', ["a", "b", "c", "d", "e", "f", "g", "h"]],
    ["Jane@Acme.example.", ["jane@acme.example"]],
    ["it is Bob's, and Eve’s.", ["it", "is", "bob", "and", "eve"]],
    ["https://Acme.example/x/", ["acme.example/x"]],
    ["http://acme.example", ["acme.example"]],
    ["ftp://acme.example", ["ftp://acme.example"]],
    ["/etc/passwd", ["etc/passwd"]],
    ["order #W-12_3:4+5&6=7?8%9", ["order", "w-12_3:4+5&6=7?8%9"]],
    ["ＡＢＣ ﬁne", ["abc", "fine"]],
    ["STRASSE straße", ["strasse", "strasse"]],
    ["ΟΔΟΣ οδος", ["οδος", "οδος"]],
    ["e\u0301 é", ["é", "é"]],
    ["... !? —", []],
    ["", []],
    ["a\u00a0b\tc\nd", ["a", "b", "c", "d"]],
    ["o'brien don’t", ["o'brien", "don’t"]],
    ["it'sx l'soir", ["it'sx", "l'soir"]],
    ["xhttp://a.example", ["xhttp://a.example"]],
  ];
  test.each(rows)("of %j are %j", (text, tokens) => {
    expect(tokensOf(text)).toEqual(tokens);
  });

  test("the ends of a token that is all punctuation are all of it", () => {
    expect(trimEdges("---")).toBe("");
    expect(trimEdges("'quoted'")).toBe("quoted");
  });
});

describe("a run of tokens", () => {
  const in_ = (tokens: string, run: string): boolean => containsRun(tokens.split(" "), run.split(" "));
  test("stands whole and in one piece", () => {
    expect(in_("a b c", "b c")).toBe(true);
    expect(in_("a b c", "a c")).toBe(false);
    expect(in_("a a b", "a b")).toBe(true);
    expect(in_("a b a b c", "a b c")).toBe(true);
    expect(in_("a b a b a c", "a b a c")).toBe(true);
    expect(in_("a b", "a b c")).toBe(false);
    expect(in_("a b c", "a b c")).toBe(true);
    expect(in_("a b a c b a c d", "a b a c d")).toBe(false);
    expect(in_("a a a a b", "a a a b")).toBe(true);
    expect(in_("a b c b c d", "a b c d")).toBe(false);
    expect(containsRun(["a"], [])).toBe(false);
  });

  test("is found in linear time, whatever it repeats", () => {
    const many = Array.from({ length: 300_000 }, () => "a");
    expect(containsRun(many, [...many.slice(0, 150_000), "b"])).toBe(false);
  });

  test("is the same only with all its tokens", () => {
    expect(sameTokens(["a"], ["a"])).toBe(true);
    expect(sameTokens(["a"], ["a", "b"])).toBe(false);
    expect(sameTokens(["a"], ["b"])).toBe(false);
    expect(sameTokens(["a", "b"], ["a", "c"])).toBe(false);
  });
});

describe("a number as people write it", () => {
  const rows: readonly (readonly [string, number | undefined])[] = [
    ["412", 412],
    ["-412", -412],
    ["+412", 412],
    [" 412 ", 412],
    ["$412", 412],
    ["-$412", -412],
    ["$-412", -412],
    ["412 €", 412],
    ["412€", 412],
    ["€ 412", 412],
    ["1,234", 1234],
    ["1,234,567.89", 1_234_567.89],
    ["1_234", 1234],
    ["1 234", 1234],
    ["1\u202f234", 1234],
    ["1'234", 1234],
    ["1’234", 1234],
    ["1’23", undefined],
    ["0.5", 0.5],
    [".5", 0.5],
    ["1e3", 1000],
    ["1e+3", 1000],
    ["1e-3", 0.001],
    ["1e12", 1_000_000_000_000],
    ["1e100", 1e100],
    ["1ex3", undefined],
    ["４１２", 412],
    ["1,5", undefined],
    ["1,23,456", undefined],
    ["1 2 3", undefined],
    ["1,234 567", undefined],
    ["5 10", undefined],
    ["-+5", undefined],
    ["4€12", undefined],
    ["412 pieces", undefined],
    ["", undefined],
    ["$", undefined],
    ["0x10", undefined],
    ["1.2.3", undefined],
    ["Infinity", undefined],
  ];
  test.each(rows)("%j is %s", (text, number) => {
    expect(numberOf(text)).toBe(number);
  });
});

describe("numbers that stand in a text by themselves", () => {
  const rows: readonly (readonly [string, readonly number[]])[] = [
    ["it is 412 then", [412]],
    ["(412)", [412]],
    ["about 412.", [412]],
    ["it was -412, not 5", [-412, 5]],
    ["pay $1,234.50!", [1234.5]],
    ["minus -$5", [-5]],
    ["order #412", [412]],
    ["50%", [50]],
    ["1,2,3", [1, 2, 3]],
    ["12,345,678", [12_345_678]],
    ["on 2026-01-31", []],
    ["at 10:30", []],
    ["orders/412", []],
    ["v412 412b a.412", []],
    ["…5", []],
    ["", []],
    ["1x,2", [2]],
    ["-+5", []],
    ["-x5", []],
    ["x .5", []],
  ];
  test.each(rows)("in %j: %j", (text, numbers) => {
    expect(numbersIn(text)).toEqual(numbers);
  });

  test("digits are found wherever they hide", () => {
    expect(digitsIn("/orders/412?x=1,000.25&v7")).toEqual([412, 1000.25, 7]);
  });
});
