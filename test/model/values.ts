import { z } from "zod";
import type { Json } from "../../src/ir/json.js";
import type { FieldIr, TypeIr } from "../../src/ir/type.js";
import { readDuration, readTime } from "./time.js";

/**
 * A value in the normal form of its type (semantics.md: *arguments are normalised on arrival*; language.md, *Types and
 * values*); undefined where it is ill-typed. Times and durations are milliseconds.
 */
export function normal(type: TypeIr, value: unknown, zone: string, depth = 0): Json | undefined {
  if (depth > 64) return undefined;
  if (typeof type === "object") {
    if ("enum" in type) return typeof value === "string" && type.enum.includes(value) ? value : undefined;
    if ("record" in type)
      return isObject(value) ? normalFields(type.record, value, zone, depth + 1) : undefined;
    return Array.isArray(value) && value.length <= 100_000
      ? whole(value.map((item) => normal(type.list, item, zone, depth + 1)))
      : undefined;
  }
  switch (type) {
    case "json":
      return normalJson(value, depth);
    case "bool":
      return typeof value === "boolean" ? value : undefined;
    case "int":
      return Number.isSafeInteger(value) ? (value as number) + 0 : undefined;
    case "decimal":
      return exact(value) ? value + 0 : undefined;
    default:
      return typeof value === "string" && value.isWellFormed() ? normalText(type, value, zone) : undefined;
  }
}

type TextType = "string" | "time" | "duration" | "path" | "url" | "email";

function normalText(type: TextType, text: string, zone: string): Json | undefined {
  switch (type) {
    case "string":
      return text;
    case "time":
      return readTime(text, zone);
    case "duration":
      return readDuration(text);
    case "path":
      return normalPath(text);
    case "url":
      return normalUrl(text);
    case "email":
      return normalEmail(text);
  }
}

const isObject = (value: unknown): value is { [name: string]: unknown } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A number that is told exactly: no infinity, and no whole number beyond the safe ones. */
export const exact = (value: unknown): value is number =>
  typeof value === "number" &&
  Number.isFinite(value) &&
  (!Number.isInteger(value) || Number.isSafeInteger(value));

const whole = (items: readonly (Json | undefined)[]): Json[] | undefined =>
  items.includes(undefined) ? undefined : (items as Json[]);

/** Arguments against a signature, or a record against its fields; null is absence. */
export function normalFields(
  fields: readonly FieldIr[],
  values: { readonly [name: string]: unknown },
  zone: string,
  depth = 0,
): { [name: string]: Json } | undefined {
  if (Object.keys(values).some((name) => !fields.some((field) => field.name === name))) return undefined;
  const made: [string, Json][] = [];
  for (const field of fields) {
    const given = Object.hasOwn(values, field.name) ? values[field.name] : undefined;
    if (given === undefined || given === null) {
      if (!field.optional) return undefined;
      continue;
    }
    const value = normal(field.type, given, zone, depth);
    if (value === undefined) return undefined;
    made.push([field.name, value]);
  }
  return Object.fromEntries(made);
}

function normalJson(value: unknown, depth: number): Json | undefined {
  if (depth > 64) return undefined;
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "string") return value.isWellFormed() ? value : undefined;
  if (typeof value === "number") return exact(value) ? value + 0 : undefined;
  if (Array.isArray(value)) return whole(value.map((item) => normalJson(item, depth + 1)));
  if (!isObject(value)) return undefined;
  const entries = Object.entries(value).map(([key, item]) => [key, normalJson(item, depth + 1)] as const);
  return entries.some(([key, item]) => item === undefined || !key.isWellFormed())
    ? undefined
    : (Object.fromEntries(entries) as { [name: string]: Json });
}

/** POSIX, NFC, without empty, `.` and `..` segments; escaping the root is ill-typed. */
export function normalPath(text: string): string | undefined {
  if (text === "" || /\p{Cc}/u.test(text)) return undefined;
  const segments: string[] = [];
  for (const segment of text.normalize("NFC").split("/")) {
    if (segment === "..") {
      if (segments.length === 0) return undefined;
      segments.pop();
    } else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  if (text.startsWith("/")) return `/${segments.join("/")}`;
  return segments.length === 0 ? "." : segments.join("/");
}

/** As WHATWG writes it. */
export function normalUrl(text: string): string | undefined {
  if (/[\p{Cc}\s]/u.test(text)) return undefined;
  try {
    return new URL(text).href;
  } catch {
    return undefined;
  }
}

const address = z.email().max(320);

/** One address; its domain has no case. */
export function normalEmail(text: string): string | undefined {
  if (!address.safeParse(text).success) return undefined;
  const [local, domain] = [text.slice(0, text.lastIndexOf("@")), text.slice(text.lastIndexOf("@"))];
  return local + domain.toLowerCase();
}
