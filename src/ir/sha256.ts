import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

interface NodeCrypto {
  hash(algorithm: "sha256", data: string | Uint8Array, encoding: "hex"): string;
}

/** Node's own, where there is one: it takes a fifth of the time, and is not loaded before something is hashed. */
let native: NodeCrypto | null | undefined;
const nativeCrypto = (): NodeCrypto | null => {
  native ??= (globalThis as { process?: NodeJS.Process }).process?.getBuiltinModule?.("node:crypto") ?? null;
  return native;
};

/** SHA-256 of bytes, or of a text in UTF-8, in hex. */
export function sha256Hex(data: string | Uint8Array): string {
  return nativeCrypto()?.hash("sha256", data, "hex") ?? portableSha256Hex(data);
}

/** The same where there is no Node. */
export const portableSha256Hex = (data: string | Uint8Array): string =>
  bytesToHex(sha256(typeof data === "string" ? utf8ToBytes(data) : data));
