/** An absolute URL as WHATWG reads it, or undefined. */
export function parseUrl(text: string): URL | undefined {
  // Once it is compiled, `URL.canParse` of Node 20 and 22 denies every host that has letters such as ü.
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
