import fc from "fast-check";
import { type Json, readJson } from "../../src/index.js";
import { operators } from "../../src/ir/predicate.js";

/** What is odd wherever it stands. */
const oddities: readonly Json[] = [
  null,
  true,
  false,
  0,
  -0,
  1,
  -1,
  0.1 + 0.2,
  2 ** 53 - 1,
  2 ** 53,
  -(2 ** 53),
  1e308,
  5e-324,
  8.64e15 + 1,
  "",
  "__proto__",
  "constructor",
  "toString",
  "*",
  "a",
  "session",
  "unknown",
  "\u0000",
  "\ud800",
  "\u202e",
  "1d",
  "../..",
  "(a*)*b",
  "((((",
  "Mars/Olympus",
  "2026-02-30",
  [],
  [[]],
  [null],
  {},
  { __proto__: null, a: 1 },
  { "": 1 },
  { val: ["arg", "__proto__"] },
  { val: ["local", "v"] },
  { fact: ["nothing"] },
  { "!": [true] },
  { and: [] },
  { nothing: [1] },
];
const keys = ["__proto__", "constructor", "toString", "", "a", "when", "tool", "args", "name", "value", "id"];
const words: readonly string[] = [...operators.keys()];

/** A change of one node of a JSON value, found by its place counted through the whole value. */
export interface Change {
  readonly at: number;
  readonly kind: "drop" | "double" | "odd" | "copy" | "key" | "wrap" | "edge" | "operator" | "shuffle";
  readonly by: number;
}

export const changes = (most: number): fc.Arbitrary<Change[]> =>
  fc.array(
    fc.record({
      at: fc.nat(100_000),
      kind: fc.constantFrom(
        "drop",
        "double",
        "odd",
        "copy",
        "key",
        "wrap",
        "edge",
        "edge",
        "operator",
        "operator",
        "operator",
        "shuffle",
      ) as fc.Arbitrary<Change["kind"]>,
      by: fc.nat(100_000),
    }),
    { minLength: 1, maxLength: most },
  );

type Holder = Record<string, Json> | Json[];
interface Place {
  readonly holder: Holder;
  readonly key: string;
}

function places(value: Json, skip: ReadonlySet<string>): Place[] {
  const found: Place[] = [];
  const visit = (holder: Json): void => {
    if (typeof holder !== "object" || holder === null) return;
    for (const key of Object.keys(holder)) {
      if (skip.has(key)) continue;
      found.push({ holder: holder as Holder, key });
      visit((holder as Record<string, Json>)[key] as Json);
    }
  };
  visit(value);
  return found;
}

const none: ReadonlySet<string> = new Set();

/** The value with all changes made; keys in `skip` are left as they are, with all beneath them. */
export function changed(original: Json, all: readonly Change[], skip = none): Json {
  // Read, not cloned: objects without a prototype take `__proto__` as a key.
  const value = { root: copied(original) };
  for (const { at, kind, by } of all) {
    const found = places(value as Json, skip);
    const place = found[at % found.length];
    if (place !== undefined) change(place, kind, by, found);
  }
  return value.root;
}

function copied(value: Json): Json {
  const read = readJson(JSON.stringify(value), { bytes: 64 * 1_048_576, depth: 2_000 });
  return read.ok ? read.value : null;
}

function change({ holder, key }: Place, kind: Change["kind"], by: number, found: readonly Place[]): void {
  const record = holder as Record<string, Json>;
  const value = record[key] as Json;
  switch (kind) {
    case "drop":
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else if (key !== "root") delete record[key];
      return;
    case "double":
      if (Array.isArray(holder)) holder.splice(Number(key), 0, copied(value));
      else if (key !== "root") record[keys[by % keys.length] as string] = copied(value);
      return;
    case "odd":
      record[key] = oddity(by % oddities.length);
      return;
    case "copy": {
      const other = found[by % found.length];
      if (other !== undefined)
        record[key] = copied((other.holder as Record<string, Json>)[other.key] as Json);
      return;
    }
    case "key":
      if (Array.isArray(holder) || key === "root") return;
      delete record[key];
      record[keys[by % keys.length] as string] = value;
      return;
    case "wrap":
      record[key] = wrapped(value, by % 7 === 0 ? 300 : 1 + (by % 3), by);
      return;
    case "edge":
      record[key] = oddity(typeof value === "number" ? 3 + (by % 11) : by % oddities.length);
      return;
    case "operator":
      if (typeof value !== "object" || value === null || Array.isArray(value)) return;
      record[key] = { [words[by % words.length] as string]: Object.values(value)[0] ?? [] };
      return;
    case "shuffle":
      if (Array.isArray(value)) value.push(...value.splice(0, by % (value.length + 1)));
  }
}

/** One of its own each time: what is put in may be changed next. */
const oddity = (place: number): Json => structuredClone(oddities[place] as Json);

function wrapped(value: Json, times: number, by: number): Json {
  let out = value;
  for (let i = 0; i < times; i += 1) out = by % 2 === 0 ? [out] : { [by % 3 === 0 ? "!" : "a"]: [out] };
  return out;
}

/** A change of one byte, or of a piece. */
export interface ByteChange {
  readonly at: number;
  readonly kind: "flip" | "drop" | "insert" | "repeat";
  readonly by: number;
}

export const byteChanges: fc.Arbitrary<ByteChange[]> = fc.array(
  fc.record({
    at: fc.nat(1_000_000),
    kind: fc.constantFrom("flip", "drop", "insert", "repeat") as fc.Arbitrary<ByteChange["kind"]>,
    by: fc.nat(255),
  }),
  { minLength: 1, maxLength: 6 },
);

export function spoiltBytes(original: Uint8Array, all: readonly ByteChange[]): Uint8Array {
  let bytes = Buffer.from(original);
  for (const { at, kind, by } of all) {
    const place = at % (bytes.length + 1);
    const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)];
    if (kind === "flip")
      bytes = Buffer.concat([before, Buffer.from([(after[0] ?? 0) ^ (1 << (by % 8))]), after.subarray(1)]);
    else if (kind === "drop") bytes = Buffer.concat([before, after.subarray(by % 20)]);
    else if (kind === "insert") bytes = Buffer.concat([before, Buffer.from([by]), after]);
    else bytes = Buffer.concat([before, after.subarray(0, by), after]);
  }
  return bytes;
}

/** A change of one token of a policy, or of one line. */
export interface TokenChange {
  readonly at: number;
  readonly kind:
    | "drop"
    | "double"
    | "swap"
    | "replace"
    | "insert"
    | "line-drop"
    | "line-double"
    | "line-swap";
  readonly by: number;
}

export const tokenChanges: fc.Arbitrary<TokenChange[]> = fc.array(
  fc.record({
    at: fc.nat(1_000_000),
    kind: fc.constantFrom(
      "drop",
      "double",
      "swap",
      "replace",
      "replace",
      "insert",
      "line-drop",
      "line-double",
      "line-swap",
    ) as fc.Arbitrary<TokenChange["kind"]>,
    by: fc.nat(1_000_000),
  }),
  { minLength: 1, maxLength: 4 },
);

const strange = [
  "`__proto__`",
  "`constructor`",
  "{",
  "}",
  "(",
  ")",
  "[",
  "]",
  "not",
  "if",
  "when",
  "1e400",
  '"',
  "'",
  "@",
  "99999999999999999999",
  "999999999d",
  "*",
  ".",
  "-",
  '"(a*)*b"',
  "every v in [1]:",
  "given.",
  "claim.",
];

export function spoiltText(original: string, all: readonly TokenChange[]): string {
  let text = original;
  for (const { at, kind, by } of all) {
    const byLine = kind.startsWith("line-");
    const parts = byLine
      ? text.split("\n")
      : (text.match(/\s+|"(?:[^"\\\n]|\\.)*"|[A-Za-z_][\w.]*|\d[\w.]*|./gs) ?? []);
    if (parts.length === 0) continue;
    const place = at % parts.length;
    const other = by % parts.length;
    const [one, two] = [parts[place] as string, parts[other] as string];
    if (kind.endsWith("drop")) parts.splice(place, 1);
    else if (kind.endsWith("double")) parts.splice(place, 0, one);
    else if (kind.endsWith("swap")) {
      parts[place] = two;
      parts[other] = one;
    } else if (kind === "replace") parts[place] = by % 2 === 0 ? two : ` ${strange[by % strange.length]} `;
    else parts.splice(place, 0, ` ${strange[by % strange.length]} `);
    text = parts.join(byLine ? "\n" : "");
  }
  return text;
}
