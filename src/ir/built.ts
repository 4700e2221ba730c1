import { canonicalJson, keepDigest } from "./digest.js";
import { misfitOf } from "./misfit.js";
import type { PolicyIr } from "./policy.js";

/**
 * A built policy is one JSON document, laid out so that its parts can be told apart without being read: what it means, in canonical JSON
 * (RFC 8785) but for the last brace, on the first line; and then where its statements stand, a line each. The digest is made of the first
 * line, closed.
 *
 *     {"asserts":[…],…,"zone":"UTC"
 *     ,"spans":{
 *     "permit/1a2b3c4d5e6f":[…],
 *     "tool:notes.read":[…]
 *     }}
 */
export function policyText({ spans, ...meaning }: PolicyIr): string {
  const places = Object.entries(spans).map(
    ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`,
  );
  return `${canonicalJson(meaning).slice(0, -1)}${between}${places.join(",\n")}${ending}`;
}

const between = '\n,"spans":{\n';
const ending = "\n}}\n";

/** The parts of a text as `policyText` writes it. */
export interface Parts {
  /** What it means, in canonical JSON, if it is laid out as it says. */
  readonly meaning: string;
  /** The lines of the places. */
  readonly spans: string;
}

/** Undefined where it is written otherwise. */
export function partsOf(text: string): Parts | undefined {
  const end = text.indexOf("\n");
  if (!text.startsWith(between, end) || !text.endsWith(ending)) return undefined;
  const start = end + between.length;
  return {
    meaning: `${text.slice(0, end)}}`,
    spans: text.slice(start, Math.max(start, text.length - ending.length)),
  };
}

/** What the strict reader (`readJson`) may refuse though it is canonical: halves of surrogate pairs, and whole numbers of many digits. */
const doubtful = /\\u[dD]|\d{16}/;

/**
 * The value of canonical JSON, read by the platform; undefined where it is not canonical, or where only the strict reader can tell. In
 * canonical JSON no key stands twice, and no number is written otherwise than it is told.
 */
export function readCanonical(text: string, depth: number): unknown {
  if (doubtful.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text && isSorted(value, depth) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the keys of all objects are sorted, and none lies deeper than `depth`. */
function isSorted(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (depth === 0) return false;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i += 1) if (!isSorted(value[i], depth - 1)) return false;
    return true;
  }
  const record = value as { readonly [key: string]: unknown };
  let before: string | undefined;
  for (const key in record) {
    if (before !== undefined && before >= key) return false;
    if (!isSorted(record[key], depth - 1)) return false;
    before = key;
  }
  return true;
}

/**
 * The policy of a meaning that fits its schema. The digest is made of its text, once. Places are read when they are first asked for: no
 * decision depends on them, and where their text is broken there are none.
 */
export function policyOf(meaning: Omit<PolicyIr, "spans">, { meaning: text, spans }: Parts): PolicyIr {
  const policy = Object.defineProperty(meaning, "spans", {
    configurable: true,
    enumerable: true,
    get: () => kept(policy, "spans", spansOf(spans)),
  }) as PolicyIr;
  keepDigest(policy, text);
  return policy;
}

/** Keeps what was read in the place of what reads it. */
function kept<T>(owner: object, key: string, value: T): T {
  Object.defineProperty(owner, key, { value, configurable: true, enumerable: true, writable: true });
  return value;
}

/** One place a line; each is read when it is asked for. */
function spansOf(text: string): PolicyIr["spans"] {
  const spans = Object.create(null) as PolicyIr["spans"];
  for (let from = 0; from < text.length; ) {
    const newline = text.indexOf("\n", from);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(from, text[end - 1] === "," ? end - 1 : end);
    from = end + 1;
    const key = keyOf(line);
    if (key === undefined) continue;
    Object.defineProperty(spans, key, {
      configurable: true,
      enumerable: true,
      get: () => kept(spans, key, placesOf(line, key)),
    });
  }
  return spans;
}

/** The key that a line begins with: no id, and no name that a place is told by, is written with an escape. */
const keyOf = (line: string): string | undefined => /^"([^"\\]*)":/.exec(line)?.[1];

function placesOf(line: string, key: string): PolicyIr["spans"][string] | undefined {
  try {
    const one = JSON.parse(`{${line}}`) as PolicyIr["spans"];
    return misfitOf("spans", one) === undefined ? one[key] : undefined;
  } catch {
    return undefined;
  }
}
