import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { build } from "vite";

/** What came of a run: how many entries came to their end, and every problem. */
export interface Ran {
  readonly done: number;
  readonly problems: readonly string[];
}

/** Makes the child one file that Node runs as it is. */
export async function bundleChild(): Promise<string> {
  const outDir = resolve("node_modules/.reshimu-hostile", String(process.pid));
  await build({
    configFile: false,
    logLevel: "error",
    build: {
      ssr: resolve("test/hostile/child.ts"),
      outDir,
      minify: false,
      sourcemap: "inline",
      target: "node20",
      rollupOptions: { output: { entryFileNames: "child.mjs" } },
    },
  });
  return resolve(outDir, "child.mjs");
}

export interface Limits {
  /** Of the old generation, in MiB. */
  readonly memory: number;
  /** No entry may take longer, in milliseconds: it would never end. */
  readonly longest: number;
}

/** Runs the child until all is done; an entry at which it ends too early, or not at all, is a problem, and it goes on behind it. */
export async function runChild(file: string, args: readonly string[], limits: Limits): Promise<Ran> {
  const problems: string[] = [];
  let done = 0;
  for (let from = 0; ; ) {
    const one = await runOnce(file, [...args, String(from)], limits);
    done += one.done;
    problems.push(...one.problems);
    if (one.endedAt === undefined) return { done, problems };
    problems.push(`${one.endedAt}: ${one.why}`);
    from += one.begun;
  }
}

interface Once extends Ran {
  readonly begun: number;
  /** The entry at which it ended too early. */
  readonly endedAt: string | undefined;
  readonly why: string;
}

function runOnce(file: string, args: readonly string[], { memory, longest }: Limits): Promise<Once> {
  const child = spawn(
    process.execPath,
    ["--enable-source-maps", `--max-old-space-size=${memory}`, file, ...args],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  const problems: string[] = [];
  let done = 0;
  let begun = 0;
  let at: string | undefined;
  let why = "";
  let errors = "";
  const late = (): void => {
    why = `did not end within ${longest / 1_000} s`;
    child.kill("SIGKILL");
  };
  let timer = setTimeout(late, longest);
  createInterface(child.stdout).on("line", (line) => {
    clearTimeout(timer);
    timer = setTimeout(late, longest);
    const told = JSON.parse(line) as { begun?: string; done?: string; problem?: string };
    if (told.begun !== undefined) {
      begun += 1;
      at = told.begun;
      return;
    }
    done += 1;
    at = undefined;
    if (told.problem !== undefined) problems.push(`${told.done}: ${told.problem}`);
  });
  child.stderr.on("data", (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-2_000);
  });
  return new Promise((resolved) => {
    child.on("close", (code) => {
      clearTimeout(timer);
      if (why === "" && code !== 0) why = `ended with ${code}: ${errors}`;
      resolved({
        done,
        begun,
        problems,
        endedAt: code === 0 ? undefined : (at ?? "before the first entry"),
        why,
      });
    });
  });
}
