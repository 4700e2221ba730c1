import { canonicalJson, keepDigest } from "./digest.js";
import { misfitOf } from "./misfit.js";
import type { PolicyIr } from "./policy.js";
import { maxPredicateDepth, type Predicate, predicateProblem } from "./predicate.js";

/**
 * A built policy is one JSON document, laid out so that its parts can be told apart without being read: what it means, in canonical JSON
 * (RFC 8785) but for the last brace, with every condition of a rule on a line of its own; and then where its statements stand, a line
 * each. What stands above, without its line ends and closed, is what the digest is made of.
 *
 *     {"asserts":[…],…"tools":["notes.read"],"when":
 *     {"within":[{"val":["arg","path"]},"/notes","path"]}
 *     }],…,"zone":"UTC"
 *     ,"spans":{
 *     "permit/1a2b3c4d5e6f":[…],
 *     "tool:notes.read":[…]
 *     }}
 */
export function policyText({ spans, ...meaning }: PolicyIr): string {
  const places = Object.entries(spans).map(
    ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`,
  );
  return `${laidOut(meaning).slice(0, -1)}${between}${places.join(",\n")}${ending}`;
}

const between = '\n,"spans":{\n';
const ending = "\n}}\n";

type Meaning = Omit<PolicyIr, "spans">;

/** Canonical JSON with line ends around each condition: strings that nothing else in it says stand for them meanwhile. */
function laidOut(meaning: Meaning): string {
  const copy = structuredClone(meaning);
  const written = conditionsIn(copy).map(({ owner, key }) => canonicalJson(owner[key]));
  const whole = canonicalJson(copy);
  let mark = "#";
  while (whole.includes(`"${mark}`)) mark += "#";
  for (const [i, { owner, key }] of conditionsIn(copy).entries()) owner[key] = `${mark}${i}`;
  return canonicalJson(copy).replace(
    new RegExp(`"${mark}(\\d+)"`, "g"),
    (_, i) => `\n${written[Number(i)] ?? ""}\n`,
  );
}

/** Where a rule has its condition. */
interface Place {
  readonly owner: { [key in "when" | "condition"]?: unknown };
  readonly key: "when" | "condition";
}

/** The conditions of all rules, in the order in which canonical JSON writes them. */
function conditionsIn({ layers }: Pick<PolicyIr, "layers">): Place[] {
  const places: Place[] = [];
  const add = (rules: readonly object[] | undefined, key: Place["key"]): void => {
    for (const owner of rules ?? []) places.push({ owner, key });
  };
  for (const { discernment, grounding, reversibility, scope } of layers) {
    add(discernment?.grays, "when");
    add(grounding?.grounds, "condition");
    add(reversibility?.treats, "when");
    add(scope?.forbids, "when");
    add(scope?.permits, "when");
  }
  return places;
}

/** The parts of a text as `policyText` writes it; undefined where it is written otherwise. */
export interface Parts {
  /** What it means, in canonical JSON, if it is laid out as it says. */
  readonly meaning: string;
  /** The same, with a number in the place of each condition: the first is 0. */
  readonly frame: string;
  readonly conditions: readonly string[];
  /** The lines of the places. */
  readonly spans: string;
}

export function partsOf(text: string): Parts | undefined {
  const end = text.indexOf(between);
  if (end < 0 || !text.endsWith(ending)) return undefined;
  const lines = `${text.slice(0, end)}}`.split("\n");
  if (lines.length % 2 === 0) return undefined;
  const meaning = lines.join("");
  const conditions: string[] = [];
  for (let i = 1; i < lines.length; i += 2) {
    conditions.push(lines[i] as string);
    lines[i] = String(conditions.length - 1);
  }
  const start = end + between.length;
  const spans = text.slice(start, Math.max(start, text.length - ending.length));
  return { meaning, frame: lines.join(""), conditions, spans };
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
 * The policy of a frame that fits its schema; undefined where its conditions are not those that were taken out of it. The digest is made
 * of the text, once. Conditions are read when they are first asked for, and so are places. A condition that is none is never known, so
 * that it lets nothing through; no decision depends on places, and where their text is broken there are none.
 */
export function policyOf(frame: Meaning, { meaning, conditions, spans: text }: Parts): PolicyIr | undefined {
  const places = conditionsIn(frame);
  if (places.length !== conditions.length || places.some(({ owner, key }, i) => owner[key] !== i))
    return undefined;
  const unread = new Map<object, string>();
  const getters = { when: conditionGetter("when", unread), condition: conditionGetter("condition", unread) };
  for (const [i, { owner, key }] of places.entries()) {
    unread.set(owner, conditions[i] as string);
    Object.defineProperty(owner, key, getters[key]);
  }
  const policy = Object.defineProperty(frame, "spans", {
    configurable: true,
    enumerable: true,
    get: () => kept(policy, "spans", spansOf(text)),
  }) as PolicyIr;
  keepDigest(policy, meaning);
  return policy;
}

/** Keeps what was read in the place of what reads it. */
function kept<T>(owner: object, key: string, value: T): T {
  Object.defineProperty(owner, key, { value, configurable: true, enumerable: true, writable: true });
  return value;
}

/** One for all rules of a policy: functions of their own would give each of them a shape of its own. */
const conditionGetter = (key: Place["key"], unread: Map<object, string>): PropertyDescriptor => ({
  configurable: true,
  enumerable: true,
  get(this: object): Predicate {
    const value = conditionOf(unread.get(this) ?? "");
    unread.delete(this);
    return kept(this, key, value);
  },
});

/** Every level of a predicate is two of JSON, an operator and its operands. */
const mostDepth = 2 * maxPredicateDepth + 2;

function conditionOf(text: string): Predicate {
  const value = readCanonical(text, mostDepth);
  return value === undefined || predicateProblem(value) !== undefined ? neverKnown() : (value as Predicate);
}

/** A division by zero has no result. */
const neverKnown = (): Predicate => ({ "===": [{ "/": [1, 0] }, 1] });

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
