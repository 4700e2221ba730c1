import { readLine } from "../../src/trace/export.js";
import { verifyTrace } from "../../src/trace/verify.js";
import type { Exported } from "./trace.js";

/** As a reader of an export must read: bytes that are no UTF-8 are no text, and not text with something else in their place. */
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function read(bytes: Uint8Array): unknown[] {
  try {
    return decoder.decode(bytes).split("\n").map(readLine);
  } catch {
    return [undefined];
  }
}

/**
 * Whether it is found that these bytes stand where the line at `place` stood. Verifying goes from the first record on and stops at
 * the first flaw, so what is before counts as verified; what is behind cannot make good again what is found here.
 */
export async function isFound({ before }: Exported, place: number, bytes: Uint8Array): Promise<boolean> {
  const { flaw } = await verifyTrace(read(bytes), { base: before[place] ?? null });
  return flaw !== undefined;
}

/** Whether it is found that from `place` on the export goes on like this, up to its end. */
export async function isEndFound(
  { before, checkpoint, key }: Exported,
  place: number,
  lines: readonly Uint8Array[],
): Promise<boolean> {
  const records = lines.flatMap(read);
  const { flaw } = await verifyTrace(records, {
    base: before[place] ?? null,
    checkpoints: [checkpoint],
    key,
  });
  return flaw !== undefined;
}
