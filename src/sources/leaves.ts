import type { Leaf } from "../ir/knowledge.js";

/** Outputs with more leaves are one text. */
export const maxLeaves = 100_000;

export type Leaves = Leaf[];

/** An output that cannot be read as leaves: too many, too deep, or not without doubt. */
export class Unreadable extends Error {}

/** Adds a leaf. Throws `Unreadable` where there are too many, or its path or text holds half of a surrogate pair. */
export function addLeaf(leaves: Leaves, path: readonly string[], text: string): void {
  if (leaves.length >= maxLeaves || !text.isWellFormed()) throw new Unreadable();
  leaves.push({ path, text });
}
