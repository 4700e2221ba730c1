import { execFile, execFileSync, type ExecFileException } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";

const main = resolve("dist/cli/start/main.cjs");
/** The whole programme, without the quick way before it. */
const whole = resolve("dist/whole/main.js");

/** What a run of the built programme gave; `signal` where it did not end by itself. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly input?: string | Uint8Array;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Runs the whole programme at once, without the quick way. */
  readonly whole?: boolean;
}

/** Runs the built programme as a process of its own, with nothing of this one's wishes about colour. */
export function reshimu(
  args: readonly string[],
  { input, cwd, env, ...more }: RunOptions = {},
): Promise<Ran> {
  const { FORCE_COLOR: _f, NO_COLOR: _n, RESHIMU_DEBUG: _d, ...inherited } = process.env;
  return new Promise((done) => {
    const options = {
      cwd,
      env: { ...inherited, RESHIMU_CACHE_DIR: "off", ...env },
      timeout: 50_000,
      maxBuffer: 64 * 1_048_576,
      encoding: "utf8",
    } as const;
    const child = execFile(
      process.execPath,
      [more.whole ? whole : main, ...args],
      options,
      (error: ExecFileException | null, out, err) => {
        done({ code: error === null ? 0 : typeof error.code === "number" ? error.code : null, out, err });
      },
    );
    // It may end before it has read all.
    child.stdin?.on("error", () => {});
    child.stdin?.end(input ?? "");
  });
}

/** Builds the programme unless it is newer than its sources; only one process does at a time. */
export async function ensureBuilt(): Promise<void> {
  const lock = resolve("node_modules/.reshimu-build");
  const deadline = Date.now() + 50_000;
  while (!isFresh()) {
    if (acquire(lock)) {
      try {
        if (!isFresh()) build();
        return;
      } finally {
        rmdirSync(lock);
      }
    }
    if (Date.now() > deadline)
      throw new Error(`somebody else has been building for too long; remove ${lock}`);
    await new Promise((wake) => setTimeout(wake, 100));
  }
}

function acquire(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}

function build(): void {
  const compiler = join(
    dirname(createRequire(import.meta.url).resolve("typescript/package.json")),
    "bin/tsc",
  );
  execFileSync(process.execPath, [compiler, "-p", "tsconfig.build.json"], { stdio: "pipe" });
  execFileSync(process.execPath, ["scripts/bundle.mjs"], { stdio: "pipe" });
}

function isFresh(): boolean {
  if (!existsSync(main)) return false;
  const sources = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".ts"),
  );
  const newest = Math.max(...sources.map((path) => statSync(join("src", path)).mtimeMs));
  return statSync(main).mtimeMs >= newest;
}
