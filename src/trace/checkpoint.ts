import type { KeyObject } from "node:crypto";
import { isSigned, keyText, signJson } from "./keys.js";
import type { Checkpoint, Head, TraceStore } from "./store.js";

/** What a checkpoint signs: that the chain stood at this record then. */
const signed = ({ seq, hash, at }: Head) => ({ checkpoint: "reshimu-trace", seq, hash, at });

/** The host's word that the chain stood so; with it a removed tail is found too (T14). `at`: milliseconds. */
export function makeCheckpoint(head: Head, at: number, key: KeyObject): Checkpoint {
  const stood = { ...head, at };
  return { ...stood, key: keyText(key), signature: signJson(signed(stood), key) };
}

/** Whether the checkpoint is signed by its key. Whose key that is, the caller must know. */
export function isCheckpoint(checkpoint: Checkpoint): boolean {
  return isSigned(signed(checkpoint), checkpoint.key, checkpoint.signature);
}

/** How often a checkpoint is wanted: each so many records, or each time that so many milliseconds have passed. */
export type Every = { readonly records: number } | { readonly milliseconds: number };

/**
 * Signs the end of the chain and keeps it; undefined where there is nothing new to be signed, or less than `every` since the last
 * checkpoint by this key. `now`: milliseconds.
 */
export async function keepCheckpoint(
  store: TraceStore,
  key: KeyObject,
  now: number,
  every: Every = { records: 1 },
): Promise<Checkpoint | undefined> {
  const head = await store.head();
  if (head === null) return undefined;
  const own = keyText(key);
  const last = (await store.checkpoints()).filter((one) => one.key === own).at(-1);
  if (last !== undefined && !isDue(head, last, now, every)) return undefined;
  const checkpoint = makeCheckpoint(head, now, key);
  await store.keepCheckpoint(checkpoint);
  return checkpoint;
}

function isDue(head: Head, last: Checkpoint, now: number, every: Every): boolean {
  if (head.seq <= last.seq) return false;
  return "records" in every ? head.seq - last.seq >= every.records : now - last.at >= every.milliseconds;
}
