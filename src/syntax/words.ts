import type { TokenType } from "chevrotain";
import * as t from "./tokens.js";

/** What token types are called in messages. */

const kw = t.keyword;

const plain = new Map<TokenType, string>([
  [t.Name, "a name"],
  [t.Ident, "a name"],
  [t.Column, "a name"],
  [t.Text, "a string"],
  [t.NumberToken, "a number"],
  [t.Duration, "a duration such as `90d`"],
]);

const operand = [t.LParen, t.LSquare, t.Minus, t.Name, t.NumberToken, t.Duration, t.Text].concat(
  [
    "not",
    "has",
    "if",
    "every",
    "some",
    "no",
    "true",
    "false",
    "now",
    "given",
    "claim",
    "actor",
    "session",
    "calls",
  ].map(kw),
  ["count", "sum"].map(kw),
);
const operators = [t.LParen, t.EqualEqual, t.NotEqual, t.Less, t.LessEqual, t.Greater, t.GreaterEqual].concat(
  [t.Plus, t.Minus, t.Star, t.Slash],
  ["and", "or", "not", "in", "within", "like", "matches", "traced"].map(kw),
);
const literal = [
  ...[t.NumberToken, t.Duration, t.Text, t.LSquare, t.LCurly, t.Minus, kw("true"), kw("false")],
  // The columns of a test's rows.
  t.Column,
];
const type = [t.Ident, t.LCurly, kw("list"), kw("enum")];

interface Family {
  readonly title: string;
  readonly members: readonly TokenType[];
  /** The family is meant where all of these are expected. */
  readonly marks: readonly TokenType[];
}

const families: readonly Family[] = [
  { title: "an expression", members: operand, marks: [t.LParen, kw("true"), kw("given")] },
  { title: "a value", members: literal, marks: [t.NumberToken, t.Text, kw("true")] },
  { title: "a type", members: type, marks: [t.Ident, kw("enum")] },
  { title: "an operator", members: operators, marks: [kw("and"), kw("or")] },
];

/** What makes a name longer is not worth mentioning beside what else could follow it. */
const longerNames = new Set<TokenType>([t.Dot, t.Star]);

/** The expected tokens in plain words, families of them under one name. */
export function plainWords(
  expected: readonly TokenType[],
  left: ReadonlySet<TokenType> = new Set(),
): readonly string[] {
  const rest = new Set(expected);
  const words: string[] = [];
  for (const family of families) {
    if (!family.marks.every((mark) => rest.has(mark))) continue;
    words.push(family.title);
    for (const member of family.members) rest.delete(member);
  }
  const others = [...rest].filter((each) => !left.has(each));
  const telling = others.filter((each) => !longerNames.has(each));
  for (const each of telling.length + words.length > 0 ? telling : others) {
    words.push(plain.get(each) ?? `\`${t.writtenAs(each) ?? each.name}\``);
  }
  return [...new Set(words)];
}

/** `a`, `a or b`, `a, b or c`; of a long list the first ones. */
export function oneOf(words: readonly string[]): string {
  const shown = words.length > 12 ? [...words.slice(0, 11), "another word"] : words;
  if (shown.length <= 1) return shown.join("");
  return `${shown.slice(0, -1).join(", ")} or ${shown.at(-1)}`;
}

/** Whether an operand of an expression can stand here. */
export function expectsOperand(expected: readonly TokenType[]): boolean {
  return expected.includes(t.LParen) && expected.includes(kw("true"));
}

/** Whether an expression can go on here with `and` or `or`. */
export function expectsOperator(expected: readonly TokenType[]): boolean {
  return expected.includes(kw("and"));
}
