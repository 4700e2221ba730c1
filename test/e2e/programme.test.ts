import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { ensureBuilt, reshimu } from "./binary.js";

const accounts = "test/cli/samples/accounts";
const query = '{"tool":"crm.query","args":{"table":"accounts","sql":"select 1","limit":1}}\n';
const EU = ["--given", "region=EU"];

beforeAll(ensureBuilt);

describe("the built programme", () => {
  test("gives what it gives within a process", async () => {
    const { code, out, err } = await reshimu(["eval", accounts, `${accounts}/proposals.jsonl`, ...EU]);
    expect(out).toBe(readFileSync("test/cli/samples/accounts/expected.txt", "utf8"));
    expect(err).toBe(readFileSync("test/cli/samples/accounts/expected-errors.txt", "utf8"));
    expect(code).toBe(3);
  });

  test("decides the same by a policy in source and built", async () => {
    const built = join(mkdtempSync(join(tmpdir(), "reshimu-")), "accounts.json");
    expect((await reshimu(["build", accounts, "-o", built])).code).toBe(0);
    const eachIn = (policy: string) =>
      reshimu(["eval", policy, `${accounts}/proposals.jsonl`, ...EU, "--exit-code"]);
    const [source, fromBuilt] = [await eachIn(accounts), await eachIn(built)];
    expect(fromBuilt).toEqual(source);
  });

  test("reads stdin", async () => {
    expect(await reshimu(["eval", accounts, "-", ...EU, "--exit-code"], { input: query })).toMatchObject({
      code: 0,
      err: "",
    });
    expect((await reshimu(["eval", accounts, ...EU], { input: query.repeat(3) })).out).toMatch(
      /3 decided: 3 authorize\n$/,
    );
    expect(await reshimu(["eval", accounts, ...EU])).toEqual({ code: 0, out: "0 decided\n", err: "" });
  });

  test("answers line by line, before the next is there", async () => {
    const child = spawn(process.execPath, [
      resolve("dist/cli/start/main.cjs"),
      "eval",
      accounts,
      "--format",
      "json",
      ...EU,
    ]);
    for (let i = 0; i < 3; i += 1) {
      const answer = new Promise<string>((done) => child.stdout.once("data", (data) => done(String(data))));
      child.stdin.write(query);
      expect(JSON.parse(await answer).decision).toBe("authorize");
    }
    const ended = new Promise((done) => child.once("close", done));
    child.stdin.end();
    expect(await ended).toBe(0);
  });

  test("is quiet where nobody reads any more", async () => {
    const child = spawn(process.execPath, [
      resolve("dist/cli/start/main.cjs"),
      "eval",
      accounts,
      "--format",
      "json",
      ...EU,
    ]);
    let err = "";
    child.stderr.on("data", (data) => {
      err += String(data);
    });
    child.stdin.on("error", () => {});
    child.stdout.once("data", () => child.stdout.destroy());
    child.stdin.end(query.repeat(5_000));
    await new Promise((done) => child.once("close", done));
    expect(err).toBe("");
  });

  test("goes on without stdin", async () => {
    const child = spawn(process.execPath, [resolve("dist/cli/start/main.cjs"), "eval", accounts, ...EU], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const code = await new Promise((done) => child.once("close", done));
    expect(code).toBe(0);
  });

  test("has colours only where they are wanted", async () => {
    const check = (env: Record<string, string>) => reshimu(["check", accounts], { env });
    expect((await check({})).out).not.toContain("\u001b");
    expect((await check({ FORCE_COLOR: "1" })).out).toContain("\u001b[32m");
    expect((await check({ FORCE_COLOR: "0", NO_COLOR: "1" })).out).not.toContain("\u001b");
  });

  test("runs by a link, as a package manager makes one", async () => {
    const link = join(mkdtempSync(join(tmpdir(), "reshimu-")), "reshimu");
    symlinkSync(resolve("dist/cli/start/main.cjs"), link);
    const child = spawn(process.execPath, [link, "--version"], { stdio: ["ignore", "pipe", "pipe"] });
    const out = await new Promise<string>((done) => child.stdout.once("data", (data) => done(String(data))));
    expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test("checks the folder it stands in", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "reshimu-"));
    expect(await reshimu(["check"], { cwd })).toMatchObject({ code: 2, out: "" });
    writeFileSync(join(cwd, "a.reshimu"), "policy a\n");
    expect(await reshimu(["check"], { cwd })).toEqual({ code: 0, out: "1 policy, no problems\n", err: "" });
  });
});
