import type { KeyObject } from "node:crypto";
import { isSigned, keyText, signJson } from "./keys.js";
import type { Checkpoint, Head } from "./store.js";

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
