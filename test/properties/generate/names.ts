import type { FieldIr, TypeIr } from "../../../src/ir/type.js";

/**
 * The names that generated policies are made of. A parameter's name tells its type, so that a line about several tools can
 * read what they share. Some are words of the grammar, and one is no identifier.
 */
export const levels: TypeIr = { enum: ["low", "mid", "high"] };
export const states: TypeIr = { enum: ["high", "open", "shut"] };
/** A record whose leaves are of several types. */
export const note: TypeIr = {
  record: [
    { name: "n", type: "int" },
    { name: "y", type: "string", optional: true },
    { name: "p", type: "path", optional: true },
    { name: "at", type: "time", optional: true },
    { name: "of", type: { record: [{ name: "u", type: "url" }] }, optional: true },
    { name: "tags", type: { list: "string" }, optional: true },
  ],
};

const types: Readonly<Record<string, TypeIr>> = {
  n: "int",
  s: "string",
  p: "path",
  b: "bool",
  x: "decimal",
  u: "url",
  at: "time",
  d: "duration",
  by: "email",
  k: levels,
  l: { list: "string" },
  to: { list: "email" },
  ns: { list: "int" },
  ks: { list: levels },
  r: note,
  rs: { list: note },
  j: "json",
  "odd name": "string",
};

/** Every parameter there can be. */
export const params: readonly FieldIr[] = Object.entries(types).map(([name, type]) => ({ name, type }));

export const scalarTypes: readonly TypeIr[] = [
  "int",
  "string",
  "bool",
  "decimal",
  "path",
  "url",
  "email",
  "time",
  "duration",
  levels,
  states,
];

export const toolNames = ["a.get", "a.put", "b.send", "b.wipe", "calls_", "limit.to"] as const;
export const principalNames = ["owner", "board", "desk"] as const;
export const classNames = ["read", "undoable", "costly", "permanent"] as const;
export const bullets = ["find", "summarise", "restrain"] as const;
export const tierNames = ["root", "strategy", "workflow", "worker"] as const;
