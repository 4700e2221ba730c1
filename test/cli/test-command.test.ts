import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { testedPolicy as policy } from "../support/tested-policy.js";
import { runCli } from "./run-cli.js";

let folder: string;
const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "reshimu-tests-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the results of `test`", () => {
  test("as JUnit: well-formed, whatever names and texts hold", async () => {
    write(
      "a.reshimu",
      policy(['reads "all" <&> ]]> \u0007\uffff', "authorize"], ["never", "return from scope"]),
    );
    write("b.reshimu", "policy b\nprincipal owner 5\n");
    const { code, out } = await runCli("test", folder, "--format", "junit");
    expect(code).toBe(1);
    expect(XMLValidator.validate(out)).toBe(true);
    const parser = new XMLParser({
      ignoreAttributes: false,
      isArray: (name) => /^testsuite$|^testcase$/.test(name),
    });
    const { testsuites } = parser.parse(out);
    expect(testsuites).toMatchObject({ "@_tests": "3", "@_failures": "1", "@_errors": "1" });
    const [a, b] = testsuites.testsuite;
    expect(a.testcase[0]["@_name"]).toBe('reads "all" <&> ]]> ␇�');
    expect(a.testcase[1]).toMatchObject({
      "@_name": "never",
      "@_file": join(folder, "a.reshimu"),
      "@_line": expect.stringMatching(/^\d+$/),
      failure: {
        "@_message": "expected return from scope, got authorize",
        "#text": expect.stringContaining("expect return from scope"),
      },
    });
    expect(b.testcase[0].error["@_message"]).toContain("expected");
  });

  test("of those whose names match, to the first that fails", async () => {
    write("a.reshimu", policy(["one", "authorize"], ["two", "return"], ["three", "return"]));
    write("b.reshimu", policy(["four", "authorize"]));
    const run = async (...args: readonly string[]) => runCli("test", folder, ...args);
    const filtered = await run("--filter", "^(one|four)$");
    expect([filtered.code, filtered.out]).toEqual([0, expect.stringContaining("2 passed in")]);
    expect((await run("--bail")).out).toMatch(/1 failed, 1 passed in/);
    expect(await run("--filter", "seven")).toMatchObject({
      code: 1,
      out: "no test is called anything like `seven`\n",
    });
    expect(await run("--filter", "(")).toMatchObject({
      code: 2,
      err: expect.stringContaining("RE2 pattern"),
    });
    expect(await run("--watch", "--format", "json")).toMatchObject({ code: 2 });
  });
});
