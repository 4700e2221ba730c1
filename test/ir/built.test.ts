import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { partsOf, policyText, readCanonical } from "../../src/ir/built.js";
import { canonicalJson, policyDigest } from "../../src/ir/digest.js";
import { loadPolicy } from "../../src/ir/load.js";
import type { PolicyIr } from "../../src/ir/policy.js";
import { readJson } from "../../src/ir/read-json.js";
import { portableSha256Hex, sha256Hex } from "../../src/ir/sha256.js";
import { commission, compiled } from "../support/policy.js";

const policy = compiled(
  commission({
    scope:
      "permit act serving find when n > 1\n permit act serving find when n < 0\n forbid act serving find when n == 3",
    grounding: "ground act on fact n > 0",
    discernment: "threshold 0.5\n gray act when n == 7 weight 0.4\n escalate owner within 4h",
  }),
);
const text = policyText(policy);
const [meaning = "", places = ""] = text.split('\n,"spans":');
/** The same, with something else in the place of what it means, or of the lines that tell places. */
const put = (means: string, told = places): string => `${means}\n,"spans":${told}`;
const canonical = `${meaning.replaceAll("\n", "")}}`;

const loaded = (written: string): PolicyIr => {
  const read = loadPolicy(written);
  if (!read.ok) throw new Error(read.problem);
  return read.policy;
};

describe("a policy as it is built", () => {
  test("is JSON, and reads back as it was by either way", () => {
    expect(JSON.parse(text)).toEqual(policy);
    expect(partsOf(text)).toBeDefined();
    expect(loaded(text)).toEqual(policy);
    expect(loaded(JSON.stringify(policy, null, 1))).toEqual(policy);
    expect(policyText(loaded(text))).toBe(text);
  });

  test("has the same digest by either way", () => {
    const digest = policyDigest(policy);
    expect(policyDigest(loaded(text))).toBe(digest);
    expect(policyDigest(loaded(JSON.stringify(policy)))).toBe(digest);
    expect(policyDigest({ ...loaded(text), name: "another" })).not.toBe(digest);
  });

  test("is what its digest is made of, on lines that are told apart", () => {
    const { spans: _, ...meant } = policy;
    expect(canonical).toBe(canonicalJson(meant));
    expect(partsOf(text)?.meaning).toBe(canonical);
    expect(partsOf(text)?.conditions).toHaveLength(5);
    expect(loaded(text).layers[0]?.scope?.permits).toEqual(policy.layers[0]?.scope?.permits);
  });

  test("has lines of their own for places: what is wrong there decides nothing", () => {
    const broken = ['{\n"x\n}}\n', '{\n"x":1\n}}\n', '{\n},"layers":[]\n}}\n', "{\n\n}}\n"].map((told) =>
      put(meaning, told),
    );
    for (const one of broken) {
      const read = loaded(one);
      expect(Object.values(read.spans).filter((place) => place !== undefined)).toEqual([]);
      expect(policyDigest(read)).toBe(policyDigest(policy));
      expect({ ...read, spans: policy.spans }).toEqual(policy);
    }
  });

  test("reads a condition when it is asked for, and one that is none is never known", () => {
    const [first = ""] = partsOf(text)?.conditions ?? [];
    for (const none of [
      '{"nonsense":[]}',
      "{",
      '{ "and":[true]}',
      '{"and":[true],"and":[false]}',
      '"\\ud800"',
      "",
    ]) {
      const read = loaded(text.replace(`\n${first}\n`, `\n${none}\n`));
      expect([none, read.layers[0]?.discernment?.grays[0]?.when]).toEqual([
        none,
        { "===": [{ "/": [1, 0] }, 1] },
      ]);
      expect(policyDigest(read)).not.toBe(policyDigest(policy));
    }
    const again = loaded(text);
    const [gray] = again.layers[0]?.discernment?.grays ?? [];
    expect(gray?.when).toBe(gray?.when);
    expect(structuredClone(again)).toEqual(policy);
  });

  test("is read strictly where a number stands for a condition that is not there", () => {
    const [first = ""] = partsOf(text)?.conditions ?? [];
    for (const other of ["0", "1", first, "true"]) {
      const read = loaded(text.replace(`\n${first}\n`, other));
      expect([other, read.layers[0]?.discernment?.grays[0]?.when]).toEqual([other, JSON.parse(other)]);
      expect(policyDigest(read) === policyDigest(policy)).toBe(other === first);
    }
  });

  test("is what it says and nothing else, whichever way it is read", () => {
    const problem = (written: string): string => {
      const read = loadPolicy(written);
      return read.ok ? "" : read.problem;
    };
    const changed = (from: string, to: string): string => problem(put(meaning.replace(from, to)));
    expect(changed('"zone":', '"zone":"UTC","zone":')).toContain("twice");
    expect(problem(put(meaning.slice(0, -1)))).toContain("not JSON");
    expect(changed('"zone":"UTC"', '"zone":"\\ud800"')).toContain("surrogate");
    expect(changed('"zone":"UTC"', '"zone":5')).toContain("`zone`");
    expect(changed('"version":1', '"version":2')).toContain("of version 2");
    expect(problem(`${text}{}`)).toContain("goes on after its end");
    expect(problem(meaning)).toContain("closing brace");
  });

  test("that is not canonical has the digest of what it means", () => {
    const { zone, spans: _, ...rest } = policy;
    const unsorted = put(JSON.stringify({ zone, ...rest }).slice(0, -1));
    expect(policyDigest(loaded(unsorted))).toBe(policyDigest(policy));
    expect(loaded(unsorted)).toEqual(policy);
  });

  test("says strings that could be taken for what stands for its conditions", () => {
    const strange = { ...policy, name: "#0", zone: "##1" };
    expect(loaded(policyText(strange))).toEqual(strange);
  });
});

describe("canonical JSON", () => {
  test("is read as the strict reader reads it", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const written = canonicalJson(value);
        const read = readCanonical(written, 200);
        const strict = readJson(written);
        if (read !== undefined) expect({ ok: true, value: read }).toEqual(strict);
        // What only the strict reader can tell is left to it, and so are objects whose order is not that of their text.
        else expect(written).toMatch(/\\u[dD]|\d{16}|"\d+":/);
      }),
    );
  });

  test("is not what is written otherwise", () => {
    fc.assert(
      fc.property(fc.json(), (written) => {
        const read = readCanonical(written, 200);
        if (read !== undefined) expect(canonicalJson(read)).toBe(written);
      }),
    );
    const others = [
      '{"b":1,"a":2}',
      '{"a":1,"a":1}',
      "[1.0]",
      "[-0]",
      "[ 1]",
      "[1e999]",
      '["\\u0041"]',
      '{"10":1,"9":1}',
    ];
    for (const other of others) expect([other, readCanonical(other, 9)]).toEqual([other, undefined]);
    expect(readCanonical("[[[]]]", 2)).toBeUndefined();
    expect(readCanonical("[9007199254740993]", 9)).toBeUndefined();
    expect(readCanonical('["\\ud800"]', 9)).toBeUndefined();
  });
});

test("SHA-256 is the same in Node and elsewhere", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (one) => {
      expect(sha256Hex(one)).toBe(portableSha256Hex(one));
    }),
  );
  expect(sha256Hex("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});
