import { parseUrl } from "../../ir/url.js";
import type { Frame } from "../frame.js";
import type { Found, Index } from "./found.js";

/** What stands under the prefixes of a text: a look-up for each of its segments. */
export class Prefixes<T> {
  readonly #at: ReadonlyMap<string, Index<T>>;
  /** Which lengths prefixes have: others are not looked up. */
  readonly #lengths: ReadonlySet<number>;
  readonly #longest: number;

  constructor(at: ReadonlyMap<string, Index<T>>) {
    this.#at = at;
    this.#lengths = new Set([...at.keys()].map((prefix) => prefix.length));
    this.#longest = [...this.#lengths].reduce((most, length) => Math.max(most, length), 0);
  }

  /** All that stands under a prefix that the text may be below. */
  collect(text: string, frame: Frame, found: Found<T>): void {
    // Of all absolute paths, and of all others: what no slash ends.
    if (this.#lengths.has(1)) this.#at.get(text.startsWith("/") ? "/" : ".")?.collect(frame, found);
    let slash = text.indexOf("/");
    while (slash >= 0 && slash <= this.#longest) {
      if (this.#lengths.has(slash)) this.#at.get(text.slice(0, slash))?.collect(frame, found);
      slash = text.indexOf("/", slash + 1);
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
