import { describe, expect, test } from "vitest";
import { commission } from "../../src/compiler/check/rules/snippets.js";
import { compileNarrowing } from "../../src/compiler/compile.js";
import { policyDigest } from "../../src/ir/digest.js";
import { codesOf, compile, policyOf, rendered } from "./support.js";
import { policySchema } from "../../src/schemas.js";

const text = commission(
  {
    intent: "given week: int = 1",
    tools: 'tool archive.find(text: string, since: time, kind?: enum("a", "b"))',
    scope: "permit archive.find serving read when given.week > 0",
    grounding: `source archive is sqlite "./a.db" trust 0.9
      fact note_count(week: int): int from archive "select count(*) from notes where week = :week"`,
    reversibility: "treat archive.find as read when note_count(given.week) > 3",
    more: `tiers root > writer
      boundary root -> writer { carries intent.*, given.* grants * }`,
  },
  { header: 'policy notes.summary zone "Europe/Berlin"' },
);
const parent = policyOf(compile(text));
const narrow = (narrowing: string, base = parent) =>
  compileNarrowing({ file: "narrowing", text: narrowing }, base);

describe("a narrowing", () => {
  test("is one more layer on its parent, and nothing else", () => {
    const result = narrow(`scope { permit notes.read serving read when path within "/notes/2026" }
      reversibility { treat notes.read as permanent when hour(now) < 8 and note_count(given.week) > 1 }
      discernment { threshold 0.05 gray archive.find when has kind and kind == "b" weight 0.5 asks owner "Sure?" }`);
    expect(rendered(result)).toBe("");
    const policy = policyOf(result);
    const { layers, spans, ...rest } = policy;
    const { layers: below, spans: _, ...same } = parent;
    expect(rest).toEqual(same);
    expect(layers.slice(0, -1)).toEqual(below);
    expect(layers.at(-1)).toMatchObject({ name: "narrowing", commission: false, grounding: null });
    expect(JSON.stringify(layers.at(-1))).toContain('"Europe/Berlin"');
    const id = layers.at(-1)?.scope?.permits[0]?.id ?? "";
    expect(spans[id]).toEqual([expect.objectContaining({ file: "narrowing", line: 1, column: 9 })]);
    expect(Object.keys(spans)).toEqual(expect.arrayContaining(Object.keys(parent.spans)));
    expect(policySchema.parse(JSON.parse(JSON.stringify(policy)))).toEqual(policy);
  });

  test("that says what is said already changes nothing", () => {
    const once = policyOf(narrow("scope { permit notes.read }"));
    const twice = policyOf(narrow("scope { permit notes.read }", once));
    expect(policyDigest(twice)).toBe(policyDigest(once));
    expect(policyOf(narrow("discernment { threshold 0.1 }", once)).layers).toHaveLength(3);
  });

  test.each([
    ["tool notes.delete(path: path)", "check/narrowing-blocks"],
    ['principal me "Me"', "check/narrowing-blocks"],
    ["reversibility { class harmless above permanent }", "check/narrowing-blocks"],
    ["scope { permit notes.delete }", "check/unknown-tool"],
    ["scope { permit notes.read serving nothing }", "check/unknown-bullet"],
    ["scope { permit notes.read when given.year > 1 }", "check/unknown-name"],
    ["scope { permit notes.read when path == 3 }", "check/type-mismatch"],
    ["reversibility { treat notes.read as harmless }", "check/unknown-class"],
    ['discernment { gray notes.read weight 0.5 asks nobody "?" }', "check/unknown-principal"],
    ["reversibility {", "syntax/"],
    ["policy p", "syntax/"],
  ])("%s gives %s", (narrowing, code) => {
    const result = narrow(narrowing);
    expect(result.policy).toBeNull();
    expect(codesOf(result), rendered(result)).toEqual([expect.stringContaining(code)]);
  });

  test("an empty one is a layer without an opinion", () => {
    expect(policyOf(narrow("")).layers.at(-1)).toMatchObject({
      scope: null,
      reversibility: null,
      discernment: null,
    });
  });

  test("one beyond bounds is refused", () => {
    expect(codesOf(narrow(`//${"x".repeat(2 ** 20)}`))).toEqual(["check/unreadable-file"]);
  });
});
