import { printParseErrorCode, visit } from "jsonc-parser";
import type { Json } from "./json.js";

/** What JSON text may be at most. */
export interface JsonLimits {
  /** UTF-8 bytes; 1 MiB unless told. */
  readonly bytes?: number;
  /** How many lists and objects may stand inside each other; 200 unless told. Above some thousands the stack is at risk. */
  readonly depth?: number;
  /** Whether a number that a double cannot tell as it is written (`0.12345678901234567891`) is refused. */
  readonly exact?: boolean;
}

export type ReadJson =
  | { readonly ok: true; readonly value: Json }
  /** One sentence without a full stop; the offset counts UTF-16 units. */
  | { readonly ok: false; readonly problem: string; readonly offset?: number };

export const defaultJsonBytes = 1_048_576;
export const defaultJsonDepth = 200;

/**
 * Reads untrusted JSON (semantics.md: duplicate keys, lone surrogates, unsafe integers and over 1 MiB are ill-typed).
 * Stricter than RFC 8259 only in that, so that no two readers take one text for two values. An integer is unsafe as it is
 * written: without fraction or exponent, beyond ±(2^53 - 1); a number too large for a double is refused in any form.
 * Objects have no prototype: `__proto__` is a key like any other. Never throws.
 */
export function readJson(text: string, limits: JsonLimits = {}): ReadJson {
  const { bytes = defaultJsonBytes, depth = defaultJsonDepth, exact = false } = limits;
  if (isLonger(text, bytes)) return { ok: false, problem: `is longer than ${bytes} bytes` };
  try {
    const value = build(text, depth, exact);
    // INVARIANT: what is accepted is JSON for the platform's own reader too, whatever the tolerant visitor lets pass.
    JSON.parse(text);
    return { ok: true, value };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, problem: error.message, offset: error.offset };
    return { ok: false, problem: "is not JSON" };
  }
}

function isLonger(text: string, bytes: number): boolean {
  if (text.length > bytes) return true;
  return text.length * 3 > bytes && new TextEncoder().encode(text).length > bytes;
}

/** Ends the visit: the visitor goes on after an error unless something is thrown. */
class Refusal extends Error {
  readonly offset: number;

  constructor(problem: string, offset: number, line: number, character: number) {
    super(`${problem} at ${line + 1}:${character + 1}`);
    this.offset = offset;
  }
}

type Open = { readonly list: Json[] } | { readonly record: { [key: string]: Json }; key: string };

function build(text: string, maxDepth: number, exact: boolean): Json {
  let root: Json = null;
  const open: Open[] = [];

  const put = (value: Json): void => {
    const parent = open.at(-1);
    if (parent === undefined) root = value;
    else if ("list" in parent) parent.list.push(value);
    else parent.record[parent.key] = value;
  };
  const begin = (value: Json, next: Open, place: Place): void => {
    if (open.length >= maxDepth) throw new Refusal(`is nested more than ${maxDepth} deep`, ...place);
    put(value);
    open.push(next);
  };
  const end = (): void => {
    open.pop();
  };

  visit(
    text,
    {
      onObjectBegin: (offset, _length, line, character) => {
        const record = Object.create(null) as { [key: string]: Json };
        begin(record, { record, key: "" }, [offset, line, character]);
      },
      onObjectProperty: (key, offset, _length, line, character) => {
        const parent = open.at(-1);
        if (parent === undefined || "list" in parent) return;
        checkKey(key, parent.record, [offset, line, character]);
        parent.key = key;
      },
      onObjectEnd: end,
      onArrayBegin: (offset, _length, line, character) => {
        const list: Json[] = [];
        begin(list, { list }, [offset, line, character]);
      },
      onArrayEnd: end,
      onLiteralValue: (value: Json, offset, length, line, character) => {
        const written = text.slice(offset, offset + length);
        const place: Place = [offset, line, character];
        put(literal(value, written, place));
        if (exact && typeof value === "number" && digitsOf(written) !== digitsOf(String(value)))
          throw new Refusal("has a number that cannot be told exactly", ...place);
      },
      onError: (code, offset, _length, line, character) => {
        const name = printParseErrorCode(code);
        throw new Refusal(syntaxProblems.get(name) ?? "is not JSON", offset, line, character);
      },
    },
    { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false },
  );
  return root;
}

type Place = [offset: number, line: number, character: number];

function checkKey(key: string, record: object, place: Place): void {
  if (!key.isWellFormed()) throw new Refusal("has a key that holds half of a surrogate pair", ...place);
  if (Object.hasOwn(record, key))
    throw new Refusal(`has the key ${JSON.stringify(key.slice(0, 100))} twice`, ...place);
}

function literal(value: Json, written: string, place: Place): Json {
  if (typeof value === "string" && !value.isWellFormed())
    throw new Refusal("has a string that holds half of a surrogate pair", ...place);
  if (typeof value !== "number") return value;
  if (!Number.isFinite(value)) throw new Refusal("has a number that is too large", ...place);
  if (/^-?\d+$/.test(written) && !Number.isSafeInteger(value))
    throw new Refusal("has a whole number that cannot be told exactly", ...place);
  return value === 0 ? 0 : value;
}

/** A number's digits without zeros around them, and where its point is: the same for all ways to write one number. */
function digitsOf(number: string): string {
  const [, sign, whole = "", fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(number) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  const kept = digits.replace(/0+$/, "");
  if (kept === "") return "0";
  return `${sign}${kept}e${Number(exponent) - fraction.length + digits.length - kept.length}`;
}

const syntaxProblems: ReadonlyMap<string, string> = new Map([
  ["PropertyNameExpected", "lacks a key"],
  ["ValueExpected", "lacks a value"],
  ["ColonExpected", "lacks a colon"],
  ["CommaExpected", "lacks a comma"],
  ["CloseBraceExpected", "lacks a closing brace"],
  ["CloseBracketExpected", "lacks a closing bracket"],
  ["EndOfFileExpected", "goes on after its end"],
  ["InvalidCommentToken", "has a comment"],
  ["UnexpectedEndOfString", "has a string without an end"],
  ["UnexpectedEndOfNumber", "has half a number"],
  ["InvalidUnicode", "has a broken unicode escape"],
  ["InvalidEscapeCharacter", "has an escape that JSON does not know"],
  ["InvalidCharacter", "has a control character in a string"],
  ["InvalidSymbol", "has something that is not JSON"],
]);
