import { describe, expect, test } from "vitest";
import { commission } from "../../src/compiler/check/rules/snippets.js";
import { compilePolicy } from "../../src/compiler/compile.js";
import { loadUnits } from "../../src/compiler/layers.js";
import { relativePath, resolvePath } from "../../src/compiler/paths.js";
import { policyDigest } from "../../src/ir/digest.js";
import { codesOf, memory, policyOf, rendered, type Texts } from "./support.js";

const load = (texts: Texts, path = "policy.reshimu") => {
  const files = memory(texts);
  const loaded = loadUnits(path, files);
  return { ...loaded, asked: files.asked, order: loaded.units.map((unit) => unit.source.file) };
};

describe("paths", () => {
  test.each([
    ["", "./a.reshimu", "a.reshimu"],
    ["x/y", "../a.reshimu", "x/a.reshimu"],
    ["x", "../../a", "../a"],
    ["../x", "../a", "../a"],
    ["/p/q", "../a", "/p/a"],
    ["/p", "../../../a", "/a"],
    ["x", "/abs/./b", "/abs/b"],
    ["x/y", "std/base", "std/base"],
    ["x", "./std/base", "x/std/base"],
    ["", "./std/base", "./std/base"],
    ["std/a", "../b", "std/b"],
    ["x", "https://a.example/b/../c", "https://a.example/b/../c"],
  ])("from %j, %s is %s", (folder, written, path) => {
    expect(resolvePath(folder, written)).toBe(path);
  });

  test.each([
    ["", "crm.db", "crm.db"],
    ["", "data/crm.db", "data/crm.db"],
    ["a/b", "a/crm.db", "../crm.db"],
    ["a/b", "c/crm.db", "../../c/crm.db"],
    ["/p/a", "/p/b/crm.db", "../b/crm.db"],
    ["a", "std/x.json", "std/x.json"],
    ["a", "/x.json", "/x.json"],
  ])("seen from %j, %s is %s", (folder, file, path) => {
    expect(relativePath(folder, file)).toBe(path);
  });
});

describe("extends", () => {
  test("bases stand before what extends them, each once", () => {
    const { order, asked, problems } = load({
      "policy.reshimu": 'policy p extends "./left", "./right/right.reshimu"',
      "left/policy.reshimu": 'policy l extends "../base.reshimu"',
      "right/right.reshimu": 'policy r extends "../base.reshimu", "std/care"',
      "base.reshimu": "policy b",
      "std/care/policy.reshimu": "policy c",
    });
    expect(problems).toEqual([]);
    expect(order).toEqual([
      "base.reshimu",
      "left/policy.reshimu",
      "std/care/policy.reshimu",
      "right/right.reshimu",
      "policy.reshimu",
    ]);
    expect(asked).toHaveLength(5);
  });

  test("the commission is the file with the intent and what it extends", () => {
    const { units } = load({
      "policy.reshimu": 'policy narrower extends "./commission.reshimu", "./care.reshimu"',
      "commission.reshimu": 'policy c extends "./base.reshimu"\nintent { a "A." b "B." c "C." }',
      "base.reshimu": "policy b",
      "care.reshimu": "policy care",
    });
    expect(units.filter((unit) => unit.commission).map((unit) => unit.source.file)).toEqual([
      "base.reshimu",
      "commission.reshimu",
    ]);
  });

  test("a cycle is cut, and shown at both ends", () => {
    const { problems, order } = load({
      "policy.reshimu": 'policy p extends "./a.reshimu"',
      "a.reshimu": 'policy a extends "./b.reshimu"',
      "b.reshimu": 'policy b extends "./a.reshimu"',
    });
    expect(order).toEqual(["b.reshimu", "a.reshimu", "policy.reshimu"]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code: "check/extends-cycle", span: { file: "b.reshimu" } });
    expect(problems[0]?.related?.[0]?.span.file).toBe("a.reshimu");
    expect(load({ "policy.reshimu": 'policy p extends "./policy.reshimu"' }).problems[0]?.message).toBe(
      "`policy.reshimu` extends itself",
    );
  });

  test("a file that is not there is one diagnostic, and its names are not missed", () => {
    const text = commission(
      { scope: "permit crm.read when claim.x and fact_of(given.y)" },
      { header: 'policy p extends "./gone.reshimu"' },
    );
    const result = compilePolicy("policy.reshimu", memory({ "policy.reshimu": text }));
    expect(codesOf(result).filter((code) => code !== "check/claim-outside-ground")).toContain(
      "check/unreadable-file",
    );
    expect(codesOf(result).filter((code) => code.startsWith("check/unknown"))).toEqual([]);
    expect(result.policy).toBeNull();
  });

  test("an entry that is not there is an answer too", () => {
    const result = compilePolicy("nowhere.reshimu", memory({}));
    expect(codesOf(result)).toEqual(["check/unreadable-file"]);
    expect(result.policy).toBeNull();
  });

  test("a reader that throws, or a file beyond bounds, is reported", () => {
    const throwing = compilePolicy("p.reshimu", {
      read() {
        throw new Error("disk on fire");
      },
    });
    expect(rendered(throwing)).toContain("disk on fire");
    expect(
      codesOf(compilePolicy("p.reshimu", memory({ "p.reshimu": `policy p //${"x".repeat(1024 * 1024)}` }))),
    ).toEqual(["check/unreadable-file"]);
  });

  test("no more than 200 files are read", () => {
    const files: { [path: string]: string } = {};
    const names = Array.from({ length: 300 }, (_, n) => `b${n}`);
    for (const name of names) files[`${name}.reshimu`] = `policy ${name}`;
    files["policy.reshimu"] = `policy p extends ${names.map((name) => `"./${name}.reshimu"`).join(", ")}`;
    const { asked, problems } = load(files);
    expect(asked).toHaveLength(200);
    expect(problems.map(({ code }) => code)).toContain("check/too-many-files");
  });
});

describe("a policy of several files", () => {
  const files = (entryFolder: string, order: readonly string[]): Texts => ({
    [`${entryFolder}policy.reshimu`]: commission(
      { grounding: "ground notes.write on fact note_count(1) > 0 and has extra(1)" },
      { header: `policy notes.summary extends ${order.map((path) => `"${path}"`).join(", ")}` },
    ),
    [`${entryFolder}lib/facts/policy.reshimu`]: `policy facts
      grounding {
        source archive is sqlite "../data/archive.db" trust 0.9
        source list is json "./list.json" trust 0.9
        source web is http "https://a.example/{fact}" trust 0.9
        fact note_count(week: int): int from archive "select count(*) from notes where week = :week"
        fact extra?(week: int): int from list "/weeks/{week}" from web
      }`,
    [`${entryFolder}lib/care.reshimu`]: "policy care scope { permit * forbid * when session.trust < 0.1 }",
  });
  const compiled = (folder: string, order: readonly string[]) =>
    policyOf(compilePolicy(`${folder}policy.reshimu`, memory(files(folder, order))));

  test("locators start at the folder of the entry", () => {
    const policy = compiled("a/b/", ["./lib/facts", "./lib/care.reshimu"]);
    expect(policy.sources.map((source) => source.kind !== "tool" && source.locator)).toEqual([
      "lib/data/archive.db",
      "lib/facts/list.json",
      "https://a.example/{fact}",
    ]);
  });

  test("the order of `extends` and where the files stand change nothing", () => {
    const one = compiled("", ["./lib/facts", "./lib/care.reshimu"]);
    const other = compiled("x/y/", ["./lib/care.reshimu", "./lib/facts", "./lib/care.reshimu"]);
    expect(policyDigest(other)).toBe(policyDigest(one));
    expect(one.layers.map((layer) => layer.name)).toEqual(
      expect.arrayContaining(["care", "facts", "notes.summary"]),
    );
    expect(one.layers.at(-1)?.name).toBe("notes.summary");
    expect(one.layers.every((layer) => layer.commission)).toBe(true);
  });

  test("an extension is a layer above, and sees the names of its bases", () => {
    const policy = policyOf(
      compilePolicy(
        "narrow.reshimu",
        memory({
          "narrow.reshimu": `policy notes.narrow extends "./policy.reshimu"
            scope { permit notes.read serving read when path within "/notes/2026" }
            reversibility { treat notes.write as permanent }`,
          "policy.reshimu": commission(),
        }),
      ),
    );
    expect(policy.name).toBe("notes.narrow");
    expect(policy.layers.map(({ name, commission: below }) => [name, below])).toEqual([
      ["notes.summary", true],
      ["notes.narrow", false],
    ]);
    expect(policy.layers[1]).toMatchObject({
      grounding: null,
      discernment: null,
      reversibility: { treats: [{ class: "permanent" }] },
    });
    expect(policy.escalate).toEqual([{ principal: "owner", within: 14_400_000 }]);
  });

  test("tests are the entry's own: those of a base are examples of another policy", () => {
    const base = commission({
      more: 'test "of the base" { propose notes.read(path: "/notes/1.md") expect authorize }',
    });
    const own = `policy notes.narrow extends "./policy.reshimu"
      scope { forbid * }
      assert never authorize notes.write without confirmation
      test "of the extension" { propose notes.read(path: "/notes/1.md") expect return }`;
    const policy = policyOf(
      compilePolicy(
        "n.reshimu",
        memory({ "n.reshimu": own.replace("forbid *", "permit * forbid *"), "policy.reshimu": base }),
      ),
    );
    expect(policy.tests.map(({ name }) => name)).toEqual(["of the extension"]);
    expect(policy.asserts).toHaveLength(1);
  });
});

describe("the zone", () => {
  const base = commission({}, { header: 'policy notes.summary zone "Europe/Berlin"' });
  const night = (zone: string) =>
    `policy notes.night extends "./policy.reshimu"${zone}\nscope {\n  permit * when hour(now) >= 22\n}\n`;
  const compiled = (zone: string) =>
    policyOf(
      compilePolicy("night.reshimu", memory({ "policy.reshimu": base, "night.reshimu": night(zone) })),
    );
  const hourOf = (zone: string): string =>
    JSON.stringify(compiled(zone).layers.map((layer) => layer.scope?.permits));

  test("of a file that writes none is that of the file with the intent", () => {
    expect(hourOf("")).toContain('"Europe/Berlin"');
  });

  test("of an extension is for its own lines: it does not change how arguments are read", () => {
    expect(hourOf(' zone "America/New_York"')).toContain('"America/New_York"');
    expect(compiled(' zone "America/New_York"').zone).toBe("Europe/Berlin");
  });
});
