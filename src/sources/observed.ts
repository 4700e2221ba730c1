import type { Json } from "../ir/json.js";
import type { Leaf } from "../ir/knowledge.js";
import { defaultJsonDepth, readJson } from "../ir/read-json.js";
import { addLeaf, type Leaves, Unreadable } from "./leaves.js";
import { yamlLeaves } from "./yaml-leaves.js";

/**
 * Reads what a tool returned as leaves (semantics.md, *Tracing*): structured content, else JSON, else YAML if its root is
 * a map or list, else one text. An MCP result is its `structuredContent`, or its texts, each read by itself. Numbers and
 * booleans are leaves by their JSON text; null, an empty output, and what MCP marks as an error say nothing.
 *
 * What cannot be read without doubt (duplicate keys, half surrogate pairs, over 1 MiB, too deep, too many) becomes one
 * text: so fewer whole values are said, which fails closed, while as text everything is still said. Never throws.
 */
export function leavesOf(output: Json): Leaf[] {
  if (isErrorOutput(output)) return [];
  if (typeof output === "string") return leavesOfText(output);
  if (!isMcpResult(output)) return leavesOfValue(output);
  const { structuredContent } = output;
  if (structuredContent !== undefined && structuredContent !== null) return leavesOfValue(structuredContent);
  return leavesOfTexts(output.content);
}

/** Whether an output is marked as an error, as MCP does: `isError` is true. Such an output says nothing. */
export function isErrorOutput(output: Json): boolean {
  return isRecord(output) && Object.hasOwn(output, "isError") && output.isError === true;
}

interface McpResult {
  readonly content: readonly { readonly [key: string]: Json }[];
  readonly structuredContent?: Json;
}

const mcpKeys: readonly string[] = ["content", "structuredContent", "isError", "_meta"];

function isMcpResult(output: Json): output is Json & McpResult {
  if (!isRecord(output) || !Object.keys(output).every((key) => mcpKeys.includes(key))) return false;
  const content = output.content;
  return Array.isArray(content) && content.every((item) => isRecord(item) && typeof item.type === "string");
}

function isRecord(value: Json): value is { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function leavesOfTexts(content: McpResult["content"]): Leaf[] {
  const texts = content.flatMap(({ type, text }) =>
    type === "text" && typeof text === "string" ? [text] : [],
  );
  const leaves: Leaves = [];
  try {
    for (const text of texts)
      for (const { path, text: said } of leavesOfText(text)) addLeaf(leaves, path, said);
    return leaves;
  } catch {
    return oneText(texts.join("\n"));
  }
}

function leavesOfText(text: string): Leaf[] {
  const read = readJson(text);
  if (read.ok) return leavesOfValue(read.value, text);
  return yamlLeaves(text) ?? oneText(text);
}

function leavesOfValue(value: Json, text?: string): Leaf[] {
  const leaves: Leaves = [];
  try {
    collect(value, [], leaves);
    return leaves;
  } catch {
    return oneText(text ?? written(value));
  }
}

function collect(value: Json, path: readonly string[], leaves: Leaves, depth = 0): void {
  if (value === null) return;
  if (depth > defaultJsonDepth) throw new Unreadable();
  if (typeof value === "string") addLeaf(leaves, path, value);
  else if (typeof value === "number") addNumber(value, path, leaves);
  else if (typeof value === "boolean") addLeaf(leaves, path, String(value));
  else if (Array.isArray(value)) for (const item of value) collect(item, path, leaves, depth + 1);
  else
    for (const [key, item] of Object.entries(value)) {
      addLeaf(leaves, path, key);
      collect(item, [...path, key], leaves, depth + 1);
    }
}

/** A whole number that a double cannot tell exactly may not be the one that was returned: it is not said. */
function addNumber(value: number, path: readonly string[], leaves: Leaves): void {
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return;
  addLeaf(leaves, path, JSON.stringify(value));
}

/** JSON text; empty where it is too deep even to be written. */
function written(value: Json): string {
  try {
    return JSON.stringify(value);
  } catch {
    return "";
  }
}

function oneText(text: string): Leaf[] {
  return text === "" ? [] : [{ path: [], text: text.toWellFormed() }];
}
