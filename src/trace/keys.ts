import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { canonicalJson } from "../ir/digest.js";
import type { Json } from "../ir/json.js";

/** Ed25519 keys as policies write them: `ed25519:` and the 32 bytes of the public key in base64. */

const prefix = "ed25519:";
/** What stands before the 32 bytes in the DER form of an Ed25519 public key (RFC 8410). */
const spki = Buffer.from("302a300506032b6570032100", "hex");

/** The public key that a text names; undefined where it names none. */
export function publicKey(text: string): KeyObject | undefined {
  if (!text.startsWith(prefix)) return undefined;
  const raw = Buffer.from(text.slice(prefix.length), "base64");
  if (raw.length !== 32) return undefined;
  return createPublicKey({ key: Buffer.concat([spki, raw]), format: "der", type: "spki" });
}

/** The text of the public half of a key. */
export function keyText(key: KeyObject): string {
  const half = key.type === "private" ? createPublicKey(key) : key;
  const der = half.export({ format: "der", type: "spki" });
  return prefix + der.subarray(spki.length).toString("base64");
}

/** Reads a private key in PEM; throws where it is none, or not an Ed25519 one. */
export function readPrivateKey(pem: string): KeyObject {
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyType !== "ed25519") throw new Error("it is no Ed25519 key");
  return key;
}

/** A new key: the private half in PEM (PKCS 8), and the text of the public one. */
export function newKey(): { readonly pem: string; readonly key: string } {
  const { privateKey } = generateKeyPairSync("ed25519");
  return { pem: privateKey.export({ format: "pem", type: "pkcs8" }).toString(), key: keyText(privateKey) };
}

/** Signs the canonical JSON of a value; base64. */
export function signJson(value: Json | object, key: KeyObject): string {
  return sign(null, Buffer.from(canonicalJson(value)), key).toString("base64");
}

/** Whether a signature is of this value by this key; false for what is no key or no signature. */
export function isSigned(value: Json | object, key: string, signature: string): boolean {
  const half = publicKey(key);
  return (
    half !== undefined &&
    verify(null, Buffer.from(canonicalJson(value)), half, Buffer.from(signature, "base64"))
  );
}
