import { chmod, lstat, mkdir, mkdtemp, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { runCli } from "./run-cli.js";

const loose = "policy a\nscope{ permit * } // all\n";
const canonical = "policy a\n\nscope {\n  permit *\n} // all\n";
let folder: string;
const at = (name: string): string => join(folder, name);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "reshimu-fmt-"));
  for (const name of ["below", "node_modules", ".git"]) await mkdir(at(name));
  await writeFile(at("loose.reshimu"), loose);
  await writeFile(at("below/fine.reshimu"), canonical);
  for (const skipped of ["node_modules/a.reshimu", ".git/a.reshimu"]) await writeFile(at(skipped), loose);
});

describe("fmt", () => {
  test("formats what is below a folder, keeping modes and links", async () => {
    await chmod(at("loose.reshimu"), 0o640);
    await symlink(at("loose.reshimu"), at("below/link.reshimu"));
    expect(await runCli("fmt", at("below/link.reshimu"))).toEqual({
      code: 0,
      out: `${at("below/link.reshimu")}\n`,
      err: "1 of 1 file formatted\n",
    });
    expect(await readFile(at("loose.reshimu"), "utf8")).toBe(canonical);
    expect((await stat(at("loose.reshimu"))).mode & 0o777).toBe(0o640);
    expect((await lstat(at("below/link.reshimu"))).isSymbolicLink()).toBe(true);
    expect(await runCli("fmt", folder)).toEqual({ code: 0, out: "", err: "3 files, nothing changed\n" });
    expect(await readFile(at("node_modules/a.reshimu"), "utf8")).toBe(loose);
  });

  test("checks without writing", async () => {
    const { code, out, err } = await runCli("fmt", "--check", folder);
    expect([code, err]).toEqual([1, "1 of 2 files would be formatted\n"]);
    expect(out).toBe(
      `--- ${at("loose.reshimu")}\n+++ ${at("loose.reshimu")}\n@@ -1,2 +1,5 @@\n policy a\n-scope{ permit * } // all\n+\n+scope {\n+  permit *\n+} // all\n`,
    );
    expect(await readFile(at("loose.reshimu"), "utf8")).toBe(loose);
    expect((await runCli("fmt", "--check", at("below"))).code).toBe(0);
  });

  test("tells of line ends and a byte order mark, and shows nothing that steers a terminal", async () => {
    await writeFile(at("loose.reshimu"), `\ufeff${canonical.replaceAll("\n", "\r\n")}// \u001b[2J  \n`);
    const { code, out } = await runCli("fmt", "--check", at("loose.reshimu"));
    expect(code).toBe(1);
    expect(out).toContain("# the byte order mark goes\n# lines end in \\n\n");
    expect(out).toContain("+// ␛[2J\n");
    expect(out).not.toContain("\u001b");
  });

  test("leaves alone what it cannot read, and formats the others", async () => {
    await writeFile(at("broken.reshimu"), "policy a\nscope { permt * }\n");
    await writeFile(at("latin.reshimu"), Buffer.from([0x2f, 0x2f, 0xe4]));
    const { code, out, err } = await runCli("fmt", at("broken.reshimu"), at("loose.reshimu"));
    expect([code, out]).toEqual([1, `${at("loose.reshimu")}\n`]);
    expect(err).toContain("broken.reshimu:2:9");
    expect(err).toContain("1 of 2 files formatted; 1 could not be formatted\n");
    const second = await runCli("fmt", folder);
    expect(second.code).toBe(3);
    expect(second.err).toContain("latin.reshimu`: it is not UTF-8 text\n");
  });

  test("says all of it as JSON", async () => {
    const { code, out, err } = await runCli("fmt", "--check", "--format", "json", folder);
    expect([code, err]).toEqual([1, ""]);
    expect(JSON.parse(out)).toEqual([
      { file: at("below/fine.reshimu"), result: "same" },
      { file: at("loose.reshimu"), result: "changed", text: canonical },
    ]);
  });

  test("wants stdin to stand alone", async () => {
    expect((await runCli("fmt", "-", folder)).code).toBe(2);
  });
});

test("the examples and what the tests read are in the canonical form", async () => {
  const { code, out } = await runCli("fmt", "--check", "examples", "test/fixtures", "test/cli/samples");
  expect([code, out]).toEqual([0, ""]);
});
