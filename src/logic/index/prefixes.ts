import { parseUrl } from "../../ir/url.js";
import type { Frame } from "../frame.js";
import type { Found, Index } from "./found.js";

const slash = "/".charCodeAt(0);

/** What stands under the prefixes of a text: a look-up for each of its segments. */
export class Prefixes<T> {
  readonly #at: ReadonlyMap<string, Index<T>>;
  /** The lengths that prefixes have, the shortest first: others are not looked up. */
  readonly #lengths: readonly number[];
  readonly #hasRoot: boolean;

  constructor(at: ReadonlyMap<string, Index<T>>) {
    this.#at = at;
    this.#lengths = [...new Set([...at.keys()].map((prefix) => prefix.length))].sort((a, b) => a - b);
    this.#hasRoot = at.has("/") || at.has(".");
  }

  /** All that stands under a prefix that the text may be below. */
  collect(text: string, frame: Frame, found: Found<T>): void {
    // Of all absolute paths, and of all others: what no slash ends.
    if (this.#hasRoot) this.#at.get(text.startsWith("/") ? "/" : ".")?.collect(frame, found);
    for (const length of this.#lengths) {
      if (length >= text.length) return;
      if (text.charCodeAt(length) === slash) this.#at.get(text.slice(0, length))?.collect(frame, found);
    }
  }
}

/**
 * A url prefix as the beginning of the urls below it, in the form in which arguments are normalised; undefined where urls
 * below it need not begin alike.
 */
export function urlStem(prefix: string): string | undefined {
  const url = parseUrl(prefix);
  if (url === undefined || !url.href.startsWith(`${url.protocol}//`)) return undefined;
  url.search = "";
  url.hash = "";
  return url.href.endsWith("/") ? url.href.slice(0, -1) : url.href;
}
