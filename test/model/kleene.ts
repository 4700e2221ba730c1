/** The tables of semantics.md, *Three values*, as data: strong Kleene logic. */
export type Truth = "true" | "false" | "unknown";

type Table = Readonly<Record<Truth, Readonly<Record<Truth, Truth>>>>;

export const andTable: Table = {
  true: { true: "true", false: "false", unknown: "unknown" },
  false: { true: "false", false: "false", unknown: "false" },
  unknown: { true: "unknown", false: "false", unknown: "unknown" },
};

export const orTable: Table = {
  true: { true: "true", false: "true", unknown: "true" },
  false: { true: "true", false: "false", unknown: "unknown" },
  unknown: { true: "true", false: "unknown", unknown: "unknown" },
};

export const notTable: Readonly<Record<Truth, Truth>> = { true: "false", false: "true", unknown: "unknown" };

export const allOf = (truths: readonly Truth[]): Truth =>
  truths.reduce<Truth>((a, b) => andTable[a][b], "true");

export const someOf = (truths: readonly Truth[]): Truth =>
  truths.reduce<Truth>((a, b) => orTable[a][b], "false");
