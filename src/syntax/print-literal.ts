import type { Dotted, Literal, Param, TestValue, TypeNode } from "./ast.js";
import { isColumn, reserved } from "./tokens.js";

/** Names, literals and types as text. */

/** A name, in backquotes where it needs them. */
export function name(text: string, alwaysQuoted = false): string {
  const plain = /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) && !reserved.has(text) && !alwaysQuoted;
  return plain ? text : `\`${text}\``;
}

export function dotted(node: Dotted): string {
  return node.segments.map((segment) => name(segment.text)).join(".");
}

/** A tool or a pattern; `first` is quoted where a plain `intent` would mean a bullet. */
export function toolPattern(pattern: string, quoteIntent = false): string {
  if (pattern === "*") return pattern;
  const star = pattern.endsWith("*");
  const stem = star ? pattern.slice(0, -1) : pattern;
  const dotBeforeStar = star && stem.length > 1 && stem.endsWith(".");
  const path = dotBeforeStar ? stem.slice(0, -1) : stem;
  return `${segments(path, quoteIntent)}${dotBeforeStar ? "." : ""}${star ? "*" : ""}`;
}

function segments(path: string, quoteIntent: boolean): string {
  const parts = path.split(".");
  if (parts.includes("")) return name(path);
  return parts.map((part, index) => name(part, quoteIntent && index === 0 && part === "intent")).join(".");
}

export function string(value: string): string {
  return JSON.stringify(value);
}

/** A number without an exponent; from ten thousand on, digits stand in groups of three. */
export function number(value: number, decimal: boolean): string {
  const sign = value < 0 ? "-" : "";
  const [whole = "0", fraction = ""] = plainDigits(Math.abs(value)).split(".");
  const grouped = whole.length > 4 ? whole.replaceAll(/(?<=\d)(?=(?:\d{3})+$)/g, "_") : whole;
  return `${sign}${grouped}${decimal ? `.${fraction === "" ? "0" : fraction}` : ""}`;
}

/** The shortest digits that give the number back, written out. */
function plainDigits(value: number): string {
  const [mantissa = "0", exponent] = String(value).split("e");
  if (exponent === undefined) return mantissa;
  const [whole = "0", fraction = ""] = mantissa.split(".");
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `0.${"0".repeat(-point)}${digits}`;
  if (point >= digits.length) return digits.padEnd(point, "0");
  return `${digits.slice(0, point)}.${digits.slice(point)}`;
}

const units = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
  ["ms", 1],
] as const;

/** A duration in the biggest unit that measures it whole. */
export function duration(milliseconds: number): string {
  if (milliseconds === 0) return "0s";
  const size = Math.abs(milliseconds);
  const [unit, length] = units.find(([, each]) => size % each === 0) ?? ["ms", 1];
  return `${milliseconds < 0 ? "-" : ""}${number(size / length, false)}${unit}`;
}

export function literal(value: Literal): string {
  switch (value.kind) {
    case "NumberLiteral":
      return number(value.value, value.decimal);
    case "DurationLiteral":
      return duration(value.milliseconds);
    case "StringLiteral":
      return string(value.value);
    case "BoolLiteral":
      return String(value.value);
    case "ColumnLiteral":
      return column(value.name.text);
    case "ListLiteral":
      return `[${value.elements.map(literal).join(", ")}]`;
    case "RecordLiteral":
      return value.fields.length === 0 ? "{}" : `{ ${fields(value.fields)} }`;
  }
}

export function testValue(value: TestValue): string {
  return typeof value === "string" ? value : literal(value);
}

/** A column in the place of a value, where some keywords need backquotes. */
export function column(text: string): string {
  return name(text, !isColumn(text));
}

/** A cell of a row, where some keywords stand as they are. */
export function cell(value: Literal): string {
  return value.kind === "ColumnLiteral" && cellWords.has(value.name.text) ? value.name.text : literal(value);
}

const cellWords = new Set(
  "unknown absent authorize confirm clarify return scope grounding reversibility discernment within".split(
    " ",
  ),
);

type Field = Extract<Literal, { kind: "RecordLiteral" }>["fields"][number];

export function fields(all: readonly Field[]): string {
  return all.map((field) => `${name(field.name.text)}: ${literal(field.value)}`).join(", ");
}

export function type(node: TypeNode): string {
  switch (node.kind) {
    case "NamedType":
      return node.name;
    case "ListType":
      return `list<${type(node.element)}>`;
    case "EnumType":
      return `enum(${node.members.map((member) => string(member.value)).join(", ")})`;
    case "RecordType":
      return node.fields.length === 0 ? "{}" : `{ ${params(node.fields)} }`;
  }
}

export function params(all: readonly Param[]): string {
  return all.map(param).join(", ");
}

function param(each: Param): string {
  return `${name(each.name.text)}${each.optional ? "?" : ""}: ${each.sensitive ? "sensitive " : ""}${type(each.type)}`;
}
