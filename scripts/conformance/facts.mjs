// Facts: known, contested or not known; their value and their support (semantics.md, *grounding*).
import { file, numbered } from "./terms.mjs";

const src = (name, trust, more = {}) => ({ name, trust, ...more });
const a = src("a", 0.9);
const b = src("b", 0.8);
const c = src("c", 0.5);
const now = "2026-01-31T12:00:00Z";
const known = (value, support) => ({ known: value, support });
const absent = (support) => ({ absent: true, support });
const contested = { contested: true };
const silent = { unknown: true };
const down = { silent: "it is down" };
const v = (value, age) => ({ value, ...(age === undefined ? {} : { age }) });

const one = (name, sources, answers, fact, more = {}) => ({
  name,
  sources,
  answers,
  now,
  type: "decimal",
  ...more,
  fact,
});

const single = [
  one("one source that answers", [a], { a: v(5) }, known(5, 0.9)),
  one("a source that is silent", [a], { a: down }, silent),
  one("a source that was not asked", [a], {}, silent),
  one("no value, of a fact that has to have one", [a], { a: v(null) }, silent),
  one("no value, of an optional fact: absent", [a], { a: v(null) }, absent(0.9), { optional: true }),
  one("a value of an optional fact", [a], { a: v(5) }, known(5, 0.9), { optional: true }),
  one("a silent source of an optional fact: not absent", [a], { a: down }, silent, { optional: true }),
  one("a value of another type is no answer", [a], { a: v("5") }, silent),
  one("a value of another type is no answer, even of an optional fact", [a], { a: v("5") }, silent, {
    optional: true,
  }),
  one("a fraction is no int", [a], { a: v(0.5) }, silent, { type: "int" }),
  one("a whole number is a decimal", [a], { a: v(3) }, known(3, 0.9)),
  one("a member of the enum", [a], { a: v("low") }, known("low", 0.9), { type: { enum: ["low", "high"] } }),
  one("no member of the enum", [a], { a: v("LOW") }, silent, { type: { enum: ["low", "high"] } }),
  one("a list", [a], { a: v([1, 2]) }, known([1, 2], 0.9), { type: { list: "int" } }),
  one("false is an answer", [a], { a: v(false) }, known(false, 0.9), { type: "bool" }),
  one("0 is an answer", [a], { a: v(0) }, known(0, 0.9)),
  one("an empty text is an answer", [a], { a: v("") }, known("", 0.9), { type: "string" }),
  one("a path in normal form", [a], { a: v("/a/../b/") }, known("/b", 0.9), { type: "path" }),
  one(
    "a time in normal form",
    [a],
    { a: v("2026-01-31T10:00:00+01:00") },
    known("2026-01-31T09:00:00.000Z", 0.9),
    { type: "time" },
  ),
  one("a source that is not trusted at all supports nothing", [src("a", 0)], { a: v(5) }, known(5, 0)),
  one("a source that is trusted wholly", [src("a", 1)], { a: v(5) }, known(5, 1)),
];

const fresh = (duration) => [src("a", 0.9, { fresh: duration })];
const ages = [
  one("fresh enough", fresh("10m"), { a: v(5, "9m") }, known(5, 0.9)),
  one("just fresh enough: no older than", fresh("10m"), { a: v(5, "10m") }, known(5, 0.9)),
  one("a millisecond too old", fresh("10m"), { a: v(5, "600001ms") }, silent),
  one("too old", fresh("10m"), { a: v(5, "1d") }, silent),
  one("of now", fresh("10m"), { a: v(5, "0s") }, known(5, 0.9)),
  one(
    "a source that does not say how old its answer is gives it now",
    fresh("10m"),
    { a: v(5) },
    known(5, 0.9),
  ),
  one("old, where no age is asked for", [a], { a: v(5, "90d") }, known(5, 0.9)),
  one("too old a value that is absent is no answer", fresh("10m"), { a: v(null, "1h") }, silent, {
    optional: true,
  }),
  one(
    "too old beside one that agrees: all sources have to answer",
    [...fresh("10m"), b],
    { a: v(5, "1h"), b: v(5) },
    silent,
  ),
  one(
    "too old beside one that disagrees is not contested",
    [...fresh("10m"), b],
    { a: v(6, "1h"), b: v(5) },
    silent,
  ),
];

const several = [
  one("two that agree: 1 - 0.1 * 0.2", [a, b], { a: v(5), b: v(5) }, known(5, 0.98)),
  one("three that agree: 1 - 0.1 * 0.2 * 0.5", [a, b, c], { a: v(5), b: v(5), c: v(5) }, known(5, 0.99)),
  one("two that disagree", [a, b], { a: v(5), b: v(6) }, contested),
  one("three of which one disagrees", [a, b, c], { a: v(5), b: v(5), c: v(6) }, contested),
  one("one of two is silent", [a, b], { a: v(5), b: down }, silent),
  one("one of two is of another type", [a, b], { a: v(5), b: v("5") }, silent),
  one("both are silent", [a, b], { a: down, b: down }, silent),
  one("two disagree and a third is silent: contested", [a, b, c], { a: v(5), b: v(6), c: down }, contested),
  one("two agree and a third is silent: not known", [a, b, c], { a: v(5), b: v(5), c: down }, silent),
  one("texts that differ in case disagree", [a, b], { a: v("x"), b: v("X") }, contested, { type: "string" }),
  one("paths are compared in normal form", [a, b], { a: v("/a/./b"), b: v("/a/b/") }, known("/a/b", 0.98), {
    type: "path",
  }),
  one("lists are compared element by element", [a, b], { a: v([1, 2]), b: v([1, 2]) }, known([1, 2], 0.98), {
    type: { list: "int" },
  }),
  one("lists in another order disagree", [a, b], { a: v([1, 2]), b: v([2, 1]) }, contested, {
    type: { list: "int" },
  }),
  one("absent in both", [a, b], { a: v(null), b: v(null) }, absent(0.98), { optional: true }),
  one("absent in one and there in the other disagree", [a, b], { a: v(null), b: v(5) }, contested, {
    optional: true,
  }),
  one("0.1 + 0.2 and 0.3 disagree: nothing is rounded", [a, b], { a: v(0.1 + 0.2), b: v(0.3) }, contested),
  one("sources named in another order", [b, a], { b: v(5), a: v(5) }, known(5, 0.98)),
  one(
    "support is rounded to six places",
    [src("a", 0.3333333), src("b", 0.3333333)],
    { a: v(5), b: v(5) },
    known(5, 0.555556),
  ),
];

const agree = (name, within, answers, fact, sources = [a, b]) =>
  one(name, sources, answers, fact, { agree: within });
const agreements = [
  agree("within a hundredth", 0.01, { a: v(100), b: v(99.5) }, known(100, 0.98)),
  agree("just within: 1 of 100", 0.01, { a: v(100), b: v(99) }, known(100, 0.98)),
  agree("not within", 0.01, { a: v(100), b: v(98) }, contested),
  agree("of the larger of the two", 0.5, { a: v(1), b: v(2) }, known(1, 0.98)),
  agree("of the larger, by its amount: -2 and -1", 0.5, { a: v(-2), b: v(-1) }, known(-2, 0.98)),
  agree("of two signs hardly ever", 0.5, { a: v(1), b: v(-1) }, contested),
  agree("of two signs: twice the larger", 2, { a: v(1), b: v(-1) }, known(1, 0.98)),
  agree("zero and zero", 0.01, { a: v(0), b: v(0) }, known(0, 0.98)),
  agree(
    "zero and nearly zero: no difference is small against zero",
    0.01,
    { a: v(0), b: v(0.0001) },
    contested,
  ),
  agree("with zero, equal only", 0, { a: v(5), b: v(5) }, known(5, 0.98)),
  agree("with zero, nearly is not", 0, { a: v(5), b: v(5.0000001) }, contested),
  agree("the value of the most trusted", 0.01, { a: v(100), b: v(100.5) }, known(100, 0.98)),
  agree(
    "the value of the most trusted, whatever the order",
    0.01,
    { b: v(100.5), a: v(100) },
    known(100, 0.98),
    [b, a],
  ),
  agree("of two trusted equally the first by name", 0.01, { z: v(100), m: v(100.5) }, known(100.5, 0.96), [
    src("z", 0.8),
    src("m", 0.8),
  ]),
  agree("every two must agree: a chain is not enough", 0.1, { a: v(100), b: v(108), c: v(116) }, contested, [
    a,
    b,
    c,
  ]),
  agree("all three near each other", 0.2, { a: v(100), b: v(108), c: v(116) }, known(100, 0.99), [a, b, c]),
  agree("an int within a difference", 0.1, { a: v(10), b: v(11) }, known(10, 0.98)),
];

export const facts = () => [
  file(
    "facts/settle.json",
    "fact",
    "facts: whether they are known, their value, their support",
    numbered([...single, ...ages, ...several, ...agreements]),
  ),
];
