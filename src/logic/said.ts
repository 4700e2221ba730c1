import type { Json } from "../ir/json.js";
import type { TracedForm } from "../ir/predicate.js";
import { normalisePath, parseTime } from "../ir/value.js";
import { containsRun, numberOf, numbersIn, rawTokens, sameTokens, tokensOf, trimEdges } from "./tokens.js";

/** One scalar to be looked for, in the form that counts for its type. */
export interface Wanted {
  /** Whether a text is this value and nothing else. */
  isWhole(utterance: Utterance): boolean;
  /** Whether it stands somewhere in a text. */
  isIn(utterance: Utterance): boolean;
}

/** A text that somebody said, with its tokens made once. */
export class Utterance {
  readonly text: string;
  #tokens: readonly string[] | undefined;
  #raw: readonly string[] | undefined;

  constructor(text: string) {
    this.text = text;
  }

  get tokens(): readonly string[] {
    this.#tokens ??= tokensOf(this.text);
    return this.#tokens;
  }

  /** Pieces between white space and separators, with their punctuation. */
  get raw(): readonly string[] {
    this.#raw ??= rawTokens(this.text.normalize("NFKC"));
    return this.#raw;
  }
}

/** The scalars of a value: elements of a list, leaves of a record; names of fields are not values. */
export function scalarsOf(value: Json): (boolean | number | string)[] {
  if (value === null) return [];
  if (typeof value !== "object") return [value];
  return (Array.isArray(value) ? value : Object.values(value)).flatMap(scalarsOf);
}

/** How a scalar of a form is looked for (semantics.md, *Tracing*). `zone`: of times written without an offset. */
export function wanted(value: boolean | number | string, form: TracedForm, zone: string): Wanted {
  if (typeof value === "number") return form === "time" ? timeWanted(value, zone) : numberWanted(value);
  const text = String(value);
  if (form === "path") return pathWanted(text);
  if (form === "url") return urlWanted(text);
  return textWanted(text);
}

function textWanted(text: string): Wanted {
  const tokens = tokensOf(text);
  const short = [...tokens.join(" ")].length <= 2;
  return {
    isWhole: (said) => tokens.length > 0 && sameTokens(said.tokens, tokens),
    isIn: (said) => !short && containsRun(said.tokens, tokens),
  };
}

function numberWanted(value: number): Wanted {
  const short = String(Math.abs(value)).length <= 2;
  return {
    isWhole: (said) => numberOf(said.text) === value,
    isIn: (said) => !short && numbersIn(said.text).includes(value),
  };
}

/** A value that is read from one piece of text at a time. */
function piecewise(fits: (piece: string) => boolean): Wanted {
  return {
    isWhole: (said) => fits(said.text.trim()),
    isIn: (said) => said.raw.some((piece) => fits(piece) || fits(piece.replace(/[.,;:!?'’]+$/u, ""))),
  };
}

function pathWanted(path: string): Wanted {
  const short = [...path].length <= 2;
  const byPiece = piecewise((piece) => {
    const read = normalisePath(piece);
    return read.ok && read.value === path;
  });
  return {
    isWhole: byPiece.isWhole,
    isIn: (said) =>
      !short && (byPiece.isIn(said) || (/\s/u.test(path) && standsIn(said.text.normalize("NFC"), path))),
  };
}

/** Whether a path with white space stands in a text between characters that could not go on with it. */
function standsIn(text: string, path: string): boolean {
  for (let at = text.indexOf(path); at !== -1; at = text.indexOf(path, at + 1)) {
    const before = text.charAt(at - 1);
    const after = text.charAt(at + path.length);
    if (!/[\p{L}\p{N}/._-]/u.test(before) && !/[\p{L}\p{N}/_-]/u.test(after)) return true;
  }
  return false;
}

function urlWanted(url: string): Wanted {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const bare = (href: string): string => href.replace(/\/$/u, "");
  return piecewise((piece) => {
    if (parsed === undefined) return false;
    const trimmed = trimOutside(piece);
    const written =
      /^[a-z][a-z0-9+.-]*:/iu.test(trimmed) && URL.canParse(trimmed)
        ? trimmed
        : `${parsed.protocol}//${trimmed}`;
    return URL.canParse(written) && bare(new URL(written).href) === bare(parsed.href);
  });
}

/** Quotes and the like around a url; its own slashes and marks stay. */
function trimOutside(piece: string): string {
  return piece.replace(/^['’‘“”`*_.]+/u, "").replace(/['’‘“”`*_.!?:]+$/u, "");
}

function timeWanted(at: number, zone: string): Wanted {
  const isIt = (text: string): boolean => parseTime(text, zone) === at;
  return {
    isWhole: (said) => isIt(said.text.trim()),
    isIn: (said) =>
      said.raw.some(
        (piece, i) =>
          isIt(trimEdges(piece)) || isIt(`${trimEdges(piece)}T${trimEdges(said.raw[i + 1] ?? "")}`),
      ),
  };
}
