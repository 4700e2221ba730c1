/** How tightly a written expression holds together (grammar.ebnf, *expr*), the loosest first. */
export const levels = {
  tail: -1,
  open: 0,
  or: 1,
  and: 2,
  not: 3,
  compare: 4,
  add: 5,
  mul: 6,
  unary: 7,
  primary: 8,
} as const;
export type Level = (typeof levels)[keyof typeof levels];

/** An expression as text. */
export interface Written {
  readonly text: string;
  readonly level: Level;
  /** Whether it takes its type from its place: string literals, and what is made of nothing else. */
  readonly literal: boolean;
}

export const written = (level: keyof typeof levels, text: string, literal = false): Written => ({
  text,
  level: levels[level],
  literal,
});

/** The text for a place that wants at least a level; looser expressions in parentheses. */
export const at = (level: keyof typeof levels, { text, level: own }: Written): string =>
  own >= levels[level] ? text : `(${text})`;

/** A chain of `and` or `or`; an open expression may end it without parentheses. */
export function chain(word: "and" | "or", operands: readonly Written[]): Written {
  const last = operands.at(-1);
  const above = word === "and" ? "not" : "and";
  const texts = operands.map((operand) =>
    operand === last && operand.level === levels.open ? operand.text : at(above, operand),
  );
  return written(last?.level === levels.open ? "tail" : word, texts.join(` ${word} `));
}
