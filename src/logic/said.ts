import type { Json } from "../ir/json.js";
import type { TracedForm } from "../ir/predicate.js";
import { parseUrl } from "../ir/url.js";
import { normalisePath, parseTime } from "../ir/value.js";
import {
  containsRun,
  digitsIn,
  numberOf,
  numbersIn,
  rawTokens,
  sameTokens,
  tokensOf,
  trimEdges,
} from "./tokens.js";

/** One scalar to be looked for, in the form that counts for its type. */
export interface Wanted {
  /** Whether a text is this value and nothing else. */
  isWhole(said: Utterance): boolean;
  /** Whether it stands somewhere in a text; one of one or two characters never does. */
  isIn(said: Utterance): boolean;
  /** Whether it may have been put in by a text: what comes back of it is an echo. */
  isPutInBy(said: Utterance): boolean;
}

/** How one form is looked for. */
interface Look {
  /** Of one or two characters: it stands everywhere. */
  readonly short: boolean;
  readonly isWhole: (said: Utterance) => boolean;
  readonly stands: (said: Utterance) => boolean;
  /** Whether it stands in a text in a way that nobody would read, as in part of a word. */
  readonly hides?: (said: Utterance) => boolean;
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
  const { short, isWhole, stands, hides } = lookFor(value, form, zone);
  return {
    isWhole,
    isIn: (said) => !short && (stands(said) || isWhole(said)),
    isPutInBy: (said) => isWhole(said) || stands(said) || (!short && hides?.(said) === true),
  };
}

function lookFor(value: boolean | number | string, form: TracedForm, zone: string): Look {
  if (typeof value === "number") return form === "time" ? lookForTime(value, zone) : lookForNumber(value);
  const text = String(value);
  if (form === "path") return lookForPath(text);
  if (form === "url") return lookForUrl(text);
  return lookForText(text);
}

function lookForText(text: string): Look {
  const tokens = tokensOf(text);
  return {
    short: [...tokens.join(" ")].length <= 2,
    isWhole: (said) => tokens.length > 0 && sameTokens(said.tokens, tokens),
    stands: (said) => containsRun(said.tokens, tokens),
  };
}

function lookForNumber(value: number): Look {
  return {
    short: String(Math.abs(value)).length <= 2,
    isWhole: (said) => numberOf(said.text) === value,
    stands: (said) => numbersIn(said.text).includes(value),
    hides: (said) => digitsIn(said.text).includes(Math.abs(value)),
  };
}

/** A value that is read from one piece of text at a time. */
function piecewise(fits: (piece: string) => boolean): Omit<Look, "short"> {
  return {
    isWhole: (said) => fits(said.text.trim()),
    stands: (said) => said.raw.some((piece) => fits(piece) || fits(piece.replace(/[.,;:!?'’]+$/u, ""))),
  };
}

function lookForPath(path: string): Look {
  const { isWhole, stands } = piecewise((piece) => {
    const read = normalisePath(piece);
    return read.ok && read.value === path;
  });
  const spaced = /\s/u.test(path) && path.length <= longestPath;
  return {
    short: [...path].length <= 2,
    isWhole,
    stands: (said) => stands(said) || (spaced && standsIn(said.text.normalize("NFC"), path)),
  };
}

/** Of paths with white space: searching for a longer one would take too long. */
const longestPath = 4_096;

/** Whether a path with white space stands in a text between characters that could not go on with it. */
function standsIn(text: string, path: string): boolean {
  for (let at = text.indexOf(path); at !== -1; at = text.indexOf(path, at + 1)) {
    const before = text.charAt(at - 1);
    const after = text.charAt(at + path.length);
    if (!/[\p{L}\p{N}/._-]/u.test(before) && !/[\p{L}\p{N}/_-]/u.test(after)) return true;
  }
  return false;
}

function lookForUrl(url: string): Look {
  const parsed = parseUrl(url);
  const bare = (href: string): string => href.replace(/\/$/u, "");
  const isIt = (text: string): boolean => {
    const found = parseUrl(text);
    return found !== undefined && bare(found.href) === bare(url);
  };
  const byPiece = piecewise((piece) => {
    if (parsed === undefined) return false;
    const trimmed = trimOutside(piece);
    // The scheme counts where it was written; `localhost:3000` has none, whatever a parser takes it for.
    return isIt(trimmed) || (/^[^/\\]/u.test(trimmed) && isIt(`${parsed.protocol}//${trimmed}`));
  });
  return { short: false, ...byPiece };
}

/** Quotes and the like around a url; its own slashes and marks stay. */
function trimOutside(piece: string): string {
  return piece.replace(/^['’‘“”`*_.]+/u, "").replace(/['’‘“”`*_.!?:]+$/u, "");
}

function lookForTime(at: number, zone: string): Look {
  const isIt = (text: string): boolean => parseTime(text, zone) === at;
  return {
    short: false,
    isWhole: (said) => isIt(said.text.trim()),
    stands: (said) =>
      said.raw.some(
        (piece, i) =>
          isIt(trimEdges(piece)) ||
          isIt(
            said.raw
              .slice(i, i + 2)
              .map(trimEdges)
              .join("T"),
          ),
      ),
  };
}
