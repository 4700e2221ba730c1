// Digests: canonical JSON (RFC 8785), SHA-256 over it, and what the digest of a policy is of.
import { canonical, digest, policyDigest } from "./canonical.mjs";
import { commission, forbid, permit, policy, scope } from "./policy.mjs";
import { file, numbered } from "./terms.mjs";

const values = [
  ["null", null],
  ["true", true],
  ["false", false],
  ["zero", 0],
  ["an int", 42],
  ["a negative int", -7],
  ["the largest int told exactly", Number.MAX_SAFE_INTEGER],
  ["a fraction", 0.1],
  ["a sum of doubles", 0.1 + 0.2],
  ["a number that is written with an exponent", 1e21],
  ["one below it, written out", 1e20],
  ["a small number that is written out", 0.000001],
  ["a smaller one, with an exponent", 1e-7],
  ["the smallest double", 5e-324],
  ["the largest double", 1.7976931348623157e308],
  ["333333333.3333333", 333333333.3333333],
  ["4.50 is 4.5", 4.5],
  ["an empty text", ""],
  ["a text", "abc"],
  ["letters beyond ASCII stay letters", "é 日本 😀"],
  ["quotes and backslashes", '"\\'],
  ["a slash is not escaped", "/"],
  ["control characters with short escapes", "\b\t\n\f\r"],
  ["other control characters, in small hex digits", "\u0000\u001f"],
  ["the delete character is not escaped", "\u007f"],
  ["line separators are not escaped", "\u2028\u2029"],
  ["composition of letters is kept", "e\u0301"],
  ["an empty list", []],
  ["a list keeps its order", [3, 1, 2]],
  ["an empty object", {}],
  ["keys are sorted", { b: 1, a: 2 }],
  ["keys inside keys are sorted", { z: { b: 1, a: 2 }, a: [] }],
  ["keys in a list are sorted", [{ b: 1, a: 2 }]],
  ["capital letters come first", { a: 1, B: 2, A: 3 }],
  ["digits come before letters, and by character", { 10: 1, 9: 2, a: 3 }],
  [
    "keys are sorted by UTF-16 units: a letter beyond the basic plane before U+FB33",
    { "\ufb33": 1, "😀": 2, "\u20ac": 3, "\r": 4, 1: 5, "\u0080": 6, ö: 7 },
  ],
  ["an empty key comes first", { a: 1, "": 2 }],
  ["keys that begin alike: the shorter first", { ab: 1, a: 2 }],
  ["no white space anywhere", { a: [1, { b: " " }], c: "d e" }],
  ["a key like another's name", { constructor: 1, toString: 2 }],
  ["text of digits and digits differ", ["1", 1]],
  ["deep nesting", [[[[[[[[1]]]]]]]]],
];

const jsonValues = values.map(([name, value]) => ({
  name,
  value,
  canonical: canonical(value),
  digest: digest(value),
}));

/** Texts of JSON that say the same: one digest. */
const sameTexts = [
  ["the order of keys has no meaning", '{"b":1,"a":2}', { a: 2, b: 1 }],
  ["white space has no meaning", ' { "a" : [ 1 , 2 ] } ', { a: [1, 2] }],
  ["escapes have no meaning", '"\\u0061\\/"', "a/"],
  ["1.0 is 1", "1.0", 1],
  ["1e2 is 100", "1e2", 100],
  ["-0 is 0", "-0", 0],
  ["0.10 is 0.1", "0.10", 0.1],
  ["an escaped pair is its letter", '"\\ud83d\\ude00"', "😀"],
].map(([name, text, value]) => ({ name, text, canonical: canonical(value), digest: digest(value) }));

const base = policy(
  {},
  { scope: scope([permit(1), permit(2, { ">": [{ val: ["arg", "n"] }, 0] })], [forbid(3, false)]) },
);
const place = { file: "a.reshimu", line: 1, column: 1, text: "permit act" };
const reversed = (value) =>
  Array.isArray(value)
    ? value.map(reversed)
    : typeof value === "object" && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([key, item]) => [key, reversed(item)]),
        )
      : value;
const policies = {
  base,
  "with spans": { ...base, spans: { "permit/000000000001": [place] } },
  "with other spans": {
    ...base,
    spans: { "permit/000000000001": [{ ...place, line: 9, text: "permit  act" }] },
  },
  "keys reversed": reversed(base),
  "another name": { ...base, name: "other" },
  "another zone": { ...base, zone: "Europe/Berlin" },
  "another limit of doubt": {
    ...base,
    layers: [
      {
        ...commission({ scope: base.layers[0].scope }),
        discernment: { thresholds: [{ id: "threshold/000000000001", value: 0.4 }], grays: [] },
      },
    ],
  },
  "one permit less": {
    ...base,
    layers: [{ ...base.layers[0], scope: scope([permit(1)], [forbid(3, false)]) }],
  },
  "another reason": {
    ...base,
    layers: [
      {
        ...base.layers[0],
        scope: scope(
          [permit(1, true, { because: "it is fine" }), base.layers[0].scope.permits[1]],
          [forbid(3, false)],
        ),
      },
    ],
  },
};
const policyCases = [
  ["a policy", "base"],
  ["spans are outside the digest", "with spans"],
  ["so are other spans", "with other spans"],
  ["the order of keys has no meaning", "keys reversed"],
  ["the name is inside", "another name"],
  ["the zone is inside", "another zone"],
  ["a threshold is inside", "another limit of doubt"],
  ["a statement is inside", "one permit less"],
  ["a reason is inside: it is quoted", "another reason"],
].map(([name, key]) => ({ name, policy: key, digest: policyDigest(policies[key]) }));

export const digests = () => [
  file(
    "digests/json.json",
    "digest",
    "RFC 8785 canonical JSON and SHA-256 over its UTF-8",
    numbered(jsonValues),
  ),
  file("digests/same.json", "digest", "texts of JSON that say the same have one digest", numbered(sameTexts)),
  file(
    "digests/policy.json",
    "policy-digest",
    "the digest of a policy is of its meaning: spans are outside it",
    numbered(policyCases),
    { policies },
  ),
];
