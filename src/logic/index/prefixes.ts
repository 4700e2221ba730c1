import { parseUrl } from "../../ir/url.js";
import type { Frame } from "../frame.js";
import type { Found, Index } from "./found.js";

const slash = "/".charCodeAt(0);

/** What stands under the prefixes of a text: a look-up for each of its segments. */
export class Prefixes<T> {
  readonly #at: ReadonlyMap<string, Index<T>>;
  /** By a length, whether a prefix has it: others are not looked up. */
  readonly #lengths: Uint8Array;

  constructor(at: ReadonlyMap<string, Index<T>>) {
    this.#at = at;
    const longest = [...at.keys()].reduce((most, { length }) => Math.max(most, length), 1);
    this.#lengths = new Uint8Array(longest + 1);
    for (const { length } of at.keys()) this.#lengths[length] = 1;
  }

  /** All that stands under a prefix that the text may be below. */
  collect(text: string, frame: Frame, found: Found<T>): void {
    const lengths = this.#lengths;
    // Of all absolute paths, and of all others: what no slash ends.
    if (lengths[1] === 1) this.#at.get(text.startsWith("/") ? "/" : ".")?.collect(frame, found);
    const end = Math.min(text.length, lengths.length);
    for (let place = 0; place < end; place += 1)
      if (lengths[place] === 1 && text.charCodeAt(place) === slash)
        this.#at.get(text.slice(0, place))?.collect(frame, found);
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
