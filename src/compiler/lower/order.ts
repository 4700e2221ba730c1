import { compareText } from "../../ir/order.js";

/** Names each once, sorted: their order has no meaning (semantics.md, T6). */
export function sortedNames(names: Iterable<string>): string[] {
  return [...new Set(names)].sort(compareText);
}

/** Named things sorted by name; of two of one name the first. */
export function byName<T extends { readonly name: string }>(things: readonly T[]): T[] {
  return unique(things, (thing) => thing.name);
}

/** Statements sorted by id; two that say the same are one. */
export function byId<T extends { readonly id: string }>(statements: readonly T[]): T[] {
  return unique(statements, (statement) => statement.id);
}

function unique<T>(things: readonly T[], keyOf: (thing: T) => string): T[] {
  const known = new Map<string, T>();
  for (const thing of things) if (!known.has(keyOf(thing))) known.set(keyOf(thing), thing);
  return [...known].sort(([a], [b]) => compareText(a, b)).map(([, thing]) => thing);
}
