import { digest } from "./digest.js";
import type { Json } from "./json.js";
import type { PolicyIr } from "./policy.js";
import type { FieldIr, TypeIr } from "./type.js";

/** What is kept in the place of a sensitive value: its digest, salted (semantics.md, *The Reshimu: the trace*). */
export interface Hidden {
  readonly sensitive: string;
}

/** What stands for a value of a type. */
export type Hide = (type: TypeIr, value: Json) => Json;

/** Equal values of one tree of sessions have equal digests; whoever lacks the salt cannot try values out. */
export const saltedDigest = (salt: string, value: Json): { sensitive: string } => ({
  sensitive: digest({ salt, value }),
});

const form = /^sha256:[0-9a-f]{64}$/;

export function isHidden(value: unknown): value is Hidden {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const { sensitive } = value as { readonly sensitive?: unknown };
  return Object.keys(value).length === 1 && typeof sensitive === "string" && form.test(sensitive);
}

/** Whether something within a value is hidden, or all of it. */
export function holdsHidden(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return isHidden(value) || Object.values(value).some(holdsHidden);
}

const known = new WeakMap<readonly FieldIr[], boolean>();

/** Whether a parameter or field, however deep, is marked `sensitive`. */
export function haveSensitive(fields: readonly FieldIr[]): boolean {
  const before = known.get(fields);
  if (before !== undefined) return before;
  const found = fields.some((field) => field.sensitive === true || holdsSensitive(field.type));
  known.set(fields, found);
  return found;
}

/** Whether a value of this type has parts that are sensitive. */
export function holdsSensitive(type: TypeIr): boolean {
  if (typeof type === "string" || "enum" in type) return false;
  return "list" in type ? holdsSensitive(type.list) : haveSensitive(type.record);
}

/** Whether any tool of a policy takes what is sensitive. */
export const takesSensitive = ({ tools }: Pick<PolicyIr, "tools">): boolean =>
  tools.some(({ params }) => haveSensitive(params));

/**
 * Arguments, or a record, with all that is sensitive put away; whatever they are, for they may not fit. Beside sensitive ones a
 * name that is not declared is put away too: it may be one that was mistyped.
 */
export function hideFields(
  fields: readonly FieldIr[],
  values: { readonly [name: string]: Json },
  hide: Hide,
): { [name: string]: Json } {
  if (!haveSensitive(fields)) return { ...values };
  const out = Object.create(null) as { [name: string]: Json };
  for (const [name, value] of Object.entries(values)) {
    const field = fields.find((one) => one.name === name);
    if (value === null) out[name] = null;
    else if (field === undefined) out[name] = hide("json", value);
    else out[name] = field.sensitive ? hide(field.type, value) : hideWithin(field.type, value, hide);
  }
  return out;
}

function hideWithin(type: TypeIr, value: Json, hide: Hide): Json {
  if (!holdsSensitive(type) || typeof type === "string" || "enum" in type) return value;
  if ("list" in type)
    return Array.isArray(value)
      ? value.map((one: Json) => hideWithin(type.list, one, hide))
      : hide(type, value);
  const isRecord = typeof value === "object" && value !== null && !Array.isArray(value);
  return isRecord ? hideFields(type.record, value as { [name: string]: Json }, hide) : hide(type, value);
}

/** Texts and numbers shorter than this are in too many other texts to be looked for there. */
const shortest = 4;

/** The scalars among what is sensitive, as text. */
export function secretTexts(
  fields: readonly FieldIr[],
  values: { readonly [name: string]: Json },
): ReadonlySet<string> {
  const texts = new Set<string>();
  const collect = (value: Json): void => {
    if (typeof value === "string" && value !== "") texts.add(value);
    else if (typeof value === "number") texts.add(String(value));
    else if (typeof value === "object" && value !== null)
      for (const one of Object.values(value)) collect(one);
  };
  hideFields(fields, values, (_, value) => {
    collect(value);
    return null;
  });
  return texts;
}

/** A text without the secrets in it, as they are or as JSON writes them. */
export function withoutSecrets(text: string, secrets: Iterable<string>): string {
  let out = text;
  for (const secret of longFirst(secrets)) {
    if (secret.length < shortest) continue;
    out = out
      .replaceAll(JSON.stringify(secret).slice(1, -1), "[sensitive]")
      .replaceAll(secret, "[sensitive]");
  }
  return out;
}

const longFirst = (texts: Iterable<string>): string[] => [...texts].sort((a, b) => b.length - a.length);

/** As `withoutSecrets`, of every text in a value, the keys of objects too. */
export function withoutSecretsIn(value: Json, secrets: ReadonlySet<string>): Json {
  if (secrets.size === 0) return value;
  if (typeof value === "string") return withoutSecrets(value, secrets);
  if (typeof value === "number") {
    const text = String(value);
    return text.length >= shortest && secrets.has(text) ? "[sensitive]" : value;
  }
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((one: Json) => withoutSecretsIn(one, secrets));
  const out = Object.create(null) as { [key: string]: Json };
  for (const [key, one] of Object.entries(value))
    out[withoutSecrets(key, secrets)] = withoutSecretsIn(one, secrets);
  return out;
}
