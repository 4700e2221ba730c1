import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { resolve } from "node:path";
import type { Json } from "../ir/json.js";
import { readJson } from "../ir/read-json.js";
import { segmentsOf, valueAt } from "./pointer.js";
import { type OpenSource, type Query, Silent, textOf } from "./source.js";

/** Longer files are no source. */
export const maxFileBytes = 16 * 1_048_576;

/**
 * A source of kind `json` (language.md, *grounding*): a file, read again when it has changed; a look-up is a JSON
 * Pointer (RFC 6901) in which `{parameter}` stands for the parameter's text. Nothing there: null.
 */
export const openJson: OpenSource = (source, root) => {
  const read = createReader(resolve(root, source.locator));
  return {
    ask: async (query) => {
      const segments = segmentsOf(pointerOf(query));
      return { value: valueAt(await read(), segments) };
    },
    close: async () => {},
  };
};

/** A pipe is opened at once, and then refused, instead of waited for. */
const openFlags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Reads a file once for each state of it, however many ask. */
function createReader(path: string): () => Promise<Json> {
  let last: { readonly state: string; readonly value: Promise<Json> } | undefined;

  return async () => {
    const file = await open(path, openFlags).catch(() => {
      throw new Silent("its file cannot be opened");
    });
    try {
      const stat = await file.stat({ bigint: true });
      if (!stat.isFile()) throw new Silent("its locator is not a file");
      if (stat.size > BigInt(maxFileBytes)) throw new Silent(`its file is longer than ${maxFileBytes} bytes`);
      const state = [stat.dev, stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs].join(" ");
      if (last?.state !== state) last = { state, value: readFile(file, Number(stat.size)) };
      return await last.value;
    } catch (error) {
      last = undefined;
      throw error instanceof Silent ? error : new Silent("its file cannot be read");
    } finally {
      await file.close();
    }
  };
}

async function readFile(file: FileHandle, size: number): Promise<Json> {
  // One byte more than there should be: of a file that grows meanwhile no more is read.
  const bytes = Buffer.alloc(size + 1);
  let length = 0;
  for (let count = -1; count !== 0 && length <= size; length += count) {
    count = (await file.read(bytes, length, bytes.length - length, length)).bytesRead;
  }
  if (length !== size) throw new Silent("its file changed while it was read");
  const read = readJson(decode(bytes.subarray(0, size)), { bytes: maxFileBytes });
  if (!read.ok) throw new Silent(`its file ${read.problem}`);
  return read.value;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Silent("its file is not UTF-8");
  }
}

function pointerOf({ lookup, parameters }: Query): string {
  if (lookup === undefined) throw new Silent("needs a JSON Pointer as look-up");
  return lookup.replace(/\{([^{}]*)\}/g, (_, name: string) => {
    const parameter = parameters.find((p) => p.name === name);
    if (parameter === undefined)
      throw new Silent("its look-up names a parameter that the fact does not have");
    return textOf(parameter.value).replaceAll("~", "~0").replaceAll("/", "~1");
  });
}
