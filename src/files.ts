import { readdir, readFile, stat } from "node:fs/promises";
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { analysePolicy, lowerAnalysis } from "./compiler/compile.js";
import { ParsedBases } from "./compiler/parsed-bases.js";
import type { Files } from "./compiler/program.js";
import { type Diagnostic, hasErrors } from "./diagnostics/diagnostic.js";
import { reasonOf } from "./diagnostics/reason.js";
import { loadPolicy, maxPolicyBytes } from "./ir/load.js";
import type { PolicyIr } from "./ir/policy.js";
import { standardPolicies } from "./policies/folders.js";
import { defaultProject, findProject, type Project, textOnDisk, underProject } from "./project.js";

/** No source file may be larger; the parser's bound is the same. */
const maxSourceBytes = 1024 * 1024;

/**
 * Files on disk, for the compiler. Text that is not UTF-8 is an error. Where the project says what `std/…` is, such a file is named
 * by where it lies: it may be met as a file of the project's too.
 */
export const filesOf = ({ std }: Pick<Project, "std">): Files => ({
  locate: (file) => (std === undefined ? file : ownPath(diskPath(file, std))),
  read(file) {
    const at = diskPath(file, std);
    try {
      const { size } = statSync(at);
      if (size > maxSourceBytes) return { error: `it has ${size} bytes, more than ${maxSourceBytes}` };
      return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(at)) };
    } catch (error) {
      return { error: reasonOf(error) };
    }
  },
});

/** A path of the user's as the compiler takes it: with slashes, and a folder that happens to be called `std` is not the package's. */
export function ownPath(file: string): string {
  const written = file.replaceAll(path.sep, "/");
  return written.startsWith("std/") ? `./${written}` : written;
}

/** Files on disk, and `std/…` as it comes with the package. */
export const diskFiles: Files = filesOf(defaultProject);

/** Where a file of the compiler's lies on disk: `std/…` is in the package, or where the project says. */
export function diskPath(file: string, std = standardPolicies): string {
  return file.startsWith("std/") ? path.join(std, file.slice("std/".length)) : file;
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

/** A policy from disk, in source or built. `policy` is null where there are errors. */
export interface PolicyFile {
  readonly policy: PolicyIr | null;
  readonly diagnostics: readonly Diagnostic[];
  /** Texts of the files read, by the names diagnostics use. */
  readonly sources: ReadonlyMap<string, string>;
  /** The folder where its locators start. */
  readonly root: string;
}

/** How a policy in source is read. */
export interface LoadOptions {
  /** What holds for it; else that of the nearest `reshimu.json`, from its folder up. */
  readonly project?: Project | undefined;
  /** Texts that count in place of those on disk, by the names diagnostics use: an editor's, or what a fix would write. */
  readonly changed?: ReadonlyMap<string, string>;
  /** Is told each file that is read, as it is named. */
  readonly onRead?: (file: string) => void;
  /** Is told all that the result rests on: each file that is looked for, by where it lies, and its text, undefined where it has none. */
  readonly onLooked?: (at: string, text: string | undefined) => void;
}

/**
 * Reads a policy: a `.reshimu` file is compiled, a `.json` file is one that was built, a folder means its `policy.reshimu`.
 * What is wrong comes as diagnostics; it never throws.
 */
export async function loadPolicyFile(file: string, options: LoadOptions = {}): Promise<PolicyFile> {
  const at = await policyPath(file);
  const root = path.dirname(path.resolve(at));
  if (!at.endsWith(".json")) return compiled(at, root, options);
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

/** What the policies of a process extend. */
const bases = new ParsedBases();

function compiled(at: string, root: string, { project, changed, onRead, onLooked }: LoadOptions): PolicyFile {
  const used =
    project ??
    findProject(path.dirname(at), (file) => {
      const text = textOnDisk(file);
      onLooked?.(path.resolve(file), text);
      return text;
    });
  const disk = filesOf(used);
  const files: Files = {
    ...disk,
    read(file) {
      onRead?.(file);
      const text = changed?.get(file);
      const found = text === undefined ? disk.read(file) : { text };
      onLooked?.(path.resolve(diskPath(file, used.std)), "text" in found ? found.text : undefined);
      return found;
    },
  };
  const entry = ownPath(at);
  const { policy, ...result } = lowerAnalysis(analysePolicy(entry, files, bases.parserFor(entry)));
  const diagnostics = underProject(result.diagnostics, used);
  const sources =
    used.file !== undefined && used.diagnostics.length > 0
      ? new Map([...result.sources, [used.file, used.text]])
      : result.sources;
  return { policy: hasErrors(diagnostics) ? null : policy, diagnostics, sources, root };
}

/** The file that a path means: of a folder its `policy.reshimu`. Never rejects. */
export async function policyPath(file: string): Promise<string> {
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
