import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { allCodes, loadPolicyFile } from "../../src/index.js";
import { runCli, timeless } from "./run-cli.js";

const accounts = "test/cli/samples/accounts/policy.reshimu";
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "reshimu-"));
  await mkdir(join(folder, "node_modules"));
  await mkdir(join(folder, ".hidden"));
  await mkdir(join(folder, "team"));
  await mkdir(join(folder, "none"));
  await writeFile(join(folder, "node_modules/a.reshimu"), "nonsense");
  await writeFile(join(folder, ".hidden/a.reshimu"), "nonsense");
  await writeFile(join(folder, "base.reshimu"), "policy base\nprincipal owner 5\n");
  await writeFile(join(folder, "team/a.reshimu"), 'policy a extends "../base.reshimu"\n');
  await writeFile(join(folder, "team/b.reshimu"), 'policy b extends "../base.reshimu"\n');
  await writeFile(join(folder, "fine.reshimu"), "policy fine\n");
});

describe("check", () => {
  test("says that all is well", async () => {
    expect(await runCli("check", accounts)).toEqual({ code: 0, out: "1 policy, no problems\n", err: "" });
  });

  test("finds policies below a folder, and reports what several extend once", async () => {
    const { code, out } = await runCli("check", folder, "--format", "json");
    const found = JSON.parse(out) as {
      code: string;
      span: { file: string; line: number; column: number; start: number };
    }[];
    expect(code).toBe(1);
    expect(
      new Set(found.map((one) => `${one.span.file}:${one.span.line}:${one.span.column} ${one.code}`)).size,
    ).toBe(found.length);
    expect(found[0]?.span).toMatchObject({
      file: join(folder, "base.reshimu"),
      line: 2,
      column: 17,
      start: 28,
    });
    expect(
      found.filter((one) => one.span.file.includes("node_modules") || one.span.file.includes(".hidden")),
    ).toEqual([]);
  });

  test("shows code frames and a summary", async () => {
    const { out } = await runCli("check", join(folder, "base.reshimu"));
    expect(out).toContain("base.reshimu:2:17\n");
    expect(out.trimEnd().split("\n").at(-1)).toMatch(/^\d+ errors? in 1 file$/);
  });

  test("wants something to check", async () => {
    const { code, err } = await runCli("check", join(folder, "none"));
    expect([code, err]).toEqual([2, expect.stringContaining("no policies (*.reshimu)")]);
    expect((await runCli("check", join(folder, "missing.reshimu"))).code).toBe(3);
  });
});

describe("explain", () => {
  test("explains a code, with or without its family", async () => {
    const whole = await runCli("explain", "check/no-permit");
    expect(whole).toEqual(await runCli("explain", "no-permit"));
    await expect(whole.out).toMatchFileSnapshot("samples/explain-no-permit.txt");
  });

  test("lists all codes", async () => {
    const { out } = await runCli("explain", "--format", "json");
    expect((JSON.parse(out) as { code: string }[]).map(({ code }) => code)).toEqual(allCodes());
    expect((await runCli("explain")).out).toContain("check/no-permit");
  });

  test.each(["check/no-permitt", "no-permti", "chek/no-permit"])(
    "knows what was meant by %s",
    async (code) => {
      expect(await runCli("explain", code)).toEqual({
        code: 2,
        out: "",
        err: `error: no code is called \`${code}\`\ndid you mean \`check/no-permit\`?\n`,
      });
    },
  );
});

describe("build", () => {
  test("writes a policy that means the same", async () => {
    const file = join(folder, "built/accounts.json");
    await mkdir(join(folder, "built"), { recursive: true });
    const { code, out, err } = await runCli("build", accounts, "-o", file);
    expect([code, out]).toEqual([0, ""]);
    expect(err).toMatch(
      /accounts\.json: accounts\.audit, sha256:[0-9a-f]{64}\n1 layer, \d+ rules, 4 tools, 2 sources, 2 facts, 3 classes, 1 test\n/,
    );
    const built = await loadPolicyFile(file);
    const source = await loadPolicyFile(accounts);
    expect({ ...built.policy, sources: [] }).toEqual({ ...source.policy, sources: [] });
    expect((await runCli("check", file)).code).toBe(0);
  });

  test("keeps what its locators mean", async () => {
    const file = join(folder, "moved.json");
    await runCli("build", accounts, "-o", file);
    const { policy, root } = await loadPolicyFile(file);
    for (const source of policy?.sources ?? []) {
      const locator = (source as { locator: string }).locator;
      expect(JSON.parse(await readFile(join(root, locator), "utf8"))).toHaveProperty("total");
    }
  });

  test("writes to stdout as the policy stands", async () => {
    const { out } = await runCli("build", accounts, "-o", "-");
    expect(JSON.parse(out)).toEqual((await loadPolicyFile(accounts)).policy);
  });

  test.each([
    ["no output", [accounts], 2],
    ["a policy with an error", ["BASE", "-o", "x.json"], 1],
    ["a missing policy", ["missing.reshimu", "-o", "x.json"], 3],
    ["a missing folder", [accounts, "-o", "none/x.json"], 3],
    ["the policy itself as output", [accounts, "-o", accounts], 2],
  ])("refuses %s", async (_, args, code) => {
    const ran = await runCli(
      "build",
      ...(args as string[]).map((arg) => (arg === "BASE" ? join(folder, "base.reshimu") : arg)),
    );
    expect([ran.code, ran.out]).toEqual([code, ""]);
    expect(ran.err).toMatch(/error/);
  });
});

describe("test", () => {
  test("runs the tests of a policy", async () => {
    const { code, out, err } = await runCli("test", accounts);
    expect([code, err]).toEqual([0, ""]);
    expect(timeless(out)).toBe("✓ a routine query is carried out\n1 passed in … s\n");
  });

  test("shows what came instead of what was expected, and why", async () => {
    const { code, out } = await runCli("test", "test/cli/samples/failing.reshimu");
    expect(code).toBe(1);
    await expect(timeless(out)).toMatchFileSnapshot("samples/failing.txt");
  });

  test("says no where there is none, or where a policy is broken", async () => {
    expect((await runCli("test", join(folder, "fine.reshimu"))).code).toBe(1);
    expect((await runCli("test", join(folder, "base.reshimu"))).code).toBe(1);
    expect((await runCli("test", join(folder, "missing.reshimu"))).code).toBe(3);
  });

  test("gives results as data", async () => {
    const [result] = JSON.parse((await runCli("test", accounts, "--format", "json")).out);
    expect(result).toMatchObject({
      file: accounts,
      name: "a routine query is carried out",
      passed: true,
      place: { line: 74 },
    });
  });
});

describe("the programme", () => {
  test.each(["check", "test", "eval", "explain", "build"])(
    "%s says how it is used, with an example",
    async (command) => {
      const { code, out, err } = await runCli(command, "--help");
      expect([code, err]).toEqual([0, ""]);
      expect(out).toContain(`$ reshimu ${command}`);
      expect(out).toContain("--format");
    },
  );

  test("tells its version and its exit codes", async () => {
    const { version } = JSON.parse(await readFile("package.json", "utf8"));
    expect((await runCli("--version")).out).toBe(`${version}\n`);
    expect((await runCli("--help")).out).toContain("Exit codes:");
  });

  test.each([[[]], [["chek"]], [["check", "--fromat", "json"]], [["eval"]], [["explain", "a", "b"]]])(
    "is used wrongly with %j",
    async (args) => {
      const { code, out, err } = await runCli(...args);
      expect([code, out]).toEqual([2, ""]);
      expect(err).not.toBe("");
    },
  );
});
