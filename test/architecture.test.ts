import { existsSync, readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join, posix, sep } from "node:path";
import { describe, expect, test } from "vitest";

/** What each folder of src may import besides itself; "index.ts" is the public API. A new folder gets a line here. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  diagnostics: [],
  syntax: ["diagnostics"],
  ir: [],
  compiler: ["syntax", "ir", "diagnostics"],
  logic: ["ir"],
  validators: ["ir", "logic"],
  engine: ["validators", "logic", "ir"],
  report: ["ir", "diagnostics"],
  patch: ["compiler", "syntax", "diagnostics", "engine", "ir"],
  sources: ["ir"],
  trace: ["ir"],
  session: ["engine", "sources", "trace", "ir"],
  asking: ["trace", "logic", "ir"],
  coverage: ["engine", "logic", "ir"],
  testing: ["engine", "session", "ir"],
  lsp: ["files.ts", "project.ts", "compiler", "syntax", "diagnostics", "testing", "ir"],
  policies: [],
  cache: ["ir"],
  cli: ["index.ts", "lsp", "cache"],
  "schemas.ts": ["ir"],
  "files.ts": ["compiler", "diagnostics", "ir", "policies", "project.ts"],
  "project.ts": ["compiler", "diagnostics", "ir"],
  starter: ["compiler", "syntax", "ir"],
  "index.ts": [
    "files.ts",
    "project.ts",
    "diagnostics",
    "syntax",
    "ir",
    "compiler",
    "logic",
    "validators",
    "engine",
    "report",
    "patch",
    "sources",
    "session",
    "trace",
    "asking",
    "testing",
    "coverage",
    "starter",
  ],
};

/** These run in a browser too: no module of Node. */
const PURE = ["diagnostics", "syntax", "ir", "compiler", "logic", "validators", "engine"];

/** A gate starts from a compiled policy: nothing here may lead to the parser or the compiler, by whatever way. */
const RUNNING = ["logic", "validators", "engine", "session", "sources", "trace", "asking"];
const AUTHORING = ["syntax", "compiler"];

/** The only folders that may import a package. */
const PACKAGE_HOMES: Readonly<Record<string, readonly string[]>> = { chevrotain: ["syntax"] };

/** The zod schemas, and who may load them: all else checks by their shapes (`ir/misfit.ts`), since to load zod takes longer than to decide. */
const SCHEMAS = "ir/schemas/";
const SCHEMA_READERS: readonly string[] = ["project.ts", "schemas.ts"];

/** Only who uses these loads them: imported are their types, all else by `import()`. */
const LAZY = /^(?:pg|pg-.*|pgpass|@modelcontextprotocol\/.*)$/;
/** Files that may import them, since they are themselves loaded by `import()`. */
const LATE_FILES: readonly string[] = ["trace/postgres.ts"];

const LONGEST_FILE = 400;
/** Files that may be longer, each with the reason. */
const LONG_FILES: Readonly<Record<string, string>> = {
  "syntax/ast.ts": "the whole tree on one page: declarations of types and nothing else",
};

/** The files of src: path from src, with slashes, and text. */
type Sources = ReadonlyMap<string, string>;

function readSources(root: string): Sources {
  if (!existsSync(root)) return new Map();
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".ts"),
  );
  return new Map(
    paths.sort().map((path) => [path.split(sep).join("/"), readFileSync(join(root, path), "utf8")]),
  );
}

const IMPORTS = [
  /^[ \t]*(?:import|export)\b[^"'`;]*?\bfrom\s*["']([^"']+)["']/gm,
  /^[ \t]*import\s*["']([^"']+)["']/gm,
  /^[^*/\n]*\bimport\(\s*["']([^"']+)["']/gm,
];

/** An import that is there at run time, whether it is used or not. */
const EAGER = /^[ \t]*(?:import|export)\b(?!\s*type\b)(?:[^"'`;()]*?\bfrom)?\s*["']([^"']+)["']/gm;

/** Files that load a package of `LAZY` whether they use it or not. */
function eagerImports(sources: Sources): string[] {
  return [...sources]
    .filter(([path]) => !LATE_FILES.includes(path))
    .flatMap(([path, text]) =>
      [...text.matchAll(EAGER)].filter(([, to]) => LAZY.test(to ?? "")).map(([, to]) => `${path} -> ${to}`),
    );
}

/** What a file imports: other files as paths from src, all else as it is written. */
function importsOf(path: string, text: string, patterns = IMPORTS): string[] {
  const specifiers = patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => match[1] ?? ""),
  );
  return specifiers.map((specifier) =>
    specifier.startsWith(".")
      ? `./${posix.join(posix.dirname(path), specifier).replace(/\.js$/, ".ts")}`
      : specifier,
  );
}

interface Arrow {
  readonly from: string;
  readonly to: string;
}

function arrowsOf(sources: Sources): Arrow[] {
  return [...sources].flatMap(([from, text]) => importsOf(from, text).map((to) => ({ from, to })));
}

const isFile = (to: string) => to.startsWith("./");
const filePath = (to: string) => to.slice(2);
const folderOf = (path: string) => path.split("/")[0] ?? path;
const packageOf = (to: string) =>
  to
    .split("/")
    .slice(0, to.startsWith("@") ? 2 : 1)
    .join("/");
const show = ({ from, to }: Arrow) => `${from} imports ${to}`;

function foldersWithoutLine(sources: Sources): string[] {
  return [...new Set([...sources.keys()].map(folderOf))].filter((folder) => !Object.hasOwn(ALLOWED, folder));
}

function forbiddenFolders(sources: Sources): string[] {
  return arrowsOf(sources)
    .filter(({ from, to }) => {
      if (!isFile(to)) return false;
      const [home, target] = [folderOf(from), folderOf(filePath(to))];
      return home !== target && !ALLOWED[home]?.includes(target);
    })
    .map(show);
}

function impureImports(sources: Sources): string[] {
  return arrowsOf(sources)
    .filter(({ from, to }) => PURE.includes(folderOf(from)) && !isFile(to) && isBuiltin(to))
    .map(show);
}

function strayPackages(sources: Sources): string[] {
  return arrowsOf(sources)
    .filter(({ from, to }) => {
      const homes = isFile(to) ? undefined : PACKAGE_HOMES[packageOf(to)];
      return homes !== undefined && !homes.includes(folderOf(from));
    })
    .map(show);
}

/** The files of the running tower from which a way of imports leads to the authoring tower, each with that way. */
function leaksIntoAuthoring(sources: Sources): string[] {
  return [...sources.keys()]
    .filter((path) => RUNNING.includes(folderOf(path)))
    .flatMap((path) => wayTo(path, (to) => AUTHORING.includes(folderOf(to)), sources) ?? []);
}

function wayTo(start: string, isGoal: (path: string) => boolean, sources: Sources): string | undefined {
  const cameFrom = new Map<string, string | undefined>([[start, undefined]]);
  for (const path of cameFrom.keys()) {
    if (isGoal(path)) return unwind(path, cameFrom);
    for (const next of fileImports(path, sources)) if (!cameFrom.has(next)) cameFrom.set(next, path);
  }
  return undefined;
}

/** Files that load zod's schemas without being listed for it, or that load zod by themselves. */
function schemaLeaks(sources: Sources): string[] {
  return [...sources].flatMap(([path, text]) =>
    path.startsWith(SCHEMAS) || SCHEMA_READERS.includes(path)
      ? []
      : importsOf(path, text, [EAGER])
          .filter((to) => packageOf(to) === "zod" || to.startsWith(`./${SCHEMAS}`))
          .map((to) => `${path} loads ${to}`),
  );
}

function unwind(end: string, cameFrom: ReadonlyMap<string, string | undefined>): string {
  const before = cameFrom.get(end);
  return before === undefined ? end : `${unwind(before, cameFrom)} -> ${end}`;
}

function fileImports(path: string, sources: Sources, patterns = IMPORTS): string[] {
  return importsOf(path, sources.get(path) ?? "", patterns)
    .filter(isFile)
    .map(filePath);
}

/** Types go back and forth between a schema and what it describes; what runs does not. */
function cycles(sources: Sources): string[] {
  const done = new Set<string>();
  const found: string[] = [];

  const visit = (path: string, way: readonly string[]): void => {
    if (way.includes(path)) found.push([...way.slice(way.indexOf(path)), path].join(" -> "));
    if (way.includes(path) || done.has(path)) return;
    for (const next of fileImports(path, sources, [EAGER])) visit(next, [...way, path]);
    done.add(path);
  };
  for (const path of sources.keys()) visit(path, []);
  return found;
}

function longFiles(sources: Sources): string[] {
  return [...sources]
    .map(([path, text]) => ({ path, lines: text.split("\n").length - 1 }))
    .filter(({ path, lines }) => lines > LONGEST_FILE && !Object.hasOwn(LONG_FILES, path))
    .map(({ path, lines }) => `${path} has ${lines} lines`);
}

describe("the architecture", () => {
  const sources = readSources("src");

  test("every folder has its line in the table", () => {
    expect(foldersWithoutLine(sources)).toEqual([]);
  });

  test("folders import only what the table allows", () => {
    expect(forbiddenFolders(sources)).toEqual([]);
  });

  test("pure folders import nothing of Node", () => {
    expect(impureImports(sources)).toEqual([]);
  });

  test("packages stay in their folders", () => {
    expect(strayPackages(sources)).toEqual([]);
  });

  test("what only some policies need is loaded by those", () => {
    expect(eagerImports(sources)).toEqual([]);
  });

  test("the running tower does not reach the parser or the compiler", () => {
    expect(leaksIntoAuthoring(sources)).toEqual([]);
  });

  test("zod is loaded by those alone who want its schemas", () => {
    expect(schemaLeaks(sources)).toEqual([]);
    const readers = SCHEMA_READERS.filter((path) =>
      importsOf(path, sources.get(path) ?? "", [EAGER]).some((to) => to.startsWith(`./${SCHEMAS}`)),
    );
    expect(readers).toEqual(SCHEMA_READERS);
  });

  test("no file imports itself by a detour", () => {
    expect(cycles(sources)).toEqual([]);
  });

  test("a file stays below the limit, or says why not", () => {
    expect(longFiles(sources)).toEqual([]);
    const stale = Object.keys(LONG_FILES).filter(
      (path) => (sources.get(path) ?? "").split("\n").length <= LONGEST_FILE,
    );
    expect(stale).toEqual([]);
  });
});

describe("these checks", () => {
  const sample = (files: Readonly<Record<string, string>>): Sources => new Map(Object.entries(files));

  test("see every form of import, and no prose", () => {
    const text = `
import a from "./a.js";
import type {
  B,
} from "../ir/b.js";
export * from "zod";
import "node:fs";
const c = await import("@scope/c/d");
/** import x from "prose" */
// import("prose")
`;
    expect(importsOf("logic/x.ts", text)).toEqual([
      "./logic/a.ts",
      "./ir/b.ts",
      "zod",
      "node:fs",
      "@scope/c/d",
    ]);
  });

  test("find what they look for", () => {
    expect(foldersWithoutLine(sample({ "utils/a.ts": "" }))).toEqual(["utils"]);
    expect(forbiddenFolders(sample({ "ir/a.ts": 'import "../syntax/b.js";' }))).toHaveLength(1);
    expect(forbiddenFolders(sample({ "cli/a.ts": 'export * from "../index.js";' }))).toEqual([]);
    expect(forbiddenFolders(sample({ "cli/a.ts": 'import { p } from "../syntax/parser.js";' }))).toHaveLength(
      1,
    );
    expect(forbiddenFolders(sample({ "ir/a.ts": 'import p from "../../package.json";' }))).toHaveLength(1);
    expect(impureImports(sample({ "ir/a.ts": 'import "fs";', "ir/b.ts": 'import "node:fs";' }))).toHaveLength(
      2,
    );
    expect(strayPackages(sample({ "ir/a.ts": 'import "chevrotain";' }))).toHaveLength(1);
    expect(
      eagerImports(
        sample({
          "a.ts":
            'import type { Pool } from "pg";\nconst pg = await import("pg");\nimport { a } from "./pg.js";',
          "b.ts":
            'import pg from "pg";\nimport {\n  Client,\n} from "@modelcontextprotocol/client";\nimport "pgpass";',
        }),
      ),
    ).toEqual(["b.ts -> pg", "b.ts -> @modelcontextprotocol/client", "b.ts -> pgpass"]);
    expect(
      schemaLeaks(
        sample({
          "ir/a.ts": 'import { z } from "zod";',
          "ir/b.ts": 'import type { z } from "zod";\nimport type { A } from "./schemas/a.js";',
          "trace/c.ts": 'import { a } from "../ir/schemas/a.js";',
          "ir/schemas/a.ts": 'import { z } from "zod";',
        }),
      ),
    ).toEqual(["ir/a.ts loads zod", "trace/c.ts loads ./ir/schemas/a.ts"]);
    expect(longFiles(sample({ "ir/a.ts": "\n".repeat(401), "ir/b.ts": "\n".repeat(400) }))).toHaveLength(1);
  });

  test("find a way of several steps", () => {
    const detour = sample({
      "engine/a.ts": 'import "../ir/b.js";',
      "ir/b.ts": 'import "../syntax/c.js";',
      "syntax/c.ts": "",
    });
    expect(leaksIntoAuthoring(detour)).toEqual(["engine/a.ts -> ir/b.ts -> syntax/c.ts"]);

    const circle = sample({ "ir/a.ts": 'import "./b.js";', "ir/b.ts": 'export * from "./a.js";' });
    expect(cycles(circle)).toEqual(["ir/a.ts -> ir/b.ts -> ir/a.ts"]);
    const typed = sample({
      "ir/a.ts": 'import type { B } from "./b.js";',
      "ir/b.ts": 'export * from "./a.js";',
    });
    expect(cycles(typed)).toEqual([]);
  });
});
