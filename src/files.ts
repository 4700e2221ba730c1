import { readdir, readFile, stat } from "node:fs/promises";
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { compilePolicy } from "./compiler/compile.js";
import type { Files } from "./compiler/program.js";
import type { Diagnostic } from "./diagnostics/diagnostic.js";
import { loadPolicy, maxPolicyBytes } from "./ir/load.js";
import type { PolicyIr } from "./ir/policy.js";

/** The folder of ready-to-use policies that come with the package: `std/…`. */
const standardPolicies = fileURLToPath(new URL("../policies/", import.meta.url));

/** No source file may be larger; the parser's bound is the same. */
const maxSourceBytes = 1024 * 1024;

/** Files on disk, for the compiler. Text that is not UTF-8 is an error. */
export const diskFiles: Files = {
  read(file) {
    const at = diskPath(file);
    try {
      const { size } = statSync(at);
      if (size > maxSourceBytes) return { error: `it has ${size} bytes, more than ${maxSourceBytes}` };
      return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(at)) };
    } catch (error) {
      return { error: reasonOf(error) };
    }
  },
};

/** Where a file of the compiler's lies on disk: `std/…` is in the package. */
export function diskPath(file: string): string {
  return file.startsWith("std/") ? path.join(standardPolicies, file.slice("std/".length)) : file;
}

/** Folders that hold what others wrote, or what no person looks at. */
const isSkipped = (name: string): boolean => name === "node_modules" || name.startsWith(".");

/** Every `*.reshimu` below a folder, but not more than `most`; rejects where a folder cannot be read. */
export async function policiesBelow(folder: string, most = Number.POSITIVE_INFINITY): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (found.length >= most) break;
    const at = path.join(folder, entry.name);
    if (entry.isDirectory() && !isSkipped(entry.name))
      found.push(...(await policiesBelow(at, most - found.length)));
    else if ((entry.isFile() || entry.isSymbolicLink()) && entry.name.endsWith(".reshimu")) found.push(at);
  }
  return found;
}

/** Why a file cannot be read, for a person. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === "ENOENT") return "there is no such file";
  if (code === "EISDIR") return "it is a folder";
  if (code === "EACCES") return "it may not be read";
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") return "it is not UTF-8 text";
  return error instanceof Error ? (error.message.split("\n")[0] ?? "").slice(0, 200) : "it cannot be read";
}

/** A policy from disk, in source or built. `policy` is null where there are errors. */
export interface PolicyFile {
  readonly policy: PolicyIr | null;
  readonly diagnostics: readonly Diagnostic[];
  /** Texts of the files read, by the names diagnostics use. */
  readonly sources: ReadonlyMap<string, string>;
  /** The folder where its locators start. */
  readonly root: string;
}

/**
 * Reads a policy: a `.reshimu` file is compiled, a `.json` file is one that was built, a folder means its `policy.reshimu`.
 * What is wrong comes as diagnostics; it never throws. `files` is where sources are read from.
 */
export async function loadPolicyFile(file: string, files: Files = diskFiles): Promise<PolicyFile> {
  const at = await policyPath(file);
  const root = path.dirname(path.resolve(at));
  if (!at.endsWith(".json")) {
    const { policy, diagnostics, sources } = compilePolicy(at.split(path.sep).join("/"), files);
    return { policy, diagnostics, sources, root };
  }
  try {
    const { size } = await stat(at);
    if (size > maxPolicyBytes) return broken(at, root, `it has ${size} bytes, more than ${maxPolicyBytes}`);
    const text = new TextDecoder("utf-8", { fatal: true }).decode(await readFile(at));
    const loaded = loadPolicy(text);
    return loaded.ok
      ? { policy: loaded.policy, diagnostics: [], sources: new Map(), root }
      : broken(at, root, loaded.problem);
  } catch (error) {
    return broken(at, root, reasonOf(error));
  }
}

async function policyPath(file: string): Promise<string> {
  try {
    return (await stat(file)).isDirectory() ? path.join(file, "policy.reshimu") : file;
  } catch {
    return file;
  }
}

function broken(file: string, root: string, problem: string): PolicyFile {
  const diagnostic: Diagnostic = {
    code: "load/broken-policy",
    severity: "error",
    message: `\`${path.basename(file)}\` cannot be loaded: ${problem}`,
    span: { file, start: 0, end: 0 },
    help: "a `.json` policy is what `reshimu build POLICY -o FILE` writes",
  };
  return { policy: null, diagnostics: [diagnostic], sources: new Map(), root };
}
