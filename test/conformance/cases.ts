import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Json } from "../../src/ir/json.js";

/** The kinds of cases; README.md says what each asks and expects. */
export const kinds = [
  "predicate",
  "value",
  "fact",
  "tokens",
  "leaves",
  "traced",
  "digest",
  "policy-digest",
  "load",
  "decision",
  "layers",
] as const;
export type Kind = (typeof kinds)[number];

/** What a case expects, by its kind: of an answer these fields count, and no others. */
const expectations: { readonly [K in Kind]: readonly string[] } = {
  predicate: ["value"],
  value: ["value"],
  fact: ["fact"],
  tokens: ["tokens"],
  leaves: ["leaves"],
  traced: ["traced", "support"],
  digest: ["canonical", "digest"],
  "policy-digest": ["digest"],
  load: ["load"],
  decision: [],
  layers: [],
};

export interface JsonObject {
  readonly [name: string]: Json;
}

/** A case with what its file says of all. */
export interface Case {
  readonly file: string;
  readonly kind: Kind;
  readonly name: string;
  /** The case as it is written. */
  readonly data: JsonObject;
  /** Policies of the file, by name. */
  readonly policies: JsonObject;
  /** Field by field, what an answer has to say. */
  readonly expected: JsonObject;
}

/** One file, as it is written. */
export interface CaseFile {
  readonly path: string;
  readonly kind: Kind;
  readonly about: string;
  readonly policies?: JsonObject;
  readonly cases: readonly JsonObject[];
}

export const folder = fileURLToPath(new URL("./cases/", import.meta.url));

/** The files of cases, by path: all of them, or one. */
export function readFiles(only?: string): CaseFile[] {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    only === undefined ? path.endsWith(".json") : path.replaceAll("\\", "/") === only,
  );
  return paths.sort().map((path) => ({
    path: path.replaceAll("\\", "/"),
    ...(JSON.parse(readFileSync(join(folder, path), "utf8")) as Omit<CaseFile, "path">),
  }));
}

/** The cases of files, each with what it needs. */
export function casesOf(files: readonly CaseFile[]): Case[] {
  return files.flatMap(({ path, kind, policies = {}, cases }) =>
    cases.map((data) => ({
      file: path,
      kind,
      name: String(data.name),
      data,
      policies,
      expected: expectedOf(kind, data),
    })),
  );
}

function expectedOf(kind: Kind, data: JsonObject): JsonObject {
  if (kind === "decision" || kind === "layers") return data.expect as JsonObject;
  return Object.fromEntries(
    expectations[kind].flatMap((field) => (Object.hasOwn(data, field) ? [[field, data[field] as Json]] : [])),
  );
}
