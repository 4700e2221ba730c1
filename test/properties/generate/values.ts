import type { Json } from "../../../src/ir/json.js";
import type { FieldIr, TypeIr } from "../../../src/ir/type.js";
import type { Draw } from "./choices.js";

/** A value of a type: as it is written in a policy, and as it comes in JSON. */
export interface Sample {
  readonly text: string;
  readonly json: Json;
}

const same = (...texts: string[]): Sample[] =>
  texts.map((text) => ({ text, json: JSON.parse(text) as Json }));
const quoted = (...values: string[]): Sample[] =>
  values.map((value) => ({ text: JSON.stringify(value), json: value }));
const durations = (...values: string[]): Sample[] => values.map((value) => ({ text: value, json: value }));

/** Few values of each type, so that arguments, answers and conditions meet; equal ones in different spellings among them. */
const scalars: Readonly<Record<string, readonly Sample[]>> = {
  bool: same("true", "false"),
  int: same("1", "0", "2", "3", "5", "412", "-1", "9007199254740991"),
  decimal: same("0.5", "0", "1", "2.5", "0.1", "0.3", "412", "-0.5"),
  string: quoted("alpha", "beta", "Alpha beta", "ab", "", "ann@a.example", "412"),
  time: quoted(
    "2026-03-01T12:00:00Z",
    "2026-03-01T13:00:00+01:00",
    "2026-02-28",
    "2026-03-01T12:00",
    "2025-12-31T23:59:59.999Z",
  ),
  duration: durations("1h", "60m", "1d", "90d", "250ms", "0s"),
  path: quoted("/r/a", "/r", "/r/a/b.md", "/s/x.md", "r/a", "/r//./a/../a"),
  url: quoted("https://a.example/x", "https://a.example", "http://a.example/x/y", "https://b.example/x?q=1"),
  email: quoted("ann@a.example", "bob@b.example", "ann@A.EXAMPLE"),
};

/** Whether what is of one type can stand where another is wanted; the checker must agree. */
export function fits(from: TypeIr, to: TypeIr): boolean {
  if (to === "json" || (from === "int" && to === "decimal")) return true;
  if (typeof from === "object" && typeof to === "object" && "list" in from && "list" in to)
    return fits(from.list, to.list);
  return JSON.stringify(from) === JSON.stringify(to);
}

/** Values that are none of the type. */
export const strangers: readonly Json[] = [
  null,
  "no such thing",
  1.5,
  true,
  [],
  {},
  [null],
  { x: "" },
  -1,
  2 ** 53,
];

/** A type as it is written. */
export function typeText(type: TypeIr): string {
  if (typeof type === "string") return type;
  if ("enum" in type) return `enum(${type.enum.map((member) => JSON.stringify(member)).join(", ")})`;
  if ("list" in type) return `list<${typeText(type.list)}>`;
  return `{ ${type.record.map(fieldText).join(", ")} }`;
}

/** A parameter or field as it is written. */
export function fieldText(field: FieldIr): string {
  const sensitive = field.sensitive ? "sensitive " : "";
  return `${nameText(field.name)}${field.optional ? "?" : ""}: ${sensitive}${typeText(field.type)}`;
}

/** A name as it is written: one that is no identifier in backquotes. */
export const nameText = (name: string): string => (/^\w+$/.test(name) ? name : `\`${name}\``);

/** Some value of a type. */
export function sample(draw: Draw, type: TypeIr): Sample {
  if (type === "json") return draw.pick(same('"alpha"', "412", "[]", '{"x":"beta","y":[1]}'));
  if (typeof type === "string") return draw.pick(scalars[type] as readonly Sample[]);
  if ("enum" in type) return draw.pick(quoted(...type.enum));
  if ("list" in type) {
    const items = draw.list(0, 3, () => sample(draw, type.list));
    return { text: `[${items.map((item) => item.text).join(", ")}]`, json: items.map((item) => item.json) };
  }
  const fields = presentFields(draw, type.record).map((field) => ({
    field,
    value: sample(draw, field.type),
  }));
  return {
    text: `{ ${fields.map(({ field, value }) => `${nameText(field.name)}: ${value.text}`).join(", ")} }`,
    json: Object.fromEntries(fields.map(({ field, value }) => [field.name, value.json])),
  };
}

/** The required fields, and those of the others that chance keeps. */
export function presentFields(draw: Draw, fields: readonly FieldIr[]): FieldIr[] {
  return fields.filter((field) => !field.optional || draw.chance(60));
}

/** Arguments or a record, as JSON. */
export function sampleFields(draw: Draw, fields: readonly FieldIr[]): { [name: string]: Json } {
  return Object.fromEntries(
    presentFields(draw, fields).map((field) => [field.name, sample(draw, field.type).json]),
  );
}

/** As `sample`, chosen by a number and not by chance: what an oracle answers. */
export function sampleAt(type: TypeIr, at: number): Json {
  if (type === "json") return "alpha";
  if (typeof type === "string") {
    const all = scalars[type] as readonly Sample[];
    return (all[at % all.length] as Sample).json;
  }
  if ("enum" in type) return type.enum[at % type.enum.length] as string;
  if ("list" in type) return Array.from({ length: at % 3 }, (_, index) => sampleAt(type.list, at + index));
  return Object.fromEntries(type.record.map((field) => [field.name, sampleAt(field.type, at)]));
}
