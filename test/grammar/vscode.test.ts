import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compilePolicy } from "../../src/compiler/compile.js";
import { ensureBuilt } from "../e2e/binary.js";
import { startServer } from "../lsp/client.js";

const extension = "grammar/vscode";
const out = mkdtempSync(path.join(tmpdir(), "reshimu-vscode-"));
const manifest = JSON.parse(readFileSync(`${extension}/package.json`, "utf8"));

beforeAll(ensureBuilt);
afterAll(() => rmSync(out, { recursive: true }));

test("the bundled server is one file that answers by itself", async () => {
  execFileSync(process.execPath, [`${extension}/build.mjs`, out, "--server-only"]);
  const served = await startServer([path.join(out, "lsp/server.mjs"), "--stdio"], undefined);
  try {
    expect(served.initialized.serverInfo).toEqual({ name: "reshimu" });
    expect(await served.end()).toBe(0);
  } finally {
    served.kill();
  }
});

test("the version is the package's", () => {
  expect(manifest.version).toBe(JSON.parse(readFileSync("package.json", "utf8")).version);
});

test("the snippet of a whole policy is a policy, as it comes", () => {
  const snippets = JSON.parse(readFileSync(`${extension}/snippets.json`, "utf8"));
  const text = [snippets.commission.body]
    .flat()
    .join("\n")
    .replace(/\$\{\d+:([^}]*)\}/g, "$1");
  const { policy, diagnostics } = compilePolicy("a.reshimu", { read: () => ({ text }) });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(policy).not.toBeNull();
});

// Its tools are an installation of their own: `npm run vscode` makes it.
const vsce = `${extension}/node_modules/@vscode/vsce/vsce`;
test.runIf(existsSync(vsce))("it packages", () => {
  execFileSync(process.execPath, ["build.mjs"], { cwd: extension });
  const file = path.join(out, "reshimu.vsix");
  const args = ["package", "--no-dependencies", "--allow-missing-repository", "--out", file];
  execFileSync(process.execPath, [path.resolve(vsce), ...args], { cwd: extension, stdio: "pipe" });
  expect(statSync(file).size).toBeGreaterThan(100_000);
});
