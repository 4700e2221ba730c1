/** A policy has at most 1 MiB of UTF-16 units, each of at most three bytes. */
const mostBytes = 3 * 1024 * 1024;

/** All of stdin, as UTF-8; or why there is none. */
export async function stdinText(): Promise<{ readonly text: string } | { readonly error: string }> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of process.stdin as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > mostBytes) return { error: `it has more than ${mostBytes} bytes` };
    parts.push(part);
  }
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.concat(parts)) };
  } catch {
    return { error: "it is not UTF-8 text" };
  }
}
