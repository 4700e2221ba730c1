import type { FieldIr, TypeIr } from "../ir/type.js";
import { field } from "./types.js";

/** An object as JSON has it: its own keys only, so that `__proto__` and `constructor` are names like any other. */
export type JsonObject = { readonly [key: string]: unknown };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** An own key's value. */
export const own = (object: JsonObject, key: string): unknown =>
  Object.hasOwn(object, key) ? object[key] : undefined;

/** A schema's type, and whether null (which is absence) is allowed besides. */
interface Read {
  readonly type: TypeIr;
  readonly nullable: boolean;
}

/** Beyond this a schema refers to itself, or might as well. */
const deepest = 30;
/** No tool is read with more fields than this, wherever in it they stand: references that double would be without number. */
const mostFields = 10_000;

/** More members and fields than these no type has (ir/type.ts). */
const mostMembers = 10_000;
const widest = 1_000;

/** The schema in which references are looked up, and how many more fields are read. */
interface Reading {
  readonly root: JsonObject;
  left: number;
}

const opaque: Read = { type: "json", nullable: false };

/** The parameters that an object schema describes (language.md, *Declarations*); none where it describes no properties. */
export function paramsOf(schema: JsonObject): FieldIr[] {
  return fieldsOf(schema, { root: schema, left: mostFields }, 0);
}

function fieldsOf(schema: JsonObject, reading: Reading, depth: number): FieldIr[] {
  const properties = own(schema, "properties");
  if (!isObject(properties)) return [];
  const required = own(schema, "required");
  const names = new Set(Array.isArray(required) ? required : []);
  return Object.entries(properties).map(([name, property]) => {
    reading.left -= 1;
    const { type, nullable } = read(property, reading, depth + 1);
    return field(name, type, { optional: nullable || !names.has(name) });
  });
}

function read(schema: unknown, reading: Reading, depth: number): Read {
  if (!isObject(schema) || depth > deepest || reading.left < 0) return opaque;
  const reference = own(schema, "$ref");
  if (typeof reference === "string") return read(referred(reference, reading.root), reading, depth + 1);
  const union = own(schema, "anyOf") ?? own(schema, "oneOf") ?? own(schema, "allOf");
  if (Array.isArray(union)) return readUnion(union, reading, depth + 1);
  const values = own(schema, "enum");
  if (Array.isArray(values)) return readEnum(values, schema, reading, depth);
  return readTyped(own(schema, "type"), schema, reading, depth);
}

/** `#/$defs/NAME`, as generators of schemas write it; anything else has no type here. */
function referred(reference: string, root: JsonObject): unknown {
  if (!reference.startsWith("#/")) return undefined;
  let at: unknown = root;
  for (const segment of reference.slice(2).split("/"))
    at = isObject(at) ? own(at, segment.replaceAll("~1", "/").replaceAll("~0", "~")) : undefined;
  return at;
}

const isNull = (schema: unknown): boolean => isObject(schema) && own(schema, "type") === "null";

/** Of a union only `[T, null]` has a type here. */
function readUnion(members: readonly unknown[], reading: Reading, depth: number): Read {
  const others = members.filter((member) => !isNull(member));
  const nullable = others.length < members.length;
  const only = others.length === 1 ? read(others[0], reading, depth) : opaque;
  return { type: only.type, nullable: only.nullable || nullable };
}

function readEnum(values: readonly unknown[], schema: JsonObject, reading: Reading, depth: number): Read {
  const members = values.filter((value) => value !== null);
  const nullable = members.length < values.length;
  const writable = members.every((member) => typeof member === "string" && member.isWellFormed());
  if (members.length > 0 && members.length <= mostMembers && writable)
    return { type: { enum: [...new Set(members as string[])] }, nullable };
  const one = readTyped(own(schema, "type"), schema, reading, depth);
  return { type: one.type, nullable: nullable || one.nullable };
}

function readTyped(type: unknown, schema: JsonObject, reading: Reading, depth: number): Read {
  if (Array.isArray(type)) {
    const others = type.filter((member) => member !== "null");
    const nullable = others.length < type.length;
    return others.length === 1
      ? { ...readTyped(others[0], schema, reading, depth), nullable }
      : { type: "json", nullable };
  }
  return { type: typed(type, schema, reading, depth), nullable: type === "null" };
}

function typed(type: unknown, schema: JsonObject, reading: Reading, depth: number): TypeIr {
  switch (type) {
    case "string":
      return "string";
    case "number":
      return "decimal";
    case "integer":
      return "int";
    case "boolean":
      return "bool";
    case "array":
      return { list: read(own(schema, "items"), reading, depth + 1).type };
    case "object": {
      const record = fieldsOf(schema, reading, depth);
      const writable = record.every(({ name }) => name.isWellFormed());
      return record.length > 0 && record.length <= widest && writable ? { record } : "json";
    }
    default:
      return "json";
  }
}
