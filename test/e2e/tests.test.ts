import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testedPolicy as policy } from "../support/tested-policy.js";
import { ensureBuilt, reshimu } from "./binary.js";

let folder: string;
const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);

beforeAll(ensureBuilt);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "reshimu-tests-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("the built programme tells GitHub which lines failed", async () => {
  write("a.reshimu", policy(["100%: never, ever", "return"]));
  const { code, out, err } = await reshimu(["test", "--format", "github"], { cwd: folder });
  expect(code).toBe(1);
  expect(out).toMatch(
    /^::error file=a\.reshimu,line=\d+,col=3,title=100%25%3A never%2C ever::expected return, got authorize\n$/,
  );
  expect(err).toMatch(/^1 failed in \d+\.\d\d s\n$/);
});

// ------------------------------------------------------------------ --watch

/** The programme as it watches, and what it has written since it was last looked at. */
class Watching {
  readonly ended: Promise<number | null>;
  readonly #child: ChildProcess;
  #text = "";
  #heard: () => void = () => {};

  constructor(...args: readonly string[]) {
    this.#child = spawn(process.execPath, [resolve("dist/cli/start/main.cjs"), "test", "--watch", ...args], {
      cwd: folder,
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#text += text;
        this.#heard();
      });
    this.ended = new Promise((done) => this.#child.once("exit", done));
  }

  /** Waits until it has written something; gives all it wrote up to there. */
  async until(pattern: RegExp): Promise<string> {
    const deadline = Date.now() + 20_000;
    for (;;) {
      const found = pattern.exec(this.#text);
      if (found !== null) {
        const end = found.index + found[0].length;
        const said = this.#text.slice(0, end);
        this.#text = this.#text.slice(end);
        return said;
      }
      if (Date.now() > deadline) throw new Error(`waited for ${pattern}, and it wrote:\n${this.#text}`);
      await new Promise<void>((heard) => {
        this.#heard = heard;
        setTimeout(heard, 200);
      });
    }
  }

  stop(): void {
    this.#child.kill("SIGINT");
  }
}

describe("`test --watch`", () => {
  test("runs again what depends on what changed, also a new file, and a base elsewhere", {
    timeout: 60_000,
  }, async () => {
    const base = mkdtempSync(join(tmpdir(), "reshimu-base-"));
    const baseText = (path: string): string =>
      `policy base\n\ntool notes.list(path: path)\n\nscope {\n  permit *\n  forbid notes.list when path within "${path}"\n}\n`;
    const above = (): string =>
      policy(["lists", "authorize"])
        .replace("policy notes.summary", `policy notes.summary extends "${join(base, "base.reshimu")}"`)
        .replace(
          "permit notes.read serving read",
          "permit notes.list serving read\n  permit notes.read serving read",
        )
        .replace("treat notes.read as read", "treat notes.read, notes.list as read")
        .replaceAll('propose notes.read(path: "/notes/1.md")', 'propose notes.list(path: "/notes/1")');
    mkdirSync(join(folder, "deep"));
    writeFileSync(join(base, "base.reshimu"), baseText("/else"));
    write("a.reshimu", policy(["reads", "authorize"]));
    write("deep/b.reshimu", above());

    const watching = new Watching(".");
    try {
      expect(await watching.until(/watching for changes.*\n/)).toContain("2 passed in");

      write("a.reshimu", policy(["reads", "return"]));
      const changed = await watching.until(/1 failed in .*\n/);
      expect(changed).toContain("✗ reads");
      expect(changed).not.toContain("lists");
      expect(changed).not.toContain("\u001b");

      writeFileSync(join(base, "base.reshimu"), baseText("/notes"));
      const depending = await watching.until(/1 failed in .*\n/);
      expect(depending).toContain("✗ lists");
      expect(depending).not.toContain("reads");

      write("c.reshimu", policy(["new", "authorize"]));
      expect(await watching.until(/1 passed in .*\n/)).toContain("✓ new");

      write("c.reshimu", "policy");
      expect(await watching.until(/1 policy with errors\n/)).toContain("error[");
    } finally {
      watching.stop();
      rmSync(base, { recursive: true, force: true });
    }
    expect(await watching.ended).toBe(1);
  });
});
