import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import draft04 from "ajv-draft-04";
import { XMLParser } from "fast-xml-parser";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { commission } from "../../src/compiler/check/rules/snippets.js";
import { runCli } from "./run-cli.js";

const before = process.cwd();
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "reshimu-check-"));
  process.chdir(folder);
});
afterEach(async () => {
  process.chdir(before);
  await rm(folder, { recursive: true });
});

const write = (name: string, text: string) => writeFile(name, text);
const read = (name: string) => readFile(name, "utf8");

/** A policy with a warning that is repaired, one that is not, and a hint. */
const slips = commission({
  tools: "tool notes.list(limit: int)",
  principals: 'principal editor "Editor, 100% sure"',
  scope: "permit notes.list serving read when limit < 9\npermit notes.read serving read when true",
}).replace("forbid notes.* serving", "forbid notes.read, notes.write, notes.read serving");

describe("check --fix", () => {
  test("repairs what is certain, and reports what is left", async () => {
    await write("a.reshimu", slips);
    const { code, out, err } = await runCli("check", "--fix", "a.reshimu");
    expect(code).toBe(0);
    expect(err).toMatch(
      /^fixed a\.reshimu:\d+:\d+ lint\/covered-tool: take `notes\.read` out of the list\n/m,
    );
    expect(err).toContain("2 repairs\n");
    expect(out).toContain("lint/unused-principal");
    expect(out).not.toContain("lint/covered-tool");
    expect(await read("a.reshimu")).toContain("forbid notes.read, notes.write serving");
    expect((await runCli("check", "--fix", "a.reshimu")).err).toBe("");
  });

  test("leaves what a named policy extends alone", async () => {
    const base = "policy base\nscope {\n  permit *, *\n}\n";
    await mkdir("lib");
    await write("lib/base.reshimu", base);
    await write("a.reshimu", commission({}, { header: 'policy a extends "lib/base.reshimu"' }));
    await runCli("check", "--fix", "a.reshimu");
    expect(await read("lib/base.reshimu")).toBe(base);
    await runCli("check", "--fix", ".");
    expect(await read("lib/base.reshimu")).toBe(base.replace("*, *", "*"));
  });

  test("keeps links, modes and line endings", async () => {
    await write("real.txt", slips.replaceAll("\n", "\r\n"));
    await chmod("real.txt", 0o640);
    await symlink("real.txt", "a.reshimu");
    await runCli("check", "--fix", "a.reshimu");
    const text = await read("real.txt");
    expect(text).toContain("forbid notes.read, notes.write serving");
    expect(text.replaceAll("\r\n", "")).not.toContain("\n");
    expect((await stat("real.txt")).mode & 0o777).toBe(0o640);
  });

  test("repairs what can be read beside what cannot", async () => {
    await write("a.reshimu", `${slips}\npermitt everything\n`);
    expect((await runCli("check", "--fix", "a.reshimu")).code).toBe(1);
    expect(await read("a.reshimu")).toContain("forbid notes.read, notes.write serving");
  });
});

describe("reshimu.json", () => {
  test("gives severities, from the nearest above", async () => {
    await mkdir("team/deep", { recursive: true });
    await write("team/deep/a.reshimu", slips);
    await write("reshimu.json", '{"severity": {"lint/one-sided-bound": "error"}}');
    expect((await runCli("check", "team")).code).toBe(1);
    await write(
      "team/reshimu.json",
      '{"severity": {"lint/unused-principal": "off", "lint/covered-tool": "hint"}}',
    );
    const { code, out } = await runCli("check", "team");
    expect(code).toBe(0);
    expect(out).toContain("hint[lint/covered-tool]");
    expect(out).not.toContain("unused-principal");
    expect((await runCli("check", "team", "--config", "reshimu.json")).code).toBe(1);
    expect((await runCli("eval", "team/deep/a.reshimu", "/dev/null", "--config", "x")).code).toBe(2);
  });

  test("says where policies are, and what `std/` means", async () => {
    await mkdir("house/mail", { recursive: true });
    await mkdir("rules");
    await write(
      "house/mail/policy.reshimu",
      "policy house.mail\ntool mail.send(to: email)\nscope {\n  permit *\n}\n",
    );
    await write("rules/a.reshimu", 'policy a extends "std/mail"\nscope {\n  permit mail.send\n}\n');
    await write("other.reshimu", "nonsense");
    expect((await runCli("check", "rules")).code).toBe(1);
    await write("reshimu.json", '{"policies": ["rules"], "std": "house"}');
    expect(await runCli("check")).toEqual({ code: 0, out: "1 policy, no problems\n", err: "" });
    await write("house/mail/policy.reshimu", "policy house.mail\nscope {\n  permit mail.sned\n}\n");
    expect((await runCli("check")).out).toContain("--> house/mail/policy.reshimu:3:");
    await mkdir("std/deep", { recursive: true });
    await rename("house/mail", "std/deep/mail");
    await write("reshimu.json", '{"policies": ["rules"], "std": "std/deep"}');
    expect((await runCli("check")).out).toContain("std/deep/mail/policy.reshimu:3:");
  });

  test("a folder of one's own that is called std is not the package's", async () => {
    await mkdir("std");
    await write("std/a.reshimu", "policy a\nscope{permit *}\n");
    for (const named of ["std", "./std", "std/a.reshimu"])
      expect((await runCli("check", named)).out).toBe("1 policy, no problems\n");
    expect(await runCli("fmt", "std")).toMatchObject({ code: 0, out: "./std/a.reshimu\n" });
    expect((await runCli("build", "std/a.reshimu", "-o", "-")).code).toBe(0);
  });

  test.each([
    ['{"polices": []}', "unknown key `polices`", "did you mean `policies`?"],
    [
      '{"severity": {"lint/shadwed": "off"}}',
      "no code is called `lint/shadwed`",
      "did you mean `lint/shadowed`?",
    ],
    [
      '{"severity": {"check/duplicate": "off"}}',
      "`check/duplicate` is an error and cannot be lowered",
      "only the codes of `lint/`",
    ],
    ['{"severity": {"syntax/null": "hint"}}', "`syntax/null` is an error and cannot be lowered", ""],
    ['{"severity": {"lint/shadowed": "loud"}}', "`severity.lint/shadowed` does not fit", "docs/cli.md"],
    ['{"policies": []}', "`policies` does not fit", ""],
    ["[1, 2", "cannot be used: it ", ""],
    ['{"std": "a", "std": "b"}', "cannot be used: it ", ""],
    ['{"__proto__": 1}', "unknown key `__proto__`", ""],
  ])("%s", async (text, message, help) => {
    await write("a.reshimu", "policy a\n");
    await write("reshimu.json", text);
    const { code, out } = await runCli("check", "a.reshimu");
    expect(code).toBe(3);
    expect(out).toContain(`error[load/bad-project]: `);
    expect(out).toContain(message);
    expect(out).toContain(help);
    expect(out).toContain("--> reshimu.json:1:");
  });

  test("that is wrong keeps policies from being used", async () => {
    await write("a.reshimu", commission());
    await write("reshimu.json", "{");
    expect((await runCli("build", "a.reshimu", "-o", "-")).code).toBe(3);
    expect((await runCli("check", "a.reshimu", "--config", "missing.json")).code).toBe(3);
    // Which policies `fmt` is to go through is not known; of one that is named nothing is.
    const refused = await runCli("fmt");
    expect([refused.code, refused.out]).toEqual([3, ""]);
    expect(refused.err).toContain("error[load/bad-project]");
    expect((await runCli("fmt", "--check", "a.reshimu")).err).toContain("1 file");
  });
});

describe("reports for other programs", () => {
  beforeEach(async () => {
    await mkdir("a folder");
    await write("a folder/b,c.reshimu", slips);
    await write("typo.reshimu", "policy p\nscope {\n  permit a.b\n  permitt c\n}\n");
  });

  test("sarif is of its schema", async () => {
    const { out } = await runCli("check", "--format", "sarif");
    const log = JSON.parse(out);
    const schema = JSON.parse(await read(join(before, "test/fixtures/sarif/sarif-2.1.0.schema.json")));
    const validate = new draft04.default({
      strict: false,
      validateFormats: false,
      unicodeRegExp: false,
    }).compile(schema);
    expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...log, version: "3" })).toBe(false);

    const [run] = log.runs;
    const results = run.results as {
      ruleId: string;
      ruleIndex: number;
      level: string;
      locations: unknown[];
      fixes?: unknown[];
    }[];
    expect(new Set(results.map(({ level }) => level))).toEqual(new Set(["error", "warning", "note"]));
    for (const { ruleId, ruleIndex } of results) expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
    const covered = results.find(({ ruleId }) => ruleId === "lint/covered-tool");
    expect(covered?.locations).toMatchObject([
      { physicalLocation: { artifactLocation: { uri: "a%20folder/b%2Cc.reshimu" } } },
    ]);
    expect(covered?.fixes).toHaveLength(1);
  });

  test("github shows annotations", async () => {
    const { code, out } = await runCli("check", "--format", "github");
    expect(code).toBe(1);
    const lines = out.trimEnd().split("\n");
    for (const line of lines) expect(line).toMatch(/^::(?:error|warning|notice) file=[^:]+::[^\r]+$/);
    expect(out).toMatch(
      /^::error file=typo\.reshimu,line=3,endLine=3,col=10,endColumn=13,title=check\/unknown-tool::/m,
    );
    expect(out).toContain("::notice file=a folder/b%2Cc.reshimu,");
  });

  test("junit counts files, and tells what is no error", async () => {
    const { out } = await runCli("check", "--format", "junit");
    const { testsuites } = new XMLParser({
      ignoreAttributes: false,
      isArray: (name) => name === "failure",
    }).parse(out);
    expect(testsuites).toMatchObject({ "@_tests": "2", "@_failures": "1" });
    const [fine, typo] = testsuites.testsuite.testcase;
    expect(fine["@_name"]).toBe("a folder/b,c.reshimu");
    expect(fine.failure).toBeUndefined();
    expect(fine["system-out"]).toContain("hint[lint/one-sided-bound]");
    const failures = new Set(typo.failure.map((one: { "@_type": string }) => one["@_type"]));
    expect(failures).toEqual(new Set(["check/unknown-tool", "syntax/unknown-keyword"]));
  });
});

describe("for others' pipelines", () => {
  test("the action and the hooks run commands that are told", async () => {
    const page = await read(join(before, "docs/cli.md"));
    const action = await read(join(before, "action.yml"));
    const hooks = parse(await read(join(before, ".pre-commit-hooks.yaml"))) as { entry: string }[];
    const runs = (parse(action).runs.steps as { run: string; shell: string }[]).map(({ run, shell }) => {
      expect(shell).toBe("bash");
      return run;
    });
    const commands = [
      ...runs.join("\n").matchAll(/"\$RESHIMU" ([a-z]+)/g),
      ...hooks.map(({ entry }) => /^reshimu ([a-z]+)/.exec(entry) ?? []),
    ].map(([, command]) => command);
    expect(new Set(commands)).toEqual(new Set(["check", "fmt", "test"]));
    for (const command of ["check", "test"]) expect(page).toContain(`\n## ${command}\n`);
  });
});
