import { type Annotation, annotations } from "../ir/predicate.js";
import type { FieldIr, TypeIr } from "../ir/type.js";
import { isObject, type JsonObject, own, paramsOf } from "./json-schema.js";
import { isEnum, isList, isRecord, sameType } from "./types.js";

/** A tool as a tool list describes it. */
export interface ImportedTool {
  readonly name: string;
  readonly params: readonly FieldIr[];
  readonly annotated: readonly Annotation[];
  /** Whether its server says that it only reads. */
  readonly readOnly: boolean;
}

export type ImportResult =
  | { readonly tools: readonly ImportedTool[]; readonly error?: undefined }
  | { readonly error: string };

/** More tools than any server offers. */
const mostTools = 10_000;

/**
 * Takes in an MCP `tools/list` answer: the whole answer, its `result`, or the bare list; a tool's schema is its
 * `inputSchema`, or `parameters` as in function calls (language.md, *Declarations*).
 */
export function importTools(text: string): ImportResult {
  const json = parse(text);
  if ("error" in json) return json;
  const list = listOf(json.value);
  if (list === undefined) return { error: "it holds no list of tools" };
  if (list.length > mostTools) return { error: `it lists more than ${mostTools} tools` };

  const tools: ImportedTool[] = [];
  for (const [index, item] of list.entries()) {
    const tool = toolOf(item);
    if (typeof tool === "string") return { error: `tool ${index + 1} ${tool}` };
    tools.push(tool);
  }
  return { tools };
}

function parse(text: string): { readonly value: unknown } | { readonly error: string } {
  try {
    return { value: JSON.parse(text.replace(/^\ufeff/, "")) };
  } catch {
    return { error: "it is not JSON" };
  }
}

function listOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (!isObject(value)) return undefined;
  const result = own(value, "result");
  const tools = own(isObject(result) ? result : value, "tools");
  return Array.isArray(tools) ? tools : undefined;
}

function toolOf(item: unknown): ImportedTool | string {
  if (!isObject(item)) return "is not an object";
  const wrapped = own(item, "function");
  const tool = isObject(wrapped) ? wrapped : item;
  const name = own(tool, "name");
  if (typeof name !== "string" || name === "" || name.length > 1_000) return "has no name";
  if (name.includes("*") || !name.isWellFormed()) return "has a name that no statement could write";
  const schema = schemaOf(tool);
  if (schema === undefined) return `, \`${name}\`, has no schema of its input`;
  const params = paramsOf(schema);
  return params.every((param) => param.name.isWellFormed())
    ? { name, params, ...hintsOf(tool) }
    : `, \`${name}\`, has a parameter that no statement could write`;
}

const hints = ["readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"];

/**
 * What a server says of its tool. Where it gives one hint, what it leaves out counts as MCP counts it: as the graver; so does a hint
 * that is neither true nor false. Of a tool without any hint nobody has said anything, and its class is the policy's alone.
 */
function hintsOf(tool: JsonObject): Pick<ImportedTool, "annotated" | "readOnly"> {
  const said = own(tool, "annotations");
  if (!isObject(said) || !hints.some((hint) => Object.hasOwn(said, hint)))
    return { annotated: [], readOnly: false };
  const readOnly = own(said, "readOnlyHint") === true;
  const marks: Readonly<Record<Annotation, boolean>> = {
    writing: !readOnly,
    destructive: !readOnly && own(said, "destructiveHint") !== false,
    "open world": own(said, "openWorldHint") !== false,
  };
  return { annotated: annotations.filter((kind) => marks[kind]), readOnly };
}

function schemaOf(tool: JsonObject): JsonObject | undefined {
  for (const key of ["inputSchema", "input_schema", "parameters"]) {
    const schema = own(tool, key);
    if (isObject(schema)) return schema;
  }
  return Object.hasOwn(tool, "parameters") || Object.hasOwn(tool, "inputSchema") ? undefined : {};
}

/** What a refined tool is, and what is wrong with the line that refines it. */
export interface Refined {
  readonly params: readonly FieldIr[];
  readonly problems: readonly { readonly param: string; readonly problem: string }[];
}

/** Refines imported parameters by those a `tool` line lists; unlisted ones keep their type. */
export function refineParams(imported: readonly FieldIr[], lines: readonly FieldIr[]): Refined {
  const byName = new Map(lines.map((line) => [line.name, line]));
  const known = new Set(imported.map((param) => param.name));
  const problems = lines
    .filter((line) => !known.has(line.name))
    .map((line) => ({ param: line.name, problem: "is no parameter of the imported tool" }));
  const params = imported.map((param) => {
    const line = byName.get(param.name);
    if (line === undefined) return param;
    const problem = refinementProblem(param, line);
    if (problem !== undefined) problems.push({ param: line.name, problem });
    return problem === undefined ? { ...line, type: refinedType(param.type, line.type) } : param;
  });
  return { params, problems };
}

function refinementProblem(param: FieldIr, line: FieldIr): string | undefined {
  if (line.optional && !param.optional)
    return "is required by the imported tool, and cannot be made optional";
  return refines(line.type, param.type) ? undefined : "cannot have this type";
}

/** string → path, url, email, time, enum; number → int; what had no type → anything; inside lists and records too. */
function refines(to: TypeIr, from: TypeIr): boolean {
  if (from === "json" || sameType(to, from)) return true;
  if (from === "string")
    return isEnum(to) || to === "path" || to === "url" || to === "email" || to === "time";
  if (from === "decimal") return to === "int";
  if (typeof from === "string" || typeof to === "string") return false;
  if (isEnum(from)) return isEnum(to) && to.enum.every((member) => from.enum.includes(member));
  if (isList(from)) return isList(to) && refines(to.list, from.list);
  return isRecord(to) && isRecord(from) && refineParams(from.record, to.record).problems.length === 0;
}

/** Fields of a record that the line leaves out keep their type, as parameters do. */
function refinedType(from: TypeIr, to: TypeIr): TypeIr {
  if (isList(from) && isList(to)) return { list: refinedType(from.list, to.list) };
  if (isRecord(from) && isRecord(to)) return { record: [...refineParams(from.record, to.record).params] };
  return to;
}
