/** The scalar types of the language (language.md, *Types and values*). Times and durations are numbers of milliseconds at run time. */
export const scalarTypes = [
  "bool",
  "int",
  "decimal",
  "string",
  "time",
  "duration",
  "path",
  "url",
  "email",
] as const;
export type ScalarType = (typeof scalarTypes)[number];

export interface FieldIr {
  name: string;
  type: TypeIr;
  optional?: true | undefined;
  sensitive?: true | undefined;
}

/** A type: a scalar's name, `json`, or one of three forms with one key. */
export type TypeIr = ScalarType | "json" | { enum: string[] } | { list: TypeIr } | { record: FieldIr[] };

/** A type as it is written in a policy. */
export function showType(type: TypeIr): string {
  if (typeof type === "string") return type;
  if ("enum" in type) return `enum(${type.enum.map((member) => JSON.stringify(member)).join(", ")})`;
  if ("list" in type) return `list<${showType(type.list)}>`;
  return `{ ${showFields(type.record)} }`;
}

/** Parameters or fields as they are written in a policy. */
export function showFields(fields: readonly FieldIr[]): string {
  return fields
    .map(({ name, optional, type }) => `${name}${optional ? "?" : ""}: ${showType(type)}`)
    .join(", ");
}
