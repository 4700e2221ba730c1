import type { FieldIr, ScalarType, TypeIr } from "../ir/type.js";
import { scalarTypes, showType } from "../ir/type.js";
import type { Param, TypeNode } from "../syntax/ast.js";

/**
 * Stands where a type could not be told because of a mistake already reported. Whatever meets it is silent.
 * Compared by identity; it never reaches the IR, for a policy with an error is not lowered.
 */
export const broken: TypeIr = { record: [] };

/** The names a type may be called by (language.md, *Types and values*). */
export const typeNames: readonly string[] = [...scalarTypes, "json"];

/** The type a type expression denotes; `broken` where it names none. */
export function typeOf(node: TypeNode): TypeIr {
  switch (node.kind) {
    case "NamedType":
      return typeNames.includes(node.name) ? (node.name as ScalarType | "json") : broken;
    case "ListType": {
      const list = typeOf(node.element);
      return list === broken ? broken : { list };
    }
    case "EnumType":
      return { enum: [...new Set(node.members.map((member) => member.value))] };
    case "RecordType":
      return { record: fieldsOf(node.fields) };
  }
}

/** The fields that parameters denote, in the order written. */
export function fieldsOf(params: readonly Param[]): FieldIr[] {
  return params.map((param) => field(param.name.text, typeOf(param.type), param));
}

/** A field with only the flags that are set. */
export function field(
  name: string,
  type: TypeIr,
  flags: { readonly optional?: boolean | undefined; readonly sensitive?: boolean | undefined },
): FieldIr {
  return {
    name,
    type,
    ...(flags.optional ? { optional: true as const } : {}),
    ...(flags.sensitive ? { sensitive: true as const } : {}),
  };
}

/** A type with its article, for a sentence. */
export function aType(type: TypeIr): string {
  const shown = showType(type);
  return `${/^[aeio]/.test(shown) ? "an" : "a"} ${shown}`;
}

export const isNumber = (type: TypeIr): boolean => type === "int" || type === "decimal";

/** Types that `< <= > >=`, `min` and `max` order. */
export const isOrdered = (type: TypeIr): boolean => isNumber(type) || type === "time" || type === "duration";

/** Types whose values are text, for `like`, `matches`, `length`, `lower` and `extract`. */
export const isText = (type: TypeIr): boolean =>
  type === "string" || type === "path" || type === "url" || type === "email" || isEnum(type);

export const isEnum = (type: TypeIr): type is { enum: string[] } =>
  typeof type === "object" && "enum" in type;

export const isList = (type: TypeIr): type is { list: TypeIr } => typeof type === "object" && "list" in type;

export const isRecord = (type: TypeIr): type is { record: FieldIr[] } =>
  typeof type === "object" && "record" in type;

/** Scalars and enums: what `==` compares. */
export const isScalar = (type: TypeIr): boolean =>
  typeof type === "string" ? type !== "json" : isEnum(type);

/** Whether a value of `from` may stand where `to` is asked for: no implicit conversion, but an int is a decimal. */
export function fits(from: TypeIr, to: TypeIr): boolean {
  if (from === to || from === broken || to === broken || to === "json") return true;
  if (from === "int" && to === "decimal") return true;
  if (typeof from === "string" || typeof to === "string") return false;
  if (isList(from)) return isList(to) && fits(from.list, to.list);
  if (isEnum(from)) return isEnum(to) && from.enum.every((member) => to.enum.includes(member));
  return isRecord(to) && recordFits(from.record, to.record);
}

function recordFits(from: readonly FieldIr[], to: readonly FieldIr[]): boolean {
  const given = new Map(from.map((f) => [f.name, f]));
  const wanted = new Set(to.map((f) => f.name));
  return (
    from.every((f) => wanted.has(f.name)) &&
    to.every((want) => {
      const have = given.get(want.name);
      if (have === undefined) return want.optional === true;
      return fits(have.type, want.type) && (want.optional === true || !have.optional);
    })
  );
}

/** Whether two types are one. */
export function sameType(a: TypeIr, b: TypeIr): boolean {
  return a === broken || b === broken || ((a === "json") === (b === "json") && fits(a, b) && fits(b, a));
}

/** The narrowest type that both fit, if one does: the type of `if`, of a list's elements, of the sides of `==`. */
export function join(a: TypeIr, b: TypeIr): TypeIr | undefined {
  if ((a === "json") !== (b === "json")) return undefined;
  if (fits(a, b)) return b;
  return fits(b, a) ? a : undefined;
}
