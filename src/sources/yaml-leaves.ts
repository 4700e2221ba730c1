import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument, type YAMLMap } from "yaml";
import type { Leaf } from "../ir/knowledge.js";
import { addLeaf, type Leaves, Unreadable } from "./leaves.js";

const maxLength = 1_048_576;
const maxDepth = 200;
const maxAliases = 100;
/** Nodes that are visited, those behind aliases as often as they are named. */
const maxNodes = 300_000;

/**
 * The leaves of a YAML 1.2 document (failsafe schema: every scalar is its text) whose root is a map or a list; undefined
 * where it is anything else, or broken, or has duplicate keys, keys that are no scalars, redefined anchors, over 1 MiB
 * or other excess. Never throws.
 */
export function yamlLeaves(text: string): Leaf[] | undefined {
  if (text.length > maxLength || Buffer.byteLength(text) > maxLength) return undefined;
  try {
    const document = parseDocument(text, {
      version: "1.2",
      schema: "failsafe",
      merge: false,
      resolveKnownTags: false,
      // The library compares each key with all before it; `walkMap` finds duplicates in linear time.
      uniqueKeys: false,
      prettyErrors: false,
      // "silent" would pass over a second document.
      logLevel: "error",
    });
    const root = document.contents;
    if (document.errors.length > 0 || !(isMap(root) || isSeq(root))) return undefined;
    const walk: Walk = { leaves: [], anchors: new Map(), nodes: 0, aliases: 0 };
    walkNode(root, [], 0, walk);
    return walk.leaves;
  } catch {
    return undefined;
  }
}

interface Walk {
  readonly leaves: Leaves;
  readonly anchors: Map<string, Node>;
  nodes: number;
  aliases: number;
}

function walkNode(node: unknown, path: readonly string[], depth: number, walk: Walk): void {
  walk.nodes++;
  if (walk.nodes > maxNodes || depth > maxDepth) throw new Unreadable();
  if (isScalar(node) || isMap(node) || isSeq(node)) anchor(node, walk);
  if (isScalar(node)) addLeaf(walk.leaves, path, scalarText(node.value));
  else if (isMap(node)) walkMap(node, path, depth, walk);
  else if (isSeq(node)) for (const item of node.items) walkNode(item, path, depth + 1, walk);
  else if (isAlias(node)) walkAlias(node.source, path, depth, walk);
  else throw new Unreadable();
}

function walkMap(map: YAMLMap, path: readonly string[], depth: number, walk: Walk): void {
  const keys = new Set<string>();
  for (const { key, value } of map.items) {
    if (!isScalar(key)) throw new Unreadable();
    anchor(key, walk);
    const text = scalarText(key.value);
    if (keys.has(text)) throw new Unreadable();
    keys.add(text);
    addLeaf(walk.leaves, path, text);
    if (value !== null) walkNode(value, [...path, text], depth + 1, walk);
  }
}

function walkAlias(name: string, path: readonly string[], depth: number, walk: Walk): void {
  const target = walk.anchors.get(name);
  if (target === undefined || ++walk.aliases > maxAliases) throw new Unreadable();
  walkNode(target, path, depth + 1, walk);
}

function anchor(node: Node & { anchor?: string }, walk: Walk): void {
  if (node.anchor === undefined) return;
  const known = walk.anchors.get(node.anchor);
  if (known !== undefined && known !== node) throw new Unreadable();
  walk.anchors.set(node.anchor, node);
}

function scalarText(value: unknown): string {
  if (typeof value !== "string") throw new Unreadable();
  return value;
}
