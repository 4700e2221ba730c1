import { DateTime, IANAZone } from "luxon";
import type { Json } from "./json.js";
import { fits } from "./misfit.js";
import type { FieldIr, TypeIr } from "./type.js";
import { parseUrl } from "./url.js";

/**
 * Values as they are decided on (semantics.md: arguments are normalised on arrival; that form is decided on, digested
 * and executed). Inside the engine times and durations are milliseconds; all else is JSON in normal form.
 */
export type Normalised =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly problem: string };

const ok = (value: Json): Normalised => ({ ok: true, value });
const bad = (problem: string): Normalised => ({ ok: false, problem });

/** Puts a JSON value into the normal form of a type; `zone` is for times without an offset. Never throws. */
export function normalise(type: TypeIr, value: unknown, zone: string): Normalised {
  return normaliseWithin(type, value, zone, 0);
}

/** Deeper values are ill-typed. */
export const maxValueDepth = 64;

function normaliseWithin(type: TypeIr, value: unknown, zone: string, depth: number): Normalised {
  if (depth > maxValueDepth) return bad(`is nested more than ${maxValueDepth} deep`);
  if (typeof type === "string") return type === "json" ? anyJson(value, depth) : scalars[type](value, zone);
  if ("enum" in type) return enumMember(type.enum, value);
  if ("list" in type) return list(type.list, value, zone, depth);
  return record(type.record, value, zone, depth);
}

const describe = (value: unknown): string =>
  value === null
    ? "null"
    : Array.isArray(value)
      ? "a list"
      : typeof value === "object"
        ? "an object"
        : `a ${typeof value}`;

/** A string without lone surrogates: those have no UTF-8 form, so two sides could read them differently. */
function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.isWellFormed() ? value : undefined;
}

const notText = (value: unknown): Normalised =>
  bad(typeof value === "string" ? "holds half of a surrogate pair" : `is ${describe(value)}, not a string`);

type ScalarName = Exclude<Extract<TypeIr, string>, "json">;

const scalars: { readonly [T in ScalarName]: (value: unknown, zone: string) => Normalised } = {
  bool: (v) => (typeof v === "boolean" ? ok(v) : bad(`is ${describe(v)}, not true or false`)),
  int: (v) =>
    typeof v !== "number"
      ? bad(`is ${describe(v)}, not an int`)
      : Number.isSafeInteger(v)
        ? ok(v === 0 ? 0 : v)
        : bad("is not a whole number that can be told exactly"),
  decimal: (v) =>
    typeof v !== "number"
      ? bad(`is ${describe(v)}, not a number`)
      : !Number.isFinite(v)
        ? bad("is not a finite number")
        : Number.isInteger(v) && !Number.isSafeInteger(v)
          ? bad("is a whole number that cannot be told exactly")
          : ok(v === 0 ? 0 : v),
  string: (v) => {
    const text = textOf(v);
    return text === undefined ? notText(v) : ok(text);
  },
  time: (v, zone) => {
    const text = textOf(v);
    if (text === undefined) return notText(v);
    const at = parseTime(text, zone);
    return at === undefined ? bad("is not a time (RFC 3339, or local as `2026-01-31T09:00`)") : ok(at);
  },
  duration: (v) => {
    const text = textOf(v);
    if (text === undefined) return notText(v);
    const length = parseDuration(text);
    return length === undefined
      ? bad("is not a duration such as `90d`, `4h`, `30m`, `10s` or `250ms`")
      : ok(length);
  },
  path: (v) => {
    const text = textOf(v);
    return text === undefined ? notText(v) : normalisePath(text);
  },
  url: (v) => {
    const text = textOf(v);
    return text === undefined ? notText(v) : normaliseUrl(text);
  },
  email: (v) => {
    const text = textOf(v);
    return text === undefined ? notText(v) : normaliseEmail(text);
  },
};

function enumMember(members: readonly string[], value: unknown): Normalised {
  const text = textOf(value);
  if (text === undefined) return notText(value);
  return members.includes(text)
    ? ok(text)
    : bad(
        `is not one of ${members
          .slice(0, 20)
          .map((m) => `\`${m}\``)
          .join(", ")}`,
      );
}

/** Longer lists are ill-typed. */
export const maxListLength = 100_000;

function list(element: TypeIr, value: unknown, zone: string, depth: number): Normalised {
  if (!Array.isArray(value)) return bad(`is ${describe(value)}, not a list`);
  if (value.length > maxListLength) return bad(`has more than ${maxListLength} elements`);
  const out: Json[] = [];
  for (const [i, item] of value.entries()) {
    const inner = normaliseWithin(element, item, zone, depth + 1);
    if (!inner.ok) return bad(`[${i}] ${inner.problem}`);
    out.push(inner.value);
  }
  return ok(out);
}

function record(fields: readonly FieldIr[], value: unknown, zone: string, depth: number): Normalised {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return bad(`is ${describe(value)}, not a record`);
  return normaliseFields(fields, value as { [key: string]: unknown }, zone, depth + 1);
}

/**
 * Arguments against a signature, or a record against its fields: every name known, every required one there, every
 * value of its type; null is absence. The result has no prototype.
 */
export function normaliseFields(
  fields: readonly FieldIr[],
  values: { readonly [name: string]: unknown },
  zone: string,
  depth = 0,
): Normalised {
  const out = Object.create(null) as { [key: string]: Json };
  for (const name of Object.keys(values).sort())
    if (!fields.some((f) => f.name === name))
      return bad(`has \`${name.slice(0, 100)}\`, which is not declared`);
  for (const field of fields) {
    const value = Object.hasOwn(values, field.name) ? values[field.name] : undefined;
    if (value === undefined || value === null) {
      if (field.optional) continue;
      return bad(`lacks \`${field.name}\``);
    }
    const inner = normaliseWithin(field.type, value, zone, depth);
    if (!inner.ok) return bad(`\`${field.name}\` ${inner.problem}`);
    out[field.name] = inner.value;
  }
  return ok(out);
}

function anyJson(value: unknown, depth: number): Normalised {
  if (depth > maxValueDepth) return bad(`is nested more than ${maxValueDepth} deep`);
  if (value === null || typeof value === "boolean") return ok(value);
  if (typeof value === "string") return scalars.string(value, "UTC");
  if (typeof value === "number") return scalars.decimal(value, "UTC");
  if (Array.isArray(value)) return jsonList(value, depth);
  if (typeof value !== "object") return bad(`is ${describe(value)}, not JSON`);
  const out = Object.create(null) as { [key: string]: Json };
  // Sorted: the order of keys has no meaning, so it shows in no report.
  for (const [key, item] of Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!key.isWellFormed()) return bad("has a key that holds half of a surrogate pair");
    const inner = anyJson(item, depth + 1);
    if (!inner.ok) return inner;
    out[key] = inner.value;
  }
  return ok(out);
}

function jsonList(value: readonly unknown[], depth: number): Normalised {
  if (value.length > maxListLength) return bad(`has more than ${maxListLength} elements`);
  const out: Json[] = [];
  for (const item of value) {
    const inner = anyJson(item, depth + 1);
    if (!inner.ok) return inner;
    out.push(inner.value);
  }
  return ok(out);
}

// ------------------------------------------------------------------ paths, urls, addresses

const controls = /\p{Cc}/u;
const printable = /^[ -~]*$/;

/**
 * A POSIX path in normal form: NFC, no empty, `.` or `..` segments, no trailing slash. One that climbs above where it
 * starts, or holds a control character, is ill-typed.
 */
export function normalisePath(text: string): Normalised {
  if (text === "") return bad("is an empty path");
  const isPlain = printable.test(text);
  if (!isPlain && controls.test(text)) return bad("is a path with a control character");
  // What is ASCII is composed as it is.
  const path = isPlain ? text : text.normalize("NFC");
  const out: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") out.push(segment);
    else if (out.pop() === undefined) return bad("is a path that climbs above its root");
  }
  const joined = out.join("/");
  return ok(path.startsWith("/") ? `/${joined}` : joined === "" ? "." : joined);
}

/** A URL as WHATWG writes it. One with a control character or white space inside is ill-typed. */
export function normaliseUrl(text: string): Normalised {
  if (controls.test(text) || /\s/u.test(text)) return bad("is a url with white space or a control character");
  const url = parseUrl(text);
  return url === undefined ? bad("is not an absolute url") : ok(url.href);
}

/** One address, its domain in lower case. */
export function normaliseEmail(text: string): Normalised {
  if (text.length > 320 || !fits("email", text)) return bad("is not one email address");
  const at = text.lastIndexOf("@");
  return ok(text.slice(0, at) + text.slice(at).toLowerCase());
}

// ------------------------------------------------------------------ times

const rfc3339 =
  /^\d{4}-\d{2}-\d{2}[Tt ]([01]\d|2[0-3]):\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const local = /^\d{4}-\d{2}-\d{2}([Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?)?$/;

/**
 * Milliseconds since the epoch; undefined where it is no time, or one that a change of clocks leaves out. Of a local time that
 * comes twice it is the first.
 */
export function parseTime(text: string, zone: string): number | undefined {
  const hasOffset = rfc3339.test(text);
  if (!hasOffset && !local.test(text)) return undefined;
  const iso = text.toUpperCase().replace(" ", "T");
  const at = DateTime.fromISO(iso, { zone: hasOffset ? "UTC" : zone });
  if (!at.isValid) return undefined;
  if (hasOffset) return at.toMillis();
  const named = iso.slice(0, 16);
  if (at.toFormat("yyyy-MM-dd'T'HH:mm").slice(0, named.length) !== named) return undefined;
  // INVARIANT: no clock decides: the library's own choice depends on whether it is summer today.
  return Math.min(...at.getPossibleOffsets().map((one) => one.toMillis()));
}

/** RFC 3339 in UTC; undefined beyond the years a date can hold. */
export function formatTime(at: number): string | undefined {
  return Number.isFinite(at) && Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : undefined;
}

/** Whether it is a zone of the IANA list. */
export function isZone(zone: string): boolean {
  return IANAZone.isValidZone(zone);
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of `90d`, `4h`, `30m`, `10s`, `250ms`; undefined where it is no such thing. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,15})(ms|s|m|h|d)$/.exec(text);
  if (match === null) return undefined;
  const length = Number(match[1]) * (units[match[2] as string] as number);
  return Number.isSafeInteger(length) ? length : undefined;
}

/** The largest unit that tells it exactly: `90d`, `250ms`. */
export function formatDuration(milliseconds: number): string {
  for (const unit of ["d", "h", "m", "s"] as const) {
    const size = units[unit] as number;
    if (milliseconds !== 0 && milliseconds % size === 0) return `${milliseconds / size}${unit}`;
  }
  return `${milliseconds}ms`;
}

/** A value of a type as JSON for others to read: times as RFC 3339, durations as written in policies. */
export function toJson(type: TypeIr, value: Json): Json {
  if (type === "time") return typeof value === "number" ? (formatTime(value) ?? value) : value;
  if (type === "duration") return typeof value === "number" ? formatDuration(value) : value;
  if (typeof type === "string" || "enum" in type) return value;
  if ("list" in type) return Array.isArray(value) ? value.map((item) => toJson(type.list, item)) : value;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return fieldsToJson(type.record, value);
}

/** As `toJson`, for arguments or a record. */
export function fieldsToJson(
  fields: readonly FieldIr[],
  values: { readonly [name: string]: Json },
): { [name: string]: Json } {
  const out = Object.create(null) as { [name: string]: Json };
  for (const field of fields) {
    const value = Object.hasOwn(values, field.name) ? values[field.name] : undefined;
    if (value !== undefined) out[field.name] = toJson(field.type, value);
  }
  return out;
}
