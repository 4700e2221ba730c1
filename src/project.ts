import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { findNodeAtLocation, type JSONPath, parseTree } from "jsonc-parser";
import type { z } from "zod";
import { allCodes } from "./compiler/explain.js";
import type { Diagnostic, Span } from "./diagnostics/diagnostic.js";
import { didYouMean } from "./diagnostics/did-you-mean.js";
import type { ProjectFile, SeverityLevel } from "./ir/project.js";
import { projectSchema } from "./ir/schemas/project.js";
import { readJson } from "./ir/read-json.js";

/** What holds for the policies of a folder and below (docs/cli.md, *reshimu.json*). */
export interface Project {
  /** The file it is written in; undefined where there is none, and all is as it is by default. */
  readonly file: string | undefined;
  /** Policies and folders that commands go through where none is given; undefined where it does not say. */
  readonly policies: readonly string[] | undefined;
  /** The folder that `std/…` means; undefined for the package's own. */
  readonly std: string | undefined;
  readonly severity: ReadonlyMap<string, SeverityLevel>;
  /** What is wrong with the file. */
  readonly diagnostics: readonly Diagnostic[];
  readonly text: string;
}

export const projectFileName = "reshimu.json";

/** A project without a file. */
export const defaultProject: Project = {
  file: undefined,
  policies: undefined,
  std: undefined,
  severity: new Map(),
  diagnostics: [],
  text: "",
};

/** Gives the text of a file, `undefined` where there is no such file; throws where it cannot be read. */
export type TextOf = (file: string) => string | undefined;

/** The text of a file on disk. */
export const textOnDisk: TextOf = (file) =>
  statSync(file, { throwIfNoEntry: false })?.isFile()
    ? new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file))
    : undefined;

/**
 * The project of a folder: of the nearest `reshimu.json`, in it or above. `textOf` is asked for each, as it is named, until one is
 * there. Never throws: what is wrong comes as diagnostics.
 */
export function findProject(folder: string, textOf: TextOf = textOnDisk): Project {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const project = projectAt(shown(path.join(at, projectFileName), folder), textOf);
    if (project !== undefined) return project;
    if (path.dirname(at) === at) return defaultProject;
  }
}

/** The project that a file writes, or the `reshimu.json` of a folder. Never throws. */
export function loadProject(at: string): Project {
  const file = isFolder(at) ? path.join(at, projectFileName) : at;
  return projectAt(file, textOnDisk) ?? unreadable(file);
}

function projectAt(file: string, textOf: TextOf): Project | undefined {
  try {
    const text = textOf(file);
    return text === undefined ? undefined : readProject(file, text);
  } catch {
    return unreadable(file);
  }
}

const unreadable = (file: string): Project =>
  broken(file, "", [problem({ file, start: 0, end: 0 }, "it cannot be read as UTF-8 text")]);

/** As `loadProject`, of a text at hand. */
export function readProject(file: string, text: string): Project {
  const read = readJson(text);
  if (!read.ok) {
    const start = read.offset ?? 0;
    return broken(file, text, [problem({ file, start, end: start }, `it ${read.problem}`)]);
  }
  const { value } = read;
  const parsed = projectSchema.safeParse(value);
  if (!parsed.success) return broken(file, text, issuesOf(file, text, parsed.error));
  const diagnostics = severityProblems(file, text, parsed.data);
  const folder = path.dirname(file);
  const { policies, std, severity = {} } = parsed.data;
  return {
    file,
    policies: policies?.map((one) => path.join(folder, one)),
    std: std === undefined ? undefined : path.join(folder, std),
    severity: new Map(Object.entries(severity)),
    diagnostics,
    text,
  };
}

/**
 * What is to be told of a policy in a project: what is wrong with the project's file, and the policy's diagnostics with the
 * severities of the project. What is off is left out; errors stay.
 */
export function underProject(diagnostics: readonly Diagnostic[], project: Project): Diagnostic[] {
  const weighed = diagnostics.flatMap((one) => {
    const level = one.code.startsWith("lint/") ? project.severity.get(one.code) : undefined;
    if (level === undefined) return [one];
    return level === "off" ? [] : [{ ...one, severity: level }];
  });
  return [...project.diagnostics, ...weighed];
}

const broken = (file: string, text: string, diagnostics: readonly Diagnostic[]): Project => ({
  ...defaultProject,
  file,
  diagnostics,
  text,
});

const problem = (span: Span, message: string, help = "docs/cli.md says what it can hold"): Diagnostic => ({
  code: "load/bad-project",
  severity: "error",
  message: `\`${projectFileName}\` cannot be used: ${message}`,
  span,
  help,
});

const keys = Object.keys(projectSchema.shape);

function issuesOf(file: string, text: string, { issues }: z.ZodError): Diagnostic[] {
  return issues.flatMap((issue) => {
    const at = issue.path.filter((key) => typeof key !== "symbol");
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => {
        const close = didYouMean(key, keys);
        return problem(
          keySpan(file, text, [...at, key]),
          `unknown key \`${key}\``,
          close === undefined
            ? `it knows ${keys.map((one) => `\`${one}\``).join(", ")}`
            : `did you mean \`${close}\`?`,
        );
      });
    const where = at.length === 0 ? "it" : `\`${at.join(".")}\``;
    return [problem(valueSpan(file, text, at), `${where} does not fit: ${lowered(issue.message)}`)];
  });
}

const lowered = (message: string): string => message.charAt(0).toLowerCase() + message.slice(1);

/** Codes that do not exist, and errors that would be lowered. */
function severityProblems(file: string, text: string, { severity = {} }: ProjectFile): Diagnostic[] {
  const codes = allCodes();
  return Object.entries(severity).flatMap(([code, level]) => {
    const span = keySpan(file, text, ["severity", code]);
    if (!codes.some((known) => known === code)) {
      const close = didYouMean(code, codes) ?? didYouMean(`lint/${code}`, codes);
      return [
        problem(
          span,
          `no code is called \`${code.slice(0, 100)}\``,
          close === undefined ? "`reshimu explain` lists all codes" : `did you mean \`${close}\`?`,
        ),
      ];
    }
    if (code.startsWith("lint/") || level === "error") return [];
    return [
      problem(
        span,
        `\`${code}\` is an error and cannot be lowered`,
        "only the codes of `lint/` have a severity to choose",
      ),
    ];
  });
}

function valueSpan(file: string, text: string, at: JSONPath): Span {
  const root = parseTree(text);
  const node = root === undefined ? undefined : findNodeAtLocation(root, at);
  const start = node?.offset ?? 0;
  return { file, start, end: start + (node?.length ?? 0) };
}

function keySpan(file: string, text: string, at: JSONPath): Span {
  const root = parseTree(text);
  const key = root === undefined ? undefined : findNodeAtLocation(root, at)?.parent?.children?.[0];
  return key === undefined
    ? valueSpan(file, text, at)
    : { file, start: key.offset, end: key.offset + key.length };
}

/** The path as diagnostics name files: with slashes, and relative where the folder was. */
const shown = (file: string, folder: string): string =>
  (path.isAbsolute(folder) ? file : path.relative(process.cwd(), file)).replaceAll(path.sep, "/");

function isFolder(at: string): boolean {
  return statSync(at, { throwIfNoEntry: false })?.isDirectory() === true;
}
